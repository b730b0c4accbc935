#include "node/api/mastodon/polls.hpp"

#include "node/api/mastodon/emoji.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/community/polls.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

using community::Viewer;
using http::Exchange;
using json::Writer;

Result<> answer_poll(const ApiContext& api, Exchange& exchange, const Viewer& viewer, Id id) {
    auto view = TRY(community::load_view(api.community, viewer, id));
    if (!view.poll) return fail(Code::not_found, "Record not found");
    Writer w;
    write_poll(w, api.community, viewer, view);
    return exchange.json(200, w.take());
}

Result<> show_poll(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {"read:statuses"}));
    return answer_poll(api, exchange, viewer, TRY(exchange.id_param()));
}

Result<> vote(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:statuses"}));
    const auto id = TRY(exchange.id_param());
    std::vector<std::int64_t> choices;
    for (auto text : TRY(exchange.params())->list("choices")) {
        // What is no position of an option is none that is there.
        const auto choice = text == "0" ? std::optional<Id>(0) : parse_id(text);
        choices.push_back(choice.value_or(-1));
    }
    TRY(community::vote(api.community, me, id, choices));
    return answer_poll(api, exchange, Viewer::actor(me), id);
}

}  // namespace

void write_poll(Writer& w, const community::Context& context, const Viewer& viewer,
                const community::PostView& view) {
    const auto& poll = *view.poll;
    const auto ends_at = community::end_of(poll);
    const bool ended = community::has_ended(poll, context.clock.now_ms());
    const bool hidden = poll.hide_totals && !ended;
    std::int64_t votes = 0;
    for (const auto& option : poll.options) votes += hidden ? 0 : option.votes;
    w.object().member("id", std::to_string(view.post.id)).key("expires_at");
    if (ends_at)
        w.value(format_iso8601(*ends_at));
    else
        w.null();
    w.member("expired", ended).member("multiple", poll.multiple).member("votes_count", votes);
    w.key("voters_count");
    if (hidden)
        w.null();
    else
        w.value(poll.voters_count);
    w.key("options").array();
    for (const auto& option : poll.options) {
        w.object().member("title", option.title).key("votes_count");
        if (hidden)
            w.null();
        else
            w.value(option.votes);
        w.end();
    }
    w.end();
    write_emojis(w, context.urls, view);
    if (viewer.actor_id) {
        w.member("voted", view.author.id == *viewer.actor_id || !view.own_votes.empty());
        w.key("own_votes").array();
        for (int option : view.own_votes) w.value(option);
        w.end();
    }
    w.end();
}

void add_poll_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(
        router, api,
        {{"GET", "/api/v1/polls/:id", show_poll}, {"POST", "/api/v1/polls/:id/votes", vote}});
}

}  // namespace kith::mastodon
