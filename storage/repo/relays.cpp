#include "storage/repo/relays.hpp"

namespace kith::repo {

using model::Relay;
using model::RelayState;
using sql::Tx;

namespace {

constexpr std::string_view select =
    "SELECT id, inbox, host, actor_ap_id, state, follow_ap_id, created_at, answered_at, "
    "kind FROM relay ";

Relay relay_of(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .inbox = row.str(1),
            .host = row.str(2),
            .actor_ap_id = row.str(3),
            .state = RelayState(row.integer(4)),
            .follow_ap_id = row.str(5),
            .created_at = row.integer(6),
            .answered_at = row.maybe_integer(7),
            .kind = model::RelayKind(row.integer(8))};
}

Result<std::optional<Relay>> find(Tx& tx, std::string_view where, std::string_view value) {
    auto rows = TRY(tx.query(std::string(select) + std::string(where), {value}));
    if (rows.empty()) return std::optional<Relay>{};
    return std::optional<Relay>(relay_of(rows[0]));
}

}  // namespace

Result<bool> add_relay(Tx& tx, const Relay& r) {
    if (TRY(find_relay(tx, r.inbox))) return false;
    TRY(tx.execute("INSERT INTO relay (id, inbox, host, actor_ap_id, state, follow_ap_id, "
                   "created_at, kind) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                   {r.id, r.inbox, r.host, r.actor_ap_id, int(r.state), r.follow_ap_id,
                    r.created_at, int(r.kind)}));
    return true;
}

Result<> remove_relay(Tx& tx, Id id) {
    TRY(tx.execute("DELETE FROM relay WHERE id = $1", {id}));
    return {};
}

Result<> answer_relay(Tx& tx, Id id, RelayState state, std::string_view actor_ap_id, TimeMs at) {
    TRY(tx.execute(
        "UPDATE relay SET state = $2, actor_ap_id = $3, answered_at = $4 WHERE id = $1",
        {id, int(state), actor_ap_id, at}));
    return {};
}

Result<std::vector<Relay>> relays(Tx& tx) {
    auto rows = TRY(tx.query(std::string(select) + "ORDER BY id"));
    std::vector<Relay> out;
    for (const auto& row : rows) out.push_back(relay_of(row));
    return out;
}

Result<std::optional<Relay>> find_relay(Tx& tx, std::string_view inbox) {
    return find(tx, "WHERE inbox = $1", inbox);
}

Result<std::optional<Relay>> find_relay_by_follow(Tx& tx, std::string_view follow_ap_id) {
    return find(tx, "WHERE follow_ap_id = $1", follow_ap_id);
}

Result<bool> is_litepub_relay(Tx& tx, std::string_view actor_ap_id) {
    auto rows = TRY(tx.query("SELECT 1 FROM relay WHERE actor_ap_id = $1 AND kind = $2 AND state <> $3",
                             {actor_ap_id, int(model::RelayKind::litepub), int(RelayState::refused)}));
    return !rows.empty();
}

Result<bool> is_relay(Tx& tx, std::string_view actor_ap_id) {
    if (actor_ap_id.empty()) return false;
    auto rows = TRY(tx.query("SELECT 1 FROM relay WHERE actor_ap_id = $1 AND state = $2",
                             {actor_ap_id, int(RelayState::accepted)}));
    return !rows.empty();
}

}  // namespace kith::repo
