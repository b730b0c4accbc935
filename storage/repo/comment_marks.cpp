#include "storage/repo/comment_marks.hpp"

#include "storage/repo/ids.hpp"
#include "storage/repo/visibility.hpp"

namespace kith::repo {

using sql::Tx;

namespace {

FoldedRow folded_from(const sql::Rows::Row& row) { return {row.integer(0), row.integer(1), row.str(2), row.integer(3)}; }

}  // namespace

Result<bool> set_answer(Tx& tx, const ThreadAnswer& a) {
    const auto changed = TRY(tx.execute("INSERT INTO thread_answer (post_id, answer_ap_id, by_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT "
                                        "(post_id) DO UPDATE SET answer_ap_id = excluded.answer_ap_id, by_id = excluded.by_id, at = "
                                        "excluded.at WHERE thread_answer.at < excluded.at",
                                        {a.thread_id, a.answer_ap_id, a.by_id, a.at}));
    if (changed == 0) return false;
    TRY(tx.execute("UPDATE thread SET answered = $2 WHERE post_id = $1", {a.thread_id, !a.answer_ap_id.empty()}));
    return true;
}

Result<std::optional<ThreadAnswer>> find_answer(Tx& tx, Id thread) {
    const auto rows = TRY(tx.query("SELECT answer_ap_id, by_id, at FROM thread_answer WHERE post_id = $1", {thread}));
    if (rows.empty()) return std::optional<ThreadAnswer>{};
    return std::optional(ThreadAnswer{thread, rows[0].str(0), rows[0].maybe_integer(1), rows[0].integer(2)});
}

Result<> forget_answer(Tx& tx, Id comment) {
    const auto rows = TRY(tx.query("SELECT t.post_id FROM post c JOIN thread_answer t ON t.post_id = c.thread_id AND t.answer_ap_id = "
                                   "c.ap_id WHERE c.id = $1 AND c.id <> c.thread_id",
                                   {comment}));
    if (rows.empty()) return {};
    TRY(tx.execute("UPDATE thread_answer SET answer_ap_id = '' WHERE post_id = $1", {rows[0].integer(0)}));
    TRY(tx.execute("UPDATE thread SET answered = FALSE WHERE post_id = $1", {rows[0].integer(0)}));
    return {};
}

Result<std::vector<AnswerRow>> answers_of(Tx& tx, std::optional<Id> viewer, std::span<const Id> threads) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT t.post_id, c.id FROM thread_answer t JOIN post c ON c.ap_id = t.answer_ap_id AND c.thread_id = t.post_id AND c.id "
               "<> c.thread_id WHERE t.answer_ap_id <> '' AND " +
               visible_to("c", 2) + " AND " + d.in_ids("t.post_id", 1);
    };
    std::vector<AnswerRow> out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {json_ids(threads), viewer}))) out.push_back({row.integer(0), row.integer(1)});
    return out;
}

Result<std::vector<Id>> answers_among(Tx& tx, std::span<const Id> comments) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT c.id FROM post c JOIN thread_answer t ON t.post_id = c.thread_id AND t.answer_ap_id = c.ap_id WHERE c.id <> "
               "c.thread_id AND " +
               d.in_ids("c.id", 1);
    };
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {json_ids(comments)}))) out.push_back(row.integer(0));
    return out;
}

Result<bool> fold_post(Tx& tx, const FoldedRow& f) {
    return TRY(tx.execute("INSERT INTO folded_post (post_id, thread_id, reason, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                          {f.post_id, f.thread_id, f.reason, f.at})) == 1;
}

Result<bool> unfold_post(Tx& tx, Id post) { return TRY(tx.execute("DELETE FROM folded_post WHERE post_id = $1", {post})) == 1; }

Result<std::vector<FoldedRow>> folded_among(Tx& tx, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT f.post_id, f.thread_id, f.reason, f.at FROM folded_post f WHERE " + d.in_ids("f.post_id", 1);
    };
    std::vector<FoldedRow> out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {json_ids(posts)}))) out.push_back(folded_from(row));
    return out;
}

Result<std::vector<FoldedRow>> folded_in_thread(Tx& tx, std::optional<Id> viewer, Id thread, int limit) {
    static const auto text = "SELECT f.post_id, f.thread_id, f.reason, f.at FROM folded_post f JOIN post p ON p.id = f.post_id WHERE "
                             "f.thread_id = $2 AND " +
                             visible_to("p", 1) + " ORDER BY f.post_id DESC LIMIT $3";
    std::vector<FoldedRow> out;
    for (const auto& row : TRY(tx.query(text, {viewer, thread, limit}))) out.push_back(folded_from(row));
    return out;
}

}  // namespace kith::repo
