// A group's threads: which of them have an answer, which comment that is, and what is shown folded.
#include "base/core/clock.hpp"
#include "config/limits/groups.hpp"
#include "node/api/kith/groups.hpp"
#include "node/api/kith/handlers.hpp"
#include "node/api/kith/json_groups.hpp"
#include "node/community/group_answers.hpp"
#include "node/community/group_tags.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>

namespace kith::own_api {

namespace {

using community::PostView;
using http::Exchange;
using json::Writer;

void write_post(Writer& w, const ApiContext& api, const PostView& view) {
    const auto& post = view.post;
    w.member("id", std::to_string(post.id)).member("uri", post.ap_id).member("url", post.url.empty() ? post.ap_id : post.url);
    write_actor(w, api, "account", view.author);
    w.member("created_at", format_iso8601(post.published_at));
}

void write_answer(Writer& w, const ApiContext& api, const std::optional<PostView>& answer) {
    w.key("answer");
    if (!answer) return void(w.null());
    w.object();
    write_post(w, api, *answer);
    w.end();
}

void write_thread(Writer& w, const ApiContext& api, const PostView& view) {
    write_post(w, api, view);
    w.member("title", view.post.title).member("replies_count", view.post.replies_count);
    write_actor(w, api, "group", view.group);
}

Result<> list_threads(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto group = TRY(group_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    community::AnsweredQuery query{.group_id = group.id, .answered = params.flag("answered"), .tag_id = {}, .max_id = params.id("max_id")};
    if (const auto label = params.get("tag")) query.tag_id = TRY(community::group_tag_by_name(api.community, group.id, *label)).id;
    query.limit = int(std::clamp<std::int64_t>(params.integer("limit").value_or(limits::group_threads_page), 1, limits::group_threads_page_max));
    const auto threads = TRY(community::threads_by_answer(api.community, viewer, query));
    return answer_list(exchange, threads, [&](Writer& w, const community::AnsweredThread& item) {
        w.object();
        write_thread(w, api, item.thread);
        write_answer(w, api, item.answer);
        w.end();
    });
}

Result<> answer_summary(const ApiContext& api, Exchange& exchange, const community::Viewer& viewer, Id thread) {
    const auto found = TRY(community::thread_summary(api.community, viewer, thread));
    return answer_one(exchange, [&](Writer& w) {
        w.object();
        write_thread(w, api, found.thread);
        write_answer(w, api, found.answer);
        write_actor(w, api, "answer_chosen_by", found.chosen_by);
        write_time(w, "answer_chosen_at", found.chosen_at);
        w.key("folded").array();
        for (const auto& row : found.folded) {
            w.object().member("id", std::to_string(row.post_id)).member("reason", row.reason);
            w.member("at", format_iso8601(row.at)).end();
        }
        w.end().end();
    });
}

Result<> show_thread(const ApiContext& api, Exchange& exchange) {
    return answer_summary(api, exchange, TRY(viewer_of(api, exchange)), TRY(exchange.id_param()));
}

Result<> choose_answer(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto thread = TRY(exchange.id_param());
    const auto comment = TRY(exchange.params())->id("answer_id");
    if (!comment) return fail(Code::unprocessable, "Validation failed: Answer can't be blank");
    TRY(community::choose_answer(api.community, me, thread, *comment));
    return answer_summary(api, exchange, community::Viewer::actor(me), thread);
}

Result<> take_back_answer(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto thread = TRY(exchange.id_param());
    TRY(community::take_back_answer(api.community, me, thread));
    return answer_summary(api, exchange, community::Viewer::actor(me), thread);
}

}  // namespace

void add_thread_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/kith/v1/groups/:id/threads", list_threads},
                   {"GET", "/api/kith/v1/statuses/:id/thread", show_thread},
                   {"PUT", "/api/kith/v1/statuses/:id/answer", choose_answer},
                   {"DELETE", "/api/kith/v1/statuses/:id/answer", take_back_answer}});
}

}  // namespace kith::own_api
