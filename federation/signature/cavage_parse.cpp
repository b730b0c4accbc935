#include <algorithm>
#include <charconv>
#include <set>

#include "base/crypto/encoding.hpp"
#include "base/text/strings.hpp"
#include "config/limits/signature.hpp"
#include "federation/signature/cavage.hpp"

namespace kith::signature {
namespace {

Failure malformed(std::string_view why) {
    return fail(Code::unauthorized, "the Signature header is malformed: " + std::string(why));
}

struct Parameter {
    std::string_view name, value;
};

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

// Takes `name="value"` or `name=number` off the front. No value of this header needs an escape, so
// a backslash is refused rather than interpreted.
Result<Parameter> take_parameter(std::string_view& rest) {
    Parameter parameter;
    const auto name_end = std::find_if_not(rest.begin(), rest.end(), is_name_char);
    const auto name_length = static_cast<std::size_t>(name_end - rest.begin());
    parameter.name = rest.substr(0, name_length);
    rest.remove_prefix(name_length);
    if (parameter.name.empty() || !rest.starts_with('='))
        return malformed("a parameter has no name or no value");
    rest.remove_prefix(1);

    if (rest.starts_with('"')) {
        rest.remove_prefix(1);
        const auto end = rest.find_first_of("\"\\");
        if (end == rest.npos || rest[end] == '\\') return malformed("a string does not end");
        parameter.value = rest.substr(0, end);
        rest.remove_prefix(end + 1);
    } else {
        const auto end = std::min(rest.find_first_not_of("0123456789."), rest.size());
        if (end == 0) return malformed("a value is neither a string nor a number");
        parameter.value = rest.substr(0, end);
        rest.remove_prefix(end);
    }
    return parameter;
}

// Past the comma to the next parameter; at the end `rest` is empty.
Result<> take_separator(std::string_view& rest) {
    rest = text::trim(rest);
    if (rest.empty()) return {};
    if (!rest.starts_with(',')) return malformed("no comma between parameters");
    rest = text::trim(rest.substr(1));
    if (rest.empty()) return malformed("it ends with a comma");
    return {};
}

// Seconds since 1970, for `expires` with a fraction (section 2.1.5).
Result<std::int64_t> parse_seconds(std::string_view text, bool fraction_allowed) {
    constexpr std::size_t digits_max = 12;
    const auto dot = text.find('.');
    const auto whole = text.substr(0, dot);
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), seconds);
    if (error != std::errc() || end != whole.data() + whole.size() || whole.size() > digits_max ||
        seconds < 0 || (dot != text.npos && !fraction_allowed))
        return malformed("a time is not a number of seconds");
    return seconds;
}

Result<std::vector<std::string>> parse_header_list(std::string_view text) {
    std::vector<std::string> names;
    while (!text.empty()) {
        const auto space = std::min(text.find(' '), text.size());
        auto name = text::to_lower_ascii(text.substr(0, space));
        text.remove_prefix(std::min(space + 1, text.size()));
        if (name.empty()) continue;
        if (std::find(names.begin(), names.end(), name) != names.end())
            return malformed("a header is listed twice");
        if (names.size() == limits::signed_headers_max)
            return malformed("too many headers are listed");
        names.push_back(std::move(name));
    }
    if (names.empty()) return malformed("the list of headers is empty");
    return names;
}

Result<> assign(CavageSignature& out, const Parameter& parameter) {
    const auto [name, value] = parameter;
    if (name == "keyId") {
        if (value.size() > limits::signature_key_id_chars_max)
            return malformed("keyId is too long");
        out.key_id = value;
    } else if (name == "algorithm") {
        out.algorithm = value;
    } else if (name == "headers") {
        out.headers = TRY(parse_header_list(value));
    } else if (name == "signature") {
        auto bytes = crypto::base64_decode(value);
        if (!bytes) return malformed("signature is not base64");
        if (bytes->size() > limits::signature_bytes_max) return malformed("signature is too long");
        out.signature = std::move(*bytes);
    } else if (name == "created") {
        out.created_s = TRY(parse_seconds(value, false));
    } else if (name == "expires") {
        out.expires_s = TRY(parse_seconds(value, true));
    }
    return {};
}

}  // namespace

Result<CavageSignature> parse_signature_header(std::string_view value) {
    if (value.size() > limits::signature_header_chars_max) return malformed("it is too long");
    CavageSignature out;
    std::set<std::string_view> seen;
    for (auto rest = text::trim(value); !rest.empty();) {
        const auto parameter = TRY(take_parameter(rest));
        if (!seen.insert(parameter.name).second)
            return malformed("the parameter " + std::string(parameter.name) + " occurs twice");
        TRY(assign(out, parameter));
        TRY(take_separator(rest));
    }
    if (out.key_id.empty()) return malformed("keyId is missing");
    if (out.signature.empty()) return malformed("signature is missing");
    if (out.headers.empty()) out.headers = {"(created)"};  // section 2.1.6
    return out;
}

}  // namespace kith::signature
