#include "federation/discovery/nodeinfo.hpp"

#include "base/json/view.hpp"
#include "base/text/accept.hpp"
#include "base/text/strings.hpp"
#include "config/limits/discovery.hpp"

#include <algorithm>

namespace kith::discovery {

namespace {

constexpr std::string_view rel_start = "http://nodeinfo.diaspora.software/ns/schema/";

Failure unreadable(std::string detail) {
    return fail(Code::upstream, "the host does not say what it runs", std::move(detail));
}

Result<std::string> get_json(client::Transport& transport, Url url) {
    client::Request request;
    request.url = std::move(url);
    request.accept = "application/json";
    request.timeout_ms = limits::nodeinfo_timeout_ms;
    request.response_bytes_max = limits::nodeinfo_bytes_max;
    auto answer = client::fetch(transport, std::move(request));
    if (!answer) return tl::unexpected(answer.error().to_error());
    if (answer->status != 200) return unreadable("status " + std::to_string(answer->status));
    const auto type = MediaType::parse(answer->headers.get("content-type").value_or(""));
    if (!type || type->essence != "application/json") return unreadable("it is no JSON");
    return std::move(answer->body);
}

// One printable word; strangers write it and operators read it on a terminal.
std::string word_of(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, limits::nodeinfo_word_bytes_max))
        if (c > ' ' && c < 127) out += c;
    return out;
}

}  // namespace

Result<Url> newest_nodeinfo(std::string_view body, const Url& asked) {
    const auto document = TRY(json::Document::parse(body));
    std::string_view best_version, best_href;
    for (const auto link : document["links"]) {
        const auto rel = link["rel"].string_or({});
        if (!rel.starts_with(rel_start)) continue;
        const auto version = rel.substr(rel_start.size());
        if (!version.starts_with("2.") || version <= best_version) continue;
        best_version = version;
        best_href = link["href"].string_or({});
    }
    if (best_href.empty()) return unreadable("no link to NodeInfo 2");
    auto url = TRY(Url::parse(best_href));
    if (!same_origin(url, asked)) return unreadable("the link leads to " + url.host_port());
    return url;
}

Result<std::string> software_of(std::string_view body) {
    const auto document = TRY(json::Document::parse(body));
    const auto name = word_of(document["software"]["name"].string_or({}));
    if (name.empty()) return unreadable("no name");
    const auto version = word_of(document["software"]["version"].string_or({}));
    return version.empty() ? name : name + ' ' + version;
}

Result<std::string> ask_software(client::Transport& transport, const Config& config,
                                 std::string_view host) {
    // Where private addresses are allowed (tests, demos), all nodes speak as this one does.
    const auto scheme = config.federation.allow_private_addresses ? to_string(config.server.scheme)
                                                                  : to_string(Scheme::https);
    const auto links =
        TRY(Url::parse(std::string(scheme) + "://" + std::string(host) + "/.well-known/nodeinfo"));
    const auto listed = TRY(get_json(transport, links));
    return software_of(TRY(get_json(transport, TRY(newest_nodeinfo(listed, links)))));
}

}  // namespace kith::discovery
