// Lists (Mastodon: methods/lists; entities/List).
#include "config/limits/mastodon_api.hpp"
#include "config/limits/personal.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/community/accounts.hpp"
#include "node/community/lists.hpp"
#include "node/community/timelines.hpp"
#include "node/http/exchange.hpp"

#include <array>

namespace kith::mastodon {

namespace {

using http::Exchange;
using json::Writer;
using model::List;
using model::ListReplies;

constexpr std::string_view read_lists = "read:lists";
constexpr std::string_view write_lists = "write:lists";
constexpr std::array<std::pair<ListReplies, std::string_view>, 3> policies{
    {{ListReplies::followed, "followed"}, {ListReplies::list, "list"}, {ListReplies::none, "none"}}};

void write_list(Writer& w, const List& list) {
    w.object().member("id", std::to_string(list.id)).member("title", list.title);
    for (const auto& [policy, name] : policies)
        if (policy == list.replies) w.member("replies_policy", name);
    w.member("exclusive", list.exclusive).end();
}

Result<> answer(Exchange& exchange, const List& list) {
    Writer w;
    write_list(w, list);
    return exchange.json(200, w.take());
}

Result<> answer(Exchange& exchange, const std::vector<List>& lists) {
    Writer w;
    w.array();
    for (const auto& list : lists) write_list(w, list);
    w.end();
    return exchange.json(200, w.take());
}

Result<community::ListChange> change_asked(Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    community::ListChange change;
    if (const auto title = params.get("title")) change.title = std::string(*title);
    change.exclusive = params.flag("exclusive");
    const auto policy = params.get_or("replies_policy", "");
    for (const auto& [value, name] : policies)
        if (name == policy) change.replies = value;
    if (!policy.empty() && !change.replies)
        return fail(Code::unprocessable, "Validation failed: Replies policy is not included in the list");
    return change;
}

Result<> show_all(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_lists}));
    return answer(exchange, TRY(community::lists(api.community, me)));
}

Result<> with_account(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_lists}));
    const auto actor = TRY(community::actor_by_id(api.community, TRY(exchange.id_param())));
    return answer(exchange, TRY(community::lists_with(api.community, me, actor.id)));
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_lists}));
    return answer(exchange, TRY(community::list_by_id(api.community, me, TRY(exchange.id_param()))));
}

Result<> create(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_lists}));
    return answer(exchange, TRY(community::create_list(api.community, me, TRY(change_asked(exchange)))));
}

Result<> change(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_lists}));
    return answer(exchange, TRY(community::change_list(api.community, me, TRY(exchange.id_param()),
                                                       TRY(change_asked(exchange)))));
}

Result<> remove(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_lists}));
    TRY(community::delete_list(api.community, me, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

// `limit=0` asks for all of them.
Result<> members(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_lists}));
    auto request = TRY(page_request(exchange, accounts_per_page));
    if (TRY(exchange.params())->integer("limit") == 0) request.limit = int(limits::list_members_max);
    const auto page =
        TRY(community::list_members(api.community, me, TRY(exchange.id_param()), request));
    set_link(exchange, api.community.urls, page);
    return exchange.json(200, accounts_json(api.community, page.items));
}

Result<std::vector<Id>> accounts_asked(Exchange& exchange) {
    std::vector<Id> out;
    for (const auto text : TRY(exchange.params())->list("account_ids")) {
        const auto id = parse_id(text);
        if (!id) return fail(Code::not_found, "Record not found");
        out.push_back(*id);
    }
    if (out.empty()) return fail(Code::unprocessable, "Validation failed: Account ids can't be blank");
    return out;
}

Result<> add_members(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_lists}));
    TRY(community::add_to_list(api.community, me, TRY(exchange.id_param()), TRY(accounts_asked(exchange))));
    return exchange.json(200, "{}");
}

Result<> remove_members(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_lists}));
    TRY(community::remove_from_list(api.community, me, TRY(exchange.id_param()),
                                    TRY(accounts_asked(exchange))));
    return exchange.json(200, "{}");
}

Result<> timeline(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_lists}));
    const auto page = TRY(community::list_timeline(api.community, me, TRY(exchange.id_param()),
                                                   TRY(page_request(exchange, statuses_per_page))));
    set_link(exchange, api.community.urls, page);
    return exchange.json(200, statuses_json(api.community, community::Viewer::actor(me), page.items));
}

}  // namespace

void add_list_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/lists", show_all},
                   {"POST", "/api/v1/lists", create},
                   {"GET", "/api/v1/lists/:id", show},
                   {"PUT", "/api/v1/lists/:id", change},
                   {"PATCH", "/api/v1/lists/:id", change},
                   {"DELETE", "/api/v1/lists/:id", remove},
                   {"GET", "/api/v1/lists/:id/accounts", members},
                   {"POST", "/api/v1/lists/:id/accounts", add_members},
                   {"DELETE", "/api/v1/lists/:id/accounts", remove_members},
                   {"GET", "/api/v1/accounts/:id/lists", with_account},
                   {"GET", "/api/v1/timelines/list/:id", timeline}});
}

}  // namespace kith::mastodon
