#include "storage/repo/quotes.hpp"

#include "storage/repo/ids.hpp"
#include "storage/repo/visibility.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::Interaction;
using model::InteractionRule;
using model::Quote;
using sql::Rows;
using sql::Tx;

namespace {

const std::string quote_columns =
    "q.post_id, q.quoted_id, q.quoted_ap_id, q.quoted_actor_id, q.state, q.stamp_ap_id, "
    "q.request_ap_id, q.created_at";
constexpr std::size_t quote_column_count = 8;

Quote quote_from(const Rows::Row& row) {
    Quote q;
    q.post_id = row.integer(0);
    q.quoted_id = row.maybe_integer(1);
    q.quoted_ap_id = row.str(2);
    q.quoted_actor_id = row.maybe_integer(3);
    q.state = model::QuoteState(row.integer(4));
    q.stamp_ap_id = row.str(5);
    q.request_ap_id = row.str(6);
    q.created_at = row.integer(7);
    return q;
}

Result<std::optional<Quote>> one_quote(Result<Rows> found) {
    auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<Quote>{};
    return quote_from(rows[0]);
}

InteractionRule rule_from(const Rows::Row& row) {
    return {row.integer(0), Interaction(row.integer(1)), int(row.integer(2)), int(row.integer(3))};
}

}  // namespace

Result<> put_quote(Tx& tx, const Quote& q) {
    TRY(tx.execute(
        "INSERT INTO quote (post_id, quoted_id, quoted_ap_id, quoted_actor_id, state, stamp_ap_id, "
        "request_ap_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
        "ON CONFLICT (post_id) DO UPDATE SET quoted_id = excluded.quoted_id, "
        "quoted_ap_id = excluded.quoted_ap_id, quoted_actor_id = excluded.quoted_actor_id, "
        "state = excluded.state, stamp_ap_id = excluded.stamp_ap_id, "
        "request_ap_id = excluded.request_ap_id",
        {q.post_id, q.quoted_id, q.quoted_ap_id, q.quoted_actor_id, int(q.state), q.stamp_ap_id,
         q.request_ap_id, q.created_at}));
    return {};
}

Result<> remove_quote(Tx& tx, Id post) {
    TRY(tx.execute("DELETE FROM quote WHERE post_id = $1", {post}));
    return {};
}

Result<std::optional<Quote>> find_quote(Tx& tx, Id post) {
    static const auto text = "SELECT " + quote_columns + " FROM quote q WHERE q.post_id = $1";
    return one_quote(tx.query(text, {post}));
}

Result<std::optional<Quote>> find_quote_by_request(Tx& tx, std::string_view ap_id) {
    static const auto text = "SELECT " + quote_columns +
                             " FROM quote q WHERE q.request_ap_id = $1 AND q.request_ap_id <> '' "
                             "ORDER BY q.post_id LIMIT 1";
    return one_quote(tx.query(text, {ap_id}));
}

Result<std::optional<Quote>> find_quote_by_stamp(Tx& tx, std::string_view ap_id) {
    static const auto text = "SELECT " + quote_columns +
                             " FROM quote q WHERE q.stamp_ap_id = $1 AND q.stamp_ap_id <> '' "
                             "ORDER BY q.post_id LIMIT 1";
    return one_quote(tx.query(text, {ap_id}));
}

Result<std::vector<QuoteRow>> quotes_of(Tx& tx, std::optional<Id> viewer,
                                        std::span<const Id> posts) {
    std::vector<QuoteRow> out;
    if (posts.empty()) return out;
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT " + quote_columns +
               ", CASE WHEN p.deleted_at IS NOT NULL THEN 1 ELSE 0 END, "
               "CASE WHEN p.id IS NOT NULL AND " +
               visible_to("p", 2) +
               " THEN 1 ELSE 0 END, "
               "CASE WHEN EXISTS (SELECT 1 FROM block b WHERE b.actor_id = CAST($2 AS BIGINT) "
               "AND b.target_id = q.quoted_actor_id) THEN 1 ELSE 0 END, "
               "(SELECT COALESCE(m.expires_at, 9223372036854775807) FROM mute m "
               "WHERE m.actor_id = CAST($2 AS BIGINT) AND m.target_id = q.quoted_actor_id) "
               "FROM quote q LEFT JOIN post p ON p.id = q.quoted_id WHERE " +
               d.in_ids("q.post_id", 1);
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {json_ids(posts), viewer}));
    for (const auto& row : rows)
        out.push_back({quote_from(row), row.integer(quote_column_count) != 0,
                       row.integer(quote_column_count + 1) != 0,
                       row.integer(quote_column_count + 2) != 0,
                       row.maybe_integer(quote_column_count + 3)});
    return out;
}

