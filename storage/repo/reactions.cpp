// Reactions and boosts (declared in relations.hpp).
#include "storage/repo/actors.hpp"
#include "storage/repo/ids.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/threads.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::Boost;
using model::Reaction;
using model::ReactionKind;
using sql::Rows;
using sql::Tx;

namespace {

constexpr const char* reaction_select =
    "SELECT actor_id, post_id, kind, ap_id, created_at FROM reaction ";
constexpr const char* boost_select =
    "SELECT id, actor_id, post_id, ap_id, visibility, created_at FROM boost ";

Reaction reaction_from(const Rows::Row& row) {
    return {row.integer(0), row.integer(1), ReactionKind(row.integer(2)), row.str(3),
            row.integer(4)};
}

Boost boost_from(const Rows::Row& row) {
    return {row.integer(0),
            row.integer(1),
            row.integer(2),
            row.str(3),
            model::Visibility(row.integer(4)),
            row.integer(5)};
}

template <class Record, class Make>
Result<std::optional<Record>> one(Result<Rows> found, Make make) {
    auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<Record>{};
    return make(rows[0]);
}

template <class Record, class Make>
Result<std::vector<Record>> all(Result<Rows> found, Make make) {
    auto rows = TRY(std::move(found));
    std::vector<Record> out;
    out.reserve(rows.size());
    for (const auto& row : rows) out.push_back(make(row));
    return out;
}

ReactionKind other_than(ReactionKind kind) {
    return kind == ReactionKind::like ? ReactionKind::dislike : ReactionKind::like;
}

PostCounter counter_of(ReactionKind kind) {
    return kind == ReactionKind::like ? PostCounter::likes : PostCounter::dislikes;
}

}  // namespace

Result<bool> put_reaction(Tx& tx, const Reaction& r, Id id) {
    // Each statement decides by the row itself: of two at the same time one counts.
    auto changed =
        TRY(tx.execute("INSERT INTO reaction (actor_id, post_id, id, kind, ap_id, created_at) "
                       "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
                       {r.actor_id, r.post_id, id, int(r.kind), r.ap_id, r.created_at}));
    if (changed == 0) {
        changed =
            TRY(tx.execute("UPDATE reaction SET id = $3, kind = $4, ap_id = $5, created_at = $6 "
                           "WHERE actor_id = $1 AND post_id = $2 AND kind <> $4",
                           {r.actor_id, r.post_id, id, int(r.kind), r.ap_id, r.created_at}));
        if (changed == 0) return false;
        TRY(add_to_counter(tx, r.post_id, counter_of(other_than(r.kind)), -1));
    }
    TRY(add_to_counter(tx, r.post_id, counter_of(r.kind), 1));
    TRY(rank_thread(tx, r.post_id));
    return true;
}

Result<std::optional<Reaction>> find_reaction(Tx& tx, Id actor, Id post) {
    static const auto text = std::string(reaction_select) + "WHERE actor_id = $1 AND post_id = $2";
    return one<Reaction>(tx.query(text, {actor, post}), reaction_from);
}

Result<std::optional<Reaction>> find_reaction_by_ap_id(Tx& tx, std::string_view ap_id) {
    static const auto text = std::string(reaction_select) + "WHERE ap_id = $1 LIMIT 1";
    return one<Reaction>(tx.query(text, {ap_id}), reaction_from);
}

Result<bool> remove_reaction(Tx& tx, const Reaction& r) {
    auto rows =
        TRY(tx.query("DELETE FROM reaction WHERE actor_id = $1 AND post_id = $2 RETURNING kind",
                     {r.actor_id, r.post_id}));
    if (rows.empty()) return false;
    TRY(add_to_counter(tx, r.post_id, counter_of(ReactionKind(rows[0].integer(0))), -1));
    TRY(rank_thread(tx, r.post_id));
    return true;
}

