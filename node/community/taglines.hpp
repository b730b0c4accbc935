#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "storage/model/node_act.hpp"

#include <optional>
#include <string_view>

// Short texts that the node's admins write and clients show above the threads, one at a time.
namespace kith::community {

// By an admin (Code::forbidden); Code::unprocessable: empty, too long, or one too many. Code::not_found.
Result<model::Tagline> add_tagline(Context&, Id admin, std::string_view content);
Result<model::Tagline> change_tagline(Context&, Id admin, Id, std::string_view content);
Result<> remove_tagline(Context&, Id admin, Id);
Result<Page<model::Tagline>> taglines(Context&, const PageRequest&);
Result<std::optional<model::Tagline>> any_tagline(Context&);  // by chance

}  // namespace kith::community
