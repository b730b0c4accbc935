#pragma once
#include "node/community/context.hpp"
#include "storage/model/domain.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the operator says about other hosts. Every change takes effect in its own transaction: marks of
// the hosts' actors agree with it, and follows that a suspension ends are ended by a job.
namespace kith::community {

// Says this about the host from now on, in place of what was said, and as set by hand.
Result<model::DomainBlock> block_domain(Context&, model::DomainBlock);
// Code::not_found where nothing is said about it. Of a host that a list names a word stays that keeps
// the list from blocking it again.
Result<> unblock_domain(Context&, const std::string& host);

// With federation.allow_list. Code::conflict where it is allowed, Code::not_found where it is not.
Result<model::DomainAllow> allow_domain(Context&, const std::string& host);
Result<> disallow_domain(Context&, const std::string& host);

// At the start: what the configuration says about allowed hosts holds from now on.
Result<> follow_configured_domains(Context&);

// In a transaction that changed blocks or allowed hosts. `cause` names what members lost follows by.
Result<> settle_domains(sql::Tx&, const Context&, const std::string& cause);

// As it is published: with stars in the middle where the operator wants it so.
std::string published_name(const model::DomainBlock&);

}  // namespace kith::community
