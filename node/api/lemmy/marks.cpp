// What a member has read, and what they do not want to see.
#include "config/limits/lemmy_api.hpp"
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/handlers.hpp"
#include "node/api/lemmy/routes.hpp"

namespace kith::lemmy {

namespace {

using community::Viewer;
using http::Exchange;

Result<> mark(const ApiContext& api, Id me, Id post, community::Mark which, bool on) {
    return community::mark_thread(api.community, me, post, which, on);
}

Result<> answer(const ApiContext& api, Exchange& exchange, Id me, Id post) {
    return exchange.json(200, post_response(api, TRY(community::group_thread(api.community, Viewer::actor(me), post))));
}

Result<> read_one(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto post = params.id("post_id").value_or(0);
    TRY(mark(api, caller.account_id, post, community::Mark::read, params.flag_or("read", true)));
    return answer(api, exchange, caller.account_id, post);
}

Result<> read_many(const ApiContext& api, Exchange& exchange) {
    return mark_posts(api, exchange, community::Mark::read, TRY(exchange.params())->flag_or("read", true));
}

Result<> hide(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto post = params.id("post_id").value_or(0);
    TRY(mark(api, caller.account_id, post, community::Mark::hidden, params.flag_or("hide", true)));
    return answer(api, exchange, caller.account_id, post);
}

Result<> list(const ApiContext& api, Exchange& exchange, community::Mark which) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto from = TRY(cursor_of(params));
    const auto place = from ? std::optional(community::ThreadCursor{from->rank, from->id}) : std::nullopt;
    const auto page = TRY(community::marked_threads(api.community, caller.account_id, which, place, from && from->back, limit_of(params)));
    return exchange.json(200, page_json([&](json::Writer& w) {
                             for (const auto& item : page.items) write_post_view(w, api, item);
                         }, beside_ranked(page)));
}
Result<> list_read(const ApiContext& api, Exchange& x) { return list(api, x, community::Mark::read); }
Result<> list_hidden(const ApiContext& api, Exchange& x) { return list(api, x, community::Mark::hidden); }

}  // namespace

// Those among them that the member sees; others are passed over, as they may have gone meanwhile.
Result<> mark_posts(const ApiContext& api, Exchange& exchange, community::Mark which, bool on) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto asked = params.list("post_ids");
    if (asked.size() > std::size_t(limits::lemmy_marks_max)) return fail(Code::unprocessable, "Too many posts at once");
    for (const auto text : asked)
        if (const auto id = parse_id(text))
            if (auto done = mark(api, caller.account_id, *id, which, on);
                !done && done.error().code != Code::not_found)
                return done;
    return exchange.json(200, success());
}

void add_mark_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v4/post/mark_as_read", read_one},
                   {"POST", "/api/v4/post/mark_as_read/many", read_many},
                   {"POST", "/api/v4/post/hide", hide},
                   {"GET", "/api/v4/account/read", list_read},
                   {"GET", "/api/v4/account/hidden", list_hidden}});
}

}  // namespace kith::lemmy
