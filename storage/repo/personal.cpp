#include "storage/repo/personal.hpp"

#include "storage/repo/actors.hpp"
#include "storage/repo/ids.hpp"
#include "storage/repo/visibility.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using sql::Tx;

namespace {

Result<std::vector<TimelineRow>> kept_posts(Tx& tx, const PageText& text, const Window& w, Id actor) {
    std::vector<TimelineRow> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {actor})))
        out.push_back({.id = row.integer(0), .post_id = row.integer(1), .boost_id = {}, .group_id = {}});
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

// Posts that a row of this table holds for the actor $4, as long as they may see them.
PageText kept_text(const std::string& table, const std::string& which = "") {
    return PageText("SELECT k.id, k.post_id FROM " + table + " k JOIN post p ON p.id = k.post_id WHERE k.actor_id = $4 " + which + "AND " +
                        visible_to("p", 4),
                    "k.id");
}

Result<bool> any(Result<sql::Rows> found) { return !TRY(std::move(found)).empty(); }

}  // namespace

Result<> add_bookmark(Tx& tx, Id actor, Id post, Id id) {
    TRY(tx.execute("INSERT INTO bookmark (actor_id, post_id, id) VALUES ($1, $2, $3) ON CONFLICT "
                   "(actor_id, post_id) DO NOTHING",
                   {actor, post, id}));
    return {};
}

Result<> remove_bookmark(Tx& tx, Id actor, Id post) {
    TRY(tx.execute("DELETE FROM bookmark WHERE actor_id = $1 AND post_id = $2", {actor, post}));
    return {};
}

Result<std::vector<TimelineRow>> bookmarks_page(Tx& tx, Id actor, const Window& w) {
    static const auto text = kept_text("bookmark");
    return kept_posts(tx, text, w, actor);
}

Result<std::vector<TimelineRow>> favourites_page(Tx& tx, Id actor, const Window& w) {
    static const auto text = kept_text("reaction", "AND k.kind = 0 ");
    return kept_posts(tx, text, w, actor);
}

Result<std::vector<TimelineRow>> dislikes_page(Tx& tx, Id actor, const Window& w) {
    static const auto text = kept_text("reaction", "AND k.kind = 1 ");
    return kept_posts(tx, text, w, actor);
}

Result<std::vector<TimelineRow>> voted_page(Tx& tx, Id actor, const Window& w) {
    static const auto text = kept_text("reaction");
    return kept_posts(tx, text, w, actor);
}

Result<> mute_thread(Tx& tx, Id actor, Id thread) {
    TRY(tx.execute("INSERT INTO thread_mute (actor_id, thread_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                   {actor, thread}));
    return {};
}

Result<> unmute_thread(Tx& tx, Id actor, Id thread) {
    TRY(tx.execute("DELETE FROM thread_mute WHERE actor_id = $1 AND thread_id = $2", {actor, thread}));
    return {};
}

Result<bool> mutes_thread_of(Tx& tx, Id actor, Id post) {
    return any(tx.query("SELECT 1 FROM thread_mute m JOIN post p ON p.thread_id = m.thread_id WHERE "
                        "m.actor_id = $1 AND p.id = $2",
                        {actor, post}));
}

Result<PersonalMarks> personal_marks(Tx& tx, Id actor, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT 0, post_id FROM bookmark WHERE actor_id = $1 AND " + d.in_ids("post_id", 2) +
               " UNION ALL SELECT 1, p.id FROM thread_mute m JOIN post p ON p.thread_id = m.thread_id "
               "WHERE m.actor_id = $1 AND " +
               d.in_ids("p.id", 2);
    };
    PersonalMarks out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {actor, json_ids(posts)})))
        (row.integer(0) == 0 ? out.bookmarked : out.muted).push_back(row.integer(1));
    return out;
}

