#include "storage/repo/polls.hpp"

#include "storage/repo/ids.hpp"

namespace kith::repo {

using sql::Tx;

Result<bool> add_vote(Tx& tx, const Vote& v, Choice choice) {
    // A poll with one choice has one slot a person: the row itself decides between two at once.
    const int slot = choice == Choice::one ? 0 : v.option;
    auto added = TRY(tx.execute(
        "INSERT INTO poll_vote (post_id, actor_id, slot, position, id, ap_id, created_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        {v.post_id, v.actor_id, slot, v.option, v.id, v.ap_id, v.created_at}));
    if (added == 0) return false;
    TRY(tx.execute("UPDATE poll_option SET votes = votes + 1 WHERE post_id = $1 AND position = $2",
                   {v.post_id, v.option}));
    TRY(
        tx.execute("UPDATE poll SET voters_count = voters_count + 1 WHERE post_id = $1 AND "
                   "(SELECT count(*) FROM poll_vote WHERE post_id = $1 AND actor_id = $2) = 1",
                   {v.post_id, v.actor_id}));
    return true;
}

Result<bool> has_voted(Tx& tx, Id actor, Id post) {
    return !TRY(tx.query("SELECT 1 FROM poll_vote WHERE post_id = $1 AND actor_id = $2 LIMIT 1",
                         {post, actor}))
                .empty();
}

Result<std::vector<OwnVote>> votes_among(Tx& tx, Id actor, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT post_id, position FROM poll_vote WHERE actor_id = $1 AND " +
               d.in_ids("post_id", 2) + " ORDER BY post_id, position";
    };
    std::vector<OwnVote> out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {actor, json_ids(posts)})))
        out.push_back({row.integer(0), int(row.integer(1))});
    return out;
}

Result<std::vector<Id>> local_voters(Tx& tx, Id post, Id above, int limit) {
    std::vector<Id> out;
    for (const auto& row :
         TRY(tx.query("SELECT DISTINCT v.actor_id FROM poll_vote v JOIN actor a ON a.id = "
                      "v.actor_id WHERE v.post_id = $1 AND v.actor_id > $2 AND a.local "
                      "ORDER BY v.actor_id LIMIT $3",
                      {post, above, limit})))
        out.push_back(row.integer(0));
    return out;
}

Result<> refresh_poll(Tx& tx, Id post, const model::Poll& poll) {
    TRY(
        tx.execute("UPDATE poll SET closes_at = $2, closed_at = $3, voters_count = $4 "
                   "WHERE post_id = $1",
                   {post, poll.closes_at, poll.closed_at, poll.voters_count}));
    int position = 0;
    for (const auto& option : poll.options)
        TRY(tx.execute("UPDATE poll_option SET votes = $3 WHERE post_id = $1 AND position = $2",
                       {post, position++, option.votes}));
    return {};
}

Result<std::vector<std::string>> poll_options(Tx& tx, Id post) {
    std::vector<std::string> out;
    for (const auto& row : TRY(tx.query("SELECT title FROM poll_option WHERE post_id = $1 ORDER BY position", {post})))
        out.push_back(row.str(0));
    return out;
}

Result<> clear_votes(Tx& tx, Id post) {
    TRY(tx.execute("DELETE FROM poll_vote WHERE post_id = $1", {post}));
    return {};
}

Result<bool> close_poll(Tx& tx, Id post, TimeMs at) {
    return TRY(tx.execute("UPDATE poll SET closed_at = $2 WHERE post_id = $1 AND closed_at IS NULL",
                          {post, at})) == 1;
}

Result<bool> raise_results_due(Tx& tx, Id post) {
    return TRY(tx.execute(
               "UPDATE poll SET results_due = TRUE WHERE post_id = $1 AND NOT results_due",
               {post})) == 1;
}

Result<> lower_results_due(Tx& tx, Id post) {
    TRY(tx.execute("UPDATE poll SET results_due = FALSE WHERE post_id = $1", {post}));
    return {};
}

Result<bool> raise_end_watched(Tx& tx, Id post) {
    return TRY(tx.execute(
               "UPDATE poll SET end_watched = TRUE WHERE post_id = $1 AND NOT end_watched",
               {post})) == 1;
}

Result<bool> is_end_watched(Tx& tx, Id post) {
    return !TRY(tx.query("SELECT 1 FROM poll WHERE post_id = $1 AND end_watched", {post})).empty();
}

}  // namespace kith::repo
