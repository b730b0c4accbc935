#include "node/api/mastodon/paging.hpp"

#include "base/text/strings.hpp"

#include <algorithm>

namespace kith::mastodon {

namespace {

std::string decoded(std::string_view encoded) {
    std::string with_spaces(encoded);
    std::replace(with_spaces.begin(), with_spaces.end(), '+', ' ');
    return text::percent_decode(with_spaces).value_or("");
}

// Cursors are replaced; a token has no place in what may be logged or shared.
bool is_dropped(std::string_view name) {
    return name == "max_id" || name == "min_id" || name == "since_id" || name == "offset" || name == "access_token";
}

std::string kept_parameters(std::string_view query) {
    std::string out;
    for (auto part : text::split(query, '&')) {
        const auto equals = part.find('=');
        const auto name = decoded(part.substr(0, equals));
        if (name.empty() || is_dropped(name)) continue;
        out += text::percent_encode(name);
        if (equals != part.npos)
            out += "=" + text::percent_encode(decoded(part.substr(equals + 1)));
        out += "&";
    }
    return out;
}

std::string link_to(const std::string& base, std::string_view cursor, std::int64_t at, std::string_view rel) {
    return "<" + base + std::string(cursor) + "=" + std::to_string(at) + ">; rel=\"" + std::string(rel) + "\"";
}

// A path may hold commas and other signs that end a link.
std::string safe_path(std::string_view path) {
    std::string out;
    for (auto segment : text::split(path, '/')) {
        if (segment.empty()) continue;
        out += "/" +
               text::percent_encode(text::percent_decode(segment).value_or(std::string(segment)));
    }
    return out;
}

// What every link of a page begins with.
std::string link_base(const http::Exchange& exchange, const Urls& urls) {
    return urls.base() + safe_path(exchange.path()) + "?" + kept_parameters(exchange.query());
}

}  // namespace

int limit_of(const http::Params& params, PageSize size) {
    const auto asked = params.integer("limit").value_or(size.usual);
    if (asked < 1) return size.usual;
    return int(std::min<std::int64_t>(asked, size.most));
}

Result<community::PageRequest> page_request(http::Exchange& exchange, PageSize size) {
    const auto& params = *TRY(exchange.params());
    community::PageRequest request;
    request.max_id = params.id("max_id");
    request.since_id = params.id("since_id");
    request.min_id = params.id("min_id");
    request.limit = limit_of(params, size);
    return request;
}

std::string link_header(const http::Exchange& exchange, const Urls& urls,
                        std::optional<Id> next_max_id, std::optional<Id> prev_min_id) {
    if (!next_max_id && !prev_min_id) return {};
    const auto base = link_base(exchange, urls);
    std::string out;
    if (next_max_id) out = link_to(base, "max_id", *next_max_id, "next");
    if (next_max_id && prev_min_id) out += ", ";
    if (prev_min_id) out += link_to(base, "min_id", *prev_min_id, "prev");
    return out;
}

void set_offset_link(http::Exchange& exchange, const Urls& urls, int limit, int offset, bool more) {
    const auto base = link_base(exchange, urls);
    std::string out;
    if (more) out = link_to(base, "offset", offset + limit, "next");
    if (more && offset > 0) out += ", ";
    if (offset > 0) out += link_to(base, "offset", std::max(0, offset - limit), "prev");
    if (!out.empty()) exchange.set_header("Link", out);
}

}  // namespace kith::mastodon
