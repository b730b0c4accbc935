#include "storage/repo/window.hpp"

#include "storage/repo/actors.hpp"

#include <algorithm>

namespace kith::repo {

using sql::Param;

namespace {

Result<sql::Rows> run(sql::Tx& tx, const PageText& text, const Window& w, std::initializer_list<Param> more) {
    const auto& statement = w.ascending ? text.oldest_first : text.newest_first;
    auto at = [&](std::size_t i) { return i < more.size() ? *(more.begin() + i) : Param(nullptr); };
    switch (more.size()) {   // an initializer_list cannot be made at run time
        case 0: return tx.query(statement, {w.below, w.above, w.limit});
        case 1: return tx.query(statement, {w.below, w.above, w.limit, at(0)});
        case 2: return tx.query(statement, {w.below, w.above, w.limit, at(0), at(1)});
        case 3: return tx.query(statement, {w.below, w.above, w.limit, at(0), at(1), at(2)});
        case 4: return tx.query(statement, {w.below, w.above, w.limit, at(0), at(1), at(2), at(3)});
        default: return fail(Code::internal, "too many parameters for a page", statement);
    }
}

}  // namespace

Result<sql::Rows> page_rows(sql::Tx& tx, const PageText& text, const Window& w, std::initializer_list<Param> more) {
    return run(tx, text, w, more);
}

Result<std::vector<FollowRow>> actor_page(sql::Tx& tx, const PageText& text, const Window& w,
                                          std::initializer_list<Param> more) {
    auto rows = TRY(run(tx, text, w, more));
    std::vector<FollowRow> out;
    out.reserve(rows.size());
    for (const auto& row : rows) out.push_back({row.integer(0), actor_from(row, 1)});
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

}  // namespace kith::repo
