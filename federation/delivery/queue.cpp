#include "federation/delivery/queue.hpp"

#include <map>
#include <tuple>

#include "config/limits/delivery.hpp"
#include "storage/repo/delivery.hpp"
#include "storage/repo/peers.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/reach.hpp"

namespace kith::delivery {

using model::Activity;
using model::Peer;
using model::PeerState;
using repo::InboxRow;
using sql::Tx;

namespace {

constexpr int rows_per_recipient = 3;  // delivery, peer, post_reach

// The stored activity's id; its bytes stay those of the first time.
Result<Id> store(Tx& tx, const Context& context, const Outgoing& o) {
    const auto id = context.ids.next();
    if (TRY(repo::insert_activity(tx, {.id = id,
                                       .actor_id = o.signer_id,
                                       .ap_id = o.ap_id,
                                       .type = o.type,
                                       .body = o.body,
                                       .audience = write_audience(o.audience),
                                       .created_at = context.clock.now_ms()})))
        return id;
    auto stored = TRY(repo::find_activity_by_ap_id(tx, o.ap_id));
    if (!stored) return fail(Code::internal, "an activity cannot be stored", o.ap_id);
    return stored->id;
}

Result<> note_reach(Tx& tx, const Audience& audience, const InboxRow& to, TimeMs now) {
    if (!audience.post_id) return {};
    switch (audience.shows) {
        case Shows::nothing:
            return {};
        case Shows::post:
            return repo::queue_reach(tx, *audience.post_id, to, now);
        case Shows::pointer:
            return repo::note_reach(tx, *audience.post_id, to.host, to.inbox,
                                    model::ReachState::known, now);
    }
    return {};
}

bool failed_too_long(const Peer& peer, TimeMs now) {
    return peer.state == PeerState::open && peer.first_fail_at &&
           now - *peer.first_fail_at >= limits::delivery_hold_rows_after_ms;
}

enum class Admission { now, later, never };

// Whether the peer gets rows now; later: this activity and what follows when it is back.
Result<Admission> admit(Tx& tx, const std::string& host, Id activity, TimeMs now) {
    auto peer = TRY(repo::admit_peer(tx, host, now));
    if (peer.state == PeerState::gone) return Admission::never;
    if (peer.resume_after) return Admission::later;
    if (!failed_too_long(peer, now)) return Admission::now;
    TRY(repo::set_resume_after(tx, host, activity - 1));
    return Admission::later;
}

bool is_after(const InboxRow& row, const Cursor& cursor) {
    return std::tie(row.host, row.inbox) > std::tie(cursor.host, cursor.inbox);
}

}  // namespace

Result<Queued> queue_activities(Tx& tx, const Context& context, std::span<const Outgoing> all,
                                Cursor cursor, int rows_max) {
    const auto now = context.clock.now_ms();
    Queued out;
    for (; cursor.activity < all.size(); cursor = {cursor.activity + 1, "", ""}) {
        const auto& outgoing = all[cursor.activity];
        const auto recipients = TRY(recipients_of(tx, context, outgoing.audience));
        if (recipients.empty()) continue;
        const auto id = TRY(store(tx, context, outgoing));
        ++out.rows;
        std::string host;  // recipients come by host
        auto admission = Admission::never;
        for (const auto& to : recipients) {
            if (!is_after(to, cursor)) continue;
            if (out.rows >= rows_max) {
                out.next = cursor;
                return out;
            }
            if (to.host != host) admission = TRY(admit(tx, to.host, id, now));
            host = to.host;
            cursor.host = to.host;
            cursor.inbox = to.inbox;
            out.rows += rows_per_recipient;
            if (admission != Admission::never) TRY(note_reach(tx, outgoing.audience, to, now));
            if (admission != Admission::now) continue;
            TRY(repo::queue_delivery(tx, {.id = context.ids.next(),
                                          .host = to.host,
                                          .activity_id = id,
                                          .inbox = to.inbox,
                                          .ordering = outgoing.audience.ordering}));
            out.hosts.insert(to.host);
        }
    }
    out.complete = true;
    return out;
}

namespace {

// What brings a post that was deleted meanwhile is not sent any more.
Result<bool> is_moot(Tx& tx, const Audience& audience) {
    if (audience.shows == Shows::nothing || !audience.post_id) return false;
    auto post = TRY(repo::find_post(tx, *audience.post_id));
    return !post || post->deleted_at;
}

Result<int> resume_activity(Tx& tx, const Context& context, const std::string& host,
                            const Activity& activity) {
    const auto audience = TRY(read_audience(activity.audience));
    if (TRY(is_moot(tx, audience))) return 0;
    int rows = 0;
    for (const auto& to : TRY(recipients_of(tx, context, audience, host))) {
        TRY(note_reach(tx, audience, to, context.clock.now_ms()));
        TRY(repo::queue_delivery(tx, {.id = context.ids.next(),
                                      .host = host,
                                      .activity_id = activity.id,
                                      .inbox = to.inbox,
                                      .ordering = audience.ordering}));
        rows += rows_per_recipient;
    }
    return rows;
}

}  // namespace

Result<bool> resume_peer(Tx& tx, const Context& context, const std::string& host,
                         int activities_max) {
    auto peer = TRY(repo::lock_peer(tx, host));
    if (!peer || !peer->resume_after) return true;
    const auto missed = TRY(repo::activities_after(tx, *peer->resume_after, activities_max));
    int rows = 0;
    for (const auto& activity : missed) {
        rows += TRY(resume_activity(tx, context, host, activity));
        if (rows < limits::delivery_rows_per_write_max) continue;
        TRY(repo::set_resume_after(tx, host, activity.id));
        return false;
    }
    const bool complete = int(missed.size()) < activities_max;
    TRY(repo::set_resume_after(tx, host, complete ? std::optional<Id>{} : missed.back().id));
    return complete;
}

}  // namespace kith::delivery
