// Groups that move between hosts, and threads between groups.
#include "base/core/clock.hpp"
#include "base/json/writer.hpp"
#include "node/api/kith/groups.hpp"
#include "node/api/kith/handlers.hpp"
#include "node/community/accounts.hpp"
#include "node/community/group_move.hpp"
#include "node/community/moves.hpp"
#include "node/community/thread_moves.hpp"
#include "node/http/exchange.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_moves.hpp"

namespace kith::own_api {

namespace {

using http::Exchange;

// A group here that the caller may move.
Result<model::Actor> own_group(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    auto group = TRY(community::actor_by_id(api.community, TRY(exchange.id_param())));
    if (!group.is_group() || !group.local) return fail(Code::not_found, "Record not found");
    TRY(api.community.db.read([&](sql::Tx& tx) { return community::require_group_owner(tx, group.id, me); }));
    return group;
}

Result<> answer(const ApiContext& api, Exchange& exchange, Id group) {
    static constexpr std::string_view states[] = {"offered", "moved", "done", "copying", "copied"};
    const auto body = TRY(api.community.db.read([&](sql::Tx& tx) -> Result<std::string> {
        const auto move = TRY(repo::find_group_move(tx, group));
        const auto other = move ? TRY(repo::find_actor(tx, move->other_id)) : std::optional<model::Actor>{};
        if (!move || !other) return fail(Code::not_found, "Record not found");
        json::Writer w;
        w.object().member("direction", move->arrives ? "here" : "away").member("state", states[std::size_t(move->state)]);
        w.member("other", other->ap_id).member("started_at", format_iso8601(move->started_at));
        w.member("copied", move->copied).member("error", move->error).end();
        return w.take();
    }));
    return exchange.json(200, body);
}

Result<> show(const ApiContext& api, Exchange& exchange) { return answer(api, exchange, TRY(own_group(api, exchange)).id); }

Result<> move(const ApiContext& api, Exchange& exchange) {
    const auto group = TRY(own_group(api, exchange));
    const auto wanted = std::string(TRY(exchange.params())->get_or("target", ""));
    if (wanted.empty()) return fail(Code::unprocessable, "Validation failed: Target can't be blank");
    const auto target = TRY(api.actor_as_of_now(wanted));
    TRY(community::offer_group(api.community, group.id, target.ap_id));
    return answer(api, exchange, group.id);
}

Result<> cancel(const ApiContext& api, Exchange& exchange) {
    TRY(community::withdraw_offer(api.community, TRY(own_group(api, exchange)).id));
    return exchange.json(200, "{}");
}

Result<> take_over(const ApiContext& api, Exchange& exchange) {
    const auto group = TRY(own_group(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto from = std::string(params.get_or("from", ""));
    if (from.empty()) return fail(Code::unprocessable, "Validation failed: From can't be blank");
    TRY(community::set_alias(api.community, group.username, from, !params.flag_or("undo", false)));
    return exchange.json(200, "{}");
}

// A thread, to another group here.
Result<> move_thread(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto& params = *TRY(exchange.params());
    community::NewThreadMove wanted{.from_id = TRY(exchange.id_param()),
                                    .to_id = params.id("target_id").value_or(0),
                                    .post_id = params.id("status_id").value_or(0),
                                    .reason = std::string(params.get_or("reason", ""))};
    TRY(community::move_thread(api.community, me, wanted));
    return exchange.json(200, "{}");
}

}  // namespace

void add_group_move_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/kith/v1/groups/:id/move", show},
                   {"POST", "/api/kith/v1/groups/:id/move", move},
                   {"DELETE", "/api/kith/v1/groups/:id/move", cancel},
                   {"POST", "/api/kith/v1/groups/:id/take_over", take_over},
                   {"POST", "/api/kith/v1/groups/:id/moved_threads", move_thread}});
}

}  // namespace kith::own_api
