#include "storage/repo/filters.hpp"

#include "storage/repo/ids.hpp"
#include "storage/repo/rows.hpp"

#include <unordered_map>

namespace kith::repo {

using model::Filter;
using model::FilterKeyword;
using model::FilterPost;
using sql::Tx;

namespace {

constexpr const char* filter_select =
    "SELECT f.id, f.owner_id, f.title, f.contexts, f.action, f.expires_at FROM post_filter f "
    "WHERE f.owner_id = $1 ";
constexpr const char* keyword_select =
    "SELECT k.id, k.filter_id, k.keyword, k.folded, k.whole_word FROM post_filter_keyword k JOIN "
    "post_filter f ON f.id = k.filter_id WHERE f.owner_id = $1 ";
constexpr const char* post_select =
    "SELECT p.id, p.filter_id, p.post_id FROM post_filter_post p JOIN post_filter f ON f.id = p.filter_id "
    "WHERE f.owner_id = $1 ";

Filter filter_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .owner_id = row.integer(1),
            .title = row.str(2),
            .contexts = int(row.integer(3)),
            .action = model::FilterAction(row.integer(4)),
            .expires_at = row.maybe_integer(5),
            .keywords = {},
            .posts = {}};
}

FilterKeyword keyword_from(const sql::Rows::Row& row) {
    return {row.integer(0), row.integer(1), row.str(2), row.str(3), row.boolean(4)};
}

FilterPost post_from(const sql::Rows::Row& row) { return {row.integer(0), row.integer(1), row.integer(2)}; }

}  // namespace

Result<> insert_filter(Tx& tx, const Filter& f) {
    TRY(tx.execute("INSERT INTO post_filter (id, owner_id, title, contexts, action, expires_at) VALUES ($1, "
                   "$2, $3, $4, $5, $6)",
                   {f.id, f.owner_id, f.title, f.contexts, int(f.action), f.expires_at}));
    return {};
}

Result<> update_filter(Tx& tx, const Filter& f) {
    TRY(tx.execute("UPDATE post_filter SET title = $2, contexts = $3, action = $4, expires_at = $5 WHERE id = $1",
                   {f.id, f.title, f.contexts, int(f.action), f.expires_at}));
    return {};
}

Result<> delete_filter(Tx& tx, Id filter) {
    TRY(tx.execute("DELETE FROM post_filter WHERE id = $1", {filter}));
    return {};
}

Result<std::vector<Filter>> filters_of(Tx& tx, Id owner) {
    static const auto filters_text = std::string(filter_select) + "ORDER BY f.id";
    static const auto keywords_text = std::string(keyword_select) + "ORDER BY k.id";
    auto filters = TRY(all(tx.query(filters_text, {owner}), filter_from));
    if (filters.empty()) return filters;
    std::unordered_map<Id, Filter*> by_id;
    for (auto& filter : filters) by_id.emplace(filter.id, &filter);
    for (auto& keyword : TRY(all(tx.query(keywords_text, {owner}), keyword_from)))
        by_id.at(keyword.filter_id)->keywords.push_back(std::move(keyword));
    return filters;
}

Result<std::optional<Filter>> find_filter(Tx& tx, Id owner, Id id) {
    static const auto filter_text = std::string(filter_select) + "AND f.id = $2";
    static const auto keywords_text = std::string(keyword_select) + "AND f.id = $2 ORDER BY k.id";
    static const auto posts_text = std::string(post_select) + "AND f.id = $2 ORDER BY p.id";
    auto filter = TRY(one(tx.query(filter_text, {owner, id}), filter_from));
    if (!filter) return filter;
    filter->keywords = TRY(all(tx.query(keywords_text, {owner, id}), keyword_from));
    filter->posts = TRY(all(tx.query(posts_text, {owner, id}), post_from));
    return filter;
}

Result<> insert_filter_keyword(Tx& tx, const FilterKeyword& k) {
    TRY(tx.execute("INSERT INTO post_filter_keyword (id, filter_id, keyword, folded, whole_word) VALUES ($1, $2, "
                   "$3, $4, $5)",
                   {k.id, k.filter_id, k.keyword, k.folded, k.whole_word}));
    return {};
}

Result<> update_filter_keyword(Tx& tx, const FilterKeyword& k) {
    TRY(tx.execute("UPDATE post_filter_keyword SET keyword = $2, folded = $3, whole_word = $4 WHERE id = $1",
                   {k.id, k.keyword, k.folded, k.whole_word}));
    return {};
}

Result<> delete_filter_keyword(Tx& tx, Id keyword) {
    TRY(tx.execute("DELETE FROM post_filter_keyword WHERE id = $1", {keyword}));
    return {};
}

Result<std::optional<FilterKeyword>> find_filter_keyword(Tx& tx, Id owner, Id keyword) {
    static const auto text = std::string(keyword_select) + "AND k.id = $2";
    return one(tx.query(text, {owner, keyword}), keyword_from);
}

Result<bool> insert_filter_post(Tx& tx, const FilterPost& p) {
    return TRY(tx.execute("INSERT INTO post_filter_post (id, filter_id, post_id) VALUES ($1, $2, $3) ON CONFLICT "
                          "(filter_id, post_id) DO NOTHING",
                          {p.id, p.filter_id, p.post_id})) == 1;
}

Result<> delete_filter_post(Tx& tx, Id id) {
    TRY(tx.execute("DELETE FROM post_filter_post WHERE id = $1", {id}));
    return {};
}

Result<std::optional<FilterPost>> find_filter_post(Tx& tx, Id owner, Id id) {
    static const auto text = std::string(post_select) + "AND p.id = $2";
    return one(tx.query(text, {owner, id}), post_from);
}

Result<std::vector<FilterPost>> filter_posts_of(Tx& tx, Id owner) {
    static const auto text = std::string(post_select) + "ORDER BY p.id";
    return all(tx.query(text, {owner}), post_from);
}

Result<std::vector<FilterPost>> filter_posts_among(Tx& tx, Id owner, std::span<const Id> posts) {
    if (posts.empty()) return std::vector<FilterPost>{};
    return all(tx.query(post_select + ("AND " + tx.dialect().in_ids("p.post_id", 2)), {owner, json_ids(posts)}),
               post_from);
}

}  // namespace kith::repo
