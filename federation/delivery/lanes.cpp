#include "federation/delivery/lanes.hpp"

#include <algorithm>
#include <utility>

#include "base/core/log.hpp"
#include "base/core/stop_point.hpp"
#include "base/json/writer.hpp"
#include "config/limits/delivery.hpp"
#include "federation/delivery/audience.hpp"
#include "federation/delivery/queue.hpp"
#include "storage/repo/peers.hpp"

namespace kith::delivery {

using model::Peer;
using model::PeerState;
using sql::Tx;

namespace {

constexpr std::size_t owner_bytes = 9;
constexpr int trim_rows = 500;
constexpr TimeMs store_again_ms = second_ms;

void warn(std::string_view what, const Error& error) {
    log::warn(what, {{"error", error.safe_text}, {"detail", error.detail}});
}

std::string json_texts(const std::set<std::string>& texts) {
    json::Writer w;
    w.array();
    for (const auto& text : texts) w.value(text);
    w.end();
    return w.take();
}

}  // namespace

Lanes::Lanes(const Context& context, client::Transport& transport)
    : context_(context),
      transport_(transport),
      owner_(context.random.token(owner_bytes)),
      mailbox_(std::make_shared<Mailbox>()),
      cache_(context.db),
      followers_(context.db) {}

Result<> Lanes::start() {
    if (context_.db.dialect().engine() == sql::Engine::sqlite)
        TRY(context_.db.write([](Tx& tx) { return repo::release_peers(tx); }));
    for (const auto& host : TRY(context_.db.read([](Tx& tx) { return repo::troubled_peers(tx); })))
        mailbox_->set_troubled(host, true);
    thread_ = Thread("delivery", [this] { run(); });
    return {};
}

void Lanes::stop(int grace_ms) {
    if (std::exchange(stopped_, true)) return;
    mailbox_->stop();
    thread_.join();
    finish_up(grace_ms);
}

void Lanes::notify(const std::set<std::string>& hosts) { mailbox_->queued(hosts); }

void Lanes::peer_spoke(std::string_view host) { mailbox_->spoke(host, context_.clock.now_ms()); }

void Lanes::run() {
    do {
        const auto next = step();
        if (!mailbox_->wait(context_.clock, next)) return;
    } while (true);
}

// After the thread's end.
void Lanes::finish_up(int grace_ms) {
    const auto now = context_.clock.now_ms();
    while (in_flight_ > 0 && mailbox_->wait_for_answer(grace_ms))
        take_answers(mailbox_->take().answers, now);
    for (auto& [host, lane] : lanes_) batch_.release(lane.to_store(now), lane.read_up_to());
    lanes_.clear();
    store_at_ = 0;
    store(now);
}

TimeMs Lanes::step() {
    const auto now = context_.clock.now_ms();
    auto mail = mailbox_->take();
    take_answers(std::move(mail.answers), now);
    send_ready(now);
    close_idle(now);
    store(now);
    // What happened before is stored, so that who is leased again begins where it ended.
    keep_leases(now);
    take_notices(mail, now);
    look_for_peers(now);
    resume_some();
    claim(now);
    send_ready(now);
    close_idle(now);
    store(now);
    tidy(now);
    if (!batch_.empty()) return std::min(look_at_, store_at_);
    return resuming_.empty() ? look_at_ : now;
}

// Renewed long before they end; another process may have seen a peer fail meanwhile.
void Lanes::keep_leases(TimeMs now) {
    if (now < renew_at_) return;
    renew_at_ = now + limits::delivery_lease_ms / 3;
    if (lanes_.empty()) return;
    const auto until = now + limits::delivery_lease_ms;
    if (auto renewed =
            context_.db.write([&](Tx& tx) { return repo::renew_peer_leases(tx, owner_, until); });
        !renewed)
        warn("delivery.lease_failed", renewed.error());
}

void Lanes::take_notices(const Mailbox::Mail& mail, TimeMs now) {
    to_claim_.insert(mail.queued.begin(), mail.queued.end());
    for (const auto& host : mail.spoke) revive(host, now);
}

void Lanes::look_for_peers(TimeMs now) {
    if (now < look_at_) return;
    look_at_ = now + limits::delivery_poll_ms;
    const int room = limits::delivery_lanes_max - int(lanes_.size());
    if (room <= 0) return;
    auto due = context_.db.read([&](Tx& tx) { return repo::due_peers(tx, now, room); });
    if (!due) return warn("delivery.look_failed", due.error());
    to_claim_.insert(due->begin(), due->end());
}

void Lanes::claim(TimeMs now) {
    // Those that are held already only hear that there is more.
    std::erase_if(to_claim_, [&](const std::string& host) {
        const auto held = lanes_.find(host);
        if (held == lanes_.end()) return false;
        held->second.more_rows();
        make_ready(host);
        return true;
    });
    if (to_claim_.empty() || lanes_.size() >= std::size_t(limits::delivery_lanes_max))
        return to_claim_.clear();
    auto claimed = claim_free(now);
    to_claim_.clear();
    if (!claimed) return warn("delivery.claim_failed", claimed.error());
    if (!claimed->empty()) stop_point("delivery.leased");
    for (auto& peer : *claimed) {
        const auto host = peer.host;
        lanes_.emplace(host, Lane(std::move(peer)));
        make_ready(host);
    }
    counters_.lanes = int(lanes_.size());
}

// Leases them; what waits for a host that is suspended by now is given up instead.
Result<std::vector<Peer>> Lanes::claim_free(TimeMs now) {
    struct Claimed {
        std::vector<Peer> open, suspended;
    };
    auto claimed = TRY(context_.db.write([this, now](Tx& tx) -> Result<Claimed> {
        Claimed out;
        for (auto& peer : TRY(repo::claim_peers(tx, json_texts(to_claim_), now,
                                                now + limits::delivery_lease_ms, owner_)))
            (TRY(is_suspended(tx, peer.host)) ? out.suspended : out.open)
                .push_back(std::move(peer));
        return out;
    }));
    for (auto& peer : claimed.suspended) {
        batch_.give_up(peer.host, "", "the domain is suspended here");
        batch_.release(std::move(peer), INT64_MAX);
    }
    return std::move(claimed.open);
}

void Lanes::revive(const std::string& host, TimeMs now) {
    if (const auto held = lanes_.find(host); held != lanes_.end()) {
        held->second.spoke(now);
        make_ready(host);
        return;
    }
    auto revived = context_.db.write([&](Tx& tx) { return repo::revive_peer(tx, host, now); });
    if (!revived) return warn("delivery.revive_failed", revived.error());
    if (!*revived) return;
    resuming_.push_back(host);
    to_claim_.insert(host);
}

// A page of the rows that were not made for a peer while it was away. Not before it is stored that
// it is back: until then the publisher may hold rows back.
void Lanes::resume_some() {
    if (resuming_.empty() || !batch_.empty()) return;
    const auto host = resuming_.front();
    auto complete = context_.db.write(
        [&](Tx& tx) { return resume_peer(tx, context_, host, limits::delivery_resume_page); });
    if (!complete) warn("delivery.resume_failed", complete.error());
    if (!complete || *complete) resuming_.pop_front();
    to_claim_.insert(host);
}

void Lanes::close_idle(TimeMs now) {
    for (const auto& host : touched_) {
        const auto held = lanes_.find(host);
        if (held == lanes_.end() || !held->second.is_idle(now)) continue;
        batch_.release(held->second.to_store(now), held->second.read_up_to());
        lanes_.erase(held);
    }
    touched_.clear();
    counters_.lanes = int(lanes_.size());
    counters_.in_flight = in_flight_;
}

void Lanes::store(TimeMs now) {
    if (batch_.empty() || now < store_at_) return;
    if (auto stored = batch_.store(context_); !stored) {
        warn("delivery.store_failed", stored.error());
        store_at_ = now + store_again_ms;
    }
}

void Lanes::tidy(TimeMs now) {
    if (now < tidy_at_) return;
    const auto before = now - limits::delivery_keep_ms;
    auto trimmed = context_.db.write([before](Tx& tx) -> Result<std::int64_t> {
        const auto activities = TRY(repo::trim_activities(tx, before, trim_rows));
        return std::max(activities, TRY(repo::trim_delivery_results(tx, before, trim_rows)));
    });
    if (!trimmed) warn("delivery.tidy_failed", trimmed.error());
    tidy_at_ = now + (trimmed && *trimmed == trim_rows ? second_ms : hour_ms);
}

// The peer's state is another than before: stored with the next batch.
void Lanes::change_state(Lane& lane) {
    const auto& peer = lane.peer();
    mailbox_->set_troubled(peer.host, peer.state != PeerState::healthy);
    batch_.save(peer);
}

}  // namespace kith::delivery
