#include "node/community/taglines.hpp"

#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/api/lemmy/tagline.hpp"

namespace kith::lemmy {

namespace {

using http::Exchange;
using json::Writer;
using model::UserRole;

Result<> answer(Exchange& exchange, const model::Tagline& tagline) {
    Writer w;
    w.object().key("tagline");
    write_tagline(w, tagline);
    w.end();
    return exchange.json(200, w.take());
}

Result<> create(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange, UserRole::admin));
    return answer(exchange, TRY(community::add_tagline(api.community, caller.account_id, TRY(exchange.params())->get_or("content", ""))));
}

Result<> edit(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange, UserRole::admin));
    const auto& params = *TRY(exchange.params());
    return answer(exchange, TRY(community::change_tagline(api.community, caller.account_id, params.id("id").value_or(0), params.get_or("content", ""))));
}

Result<> remove(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange, UserRole::admin));
    TRY(community::remove_tagline(api.community, caller.account_id, TRY(exchange.params())->id("id").value_or(0)));
    return exchange.json(200, success());
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto page = TRY(page_of<model::Tagline>(
        *TRY(exchange.params()), [&](const community::PageRequest& request) { return community::taglines(api.community, request); }));
    return exchange.json(200, page_json([&](Writer& w) {
                             for (const auto& tagline : page.items) write_tagline(w, tagline);
                         }, page.beside));
}

}  // namespace

void write_tagline(Writer& w, const model::Tagline& tagline) {
    w.object().member("id", tagline.id).member("content", tagline.content).member("published_at", format_iso8601(tagline.published_at));
    if (tagline.updated_at) w.member("updated_at", format_iso8601(*tagline.updated_at));
    w.end();
}

void add_tagline_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v4/admin/tagline", create},
                   {"PUT", "/api/v4/admin/tagline", edit},
                   {"DELETE", "/api/v4/admin/tagline", remove},
                   {"GET", "/api/v4/admin/tagline/list", list}});
}

}  // namespace kith::lemmy
