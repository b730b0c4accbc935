#pragma once
#include "base/core/result.hpp"
#include "storage/model/node_act.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <vector>

// Short texts that the node shows in turn above its threads.
namespace kith::repo {

Result<> add_tagline(sql::Tx&, const model::Tagline&);
Result<std::optional<model::Tagline>> find_tagline(sql::Tx&, Id);
Result<bool> change_tagline(sql::Tx&, const model::Tagline&);  // its content and when it changed
Result<bool> remove_tagline(sql::Tx&, Id);
Result<std::vector<model::Tagline>> taglines_page(sql::Tx&, const Window&);  // newest first
Result<std::int64_t> count_taglines(sql::Tx&);
Result<std::optional<model::Tagline>> tagline_at(sql::Tx&, std::int64_t position);  // by age, from 0

}  // namespace kith::repo
