#pragma once
#include "storage/model/domain.hpp"

#include <string>
#include <string_view>
#include <vector>

// Lists of domain blocks as they travel between admins: Mastodon's CSV, with the names of its columns
// in the first line, or one host a line.
namespace kith::community {

struct DomainList {
    std::vector<model::DomainBlock> blocks;  // each host once; the first line about it counts
    std::vector<std::string> unreadable;     // what is no host, or has no severity that is known
};
DomainList read_domain_list(std::string_view text, TimeMs now);
std::string write_domain_list(const std::vector<model::DomainBlock>&);

// "silence", "suspend", "noop", as Mastodon has them.
std::string_view to_string(model::BlockSeverity);

}  // namespace kith::community
