#include "storage/repo/conversations.hpp"

#include "storage/repo/visibility.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::Conversation;
using model::ScheduledPost;
using sql::Tx;

namespace {

Conversation conversation_from(const sql::Rows::Row& row) {
    return {row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.boolean(4)};
}

ScheduledPost scheduled_from(const sql::Rows::Row& row) {
    return {row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.str(4)};
}

constexpr const char* conversation_select =
    "SELECT id, owner_id, thread_id, last_post_id, unread FROM conversation ";
constexpr const char* scheduled_select = "SELECT id, actor_id, app_id, due_at, params FROM scheduled_post ";

}  // namespace

Result<> touch_conversation(Tx& tx, const Conversation& c) {
    TRY(tx.execute("INSERT INTO conversation (id, owner_id, thread_id, last_post_id, unread) VALUES ($1, $2, "
                   "$3, $4, $5) ON CONFLICT (owner_id, thread_id) DO UPDATE SET last_post_id = CASE WHEN "
                   "excluded.last_post_id > conversation.last_post_id THEN excluded.last_post_id ELSE "
                   "conversation.last_post_id END, unread = excluded.unread",
                   {c.id, c.owner_id, c.thread_id, c.last_post_id, c.unread}));
    return {};
}

Result<std::optional<Conversation>> find_conversation(Tx& tx, Id owner, Id id) {
    static const auto text = std::string(conversation_select) + "WHERE owner_id = $1 AND id = $2";
    const auto rows = TRY(tx.query(text, {owner, id}));
    return rows.empty() ? std::optional<Conversation>{} : conversation_from(rows[0]);
}

Result<> set_conversation_read(Tx& tx, Id owner, Id id, bool unread) {
    TRY(tx.execute("UPDATE conversation SET unread = $3 WHERE owner_id = $1 AND id = $2",
                   {owner, id, unread}));
    return {};
}

Result<bool> remove_conversation(Tx& tx, Id owner, Id id) {
    return TRY(tx.execute("DELETE FROM conversation WHERE owner_id = $1 AND id = $2", {owner, id})) == 1;
}

Result<std::vector<Conversation>> conversations_page(Tx& tx, Id owner, const Window& w) {
    static const PageText text(std::string(conversation_select) + "WHERE owner_id = $4", "last_post_id");
    std::vector<Conversation> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {owner}))) out.push_back(conversation_from(row));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<std::vector<Id>> direct_posts(Tx& tx, Id owner, const Window& w) {
    static const PageText text("SELECT p.id FROM conversation c JOIN post p ON p.thread_id = c.thread_id AND p.visibility = 3 WHERE "
                               "c.owner_id = $4 AND " + visible_to("p", 4), "p.id");
    std::vector<Id> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {owner}))) out.push_back(row.integer(0));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<> rewind_conversations(Tx& tx, Id deleted_post) {
    TRY(tx.execute(
        "UPDATE conversation SET last_post_id = COALESCE((SELECT MAX(p.id) FROM post p WHERE p.thread_id = "
        "conversation.thread_id AND p.visibility = 3 AND p.deleted_at IS NULL AND p.id <> $1 AND (p.actor_id "
        "= conversation.owner_id OR EXISTS (SELECT 1 FROM post_audience t WHERE t.post_id = p.id AND "
        "t.actor_id = conversation.owner_id))), $1) WHERE last_post_id = $1",
        {deleted_post}));
    TRY(tx.execute("DELETE FROM conversation WHERE last_post_id = $1", {deleted_post}));
    return {};
}

Result<> insert_scheduled(Tx& tx, const ScheduledPost& s) {
    TRY(tx.execute("INSERT INTO scheduled_post (id, actor_id, app_id, due_at, params) VALUES ($1, $2, $3, $4, "
                   "$5)",
                   {s.id, s.actor_id, s.app_id, s.due_at, s.params}));
    return {};
}

Result<bool> reschedule(Tx& tx, Id actor, Id id, TimeMs due_at) {
    return TRY(tx.execute("UPDATE scheduled_post SET due_at = $3 WHERE actor_id = $1 AND id = $2",
                          {actor, id, due_at})) == 1;
}

Result<bool> remove_scheduled(Tx& tx, Id actor, Id id) {
    return TRY(tx.execute("DELETE FROM scheduled_post WHERE actor_id = $1 AND id = $2", {actor, id})) == 1;
}

Result<std::optional<ScheduledPost>> find_scheduled(Tx& tx, Id actor, Id id) {
    static const auto text = std::string(scheduled_select) + "WHERE actor_id = $1 AND id = $2";
    const auto rows = TRY(tx.query(text, {actor, id}));
    return rows.empty() ? std::optional<ScheduledPost>{} : scheduled_from(rows[0]);
}

Result<std::vector<ScheduledPost>> scheduled_page(Tx& tx, Id actor, const Window& w) {
    static const PageText text(std::string(scheduled_select) + "WHERE actor_id = $4", "id");
    std::vector<ScheduledPost> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {actor}))) out.push_back(scheduled_from(row));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<std::int64_t> count_scheduled(Tx& tx, Id actor, TimeMs from, TimeMs until) {
    return TRY(tx.query("SELECT COUNT(*) FROM scheduled_post WHERE actor_id = $1 AND due_at >= $2 AND due_at "
                        "< $3",
                        {actor, from, until}))[0]
        .integer(0);
}

Result<std::vector<ScheduledPost>> scheduled_due(Tx& tx, TimeMs now, int limit) {
    static const auto text =
        std::string(scheduled_select) + "WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2";
    std::vector<ScheduledPost> out;
    for (const auto& row : TRY(tx.query(text, {now, limit}))) out.push_back(scheduled_from(row));
    return out;
}

}  // namespace kith::repo
