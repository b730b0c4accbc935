#include "storage/repo/reach.hpp"

namespace kith::repo {

Result<> note_reach(sql::Tx& tx, Id post, std::string_view host, std::string_view inbox,
                    model::ReachState state, TimeMs at) {
    TRY(tx.execute(
        "INSERT INTO post_reach (post_id, host, inbox, state, at) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (post_id, host) DO UPDATE SET state = excluded.state, at = excluded.at, inbox "
        "= excluded.inbox "
        "WHERE excluded.state <> 3",
        {post, host, inbox, int(state), at}));
    return {};
}

Result<std::vector<Reach>> reach_of(sql::Tx& tx, Id post) {
    auto rows = TRY(tx.query(
        "SELECT host, inbox, state FROM post_reach WHERE post_id = $1 ORDER BY host", {post}));
    std::vector<Reach> out;
    for (const auto& row : rows)
        out.push_back({row.str(0), row.str(1), model::ReachState(row.integer(2))});
    return out;
}

Result<bool> has_reached(sql::Tx& tx, Id post, std::string_view host) {
    return !TRY(tx.query("SELECT 1 FROM post_reach WHERE post_id = $1 AND host = $2", {post, host}))
                .empty();
}

}  // namespace kith::repo
