// How the caller stands to others: follows, blocks, mutes, follow requests.
#include "config/limits/mastodon_api.hpp"
#include "node/community/relations.hpp"

#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/community/accounts.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>
#include <span>

namespace kith::mastodon {

namespace {

using community::Relationship;
using http::Exchange;

constexpr std::string_view write_follows = "write:follows";
constexpr std::string_view write_blocks = "write:blocks";
constexpr std::string_view write_mutes = "write:mutes";

Result<> answer(Exchange& exchange, const Relationship& relationship) {
    json::Writer w;
    write_relationship(w, relationship);
    return exchange.json(200, w.take());
}

Result<> relationships(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:follows"}));
    auto ids = TRY(ids_asked(exchange, limits::relationships_asked_max));
    using community::SuspendedOnes;
    const bool all = TRY(exchange.params())->flag_or("with_suspended", false);
    json::Writer w;
    w.array();
    for (const auto& each : TRY(community::relationships(api.community, me, ids, all ? SuspendedOnes::included : SuspendedOnes::left_out)))
        write_relationship(w, each);
    w.end();
    return exchange.json(200, w.take());
}

Result<> follow(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_follows}));
    const auto& params = *TRY(exchange.params());
    community::FollowOptions options{params.flag("reblogs"), params.flag("notify")};
    // Given and empty: posts in all languages again.
    const auto languages = params.list("languages");
    if (params.has("languages") || params.has("languages[]") || !languages.empty())
        options.languages.emplace(languages.begin(), languages.end());
    return answer(exchange,
                  TRY(community::follow(api.community, me, TRY(exchange.id_param()), options)));
}

Result<> mute(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_mutes}));
    const auto& params = *TRY(exchange.params());
    std::optional<TimeMs> duration_ms;
    if (auto seconds = params.integer("duration"); seconds && *seconds > 0)
        duration_ms = std::min(*seconds, limits::mute_seconds_max) * second_ms;
    const bool notifications = params.flag_or("notifications", true);
    return answer(exchange, TRY(community::mute(api.community, me, TRY(exchange.id_param()),
                                                notifications, duration_ms)));
}

using Change = Result<Relationship> (*)(community::Context&, Id, Id);

// An endpoint that does one thing to the account of its path.
template <Change change>
Result<> act(const ApiContext& api, Exchange& exchange, std::string_view scope) {
    const auto me = TRY(acting_account(api, exchange, {scope}));
    auto other = TRY(community::actor_by_id(api.community, TRY(exchange.id_param())));
    return answer(exchange, TRY(change(api.community, me, other.id)));
}

// The same of what ends something between the two: also with an account that was suspended meanwhile, which still
// stands in the caller's lists.
template <Change change>
Result<> end(const ApiContext& api, Exchange& exchange, std::string_view scope) {
    const auto me = TRY(acting_account(api, exchange, {scope}));
    const auto other = TRY(exchange.id_param());
    if (TRY(community::relationships(api.community, me, std::span(&other, 1))).empty())
        return fail(Code::not_found, "Record not found");
    return answer(exchange, TRY(change(api.community, me, other)));
}

Result<> unfollow(const ApiContext& api, Exchange& x) {
    return end<community::unfollow>(api, x, write_follows);
}
Result<> remove_follower(const ApiContext& api, Exchange& x) {
    return end<community::remove_follower>(api, x, write_follows);
}
Result<> authorize(const ApiContext& api, Exchange& x) {
    return act<community::authorize_follow>(api, x, write_follows);
}
Result<> reject(const ApiContext& api, Exchange& x) {
    return end<community::reject_follow>(api, x, write_follows);
}
Result<> block(const ApiContext& api, Exchange& x) {
    return act<community::block>(api, x, write_blocks);
}
Result<> unblock(const ApiContext& api, Exchange& x) {
    return end<community::unblock>(api, x, write_blocks);
}
Result<> unmute(const ApiContext& api, Exchange& x) {
    return end<community::unmute>(api, x, write_mutes);
}

using OwnList = Result<community::Page<model::Actor>> (*)(community::Context&, Id,
                                                          const community::PageRequest&);

Result<> answer_list(const ApiContext& api, Exchange& exchange, OwnList list,
                     std::string_view scope) {
    const auto me = TRY(acting_account(api, exchange, {scope}));
    auto page = TRY(list(api.community, me, TRY(page_request(exchange, accounts_per_page))));
    set_link(exchange, api.community.urls, page);
    return exchange.json(200, accounts_json(api.community, page.items));
}

Result<> follow_requests(const ApiContext& api, Exchange& x) {
    return answer_list(api, x, community::follow_requests, "read:follows");
}
Result<> blocks(const ApiContext& api, Exchange& x) {
    return answer_list(api, x, community::blocks, "read:blocks");
}
// MutedAccount: each with the time until which.
Result<> mutes(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:mutes"}));
    const auto page = TRY(community::mutes(api.community, me, TRY(page_request(exchange, accounts_per_page))));
    const auto until = TRY(community::mute_ends(api.community, me, page.items));
    set_link(exchange, api.community.urls, page);
    json::Writer w;
    w.array();
    for (std::size_t n = 0; n < page.items.size(); ++n) write_muted_account(w, api.community, page.items[n], until[n]);
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_relation_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/accounts/relationships", relationships},
                   {"POST", "/api/v1/accounts/:id/follow", follow},
                   {"POST", "/api/v1/accounts/:id/unfollow", unfollow},
                   {"POST", "/api/v1/accounts/:id/remove_from_followers", remove_follower},
                   {"POST", "/api/v1/accounts/:id/block", block},
                   {"POST", "/api/v1/accounts/:id/unblock", unblock},
                   {"POST", "/api/v1/accounts/:id/mute", mute},
                   {"POST", "/api/v1/accounts/:id/unmute", unmute},
                   {"GET", "/api/v1/follow_requests", follow_requests},
                   {"POST", "/api/v1/follow_requests/:id/authorize", authorize},
                   {"POST", "/api/v1/follow_requests/:id/reject", reject},
                   {"GET", "/api/v1/blocks", blocks},
                   {"GET", "/api/v1/mutes", mutes}});
}

}  // namespace kith::mastodon
