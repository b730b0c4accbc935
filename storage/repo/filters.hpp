#pragma once
#include "base/core/result.hpp"
#include "storage/model/filter.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <vector>

// Members' filters, each its owner's own.
namespace kith::repo {

Result<> insert_filter(sql::Tx&, const model::Filter&);  // without its keywords and posts
Result<> update_filter(sql::Tx&, const model::Filter&);
Result<> delete_filter(sql::Tx&, Id filter);
// With their keywords, without their posts; oldest first.
Result<std::vector<model::Filter>> filters_of(sql::Tx&, Id owner);
// With both.
Result<std::optional<model::Filter>> find_filter(sql::Tx&, Id owner, Id filter);

Result<> insert_filter_keyword(sql::Tx&, const model::FilterKeyword&);
Result<> update_filter_keyword(sql::Tx&, const model::FilterKeyword&);
Result<> delete_filter_keyword(sql::Tx&, Id keyword);
Result<std::optional<model::FilterKeyword>> find_filter_keyword(sql::Tx&, Id owner, Id keyword);

Result<bool> insert_filter_post(sql::Tx&, const model::FilterPost&);  // false where it is there
Result<> delete_filter_post(sql::Tx&, Id id);
Result<std::optional<model::FilterPost>> find_filter_post(sql::Tx&, Id owner, Id id);
Result<std::vector<model::FilterPost>> filter_posts_of(sql::Tx&, Id owner);
Result<std::vector<model::FilterPost>> filter_posts_among(sql::Tx&, Id owner, std::span<const Id> posts);

}  // namespace kith::repo
