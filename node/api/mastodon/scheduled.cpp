// Posts that wait for their time (Mastodon: methods/scheduled_statuses; entities/ScheduledStatus).
#include "node/api/mastodon/scheduled.hpp"

#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/community/quotes.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

using community::ScheduledView;
using http::Exchange;
using json::Writer;

namespace {

void write_id(Writer& w, std::string_view name, const std::optional<Id>& id) {
    if (id)
        w.member(name, std::to_string(*id));
    else
        w.null_member(name);
}

void write_poll(Writer& w, const std::optional<community::NewPoll>& poll) {
    w.key("poll");
    if (!poll) return void(w.null());
    w.object().key("options").array();
    for (const auto& option : poll->options) w.value(option);
    w.end().member("expires_in", poll->expires_in_s).member("multiple", poll->multiple);
    w.member("hide_totals", poll->hide_totals).end();
}

Result<> answer(const ApiContext& api, Exchange& exchange, const ScheduledView& view) {
    Writer w;
    write_scheduled(w, api.community, view);
    return exchange.json(200, w.take());
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:statuses"}));
    const auto page = TRY(community::scheduled_posts(api.community, me,
                                                     TRY(page_request(exchange, statuses_per_page))));
    set_link(exchange, api.community.urls, page);
    Writer w;
    w.array();
    for (const auto& view : page.items) write_scheduled(w, api.community, view);
    w.end();
    return exchange.json(200, w.take());
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:statuses"}));
    return answer(api, exchange, TRY(community::scheduled_by_id(api.community, me, TRY(exchange.id_param()))));
}

Result<> change(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:statuses"}));
    const auto id = TRY(exchange.id_param());
    const auto at = TRY(scheduled_time(*TRY(exchange.params()), 0));
    if (!at) return answer(api, exchange, TRY(community::scheduled_by_id(api.community, me, id)));
    return answer(api, exchange, TRY(community::reschedule_post(api.community, me, id, *at)));
}

Result<> cancel(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:statuses"}));
    TRY(community::cancel_scheduled(api.community, me, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

}  // namespace

Result<std::optional<TimeMs>> scheduled_time(const http::Params& params, TimeMs now) {
    const auto text = params.get_or("scheduled_at", "");
    TimeMs at = 0;
    if (text.empty()) return std::optional<TimeMs>{};
    if (!parse_iso8601(text, at)) return fail(Code::unprocessable, "Record invalid");
    return at > now ? std::optional<TimeMs>(at) : std::optional<TimeMs>{};
}

void write_scheduled(Writer& w, const community::Context& context, const ScheduledView& view) {
    const auto& d = view.draft;
    w.object().member("id", std::to_string(view.id)).member("scheduled_at", format_iso8601(view.due_at));
    w.key("params").object().member("text", d.text);
    write_poll(w, d.poll);
    w.key("media_ids");
    if (d.media_ids.empty()) {
        w.null();
    } else {
        w.array();
        for (const auto id : d.media_ids) w.value(std::to_string(id));
        w.end();
    }
    w.member("sensitive", d.sensitive);
    w.member("spoiler_text", d.summary).member("visibility", visibility_name(d.visibility));
    w.key("in_reply_to_id").value(d.in_reply_to_id);
    write_id(w, "quoted_status_id", d.quoted_id);
    w.key("quote_approval_policy");
    if (d.quote_audience)
        w.value(community::quote_policy_name(*d.quote_audience));
    else
        w.null();
    if (d.language.empty())
        w.null_member("language");
    else
        w.member("language", d.language);
    w.member("application_id", d.app_id).null_member("scheduled_at").null_member("idempotency");
    w.member("with_rate_limit", false).end();
    w.key("media_attachments").array();
    for (const auto& picture : view.media) write_attachment(w, context, picture);
    w.end().end();
}

void add_scheduled_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/scheduled_statuses", list},
                   {"GET", "/api/v1/scheduled_statuses/:id", show},
                   {"PUT", "/api/v1/scheduled_statuses/:id", change},
                   {"PATCH", "/api/v1/scheduled_statuses/:id", change},
                   {"DELETE", "/api/v1/scheduled_statuses/:id", cancel}});
}

}  // namespace kith::mastodon
