#include "node/links/fetch.hpp"

#include "config/limits/links.hpp"

namespace kith::links {

Result<client::Response> get(client::Transport& transport, const std::string& url, const std::string& accept) {
    client::Request request;
    request.url = TRY(Url::parse(url));
    request.accept = accept;
    request.timeout_ms = limits::link_timeout_ms;
    request.response_bytes_max = limits::link_page_bytes_max;
    request.oversize = client::Oversize::cut;
    auto answer = client::fetch(transport, std::move(request));
    if (!answer) return tl::unexpected(answer.error().to_error());
    if (answer->status == 429 || answer->status >= 500)
        return fail(Code::unavailable, "the page does not answer now", std::to_string(answer->status));
    if (answer->status != 200) return fail(Code::not_found, "there is no such page", std::to_string(answer->status));
    return std::move(*answer);
}

}  // namespace kith::links
