#pragma once
#include "config/config.hpp"

#include <cstdint>
#include <string>
#include <string_view>

// NodeInfo (nodeinfo.diaspora.software; FEP-f1d5, FEP-0151): texts from figures, pure.
namespace kith::ap {

// What is counted, never estimated: a false figure must not be published.
struct Usage {
    std::int64_t users = 0, active_month = 0, active_half_year = 0, local_posts = 0;
};

enum class NodeInfoVersion { v2_0, v2_1 };

std::string nodeinfo_document(NodeInfoVersion, std::string_view program_version, const Config&, const Usage&);

// /.well-known/nodeinfo: where the documents are, and the instance actor (FEP-2677).
std::string nodeinfo_index(std::string_view base_url, std::string_view instance_actor);

}  // namespace kith::ap
