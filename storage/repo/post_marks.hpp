#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

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
// The last ones first, those marked before `before`.
Result<std::vector<PostMark>> posts_read(sql::Tx&, Id actor, TimeMs before, int limit);
Result<std::vector<PostMark>> posts_hidden(sql::Tx&, Id actor, TimeMs before, int limit);

}  // namespace kith::repo
