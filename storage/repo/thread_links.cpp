#include "storage/repo/thread_links.hpp"

#include "storage/repo/visibility.hpp"

namespace kith::repo {

Result<std::vector<ThreadLink>> thread_links(sql::Tx& tx, std::optional<Id> viewer, Id thread, int limit) {
    static const auto text = "SELECT p.id, p.in_reply_to_id, CASE WHEN " + visible_to("p", 2) +
                             " THEN 1 ELSE 0 END FROM post p WHERE p.thread_id = $1 ORDER BY p.id LIMIT $3";
    std::vector<ThreadLink> out;
    for (const auto& row : TRY(tx.query(text, {thread, viewer, limit})))
        out.push_back({row.integer(0), row.maybe_integer(1), row.integer(2) == 1});
    return out;
}

}  // namespace kith::repo
