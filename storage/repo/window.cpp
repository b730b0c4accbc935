#include "storage/repo/window.hpp"

#include "storage/repo/actors.hpp"

#include <algorithm>

namespace kith::repo {

using sql::Param;

Result<sql::Rows> page_rows(sql::Tx& tx, const PageText& text, const Window& w,
                            std::initializer_list<Param> more) {
    std::vector<Param> params{w.below, w.above, w.limit};
    params.insert(params.end(), more);
    return tx.query(w.ascending ? text.oldest_first : text.newest_first,
                    std::span<const Param>(params));
}

Result<std::vector<FollowRow>> actor_page(sql::Tx& tx, const PageText& text, const Window& w,
                                          std::initializer_list<Param> more) {
    auto rows = TRY(page_rows(tx, text, w, more));
    std::vector<FollowRow> out;
    out.reserve(rows.size());
    for (const auto& row : rows) out.push_back({row.integer(0), actor_from(row, 1)});
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

}  // namespace kith::repo