Result<std::vector<QuoteCount>> quote_counts(Tx& tx, std::span<const Id> posts) {
    std::vector<QuoteCount> out;
    if (posts.empty()) return out;
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT quoted_id, COUNT(*) FROM quote WHERE state = 1 AND quoted_id IS NOT NULL "
               "AND " +
               d.in_ids("quoted_id", 1) + " GROUP BY quoted_id";
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {json_ids(posts)}));
    for (const auto& row : rows) out.push_back({row.integer(0), row.integer(1)});
    return out;
}

Result<std::vector<Id>> quoting_page(Tx& tx, std::optional<Id> viewer, Id quoted, const Window& w) {
    static const PageText text(
        "SELECT q.post_id FROM quote q JOIN post p ON p.id = q.post_id "
        "WHERE q.quoted_id = $4 AND q.state = 1 AND " +
            visible_to("p", 5),
        "q.post_id");
    std::vector<Id> out;
    auto rows = TRY(page_rows(tx, text, w, {quoted, viewer}));
    for (const auto& row : rows) out.push_back(row.integer(0));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<> adopt_quotes(Tx& tx, Id quoted, std::string_view quoted_ap_id, Id author) {
    TRY(tx.execute(
        "UPDATE quote SET quoted_id = $1, quoted_actor_id = $3, "
        "state = CASE WHEN (SELECT p.actor_id FROM post p WHERE p.id = quote.post_id) = $3 "
        "THEN 1 ELSE state END WHERE quoted_ap_id = $2 AND quoted_id IS NULL",
        {quoted, quoted_ap_id, author}));
    return {};
}

Result<std::vector<Id>> quoting_local(Tx& tx, Id quoted) {
    auto rows =
        TRY(tx.query("SELECT q.post_id FROM quote q JOIN post p ON p.id = q.post_id "
                     "WHERE q.quoted_id = $1 AND q.state = 1 AND p.local ORDER BY q.post_id",
                     {quoted}));
    std::vector<Id> out;
    for (const auto& row : rows) out.push_back(row.integer(0));
    return out;
}

Result<> put_rule(Tx& tx, const InteractionRule& r) {
    TRY(
        tx.execute("INSERT INTO interaction_rule (post_id, kind, automatic, manual) "
                   "VALUES ($1, $2, $3, $4) ON CONFLICT (post_id, kind) "
                   "DO UPDATE SET automatic = excluded.automatic, manual = excluded.manual",
                   {r.post_id, int(r.kind), r.automatic, r.manual}));
    return {};
}

Result<> remove_rule(Tx& tx, Id post, Interaction kind) {
    TRY(tx.execute("DELETE FROM interaction_rule WHERE post_id = $1 AND kind = $2",
                   {post, int(kind)}));
    return {};
}

Result<std::optional<InteractionRule>> find_rule(Tx& tx, Id post, Interaction kind) {
    auto rows =
        TRY(tx.query("SELECT post_id, kind, automatic, manual FROM interaction_rule "
                     "WHERE post_id = $1 AND kind = $2",
                     {post, int(kind)}));
    if (rows.empty()) return std::optional<InteractionRule>{};
    return rule_from(rows[0]);
}

Result<std::vector<InteractionRule>> rules_of(Tx& tx, std::span<const Id> posts, Interaction kind) {
    std::vector<InteractionRule> out;
    if (posts.empty()) return out;
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT post_id, kind, automatic, manual FROM interaction_rule WHERE " +
               d.in_ids("post_id", 1) + " AND kind = $2";
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {json_ids(posts), int(kind)}));
    for (const auto& row : rows) out.push_back(rule_from(row));
    return out;
}

}  // namespace kith::repo
