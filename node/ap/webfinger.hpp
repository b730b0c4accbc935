#pragma once
#include "config/config.hpp"
#include "config/urls.hpp"
#include "storage/model/actor.hpp"

#include <optional>
#include <string>
#include <string_view>

// WebFinger and host-meta as a server (RFC 7033, RFC 6415): texts and readings, pure.
namespace kith::ap {

// Whom a `resource` asks for: a local name, or the node's own Application actor (FEP-d556).
struct Resource {
    std::string name;
    bool instance = false;
};

// acct:name@host with server.host or server.account_domain, acct:host@host, the ids and pages of people
// and groups, /actor, and the bare origin. Nothing for what is not of this node.
std::optional<Resource> read_resource(std::string_view resource, const Urls&, const Config&);

// The JSON Resource Descriptor of a local actor.
std::string descriptor_of(const model::Actor&, const Config&);

std::string host_meta_document(std::string_view base_url);

}  // namespace kith::ap
