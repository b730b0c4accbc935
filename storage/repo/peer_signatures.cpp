#include "storage/repo/peer_signatures.hpp"

#include <string>

namespace kith::repo {

using model::SignatureFlavour;
using sql::Tx;

namespace {

const std::string insert_text =
    "INSERT INTO peer_signature (host, flavour, learned_at) VALUES ($1, $2, $3) "
    "ON CONFLICT (host) DO ";

}  // namespace

Result<std::optional<SignatureFlavour>> find_peer_signature(Tx& tx, std::string_view host) {
    auto rows = TRY(tx.query("SELECT flavour FROM peer_signature WHERE host = $1", {host}));
    if (rows.empty()) return std::optional<SignatureFlavour>{};
    return std::optional(SignatureFlavour(rows[0].integer(0)));
}

Result<> put_peer_signature(Tx& tx, std::string_view host, SignatureFlavour flavour, TimeMs now) {
    static const auto text =
        insert_text + "UPDATE SET flavour = excluded.flavour, learned_at = excluded.learned_at";
    TRY(tx.execute(text, {host, int(flavour), now}));
    return {};
}

Result<> hint_peer_signature(Tx& tx, std::string_view host, SignatureFlavour flavour, TimeMs now) {
    static const auto text = insert_text + "NOTHING";
    TRY(tx.execute(text, {host, int(flavour), now}));
    return {};
}

}  // namespace kith::repo
