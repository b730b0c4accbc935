#include "storage/repo/post_marks.hpp"

#include "storage/repo/ids.hpp"

#include <algorithm>

namespace kith::repo {

using sql::Tx;

namespace {

Result<std::vector<PostMark>> marks(Result<sql::Rows> found) {
    std::vector<PostMark> out;
    for (const auto& row : TRY(std::move(found))) out.push_back({row.integer(0), row.maybe_integer(1), row.maybe_integer(2)});
    return out;
}

// Many are marked at one time: the post's id tells these apart.
Result<std::vector<PostMark>> marked(Tx& tx, Id actor, const std::string& column, const MarkWindow& w) {
    const auto text = "SELECT post_id, read_at, hidden_at FROM post_mark WHERE actor_id = $1 AND " + column + " IS NOT NULL AND (" + column +
                      (w.backwards ? " > " : " < ") + "$2 OR (" + column + " = $2 AND post_id" + (w.backwards ? " > " : " < ") + "$3)) ORDER BY " +
                      column + (w.backwards ? ", post_id" : " DESC, post_id DESC") + " LIMIT $4";
    auto out = TRY(marks(tx.query(text, {actor, w.at, w.post_id, w.limit})));
    if (w.backwards) std::reverse(out.begin(), out.end());
    return out;
}

}  // namespace

Result<> set_post_read(Tx& tx, Id actor, Id post, std::optional<TimeMs> at) {
    TRY(tx.execute("INSERT INTO post_mark (actor_id, post_id, read_at) VALUES ($1, $2, $3) ON CONFLICT (actor_id, post_id) DO "
                   "UPDATE SET read_at = excluded.read_at",
                   {actor, post, at}));
    return {};
}

Result<> set_post_hidden(Tx& tx, Id actor, Id post, std::optional<TimeMs> at) {
    TRY(tx.execute("INSERT INTO post_mark (actor_id, post_id, hidden_at) VALUES ($1, $2, $3) ON CONFLICT (actor_id, post_id) DO "
                   "UPDATE SET hidden_at = excluded.hidden_at",
                   {actor, post, at}));
    return {};
}

Result<std::vector<PostMark>> post_marks(Tx& tx, Id actor, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT post_id, read_at, hidden_at FROM post_mark WHERE actor_id = $1 AND " + d.in_ids("post_id", 2);
    };
    return marks(tx.query(make(tx.dialect()), {actor, json_ids(posts)}));
}

Result<std::vector<PostMark>> posts_read(Tx& tx, Id actor, const MarkWindow& w) { return marked(tx, actor, "read_at", w); }
Result<std::vector<PostMark>> posts_hidden(Tx& tx, Id actor, const MarkWindow& w) { return marked(tx, actor, "hidden_at", w); }

}  // namespace kith::repo
