#include "base/text/host.hpp"

#include <arpa/inet.h>
#include <idn2.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/base.hpp"

namespace kith {
namespace {

Failure refuse(const char* why) { return fail(Code::invalid, "not a valid host", why); }

bool is_ascii(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return c & 0x80; });
}

// UTS 46 for names beyond ASCII. Those in ASCII are DNS names already, whatever their hyphens:
// hosts such as r1---sn.example and emoji names (xn--…) exist that IDNA2008 refuses.
Result<std::string> to_ascii(std::string_view name) {
    if (is_ascii(name)) return text::to_lower_ascii(name);
    if (!utf8::valid(name)) return refuse("invalid UTF-8");
    const std::string terminated(name);  // no NUL in it: the caller has looked
    std::uint8_t* found = nullptr;
    const int status = idn2_lookup_u8(reinterpret_cast<const std::uint8_t*>(terminated.c_str()),
                                      &found, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    const std::unique_ptr<std::uint8_t, void (*)(void*)> owned(found, idn2_free);
    if (status != IDN2_OK) return refuse(idn2_strerror(status));
    return text::to_lower_ascii(reinterpret_cast<const char*>(found));
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= limits::host_label_bytes_max &&
           std::ranges::all_of(label, [](char c) {
               return text::is_alpha(c) || text::is_digit(c) || c == '-' || c == '_';
           });
}

// WHATWG URL 3.5, "ends in a number": somebody would read such a host as an IPv4 address.
bool looks_like_ipv4(std::string_view last_label) {
    if (std::ranges::all_of(last_label, text::is_digit)) return true;
    return last_label.starts_with("0x") && std::ranges::all_of(last_label.substr(2), [](char c) {
               return text::hex_value(c) >= 0;
           });
}

bool is_dotted_ipv4(const std::vector<std::string_view>& labels) {
    return labels.size() == 4 && std::ranges::all_of(labels, [](std::string_view part) {
               if (part.size() > 3 || (part.size() > 1 && part[0] == '0')) return false;
               int value = 0;
               for (const char c : part) {
                   if (!text::is_digit(c)) return false;
                   value = value * 10 + (c - '0');
               }
               return value <= 255;
           });
}

Result<std::string> normal_name(std::string_view name) {
    std::string host = TRY(to_ascii(name));
    if (host.ends_with('.')) host.pop_back();
    if (host.empty()) return refuse("empty host");
    if (host.size() > limits::host_bytes_max) return refuse("host too long");
    const auto labels = text::split(host, '.');
    if (!std::ranges::all_of(labels, is_label)) return refuse("not a host name");
    if (looks_like_ipv4(labels.back()) && !is_dotted_ipv4(labels)) {
        return refuse("an IPv4 address in another form than four decimal numbers");
    }
    return host;
}

Result<std::string> normal_ipv6(std::string_view inside_brackets) {
    in6_addr address;
    char text[INET6_ADDRSTRLEN];
    if (inet_pton(AF_INET6, std::string(inside_brackets).c_str(), &address) != 1 ||
        !inet_ntop(AF_INET6, &address, text, sizeof text)) {
        return refuse("not an IPv6 address");
    }
    return '[' + std::string(text) + ']';
}

Result<std::uint16_t> parse_port(std::string_view digits) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc() || end != digits.data() + digits.size() || port == 0) {
        return refuse("not a port");
    }
    return port;
}

}  // namespace

Result<HostPort> parse_authority(std::string_view authority) {
    for (const char c : authority) {
        if (static_cast<unsigned char>(c) <= ' ' || c == '\x7F')
            return refuse("a control or a space");
        if (c == '@') return refuse("user info");
    }
    const bool literal = authority.starts_with('[');
    const auto bracket = literal ? authority.find(']') : 0;
    if (bracket == authority.npos) return refuse("'[' without ']'");
    const auto colon = authority.find(':', bracket);
    const auto name = authority.substr(0, colon);

    HostPort parsed;
    if (literal) {
        if (name.size() != bracket + 1) return refuse("text after ']'");
        parsed.host = TRY(normal_ipv6(name.substr(1, bracket - 1)));
    } else {
        parsed.host = TRY(normal_name(name));
    }
    // RFC 3986 3.2.3: a colon without digits names no port.
    if (colon != authority.npos && colon + 1 != authority.size()) {
        parsed.port = TRY(parse_port(authority.substr(colon + 1)));
    }
    return parsed;
}

Result<std::string> normalize_host(std::string_view host_port) {
    auto parsed = TRY(parse_authority(text::trim(host_port)));
    if (parsed.port == 0 || parsed.port == 443) return std::move(parsed.host);
    return parsed.host + ':' + std::to_string(parsed.port);
}

}  // namespace kith
