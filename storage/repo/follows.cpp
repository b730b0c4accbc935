// Follows (declared in relations.hpp).
#include "base/text/strings.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/window.hpp"
#include "storage/repo/visibility.hpp"

namespace kith::repo {

using model::Follow;
using model::FollowState;
using sql::Rows;
using sql::Tx;

namespace {

constexpr const char* follow_select =
    "SELECT id, follower_id, followed_id, state, ap_id, show_boosts, notify, created_at, "
    "accepted_at, languages FROM follow ";

// ",de,en,": so that one comparison finds one of them.
std::string languages_text(std::span<const std::string> languages) {
    return languages.empty() ? "" : "," + text::join(languages, ",") + ",";
}

std::vector<std::string> languages_from(std::string_view stored) {
    std::vector<std::string> out;
    for (const auto each : text::split(stored, ','))
        if (!each.empty()) out.emplace_back(each);
    return out;
}

Follow follow_from(const Rows::Row& row) {
    return {.id = row.integer(0),
            .follower_id = row.integer(1),
            .followed_id = row.integer(2),
            .state = FollowState(row.integer(3)),
            .ap_id = row.str(4),
            .show_boosts = row.boolean(5),
            .notify = row.boolean(6),
            .created_at = row.integer(7),
            .accepted_at = row.maybe_integer(8),
            .languages = languages_from(row.text(9))};
}

Result<std::optional<Follow>> one_follow(Result<Rows> found) {
    auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<Follow>{};
    return follow_from(rows[0]);
}

Result<> count_follow(Tx& tx, const Follow& f, int by) {
    TRY(add_to_counter(tx, f.followed_id, ActorCounter::followers, by));
    return add_to_counter(tx, f.follower_id, ActorCounter::following, by);
}

}  // namespace

Result<bool> add_follow(Tx& tx, const Follow& f) {
    auto added = TRY(
        tx.execute("INSERT INTO follow (id, follower_id, followed_id, state, ap_id, show_boosts, "
                   "notify, created_at, accepted_at, languages) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
                   "ON CONFLICT DO NOTHING",
                   {f.id, f.follower_id, f.followed_id, int(f.state), f.ap_id, f.show_boosts,
                    f.notify, f.created_at, f.accepted_at, languages_text(f.languages)}));
    if (added == 1 && f.state == FollowState::accepted) TRY(count_follow(tx, f, 1));
    return added == 1;
}

Result<std::optional<Follow>> find_follow(Tx& tx, Id follower, Id followed) {
    static const auto text =
        std::string(follow_select) + "WHERE follower_id = $1 AND followed_id = $2";
    return one_follow(tx.query(text, {follower, followed}));
}

Result<std::optional<Follow>> find_follow_by_ap_id(Tx& tx, std::string_view ap_id) {
    static const auto text = std::string(follow_select) + "WHERE ap_id = $1 LIMIT 1";
    return one_follow(tx.query(text, {ap_id}));
}

Result<std::vector<Follow>> follows_between(Tx& tx, Id actor, std::string_view host, int limit) {
    static const auto text =
        std::string(follow_select) +
        "WHERE (follower_id = $1 AND followed_id IN (SELECT id FROM actor WHERE host = $2 AND NOT local)) OR "
        "(followed_id = $1 AND follower_id IN (SELECT id FROM actor WHERE host = $2 AND NOT local)) LIMIT $3";
    std::vector<Follow> out;
    for (const auto& row : TRY(tx.query(text, {actor, host, limit}))) out.push_back(follow_from(row));
    return out;
}

Result<std::vector<Id>> subscribers_of(Tx& tx, Id actor, int limit) {
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query("SELECT f.follower_id FROM follow f JOIN account u ON u.actor_id = "
                                        "f.follower_id WHERE f.followed_id = $1 AND f.state = 1 AND f.notify "
                                        "ORDER BY f.id LIMIT $2",
                                        {actor, limit})))
        out.push_back(row.integer(0));
    return out;
}

Result<bool> accept_follow(Tx& tx, const Follow& f, TimeMs at) {
    auto changed = TRY(tx.execute(
        "UPDATE follow SET state = 1, accepted_at = $2 WHERE id = $1 AND state = 0", {f.id, at}));
    if (changed == 1) TRY(count_follow(tx, f, 1));
    return changed == 1;
}

