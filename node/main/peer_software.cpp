#include "node/main/peer_software.hpp"

#include "base/core/log.hpp"
#include "config/limits/discovery.hpp"
#include "federation/discovery/nodeinfo.hpp"
#include "storage/repo/peers.hpp"

namespace kith {

Result<> ask_peer_software(Store& store, client::Transport& transport) {
    const auto stale = store.clock->now_ms() - limits::nodeinfo_fresh_ms;
    const auto hosts = TRY(store.db->read([&](sql::Tx& tx) {
        return repo::peers_to_ask(tx, stale, limits::nodeinfo_asked_at_once);
    }));
    for (const auto& host : hosts) {
        const auto software = discovery::ask_software(transport, store.config, host);
        if (!software)
            log::debug("peer.software_unknown",
                       {{"host", host}, {"error", software.error().safe_text}});
        TRY(store.db->write([&](sql::Tx& tx) {
            return repo::put_peer_software(tx, host, software.value_or(""), store.clock->now_ms());
        }));
    }
    return {};
}

}  // namespace kith
