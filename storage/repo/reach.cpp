#include "storage/repo/reach.hpp"

#include <algorithm>

#include "storage/repo/delivery.hpp"

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

Result<std::vector<ReachDetail>> reach_details(sql::Tx& tx, Id post) {
    // The oldest row of the post at a host: those behind it wait for it.
    auto rows = TRY(tx.query(
        "SELECT r.host, r.state, r.at, r.error, d.attempts, d.not_before, d.last_error, p.next_at, "
        "p.last_error FROM post_reach r LEFT JOIN peer p ON p.host = r.host "
        "LEFT JOIN delivery d ON d.id = (SELECT MIN(w.id) FROM delivery w WHERE w.host = r.host "
        "AND "
        "w.ordering = $2) WHERE r.post_id = $1 AND r.state <> 3 ORDER BY r.host",
        {post, post_ordering(post)}));
    std::vector<ReachDetail> out;
    for (const auto& row : rows) {
        ReachDetail detail{.host = row.str(0),
                           .state = model::ReachState(row.integer(1)),
                           .at = row.integer(2),
                           .error = row.str(3)};
        if (detail.state == model::ReachState::queued) {
            detail.attempts = int(row.maybe_integer(4).value_or(0));
            detail.next_at =
                std::max(row.maybe_integer(5).value_or(0), row.maybe_integer(7).value_or(0));
            const auto own = row.maybe_text(6).value_or("");
            detail.waits_for = own.empty() ? row.maybe_text(8).value_or("") : own;
        }
        out.push_back(std::move(detail));
    }
    return out;
}

Result<bool> has_reached(sql::Tx& tx, Id post, std::string_view host) {
    return !TRY(tx.query("SELECT 1 FROM post_reach WHERE post_id = $1 AND host = $2", {post, host}))
                .empty();
}

}  // namespace kith::repo
