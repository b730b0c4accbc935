// Reading accounts: by id, by name, what they wrote, who follows whom.
#include "config/limits/mastodon_api.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/accounts.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/community/search.hpp"
#include "node/community/timelines.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>

namespace kith::mastodon {

namespace {

using community::Page;
using community::Viewer;
using http::Exchange;
using model::Actor;

// A group for this node's people is shown to them only.
Result<Actor> known_to(const ApiContext& api, const Viewer& viewer, Result<Actor> found) {
    auto actor = TRY(std::move(found));
    if (actor.is_group() && !TRY(api.community.db.read([&](sql::Tx& tx) { return community::may_know_group(tx, viewer, actor.id); })))
        return fail(Code::not_found, "Record not found");
    return actor;
}

Result<> show_account(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {"read:accounts"}));
    auto actor = TRY(known_to(api, viewer, community::living_or_suspended(api.community, TRY(exchange.id_param()))));
    return exchange.json(200, actor.suspended_at ? suspended_account_json(api.community, actor) : account_json(api.community, actor));
}

Result<> show_accounts(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {"read:accounts"}));
    std::vector<Actor> found;
    for (auto id : TRY(ids_asked(exchange, limits::ids_asked_max)))
        if (auto actor = known_to(api, viewer, community::actor_by_id(api.community, id)))
            found.push_back(std::move(*actor));
    return exchange.json(200, accounts_json(api.community, found));
}

Result<> look_up(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {"read:accounts"}));
    auto acct = TRY(exchange.params())->get_or("acct", "");
    auto actor = TRY(known_to(api, viewer, community::actor_by_acct(api.community, acct)));
    return exchange.json(200, account_json(api.community, actor));
}

Result<> search(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:accounts"}));
    const auto& params = *TRY(exchange.params());
    const auto query = params.get_or("q", "");
    if (api.lookup && params.flag_or("resolve", false) && query.find('@') != query.npos)
        (void)api.lookup->resolve_account(query);  // not found: what is known is all there is
    community::AccountSearch wanted{.query = std::string(query),
                                    .following = params.flag_or("following", false),
                                    .limit = limit_of(params, accounts_per_page)};
    wanted.offset = int(std::clamp<std::int64_t>(params.integer("offset").value_or(0), 0,
                                                 limits::search_offset_max));
    auto found = TRY(community::search_accounts(api.community, Viewer::actor(me), wanted));
    return exchange.json(200, accounts_json(api.community, found));
}

// Of who is suspended there is an account, and nothing in it.
bool is_emptied(const ApiContext& api, const Viewer& viewer, Id id) {
    const auto actor = known_to(api, viewer, community::living_or_suspended(api.community, id));
    return actor && actor->suspended_at;
}

Result<> statuses(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {"read:statuses"}));
    const auto& params = *TRY(exchange.params());
    community::AccountFilter filter;
    filter.exclude_replies = params.flag_or("exclude_replies", false);
    filter.exclude_boosts = params.flag_or("exclude_reblogs", false);
    filter.only_media = params.flag_or("only_media", false);
    filter.pinned = params.flag_or("pinned", false);
    filter.tagged = params.get_or("tagged", "");
    const auto id = TRY(exchange.id_param());
    if (filter.pinned && viewer.actor_id && api.lookup) api.lookup->profile_opened(id);
    auto page = community::account_timeline(api.community, viewer, id, filter, TRY(page_request(exchange, statuses_per_page)));
    if (!page && is_emptied(api, viewer, id)) return exchange.json(200, "[]");
    if (!page) return tl::unexpected(page.error());
    set_link(exchange, api.community.urls, *page);
    return exchange.json(200, statuses_json(api.community, viewer, page->items));
}

using ActorList = Result<Page<Actor>> (*)(community::Context&, const Viewer&, Id,
                                          const community::PageRequest&);

Result<> follows(const ApiContext& api, Exchange& exchange, ActorList list) {
    const auto viewer = TRY(viewer_of(api, exchange, {"read:accounts"}));
    auto actor = TRY(community::actor_by_id(api.community, TRY(exchange.id_param())));
    auto page =
        TRY(list(api.community, viewer, actor.id, TRY(page_request(exchange, accounts_per_page))));
    set_link(exchange, api.community.urls, page);
    return exchange.json(200, accounts_json(api.community, page.items));
}

Result<> followers(const ApiContext& api, Exchange& exchange) {
    return follows(api, exchange, community::followers);
}

Result<> following(const ApiContext& api, Exchange& exchange) {
    return follows(api, exchange, community::following);
}

// Mastodon took identity proofs away in its version 3.5 and answers this way since, with no account having any.
Result<> identity_proofs(const ApiContext& api, Exchange& exchange) {
    TRY(acting_account(api, exchange, {"read:accounts"}));
    TRY(community::actor_by_id(api.community, TRY(exchange.id_param())));
    return exchange.json(200, "[]");
}

}  // namespace

void add_account_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/accounts", show_accounts},
                   {"GET", "/api/v1/accounts/:id", show_account},
                   {"GET", "/api/v1/accounts/lookup", look_up},
                   {"GET", "/api/v1/accounts/search", search},
                   {"GET", "/api/v1/accounts/:id/statuses", statuses},
                   {"GET", "/api/v1/accounts/:id/identity_proofs", identity_proofs},
                   {"GET", "/api/v1/accounts/:id/followers", followers},
                   {"GET", "/api/v1/accounts/:id/following", following}});
}

}  // namespace kith::mastodon
