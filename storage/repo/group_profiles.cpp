#include "storage/repo/group_profiles.hpp"

#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "storage/repo/actors.hpp"

namespace kith::repo {

using model::GroupProfile;
using model::GroupRule;
using sql::Tx;

namespace {

std::string json_texts(const std::vector<std::string>& texts) {
    json::Writer w;
    w.array();
    for (const auto& text : texts) w.value(text);
    w.end();
    return w.take();
}

std::vector<std::string> texts_from(const std::string& stored) {
    std::vector<std::string> out;
    if (const auto document = json::Document::parse(stored))
        for (auto text : document->root()) out.emplace_back(text.string_or(""));
    return out;
}

}  // namespace

Result<GroupProfile> group_profile(Tx& tx, Id group) {
    const auto rows = TRY(tx.query("SELECT visibility, restricted, brief, languages, sensitive, archived_at, welcome, default_order, "
                                   "questions, slow_threads_s, slow_comments_s, seeks_moderators FROM group_profile WHERE group_id = $1",
                                   {group}));
    GroupProfile profile;
    profile.group_id = group;
    if (rows.empty()) return profile;
    const auto& row = rows[0];
    profile.visibility = model::GroupVisibility(row.integer(0));
    profile.restricted = row.boolean(1);
    profile.brief = row.str(2);
    profile.languages = texts_from(row.str(3));
    profile.sensitive = row.boolean(4);
    profile.archived_at = row.maybe_integer(5);
    profile.welcome = row.str(6);
    profile.default_order = row.str(7);
    profile.questions = texts_from(row.str(8));
    profile.slow_threads_s = int(row.integer(9));
    profile.slow_comments_s = int(row.integer(10));
    profile.seeks_moderators = row.boolean(11);
    return profile;
}

Result<> put_group_profile(Tx& tx, const GroupProfile& p) {
    TRY(tx.execute("INSERT INTO group_profile (group_id, visibility, restricted, brief, languages, sensitive, archived_at, welcome, "
                   "default_order, questions, slow_threads_s, slow_comments_s, seeks_moderators) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
                   "$11, $12, $13) ON CONFLICT (group_id) DO UPDATE SET "
                   "visibility = excluded.visibility, restricted = excluded.restricted, brief = excluded.brief, languages = "
                   "excluded.languages, sensitive = excluded.sensitive, archived_at = excluded.archived_at, welcome = "
                   "excluded.welcome, default_order = excluded.default_order, questions = excluded.questions, slow_threads_s = "
                   "excluded.slow_threads_s, slow_comments_s = excluded.slow_comments_s, seeks_moderators = excluded.seeks_moderators",
                   {p.group_id, int(p.visibility), p.restricted, p.brief, json_texts(p.languages), p.sensitive, p.archived_at, p.welcome,
                    p.default_order, json_texts(p.questions), p.slow_threads_s, p.slow_comments_s, p.seeks_moderators}));
    return {};
}

Result<std::vector<GroupRule>> group_rules(Tx& tx, Id group) {
    std::vector<GroupRule> out;
    for (const auto& row : TRY(tx.query("SELECT id, position, text FROM group_rule WHERE group_id = $1 ORDER BY position, id", {group})))
        out.push_back({row.integer(0), group, int(row.integer(1)), row.str(2)});
    return out;
}

Result<std::optional<GroupRule>> find_group_rule(Tx& tx, Id group, Id rule) {
    const auto rows = TRY(tx.query("SELECT position, text FROM group_rule WHERE group_id = $1 AND id = $2", {group, rule}));
    if (rows.empty()) return std::optional<GroupRule>{};
    return std::optional(GroupRule{rule, group, int(rows[0].integer(0)), rows[0].str(1)});
}

Result<> put_group_rule(Tx& tx, const GroupRule& rule) {
    TRY(tx.execute("INSERT INTO group_rule (id, group_id, position, text) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET "
                   "position = excluded.position, text = excluded.text",
                   {rule.id, rule.group_id, rule.position, rule.text}));
    return {};
}

Result<bool> remove_group_rule(Tx& tx, Id group, Id rule) {
    return TRY(tx.execute("DELETE FROM group_rule WHERE group_id = $1 AND id = $2", {group, rule})) == 1;
}

Result<std::vector<model::Actor>> group_founders(Tx& tx, Id group) {
    static const auto text = "SELECT " + actor_columns +
                             " FROM group_founder f JOIN actor a ON a.id = f.actor_id WHERE f.group_id = $1 AND a.deleted_at IS NULL "
                             "ORDER BY f.position, a.id";
    std::vector<model::Actor> out;
    for (const auto& row : TRY(tx.query(text, {group}))) out.push_back(actor_from(row));
    return out;
}

Result<> put_group_founders(Tx& tx, Id group, std::span<const Id> in_order) {
    TRY(tx.execute("DELETE FROM group_founder WHERE group_id = $1", {group}));
    int position = 0;
    for (const auto actor : in_order)
        TRY(tx.execute("INSERT INTO group_founder (group_id, actor_id, position) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                       {group, actor, position++}));
    return {};
}

Result<> put_join_answers(Tx& tx, const model::JoinAnswers& a) {
    TRY(tx.execute("INSERT INTO join_answer (group_id, actor_id, answers, at) VALUES ($1, $2, $3, $4) ON CONFLICT (group_id, "
                   "actor_id) DO UPDATE SET answers = excluded.answers, at = excluded.at",
                   {a.group_id, a.actor_id, json_texts(a.answers), a.at}));
    return {};
}

Result<std::optional<model::JoinAnswers>> join_answers(Tx& tx, Id group, Id actor) {
    const auto rows = TRY(tx.query("SELECT answers, at FROM join_answer WHERE group_id = $1 AND actor_id = $2", {group, actor}));
    if (rows.empty()) return std::optional<model::JoinAnswers>{};
    return std::optional(model::JoinAnswers{group, actor, texts_from(rows[0].str(0)), rows[0].integer(1)});
}

Result<> remove_join_answers(Tx& tx, Id group, Id actor) {
    TRY(tx.execute("DELETE FROM join_answer WHERE group_id = $1 AND actor_id = $2", {group, actor}));
    return {};
}

Result<std::int64_t> close_group_posts(Tx& tx, Id group, int limit) {
    return tx.execute("UPDATE post SET visibility = 4 WHERE id IN (SELECT id FROM post WHERE group_id = $1 AND visibility <= 1 "
                      "ORDER BY id DESC LIMIT $2)",
                      {group, limit});
}

Result<std::vector<Id>> followers_elsewhere(Tx& tx, Id group, int limit) {
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query("SELECT f.follower_id FROM follow f JOIN actor a ON a.id = f.follower_id AND NOT a.local "
                                        "WHERE f.followed_id = $1 LIMIT $2",
                                        {group, limit})))
        out.push_back(row.integer(0));
    return out;
}

}  // namespace kith::repo
