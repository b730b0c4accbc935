#include "storage/repo/thread_links.hpp"

namespace kith::repo {

Result<std::vector<ThreadLink>> thread_links(sql::Tx& tx, Id thread, int limit) {
    std::vector<ThreadLink> out;
    for (const auto& row : TRY(tx.query("SELECT id, in_reply_to_id FROM post WHERE thread_id = $1 AND in_reply_to_id IS NOT NULL ORDER BY id LIMIT $2",
                                        {thread, limit})))
        out.push_back({row.integer(0), row.integer(1)});
    return out;
}

}  // namespace kith::repo
