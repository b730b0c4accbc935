// Flag, in the form that Mastodon gave it: what a member here reports about somebody elsewhere.
#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "config/limits/reports.hpp"
#include "federation/delivery/activity_parts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/reports.hpp"

namespace kith::delivery {

using model::Actor;
using model::Event;
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

}  // namespace

// From the instance actor, so that nobody there learns who reported.
Activities report_forwarded(Tx& tx, const Context& context, const Event& event) {
    const std::vector<Outgoing> nothing;
    auto instance = TRY(speaker(tx, event.actor_id));
    if (!instance || !event.target_id) return nothing;
    auto target = TRY(repo::find_actor(tx, *event.target_id));
    const auto payload = TRY(json::Document::parse(event.payload));
    auto report = TRY(repo::find_report(tx, TRY(payload["report"].integer())));
    if (!target || !report) return nothing;
    // `content` is what Mastodon's family reads, `summary` what Lemmy's does.
    vocab::ActivityToWrite flag{.id = context.urls.activity(event.id),
                                .type = "Flag",
                                .actor = instance->ap_id,
                                .object_json = TRY(objects_json(tx, *target, report->id)),
                                .summary = report->comment,
                                .content = report->comment};
    Audience audience{.ordering = ordering_of_pair(instance->id, target->id)};
    for (const auto& actor : TRY(told(tx, payload["to"]))) {
        flag.to.push_back(actor.ap_id);
        audience.inboxes.push_back({actor.host, actor.inbox});
    }
    if (audience.inboxes.empty()) return nothing;
    return std::vector{outgoing(*instance, flag, std::move(audience))};
}

}  // namespace kith::delivery
