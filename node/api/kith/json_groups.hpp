#pragma once
#include "base/json/writer.hpp"
#include "node/api/kith/json.hpp"
#include "node/api/kith/routes.hpp"
#include "node/community/group_moderation.hpp"

#include <optional>
#include <string_view>

// Entities about groups (docs/api-notes.md).
namespace kith::own_api {

// {id, acct, url}; of nobody null.
void write_actor(json::Writer&, const ApiContext&, const std::optional<model::Actor>&);
void write_actor(json::Writer&, const ApiContext&, std::string_view name, const std::optional<model::Actor>&);
void write_act(json::Writer&, const ApiContext&, const community::GroupActView&);

}  // namespace kith::own_api
