// Threads of direct posts (Mastodon: methods/conversations; entities/Conversation).
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/conversation.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/community/conversations.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

void write_conversation(json::Writer& w, const community::Context& context, Id me, const community::ConversationView& view) {
    w.object().member("id", std::to_string(view.conversation.id));
    w.member("unread", view.conversation.unread);
    w.key("accounts").raw(accounts_json(context, view.others)).key("last_status");
    if (view.last)
        write_status(w, context, community::Viewer::actor(me), *view.last);
    else
        w.null();
    w.end();
}

namespace {

using http::Exchange;
using json::Writer;

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:statuses"}));
    const auto page = TRY(community::conversations(api.community, me,
                                                   TRY(page_request(exchange, statuses_per_page))));
    set_link(exchange, api.community.urls, page);
    Writer w;
    w.array();
    for (const auto& view : page.items) write_conversation(w, api.community, me, view);
    w.end();
    return exchange.json(200, w.take());
}

Result<> set_unread(const ApiContext& api, Exchange& exchange, bool unread) {
    const auto me = TRY(acting_account(api, exchange, {"write:conversations"}));
    const auto view = TRY(community::set_conversation_unread(api.community, me, TRY(exchange.id_param()), unread));
    Writer w;
    write_conversation(w, api.community, me, view);
    return exchange.json(200, w.take());
}

Result<> read(const ApiContext& api, Exchange& exchange) { return set_unread(api, exchange, false); }
Result<> unread(const ApiContext& api, Exchange& exchange) { return set_unread(api, exchange, true); }

Result<> remove(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:conversations"}));
    TRY(community::remove_conversation(api.community, me, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

}  // namespace

void add_conversation_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/conversations", list},
                   {"POST", "/api/v1/conversations/:id/read", read},
                   {"POST", "/api/v1/conversations/:id/unread", unread},
                   {"DELETE", "/api/v1/conversations/:id", remove}});
}

}  // namespace kith::mastodon
