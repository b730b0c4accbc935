#include "storage/repo/group_tags.hpp"

#include "storage/repo/ids.hpp"

namespace kith::repo {

using model::GroupTag;
using sql::Tx;

namespace {

const std::string columns =
    "t.id, t.group_id, t.ap_id, t.name, t.display_name, t.summary, t.color, t.created_at, t.updated_at, t.deleted_at";

GroupTag tag_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .group_id = row.integer(1),
            .ap_id = row.str(2),
            .name = row.str(3),
            .display_name = row.str(4),
            .summary = row.str(5),
            .color = int(row.integer(6)),
            .created_at = row.integer(7),
            .updated_at = row.maybe_integer(8),
            .deleted_at = row.maybe_integer(9)};
}

Result<std::optional<GroupTag>> one(Result<sql::Rows> found) {
    const auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<GroupTag>{};
    return std::optional(tag_from(rows[0]));
}

}  // namespace

Result<> put_group_tag(Tx& tx, const GroupTag& t) {
    TRY(tx.execute("INSERT INTO group_tag (id, group_id, ap_id, name, display_name, summary, color, created_at, updated_at, "
                   "deleted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (ap_id) DO UPDATE SET display_name = "
                   "excluded.display_name, summary = excluded.summary, color = excluded.color, updated_at = excluded.updated_at, "
                   "deleted_at = excluded.deleted_at",
                   {t.id, t.group_id, t.ap_id, t.name, t.display_name, t.summary, t.color, t.created_at, t.updated_at, t.deleted_at}));
    return {};
}

Result<std::optional<GroupTag>> find_group_tag(Tx& tx, Id id) {
    static const auto text = "SELECT " + columns + " FROM group_tag t WHERE t.id = $1";
    return one(tx.query(text, {id}));
}

Result<std::optional<GroupTag>> find_group_tag_by_ap_id(Tx& tx, std::string_view ap_id) {
    static const auto text = "SELECT " + columns + " FROM group_tag t WHERE t.ap_id = $1";
    return one(tx.query(text, {ap_id}));
}

Result<std::vector<GroupTag>> group_tags(Tx& tx, Id group) {
    static const auto text = "SELECT " + columns + " FROM group_tag t WHERE t.group_id = $1 AND t.deleted_at IS NULL ORDER BY t.id";
    std::vector<GroupTag> out;
    for (const auto& row : TRY(tx.query(text, {group}))) out.push_back(tag_from(row));
    return out;
}

Result<> set_tags_of_post(Tx& tx, Id post, std::span<const Id> tags) {
    TRY(tx.execute("DELETE FROM post_group_tag WHERE post_id = $1", {post}));
    for (const auto tag : tags)
        TRY(tx.execute("INSERT INTO post_group_tag (post_id, tag_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", {post, tag}));
    return {};
}

Result<std::vector<PostGroupTag>> group_tags_of(Tx& tx, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT " + columns + ", x.post_id FROM post_group_tag x JOIN group_tag t ON t.id = x.tag_id AND t.deleted_at IS NULL WHERE " +
               d.in_ids("x.post_id", 1) + " ORDER BY t.id";
    };
    std::vector<PostGroupTag> out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {json_ids(posts)}))) out.push_back({row.integer(10), tag_from(row)});
    return out;
}

}  // namespace kith::repo