Result<> put_account_note(Tx& tx, Id actor, Id target, std::string_view text) {
    if (text.empty()) {
        TRY(tx.execute("DELETE FROM account_note WHERE actor_id = $1 AND target_id = $2", {actor, target}));
        return {};
    }
    TRY(tx.execute("INSERT INTO account_note (actor_id, target_id, text) VALUES ($1, $2, $3) ON CONFLICT "
                   "(actor_id, target_id) DO UPDATE SET text = excluded.text",
                   {actor, target, text}));
    return {};
}

Result<std::string> account_note(Tx& tx, Id actor, Id target) {
    const auto rows = TRY(tx.query(
        "SELECT text FROM account_note WHERE actor_id = $1 AND target_id = $2", {actor, target}));
    return rows.empty() ? std::string() : rows[0].str(0);
}

Result<> add_endorsement(Tx& tx, Id actor, Id target, Id id) {
    TRY(tx.execute("INSERT INTO endorsement (actor_id, target_id, id) VALUES ($1, $2, $3) ON CONFLICT "
                   "(actor_id, target_id) DO NOTHING",
                   {actor, target, id}));
    return {};
}

Result<> remove_endorsement(Tx& tx, Id actor, Id target) {
    TRY(tx.execute("DELETE FROM endorsement WHERE actor_id = $1 AND target_id = $2", {actor, target}));
    return {};
}

Result<bool> endorses(Tx& tx, Id actor, Id target) {
    return any(tx.query("SELECT 1 FROM endorsement WHERE actor_id = $1 AND target_id = $2",
                        {actor, target}));
}

Result<std::vector<FollowRow>> endorsements_page(Tx& tx, Id actor, const Window& w) {
    static const PageText text("SELECT e.id, " + actor_columns +
                                   " FROM endorsement e JOIN actor a ON a.id = e.target_id WHERE "
                                   "e.actor_id = $4 AND a.suspended_at IS NULL AND a.deleted_at IS NULL",
                               "e.id");
    return actor_page(tx, text, w, {actor});
}

namespace {

// The group aliased `group` is open, or the viewer of parameter $n belongs to it.
std::string knows_members(const std::string& group, const std::string& viewer) {
    return "(NOT EXISTS (SELECT 1 FROM group_profile kp WHERE kp.group_id = " + group + " AND kp.visibility >= 2) OR EXISTS (SELECT 1 FROM "
           "follow kf WHERE kf.follower_id = " + viewer + " AND kf.followed_id = " + group + " AND kf.state = 1 AND " + reads_followed("kf") +
           ") OR EXISTS (SELECT 1 FROM group_profile kh JOIN actor kl ON kl.id = " + viewer + " AND kl.local WHERE kh.group_id = " + group +
           " AND kh.visibility = 2))";
}

}  // namespace

Result<std::vector<FollowRow>> followed_seen_by(Tx& tx, std::optional<Id> viewer, Id follower, const Window& w) {
    static const PageText text("SELECT f.id, " + actor_columns +
                                   " FROM follow f JOIN actor a ON a.id = f.followed_id WHERE f.follower_id = $4 AND "
                                   "f.state = 1 AND a.deleted_at IS NULL AND a.suspended_at IS NULL AND (f.follower_id = CAST($5 AS BIGINT) OR " +
                                   knows_members("a.id", "CAST($5 AS BIGINT)") + ")",
                               "f.id");
    return actor_page(tx, text, w, {follower, viewer});
}

Result<bool> members_seen_by(Tx& tx, std::optional<Id> viewer, Id group) {
    static const std::string text = "SELECT 1 FROM actor g WHERE g.id = $1 AND " + knows_members("g.id", "CAST($2 AS BIGINT)");
    return !TRY(tx.query(text, {group, viewer})).empty();
}

