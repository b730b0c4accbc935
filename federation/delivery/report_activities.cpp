// Flag, in the form that Mastodon gave it: what a member here reports about somebody elsewhere. Of posts in
// groups, Resolve comes back when it was looked after (not of any standard; groups.md 1.3).
#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "config/limits/reports.hpp"
#include "federation/delivery/activity_parts.hpp"
#include "federation/delivery/proofs.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/reports.hpp"

namespace kith::delivery {

using model::Actor;
using model::Event;
using model::Report;
using sql::Tx;

namespace {

// The account first, then the posts; all by id.
Result<std::string> objects_json(Tx& tx, const Actor& target, Id report) {
    json::Writer w;
    w.array().value(target.ap_id);
    for (auto id : TRY(repo::reported_posts(tx, report))) {
        auto post = TRY(repo::find_post(tx, id));
        if (post && !post->deleted_at) w.value(post->ap_id);
    }
    w.end();
    return w.take();
}

Result<std::vector<Actor>> told(Tx& tx, json::View ids) {
    std::vector<Actor> out;
    for (json::View id : ids) {
        if (out.size() >= limits::report_forwards_max) break;
        auto actor = TRY(repo::find_actor(tx, TRY(id.integer())));
        if (actor && !actor->local && !actor->deleted_at) out.push_back(std::move(*actor));
    }
    return out;
}

// What a Flag of a report says; of one that came here, what is known of it.
Result<vocab::ActivityToWrite> flag_of(Tx& tx, const Actor& target, const Report& report, std::string id) {
    // `content` is what Mastodon's family reads, `summary` what Lemmy's does.
    return vocab::ActivityToWrite{.id = std::move(id),
                                  .type = "Flag",
                                  .actor = report.flag_actor,
                                  .object_json = TRY(objects_json(tx, target, report.id)),
                                  .summary = report.comment,
                                  .content = report.comment};
}

// Those here who are told of what happens to a report in a group of ours, one inbox a host.
Result<std::vector<repo::InboxRow>> concerned(Tx& tx, const Actor& group, const Report& report, const Actor& target,
                                              std::string_view except) {
    std::vector<repo::InboxRow> out;
    const auto add = [&](const std::optional<Actor>& actor) {
        if (!actor || actor->local || actor->deleted_at || actor->host == except) return;
        for (const auto& row : out)
            if (row.host == actor->host) return;
        if (out.size() < limits::report_forwards_max) out.push_back({actor->host, actor->delivery_inbox()});
    };
    for (const auto& moderator : TRY(repo::group_moderators(tx, group.id))) add(moderator);
    add(target);
    if (!report.origin_host.empty()) add(TRY(repo::find_actor_by_ap_id(tx, report.flag_actor)));
    return out;
}

// Said by a group to a few: by id to nobody else.
Outgoing announce_to(const Actor& group, std::string ap_id, const std::string& json, Audience audience) {
    vocab::ActivityToWrite announce{.id = std::move(ap_id), .type = "Announce", .actor = group.ap_id, .object_json = json};
    announce.to = {group.followers_url};  // what servers expect of a group; it goes to the inboxes named only
    return outgoing(group, announce, std::move(audience));
}

// Resolve, by a moderator: announced by a group of ours, sent to the host of another.
Activities report_resolved(Tx& tx, const Context& context, const Event& event, const Report& report, const Actor& target) {
    std::vector<Outgoing> out;
    const auto moderator = TRY(speaker(tx, event.actor_id));
    const auto group = event.group_id ? TRY(repo::find_actor(tx, *event.group_id)) : std::nullopt;
    if (!moderator || !group || group->deleted_at) return out;
    auto flag = TRY(flag_of(tx, target, report, report.ap_id));
    flag.content.clear();
    flag.summary.clear();
    flag.to = {group->ap_id};
    vocab::ActivityToWrite resolve{.id = event.object_ap_id, .type = "Resolve", .actor = moderator->ap_id};
    resolve.object_json = vocab::write_activity(flag, vocab::Context::without);
    resolve.to = {group->ap_id};
    resolve.audience = group->ap_id;
    Audience audience{.ordering = ordering_of_pair(group->id, target.id)};
    if (!group->local) {
        audience.inboxes = {{group->host, group->delivery_inbox()}};
        out.push_back(outgoing(*moderator, resolve, std::move(audience)));
        return out;
    }
    audience.inboxes = TRY(concerned(tx, *group, report, target, {}));
    if (audience.inboxes.empty()) return out;
    auto inner = outgoing(*moderator, resolve, audience);
    TRY(prove(tx, context, inner));
    out.push_back(announce_to(*group, context.urls.activity(event.id), inner.body, std::move(audience)));
    return out;
}

// What came to a group of ours for a few: a Flag, a Resolve, a Warn, as it came.
Activities passed_on(Tx& tx, const Context& context, const Event& event, json::View payload) {
    std::vector<Outgoing> out;
    const auto group = TRY(speaker(tx, event.actor_id));
    const auto target = TRY(repo::find_actor(tx, *event.target_id));
    const auto report = TRY(repo::find_report(tx, payload["report"].maybe_integer().value_or(0)));
    if (!group || !target) return out;
    const auto except = payload["except"].string_or("");
    Audience audience{.except_host = std::string(except), .ordering = ordering_of_pair(group->id, target->id)};
    if (report)
        audience.inboxes = TRY(concerned(tx, *group, *report, *target, except));
    else if (!target->local && target->host != except)
        audience.inboxes = {{target->host, target->delivery_inbox()}};
    if (audience.inboxes.empty()) return out;
    out.push_back(announce_to(*group, context.urls.activity(event.id), std::string(payload["announce"].string_or("")), std::move(audience)));
    return out;
}

}  // namespace

// From the instance actor, so that nobody there learns who reported.
Activities report_forwarded(Tx& tx, const Context& context, const Event& event) {
    const std::vector<Outgoing> nothing;
    auto instance = TRY(speaker(tx, event.actor_id));
    if (!instance || !event.target_id) return nothing;
    auto target = TRY(repo::find_actor(tx, *event.target_id));
    const auto payload = TRY(json::Document::parse(event.payload));
    if (!payload["announce"].is_nothing()) return passed_on(tx, context, event, payload.root());
    auto report = TRY(repo::find_report(tx, TRY(payload["report"].integer())));
    if (!target || !report) return nothing;
    if (payload["resolve"].maybe_boolean().value_or(false)) return report_resolved(tx, context, event, *report, *target);
    auto flag = TRY(flag_of(tx, *target, *report, report->ap_id.empty() ? context.urls.activity(event.id) : report->ap_id));
    flag.actor = instance->ap_id;
    Audience audience{.ordering = ordering_of_pair(instance->id, target->id)};
    const auto group = report->group_id ? TRY(repo::find_actor(tx, *report->group_id)) : std::nullopt;
    if (group && !group->local) flag.audience = group->ap_id;
    for (const auto& actor : TRY(told(tx, payload["to"]))) {
        flag.to.push_back(actor.ap_id);
        audience.inboxes.push_back({actor.host, actor.inbox});
    }
    if (audience.inboxes.empty()) return nothing;
    return std::vector{outgoing(*instance, flag, std::move(audience))};
}

}  // namespace kith::delivery
