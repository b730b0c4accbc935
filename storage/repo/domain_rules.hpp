#pragma once
#include "base/core/result.hpp"
#include "storage/model/domain.hpp"
#include "storage/sql/db.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith::repo {

// What holds for a host, from all that is said about it and the domains above it: a block holds for
// the host, every port of it and everything below it; where several speak, the strictest does. Where
// only allowed hosts are spoken with, every other one is suspended; an allowed host is allowed as it
// is written, without what is below it.
class DomainRules {
public:
    static Result<DomainRules> all(sql::Tx&);
    // Enough to judge these hosts ("example.org", "example.org:8443").
    static Result<DomainRules> about(sql::Tx&, std::span<const std::string> hosts);

    model::DomainPolicy of(std::string_view host) const;
    bool empty() const { return blocks_.empty() && !allowed_; }

private:
    std::map<std::string, model::DomainBlock, std::less<>> blocks_;
    std::optional<std::set<std::string, std::less<>>> allowed_;  // nothing: everybody is
};

Result<model::DomainPolicy> domain_policy(sql::Tx&, const std::string& host);

}  // namespace kith::repo