Result<std::vector<model::Actor>> familiar_followers(Tx& tx, Id actor, Id target, int limit) {
    static const auto text =
        "SELECT " + actor_columns +
        " FROM follow mine JOIN follow theirs ON theirs.follower_id = mine.followed_id JOIN actor a ON "
        "a.id = mine.followed_id WHERE mine.follower_id = $1 AND mine.state = 1 AND theirs.followed_id = "
        "$2 AND theirs.state = 1 AND a.suspended_at IS NULL AND a.deleted_at IS NULL ORDER BY mine.id "
        "DESC LIMIT $3";
    std::vector<model::Actor> out;
    for (const auto& row : TRY(tx.query(text, {actor, target, limit}))) out.push_back(actor_from(row));
    return out;
}

Result<> add_own_domain_block(Tx& tx, Id actor, std::string_view host, Id id) {
    TRY(tx.execute("INSERT INTO own_domain_block (actor_id, host, id) VALUES ($1, $2, $3) ON CONFLICT "
                   "(actor_id, host) DO NOTHING",
                   {actor, host, id}));
    return {};
}

Result<> remove_own_domain_block(Tx& tx, Id actor, std::string_view host) {
    TRY(tx.execute("DELETE FROM own_domain_block WHERE actor_id = $1 AND host = $2", {actor, host}));
    return {};
}

Result<bool> blocks_domain(Tx& tx, Id actor, std::string_view host) {
    return any(tx.query("SELECT 1 FROM own_domain_block WHERE actor_id = $1 AND host = $2", {actor, host}));
}

Result<std::vector<HostRow>> own_domain_blocks_page(Tx& tx, Id actor, const Window& w) {
    static const PageText text("SELECT id, host FROM own_domain_block WHERE actor_id = $4", "id");
    std::vector<HostRow> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {actor}))) out.push_back({row.integer(0), row.str(1)});
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<> put_marker(Tx& tx, Id actor, std::string_view timeline, Id last_read, TimeMs now) {
    TRY(tx.execute("INSERT INTO marker (actor_id, timeline, last_read_id, version, updated_at) VALUES ($1, "
                   "$2, $3, 1, $4) ON CONFLICT (actor_id, timeline) DO UPDATE SET last_read_id = "
                   "excluded.last_read_id, version = marker.version + 1, updated_at = excluded.updated_at",
                   {actor, timeline, last_read, now}));
    return {};
}

Result<std::vector<model::Marker>> markers(Tx& tx, Id actor) {
    std::vector<model::Marker> out;
    for (const auto& row : TRY(tx.query("SELECT timeline, last_read_id, version, updated_at FROM marker "
                                        "WHERE actor_id = $1 ORDER BY timeline",
                                        {actor})))
        out.push_back({row.str(0), row.integer(1), row.integer(2), row.integer(3)});
    return out;
}

Result<> follow_tag(Tx& tx, Id actor, Id tag, Id id) {
    TRY(tx.execute("INSERT INTO tag_follow (actor_id, tag_id, id) VALUES ($1, $2, $3) ON CONFLICT "
                   "(actor_id, tag_id) DO NOTHING",
                   {actor, tag, id}));
    return {};
}

Result<> unfollow_tag(Tx& tx, Id actor, Id tag) {
    TRY(tx.execute("DELETE FROM tag_follow WHERE actor_id = $1 AND tag_id = $2", {actor, tag}));
    return {};
}

Result<bool> follows_tag(Tx& tx, Id actor, Id tag) {
    return any(tx.query("SELECT 1 FROM tag_follow WHERE actor_id = $1 AND tag_id = $2", {actor, tag}));
}

Result<std::vector<FollowedTag>> followed_tags_page(Tx& tx, Id actor, const Window& w) {
    static const PageText text("SELECT f.id, f.tag_id, t.name, t.display FROM tag_follow f JOIN tag t ON "
                               "t.id = f.tag_id WHERE f.actor_id = $4",
                               "f.id");
    std::vector<FollowedTag> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {actor})))
        out.push_back({row.integer(0), row.integer(1), row.str(2), row.str(3)});
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

}  // namespace kith::repo
