#include "node/insight/projection.hpp"

#include "base/core/log.hpp"
#include "config/limits/insight.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/events.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/insight.hpp"
#include "storage/repo/posts.hpp"

namespace kith::insight {

using model::Consumer;
using model::Event;
using model::EventKind;
using repo::OpsEvent;
using repo::OpsKind;
using sql::Tx;

namespace {

std::optional<OpsKind> kind_of(EventKind kind) {
    switch (kind) {
        case EventKind::member_joined:
            return OpsKind::joined;
        case EventKind::member_left:
            return OpsKind::left;
        case EventKind::post_created:
            return OpsKind::contributed;
        case EventKind::post_deleted:
            return OpsKind::deleted;
        case EventKind::reaction_added:
        case EventKind::boost_added:
            return OpsKind::reacted;
        case EventKind::reaction_removed:
        case EventKind::boost_removed:
            return OpsKind::unreacted;
        default:
            return {};  // an edit is no contribution; relations outside a group are nobody's
                        // business here
    }
}

Result<> project(Tx& tx, community::Context& context, const Event& e) {
    auto kind = kind_of(e.kind);
    if (!kind || !e.group_id || !TRY(repo::find_group(tx, *e.group_id))) return {};
    auto actor = TRY(repo::find_actor(tx, e.actor_id));
    if (!actor || actor->is_group()) return {};
    OpsEvent row{.id = context.ids.next(),
                 .group_id = *e.group_id,
                 .actor_id = e.actor_id,
                 .kind = *kind,
                 .object_id = e.post_id,
                 .object_ap_id = e.object_ap_id,
                 .parent_id = {},
                 .target_actor_id = {},
                 .at = e.at,
                 .received_at = e.at,
                 .origin = actor->local ? "local" : actor->host};
    if (*kind == OpsKind::contributed) {
        auto post = TRY(repo::find_post(tx, e.post_id.value_or(0)));
        if (!post) return {};
        row.parent_id = post->in_reply_to_id;
        row.at = post->published_at;
        row.received_at = post->received_at;
    } else if (TRY(repo::has_opted_out(tx, *e.group_id, e.actor_id))) {
        return {};  // of who opted out only an answer is kept
    }
    return repo::add_ops_event(tx, row);
}

}  // namespace

Result<> Projection::start() {
    TRY(context_.db.write([](Tx& tx) { return repo::release_events(tx, Consumer::insight); }));
    thread_ = Thread("insight", [this] { run(); });
    return {};
}

void Projection::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

Result<int> Projection::catch_up() {
    std::lock_guard one_at_a_time(catching_up_);
    int projected = 0;
    for (;;) {
        const auto now = context_.clock.now_ms();
        auto took = TRY(context_.db.write([&](Tx& tx) -> Result<int> {
            auto claimed =
                TRY(repo::claim_events(tx, Consumer::insight, now, now + limits::insight_lease_ms,
                                       limits::insight_batch_rows));
            for (const auto& c : claimed) {
                TRY(project(tx, context_, c.event));
                TRY(repo::finish_event(tx, Consumer::insight, c.event.id));
            }
            return int(claimed.size());
        }));
        projected += took;
        if (took < limits::insight_batch_rows) return projected;
    }
}

void Projection::run() {
    for (;;) {
        if (auto done = catch_up(); !done)
            log::warn("insight.projection_failed", {{"reason", done.error().detail}});
        std::unique_lock lock(mutex_);
        if (context_.clock.wait_until(wake_, lock,
                                      context_.clock.now_ms() + limits::insight_poll_ms,
                                      [this] { return stopping_; }))
            return;
    }
}

}  // namespace kith::insight
