#include "node/community/scheduled.hpp"

#include "base/core/log.hpp"
#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "config/limits/community.hpp"
#include "config/limits/personal.hpp"
#include "node/community/page_window.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/conversations.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/posts.hpp"

#include <limits>

namespace kith::community {

using model::ScheduledPost;
using sql::Tx;

namespace {

Failure invalid(std::string what) {
    return fail(Code::unprocessable, "Validation failed: " + std::move(what));
}

void write_id(json::Writer& w, std::string_view name, const std::optional<Id>& id) {
    if (id) w.member(name, *id);
}

std::string as_json(const NewPost& d) {
    json::Writer w;
    w.object().member("text", d.text).member("content_type", d.content_type);
    w.member("summary", d.summary).member("title", d.title).member("sensitive", d.sensitive);
    w.member("visibility", int(d.visibility)).member("language", d.language);
    write_id(w, "in_reply_to", d.in_reply_to_id);
    write_id(w, "group", d.group_id);
    write_id(w, "quoted", d.quoted_id);
    if (d.quote_audience) w.member("quote_audience", *d.quote_audience);
    if (d.poll) {
        w.key("poll").object().key("options").array();
        for (const auto& option : d.poll->options) w.value(option);
        w.end().member("expires_in", d.poll->expires_in_s).member("multiple", d.poll->multiple);
        w.member("hide_totals", d.poll->hide_totals).end();
    }
    w.key("media").array();
    for (const auto id : d.media_ids) w.value(id);
    w.end().end();
    return w.take();
}

Result<NewPost> from_json(const ScheduledPost& row) {
    const auto document = TRY(json::Document::parse(row.params));
    const auto text = [&](std::string_view name) { return std::string(document[name].string_or("")); };
    NewPost d;
    d.text = text("text");
    d.content_type = text("content_type");
    d.summary = text("summary");
    d.title = text("title");
    d.sensitive = document["sensitive"].maybe_boolean().value_or(false);
    d.visibility = model::Visibility(TRY(document["visibility"].integer()));
    d.language = text("language");
    d.in_reply_to_id = document["in_reply_to"].maybe_integer();
    d.group_id = document["group"].maybe_integer();
    d.quoted_id = document["quoted"].maybe_integer();
    if (const auto audience = document["quote_audience"].maybe_integer()) d.quote_audience = int(*audience);
    if (const auto poll = document["poll"]; poll.is_object()) {
        d.poll.emplace();
        for (const auto option : poll["options"]) d.poll->options.emplace_back(option.string_or(""));
        d.poll->expires_in_s = poll["expires_in"].maybe_integer().value_or(0);
        d.poll->multiple = poll["multiple"].maybe_boolean().value_or(false);
        d.poll->hide_totals = poll["hide_totals"].maybe_boolean().value_or(false);
    }
    for (const auto id : document["media"])
        if (const auto each = id.maybe_integer()) d.media_ids.push_back(*each);
    d.app_id = row.app_id;
    return d;
}

Result<ScheduledView> view_of(Tx& tx, const ScheduledPost& row) {
    ScheduledView view{row.id, row.due_at, TRY(from_json(row)), {}};
    for (const auto id : view.draft.media_ids)
        if (auto upload = TRY(repo::find_upload(tx, row.actor_id, id)))
            view.media.push_back(std::move(upload->picture));
    return view;
}

Result<> check_time(const Context& context, TimeMs due_at) {
    if (due_at < context.clock.now_ms() + limits::scheduled_lead_ms)
        return invalid("Scheduled at The scheduled date must be at least 5 minutes in the future");
    return {};
}

Result<> check_numbers(Tx& tx, Id actor, TimeMs due_at) {
    constexpr auto ever = std::numeric_limits<TimeMs>::max();
    if (TRY(repo::count_scheduled(tx, actor, 0, ever)) >= limits::scheduled_max)
        return invalid("You have exceeded the limit of " + std::to_string(limits::scheduled_max) +
                       " scheduled posts");
    const auto day = due_at - due_at % day_ms;
    if (TRY(repo::count_scheduled(tx, actor, day, day + day_ms)) >= limits::scheduled_per_day_max)
        return invalid("You have exceeded the limit of " + std::to_string(limits::scheduled_per_day_max) +
                       " scheduled posts for that day");
    return {};
}

Result<> wake_at(Tx& tx, const Context& context, const ScheduledPost& row) {
    json::Writer w;
    w.object().member("actor", row.actor_id).member("id", row.id).end();
    return repo::add_job(tx, {.id = context.ids.next(),
                              .kind = std::string(scheduled_job),
                              .payload = w.take(),
                              .not_before = row.due_at,
                              .created_at = context.clock.now_ms()});
}

Result<ScheduledPost> own(Tx& tx, Id actor, Id id) {
    auto found = TRY(repo::find_scheduled(tx, actor, id));
    if (!found) return fail(Code::not_found, "Record not found");
    return std::move(*found);
}

}  // namespace

Result<ScheduledView> schedule_post(Context& context, Id actor, const NewPost& draft, TimeMs due_at) {
    TRY(check_time(context, due_at));
    if (draft.poll) TRY(validate_poll(*draft.poll));
    if (draft.text.empty() && !draft.poll && draft.media_ids.empty()) return invalid("Text can't be blank");
    TRY(validate_length(context, draft.text, draft.summary));
    return context.db.write([&](Tx& tx) -> Result<ScheduledView> {
        const auto now = context.clock.now_ms();
        std::optional<model::User> user;
        if (!draft.idempotency_key.empty()) user = TRY(repo::find_user_by_actor(tx, actor));
        if (user)
            if (const auto done = TRY(repo::find_idempotent(tx, user->id, draft.idempotency_key, now - limits::idempotency_ms)))
                if (const auto waiting = TRY(repo::find_scheduled(tx, actor, *done))) return view_of(tx, *waiting);
        TRY(check_numbers(tx, actor, due_at));
        TRY(hold_uploads(tx, actor, draft.media_ids, due_at));
        const ScheduledPost row{.id = context.ids.next(),
                                .actor_id = actor,
                                .app_id = draft.app_id,
                                .due_at = due_at,
                                .params = as_json(draft)};
        TRY(repo::insert_scheduled(tx, row));
        TRY(wake_at(tx, context, row));
        if (user) TRY(repo::put_idempotent(tx, user->id, draft.idempotency_key, row.id, now));
        return view_of(tx, row);
    });
}

Result<ScheduledView> reschedule_post(Context& context, Id actor, Id id, TimeMs due_at) {
    TRY(check_time(context, due_at));
    return context.db.write([&](Tx& tx) -> Result<ScheduledView> {
        auto row = TRY(own(tx, actor, id));
        row.due_at = due_at;
        TRY(repo::reschedule(tx, actor, id, due_at));
        TRY(hold_uploads(tx, actor, TRY(from_json(row)).media_ids, due_at));
        TRY(wake_at(tx, context, row));
        return view_of(tx, row);
    });
}

Result<> cancel_scheduled(Context& context, Id actor, Id id) {
    return context.db.write([&](Tx& tx) -> Result<> {
        if (!TRY(repo::remove_scheduled(tx, actor, id))) return fail(Code::not_found, "Record not found");
        return {};
    });
}

Result<ScheduledView> scheduled_by_id(Context& context, Id actor, Id id) {
    return context.db.read([&](Tx& tx) -> Result<ScheduledView> {
        return view_of(tx, TRY(own(tx, actor, id)));
    });
}

Result<Page<ScheduledView>> scheduled_posts(Context& context, Id actor, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<ScheduledView>> {
        const auto rows = TRY(repo::scheduled_page(tx, actor, window_of(request)));
        Page<ScheduledView> page;
        if (!rows.empty()) set_cursors(page, rows.front().id, rows.back().id, rows.size(), request);
        for (const auto& row : rows) page.items.push_back(TRY(view_of(tx, row)));
        return page;
    });
}

Result<> publish_scheduled(Context& context, const std::string& payload) {
    const auto document = TRY(json::Document::parse(payload));
    const auto actor = TRY(document["actor"].integer()), id = TRY(document["id"].integer());
    const auto row = TRY(context.db.read([&](Tx& tx) { return repo::find_scheduled(tx, actor, id); }));
    if (!row || row->due_at > context.clock.now_ms()) return {};  // taken back, or put off
    auto draft = TRY(from_json(*row));
    // Where the node ends between the post and the row's removal, the same key gives the same post.
    draft.idempotency_key = "scheduled-" + std::to_string(id);
    const auto posted = create_post(context, actor, draft);
    // What has to wait, for this node or in a slow group, is tried again.
    if (!posted && (posted.error().code == Code::unavailable || posted.error().code == Code::rate_limited))
        return tl::unexpected(posted.error());
    if (!posted)
        log::info("scheduled.refused", {{"id", id}, {"reason", posted.error().safe_text}});
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(repo::remove_scheduled(tx, actor, id));
        return {};
    });
}

}  // namespace kith::community
