#include "federation/delivery/outcome_batch.hpp"

#include <algorithm>
#include <span>

#include "base/core/stop_point.hpp"
#include "config/limits/delivery.hpp"
#include "storage/repo/peers.hpp"

namespace kith::delivery {

using sql::Tx;

namespace {

constexpr std::size_t rows_per_finish =
    4;  // delivery, delivery_result, post_reach, and a postponed one
constexpr std::size_t pieces_max = limits::delivery_rows_per_write_max / rows_per_finish;

template <class T>
std::span<const T> first_of(const std::vector<T>& all) {
    return {all.data(), std::min(all.size(), pieces_max)};
}

// And ends its lease, where that is over.
Result<> store_peer(Tx& tx, const model::Peer& peer, const std::map<std::string, Id>& released) {
    TRY(repo::save_peer(tx, peer));
    const auto seen = released.find(peer.host);
    return seen == released.end()
               ? Result<>{}
               : repo::release_peer(tx, peer.host, peer.lease_owner, seen->second);
}

template <class T>
void drop_first(std::vector<T>& all, std::size_t count) {
    all.erase(all.begin(), all.begin() + std::ptrdiff_t(count));
}

}  // namespace

Result<> OutcomeBatch::store(const Context& context) {
    if (!finished_.empty()) stop_point("delivery.sent");
    while (!finished_.empty() || !postponed_.empty()) TRY(store_rows(context));
    TRY(store_given_up(context));
    return store_peers(context);
}

Result<> OutcomeBatch::store_rows(const Context& context) {
    const auto finished = first_of(finished_);
    const auto postponed = first_of(postponed_);
    // Peers come along where they fit: most batches are one transaction.
    const bool last = finished.size() == finished_.size() &&
                      postponed.size() == postponed_.size() && given_up_.empty() &&
                      peers_.size() <= pieces_max;
    TRY(context.db.write([&, now = context.clock.now_ms()](Tx& tx) -> Result<> {
        for (const auto& row : finished) TRY(repo::finish_delivery(tx, row, now));
        for (const auto& row : postponed) TRY(repo::postpone_delivery(tx, row));
        if (!last) return {};
        for (const auto& [host, peer] : peers_) TRY(store_peer(tx, peer, released_));
        return {};
    }));
    drop_first(finished_, finished.size());
    drop_first(postponed_, postponed.size());
    if (last) {
        peers_.clear();
        released_.clear();
    }
    return {};
}

Result<> OutcomeBatch::store_given_up(const Context& context) {
    while (!given_up_.empty()) {
        const auto& [host, inbox, error] = given_up_.back();
        const auto count = TRY(context.db.write([&, now = context.clock.now_ms()](Tx& tx) {
            return repo::give_up_deliveries(tx, host, inbox, error, now, int(pieces_max));
        }));
        if (count < std::int64_t(pieces_max)) given_up_.pop_back();
    }
    return {};
}

Result<> OutcomeBatch::store_peers(const Context& context) {
    while (!peers_.empty()) {
        auto end = peers_.begin();
        std::advance(end, std::ptrdiff_t(std::min(peers_.size(), pieces_max)));
        TRY(context.db.write([&](Tx& tx) -> Result<> {
            for (auto at = peers_.begin(); at != end; ++at)
                TRY(store_peer(tx, at->second, released_));
            return {};
        }));
        for (auto at = peers_.begin(); at != end; ++at) released_.erase(at->first);
        peers_.erase(peers_.begin(), end);
    }
    return {};
}

}  // namespace kith::delivery
