// What the answers of peers do.
#include <algorithm>

#include "base/core/log.hpp"
#include "config/limits/client.hpp"
#include "federation/delivery/lanes.hpp"
#include "federation/keys/actor_store.hpp"
#include "federation/vocab/reader.hpp"
#include "storage/repo/delivery.hpp"

namespace kith::delivery {

using model::DeliveryOutcome;
using model::PeerState;
using sql::Tx;

namespace {

constexpr TimeMs pause_ms = second_ms;    // where our own transport is full
constexpr TimeMs ask_again_ms = hour_ms;  // where an actor cannot be asked now

}  // namespace

void Lanes::take_answers(std::vector<Mailbox::Answer> answers, TimeMs now) {
    for (const auto& answer : answers) {
        --in_flight_;
        const auto held = lanes_.find(answer.host);
        if (held == lanes_.end()) continue;
        auto& lane = held->second;
        make_ready(answer.host);
        auto* row = lane.find(answer.delivery);
        if (!row) continue;
        if (answer.outcome)
            take_outcome(lane, *row, *answer.outcome, now);
        else
            take_actor(lane, *row, answer, now);
    }
}

void Lanes::take_outcome(Lane& lane, Lane::Row& row, const client::Outcome& outcome, TimeMs now) {
    const auto verdict = judge(outcome, row.waiting.delivery, now,
                               context_.config.federation.retry_delays, context_.random);
    if (verdict.answered && verdict.judgement != Judgement::host_failed)
        host_answered(lane,
                      verdict.judgement == Judgement::delivered ? Lane::Answer::success
                                                                : Lane::Answer::refusal,
                      now);
    switch (verdict.judgement) {
        case Judgement::delivered:
            return finish(lane, row.waiting, DeliveryOutcome::delivered, "");
        case Judgement::given_up:
            return finish(lane, row.waiting, DeliveryOutcome::given_up, verdict.error);
        case Judgement::row_waits:
            return postpone(lane, row, verdict);
        case Judgement::ask_actor:
            return ask_actor(lane, row, verdict.error);
        case Judgement::host_failed:
            return host_failed(lane, row, verdict, now);
        case Judgement::not_sent:
            lane.stop(row);
            lane.pause(now + pause_ms);
            return;
    }
}

void Lanes::host_answered(Lane& lane, Lane::Answer answer, TimeMs now) {
    const bool was_troubled = lane.peer().state != PeerState::healthy;
    lane.answered(now, answer);
    if (!was_troubled) return;
    change_state(lane);
    resuming_.push_back(lane.peer().host);
    log::info("delivery.peer_is_back", {{"host", lane.peer().host}});
}

void Lanes::host_failed(Lane& lane, Lane::Row& row, const Verdict& verdict, TimeMs now) {
    const auto before = lane.peer().state;
    lane.failed(row, now, verdict.error, [&](int n) {
        const auto delay = retry_delay(context_.config.federation.retry_delays, n, context_.random);
        return std::max(delay, verdict.retry_after_ms);
    });
    ++counters_.host_failures;
    change_state(lane);
    const auto& peer = lane.peer();
    if (peer.state == PeerState::open && before == PeerState::failing)
        log::info("delivery.peer_fails", {{"host", peer.host}, {"error", verdict.error}});
    postpone(lane, row, verdict);
}

void Lanes::postpone(Lane& lane, Lane::Row& row, const Verdict& verdict) {
    auto& delivery = row.waiting.delivery;
    delivery.attempts = verdict.attempts;
    delivery.not_before = verdict.not_before;
    delivery.last_error = verdict.error;
    lane.stop(row);
    ++counters_.postponed;
    batch_.postpone(delivery);
}

void Lanes::finish(Lane& lane, const repo::WaitingDelivery& waiting, DeliveryOutcome outcome,
                   const std::string& error) {
    const auto& d = waiting.delivery;
    auto bytes = cache_.get(d.activity_id);
    batch_.finish({.id = d.id,
                   .activity_id = d.activity_id,
                   .host = d.host,
                   .inbox = d.inbox,
                   .outcome = outcome,
                   .error = error,
                   .post_id = bytes ? bytes->post_id : std::nullopt});
    switch (outcome) {
        case DeliveryOutcome::delivered:
            ++counters_.delivered;
            break;
        case DeliveryOutcome::given_up:
            ++counters_.given_up;
            break;
        case DeliveryOutcome::expired:
            ++counters_.expired;
            break;
    }
    lane.erase(d.id);  // last: `waiting` may be its
}

// The inbox says that it is gone: whose it is knows whether that is so.
void Lanes::ask_actor(Lane& lane, Lane::Row& row, const std::string& error) {
    const auto& d = row.waiting.delivery;
    row.waiting.delivery.last_error = error;
    auto actor =
        context_.db.read([&](Tx& tx) { return repo::actor_of_inbox(tx, d.host, d.inbox); });
    if (!actor || !*actor) return finish(lane, row.waiting, DeliveryOutcome::given_up, error);
    const auto& a = **actor;
    ++in_flight_;
    keys::fetch_document_later(
        transport_, context_.urls, a.ap_id, limits::client_timeout_ms,
        [mailbox = mailbox_, host = d.host, id = d.id, actor_id = a.id,
         shared = a.shared_inbox == d.inbox](Result<keys::FetchedDocument> document) {
            mailbox->answer({.host = host,
                             .delivery = id,
                             .actor_document = std::move(document),
                             .actor_id = actor_id,
                             .at_shared_inbox = shared});
        });
}

void Lanes::take_actor(Lane& lane, Lane::Row& row, const Mailbox::Answer& answer, TimeMs now) {
    const auto& document = *answer.actor_document;
    if (!document &&
        (document.error().code == Code::gone || document.error().code == Code::not_found))
        return inbox_gone(lane, row, answer);
    if (document) {
        auto moved = take_document(row, *document, now);
        if (moved && *moved) return lane.stop(row);
        if (moved) {
            const auto error = row.waiting.delivery.last_error;
            return finish(lane, row.waiting, DeliveryOutcome::given_up, error);
        }
    }
    const auto& d = row.waiting.delivery;
    postpone(lane, row,
             {.attempts = d.attempts, .not_before = now + ask_again_ms, .error = d.last_error});
}

// Stores the actor as it is now. True where its inbox is another one: the row goes there.
Result<bool> Lanes::take_document(Lane::Row& row, const keys::FetchedDocument& fetched,
                                  TimeMs now) {
    auto& d = row.waiting.delivery;
    const auto document = TRY(vocab::read_actor(fetched.document.root()));
    const auto inbox = TRY(context_.db.write([&](Tx& tx) -> Result<std::string> {
        auto actor = TRY(keys::store_actor(tx, context_.ids, now, document));
        if (actor.delivery_inbox() != d.inbox)
            TRY(repo::readdress_delivery(tx, d.id, actor.delivery_inbox()));
        return actor.delivery_inbox();
    }));
    if (inbox == d.inbox) return false;
    d.inbox = inbox;
    d.attempts = 0;
    d.not_before = 0;
    d.last_error.clear();
    return true;
}

// Of a shared inbox the whole host is gone, until it speaks to us; else this one's inbox, until its
// document names one again.
void Lanes::inbox_gone(Lane& lane, Lane::Row& row, const Mailbox::Answer& answer) {
    const auto inbox = answer.at_shared_inbox ? std::string() : row.waiting.delivery.inbox;
    const auto error = row.waiting.delivery.last_error;
    finish(lane, row.waiting, DeliveryOutcome::given_up, error);
    lane.erase_inbox(inbox);
    batch_.give_up(lane.peer().host, inbox, error);
    if (answer.at_shared_inbox) {
        lane.gone();
        change_state(lane);
    } else if (auto done = context_.db.write(
                   [&](Tx& tx) { return repo::forget_inbox(tx, answer.actor_id); });
               !done) {
        log::warn("delivery.store_failed",
                  {{"host", answer.host}, {"detail", done.error().detail}});
    }
}

}  // namespace kith::delivery
