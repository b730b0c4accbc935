#include "federation/keys/peer_flavours.hpp"

#include "base/core/log.hpp"
#include "config/limits/keys.hpp"
#include "storage/repo/peer_signatures.hpp"

namespace kith::keys {

using client::SignatureFlavour;

PeerFlavours::PeerFlavours(sql::Db& db, const Clock& clock)
    : db_(db), clock_(clock), held_(limits::peer_flavours_cached_max), work_("flavours", 1) {}

SignatureFlavour PeerFlavours::first_for(const std::string& host) {
    const auto now = clock_.now_ms();
    {
        std::lock_guard lock(mutex_);
        if (const auto* held = held_.find(host); held && held->until > now) return held->flavour;
    }
    const auto found =
        db_.read([&](sql::Tx& tx) { return repo::find_peer_signature(tx, host); });
    const bool known = found && *found;
    const auto flavour = known && **found == model::SignatureFlavour::rfc9421
                             ? SignatureFlavour::rfc9421
                             : SignatureFlavour::cavage;
    const auto for_ms = known ? limits::peer_flavour_cached_ms : limits::peer_flavour_unknown_ms;
    std::lock_guard lock(mutex_);
    held_.put(host, {flavour, now + for_ms});
    return flavour;
}

void PeerFlavours::remember(const std::string& host, SignatureFlavour worked) {
    const auto flavour = worked == SignatureFlavour::rfc9421 ? model::SignatureFlavour::rfc9421
                                                             : model::SignatureFlavour::cavage;
    const auto now = clock_.now_ms();
    {
        std::lock_guard lock(mutex_);
        held_.put(host, {flavour == model::SignatureFlavour::rfc9421 ? SignatureFlavour::rfc9421
                                                                     : SignatureFlavour::cavage,
                         now + limits::peer_flavour_cached_ms});
    }
    work_.post([this, host, flavour, now] {
        auto stored = db_.write(
            [&](sql::Tx& tx) { return repo::put_peer_signature(tx, host, flavour, now); });
        if (!stored)
            log::warn("signatures.store_failed",
                      {{"host", host}, {"detail", stored.error().detail}});
    });
}

}  // namespace kith::keys