Result<std::vector<Reaction>> reactions_among(Tx& tx, Id actor, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return std::string(reaction_select) + "WHERE actor_id = $1 AND " + d.in_ids("post_id", 2);
    };
    return all<Reaction>(tx.query(make(tx.dialect()), {actor, json_ids(posts)}), reaction_from);
}

Result<std::vector<FollowRow>> reactors_page(Tx& tx, Id post, ReactionKind kind, const Window& w) {
    static const PageText text(
        "SELECT r.id, " + actor_columns +
            " FROM reaction r JOIN actor a ON a.id = r.actor_id WHERE r.post_id = $4 "
            "AND r.kind = $5 AND a.deleted_at IS NULL AND a.suspended_at IS NULL",
        "r.id");
    return actor_page(tx, text, w, {post, int(kind)});
}

Result<std::vector<VoteRow>> votes_page(Tx& tx, Id post, const Window& w) {
    static const PageText text("SELECT r.id, r.kind, " + actor_columns +
                                   " FROM reaction r JOIN actor a ON a.id = r.actor_id WHERE r.post_id = $4 AND a.deleted_at IS NULL",
                               "r.id");
    std::vector<VoteRow> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {post})))
        out.push_back({row.integer(0), ReactionKind(row.integer(1)) == ReactionKind::like, actor_from(row, 2)});
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<bool> add_boost(Tx& tx, const Boost& b) {
    auto added =
        TRY(tx.execute("INSERT INTO boost (id, actor_id, post_id, ap_id, visibility, created_at) "
                       "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
                       {b.id, b.actor_id, b.post_id, b.ap_id, int(b.visibility), b.created_at}));
    if (added == 1) TRY(add_to_counter(tx, b.post_id, PostCounter::boosts, 1));
    return added == 1;
}

Result<std::optional<Boost>> find_boost(Tx& tx, Id actor, Id post) {
    static const auto text = std::string(boost_select) + "WHERE actor_id = $1 AND post_id = $2";
    return one<Boost>(tx.query(text, {actor, post}), boost_from);
}

Result<std::optional<Boost>> find_boost_by_id(Tx& tx, Id id) {
    static const auto text = std::string(boost_select) + "WHERE id = $1";
    return one<Boost>(tx.query(text, {id}), boost_from);
}

Result<std::optional<Boost>> find_boost_by_ap_id(Tx& tx, std::string_view ap_id) {
    static const auto text = std::string(boost_select) + "WHERE ap_id = $1";
    return one<Boost>(tx.query(text, {ap_id}), boost_from);
}

Result<bool> remove_boost(Tx& tx, const Boost& b) {
    TRY(tx.execute("DELETE FROM home_entry WHERE boost_id = $1", {b.id}));
    auto removed = TRY(tx.execute("DELETE FROM boost WHERE id = $1", {b.id}));
    if (removed == 1) TRY(add_to_counter(tx, b.post_id, PostCounter::boosts, -1));
    return removed == 1;
}

Result<std::vector<Boost>> boosts_among(Tx& tx, Id actor, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return std::string(boost_select) + "WHERE actor_id = $1 AND " + d.in_ids("post_id", 2);
    };
    return all<Boost>(tx.query(make(tx.dialect()), {actor, json_ids(posts)}), boost_from);
}

Result<std::vector<Boost>> boosts_by_ids(Tx& tx, std::span<const Id> ids) {
    static const auto make = [](const sql::Dialect& d) {
        return std::string(boost_select) + "WHERE " + d.in_ids("id", 1);
    };
    return all<Boost>(tx.query(make(tx.dialect()), {json_ids(ids)}), boost_from);
}

Result<std::vector<FollowRow>> boosters_page(Tx& tx, Id post, const Window& w) {
    static const PageText text(
        "SELECT b.id, " + actor_columns +
            " FROM boost b JOIN actor a ON a.id = b.actor_id WHERE b.post_id = $4 "
            "AND a.deleted_at IS NULL AND a.suspended_at IS NULL",
        "b.id");
    return actor_page(tx, text, w, {post});
}

}  // namespace kith::repo