Result<> set_follow_options(Tx& tx, Id follow, bool show_boosts, bool notify) {
    TRY(tx.execute("UPDATE follow SET show_boosts = $2, notify = $3 WHERE id = $1",
                   {follow, show_boosts, notify}));
    return {};
}

Result<> set_follow_languages(Tx& tx, Id follow, std::span<const std::string> languages) {
    TRY(tx.execute("UPDATE follow SET languages = $2 WHERE id = $1", {follow, languages_text(languages)}));
    return {};
}

Result<> set_follow_ap_id(Tx& tx, Id follow, std::string_view ap_id) {
    TRY(tx.execute("UPDATE follow SET ap_id = $2 WHERE id = $1", {follow, ap_id}));
    return {};
}

Result<bool> remove_follow(Tx& tx, const Follow& f) {
    auto rows = TRY(tx.query("DELETE FROM follow WHERE id = $1 RETURNING state", {f.id}));
    if (rows.empty()) return false;
    if (FollowState(rows[0].integer(0)) == FollowState::accepted) TRY(count_follow(tx, f, -1));
    return true;
}

Result<std::vector<FollowRow>> followers_page(Tx& tx, Id followed, FollowState state,
                                              const Window& w) {
    static const PageText text(
        "SELECT f.id, " + actor_columns +
            " FROM follow f JOIN actor a ON a.id = f.follower_id "
            "WHERE f.followed_id = $4 AND f.state = $5 AND a.deleted_at IS NULL "
            "AND a.suspended_at IS NULL",
        "f.id");
    return actor_page(tx, text, w, {followed, int(state)});
}

Result<std::vector<FollowRow>> following_page(Tx& tx, Id follower, FollowState state,
                                              const Window& w) {
    static const PageText text(
        "SELECT f.id, " + actor_columns +
            " FROM follow f JOIN actor a ON a.id = f.followed_id "
            "WHERE f.follower_id = $4 AND f.state = $5 AND a.deleted_at IS NULL "
            "AND a.suspended_at IS NULL",
        "f.id");
    return actor_page(tx, text, w, {follower, int(state)});
}

Result<std::vector<Id>> local_followers(Tx& tx, Id followed, bool with_boosts) {
    auto rows = TRY(tx.query(
        "SELECT f.follower_id FROM follow f JOIN actor a ON a.id = f.follower_id "
        "WHERE f.followed_id = $1 AND f.state = 1 AND a.local AND (f.show_boosts OR NOT $2)",
        {followed, with_boosts}));
    std::vector<Id> out;
    for (const auto& row : rows) out.push_back(row.integer(0));
    return out;
}

Result<bool> has_local_follower(Tx& tx, Id followed) {
    auto rows =
        TRY(tx.query("SELECT 1 FROM follow f JOIN actor a ON a.id = f.follower_id "
                     "WHERE f.followed_id = $1 AND f.state = 1 AND a.local LIMIT 1",
                     {followed}));
    return !rows.empty();
}

Result<bool> has_local_follow_request(Tx& tx, Id followed) {
    auto rows =
        TRY(tx.query("SELECT 1 FROM follow f JOIN actor a ON a.id = f.follower_id "
                     "WHERE f.followed_id = $1 AND f.state = 0 AND a.local LIMIT 1",
                     {followed}));
    return !rows.empty();
}

Result<std::vector<InboxRow>> follower_inboxes(Tx& tx, Id followed) {
    static const std::string text =
        "SELECT DISTINCT a.host, CASE WHEN a.shared_inbox <> '' THEN a.shared_inbox "
        "ELSE a.inbox END FROM follow f JOIN actor a ON a.id = f.follower_id "
        "WHERE f.followed_id = $1 AND f.state = 1 AND NOT a.local AND a.deleted_at IS NULL "
        "AND a.suspended_at IS NULL AND " + reads_followed("f") + " ORDER BY 1, 2";
    std::vector<InboxRow> out;
    for (const auto& row : TRY(tx.query(text, {followed}))) out.push_back({row.str(0), row.str(1)});
    return out;
}

Result<std::vector<Id>> followed_groups(Tx& tx, Id follower) {
    auto rows =
        TRY(tx.query("SELECT f.followed_id FROM follow f JOIN actor a ON a.id = f.followed_id "
                     "WHERE f.follower_id = $1 AND f.state = 1 AND a.kind = 1",
                     {follower}));
    std::vector<Id> out;
    for (const auto& row : rows) out.push_back(row.integer(0));
    return out;
}

}  // namespace kith::repo
