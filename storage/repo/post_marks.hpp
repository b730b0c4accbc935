#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <limits>
#include <optional>
#include <span>
#include <vector>

// What readers of threads keep for themselves.
namespace kith::repo {

Result<> set_post_read(sql::Tx&, Id actor, Id post, std::optional<TimeMs> at);
Result<> set_post_hidden(sql::Tx&, Id actor, Id post, std::optional<TimeMs> at);

struct PostMark {
    Id post_id = 0;
    std::optional<TimeMs> read_at, hidden_at;
};
Result<std::vector<PostMark>> post_marks(sql::Tx&, Id actor, std::span<const Id> posts);
// Those that were marked before this one was; `backwards`: right after it.
struct MarkWindow {
    TimeMs at = std::numeric_limits<TimeMs>::max();
    Id post_id = 0;
    bool backwards = false;
    int limit = 20;
};
// The last ones first.
Result<std::vector<PostMark>> posts_read(sql::Tx&, Id actor, const MarkWindow&);
Result<std::vector<PostMark>> posts_hidden(sql::Tx&, Id actor, const MarkWindow&);

}  // namespace kith::repo
