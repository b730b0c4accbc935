#include "federation/signature/cavage_base.hpp"

#include "base/text/strings.hpp"

namespace kith::signature {
namespace {

// Section 2.3, steps 2 and 3: the old algorithm names know no times of their own.
Result<std::string> time_line(const CavageSignature& signature, std::string_view name,
                              const std::optional<std::int64_t>& seconds) {
    if (text::to_lower_ascii(signature.algorithm).starts_with("rsa"))
        return fail(Code::unauthorized, std::string(name) + " cannot be signed with rsa-sha256");
    if (!seconds)
        return fail(Code::unauthorized, std::string(name) + " is signed, but has no value");
    return std::to_string(*seconds);
}

Result<std::string> line_value(const RequestView& request, const CavageSignature& signature,
                               std::string_view target, const std::string& name) {
    if (name == "(request-target)")
        return text::to_lower_ascii(request.method) + ' ' + std::string(target);
    if (name == "(created)") return time_line(signature, name, signature.created_s);
    if (name == "(expires)") return time_line(signature, name, signature.expires_s);
    auto value = header_value(request, name);
    if (!value) return fail(Code::unauthorized, "the signed header " + name + " is missing");
    return std::move(*value);
}

}  // namespace

Result<std::string> signing_text(const RequestView& request, const CavageSignature& signature,
                                 std::string_view target) {
    std::string text;
    for (const auto& name : signature.headers) {
        if (!text.empty()) text += '\n';
        text += name + ": ";
        text += TRY(line_value(request, signature, target, name));
    }
    return text;
}

}  // namespace kith::signature
