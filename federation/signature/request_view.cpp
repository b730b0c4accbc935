#include "federation/signature/request_view.hpp"

#include <algorithm>
#include <array>

#include "base/text/strings.hpp"

namespace kith::signature {
namespace {

constexpr std::array<std::string_view, 7> single_headers = {
    "signature", "signature-input", "digest", "content-digest", "host", "date", "content-length"};

}  // namespace

std::optional<std::string> header_value(const RequestView& request, std::string_view name) {
    std::optional<std::string> joined;
    for (const auto& header : request.headers) {
        if (!text::iequals(header.name, name)) continue;
        if (joined)
            *joined += ", ";
        else
            joined.emplace();
        *joined += text::trim(header.value);
    }
    return joined;
}

bool has_no_body(std::string_view method) { return method == "GET" || method == "HEAD"; }

Result<> check_single_headers(const RequestView& request) {
    for (auto name : single_headers) {
        const auto times =
            std::count_if(request.headers.begin(), request.headers.end(),
                          [&](const Header& header) { return text::iequals(header.name, name); });
        if (times > 1)
            return fail(Code::unauthorized,
                        "the header " + std::string(name) + " occurs more than once");
    }
    return {};
}

}  // namespace kith::signature
