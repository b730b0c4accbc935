#pragma once
#include "base/core/result.hpp"
#include "storage/model/node_act.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

// The open log of what the node's team does, and who is banned by it.
namespace kith::repo {

Result<> add_node_act(sql::Tx&, const model::NodeAct&);
struct NodeActFilter {
    std::optional<Id> moderator_id, target_id;
};
Result<std::vector<model::NodeAct>> node_acts_page(sql::Tx&, const NodeActFilter&, const Window&);  // newest first

Result<> put_person_ban(sql::Tx&, const model::PersonBan&);  // in the place of the one before
Result<bool> remove_person_ban(sql::Tx&, Id actor);
// Those of them who are banned now.
Result<std::vector<model::PersonBan>> person_bans(sql::Tx&, std::span<const Id> actors, TimeMs now);
Result<bool> is_person_banned(sql::Tx&, Id actor, TimeMs now);
// Bans that are over, and wait to be lifted.
Result<std::vector<model::PersonBan>> person_bans_over(sql::Tx&, TimeMs now, int limit);

// Until when a host is blocked; nothing = without an end.
Result<> set_domain_block_end(sql::Tx&, std::string_view host, std::optional<TimeMs> at);
Result<std::optional<TimeMs>> domain_block_end(sql::Tx&, std::string_view host);
Result<std::vector<std::string>> domain_blocks_over(sql::Tx&, TimeMs now, int limit);

}  // namespace kith::repo
