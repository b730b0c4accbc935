#pragma once
#include "federation/client/transport.hpp"
#include "node/community/blocklists.hpp"
#include "node/main/admin.hpp"

namespace kith {

Result<std::string> domain_block(community::Context&, const AdminRequest&);
Result<std::string> domain_unblock(community::Context&, const AdminRequest&);
Result<std::string> domain_list(community::Context&, const AdminRequest&);
Result<std::string> domain_allow(community::Context&, const AdminRequest&);
Result<std::string> domain_disallow(community::Context&, const AdminRequest&);

// kith domain export: the blocks as Mastodon's CSV. kith domain import FILE [--preview]: adds what a
// list of that form holds; what an operator set by hand stays.
Result<std::string> domain_export(community::Context&, const AdminRequest&);
Result<std::string> domain_import(community::Context&, const AdminRequest&);

// kith domain subscribe URL [--preview] [--silence-only]: only the running node can fetch.
inline constexpr std::string_view subscribe_command = "domain subscribe";
Result<std::string> domain_subscribe(community::Context&, const AdminRequest&, const community::FetchList&);
Result<std::string> subscribe_without_node(community::Context&, const AdminRequest&);
Result<std::string> domain_unsubscribe(community::Context&, const AdminRequest&);
Result<std::string> domain_subscriptions(community::Context&, const AdminRequest&);

// Gets lists of blocks by the one way out.
community::FetchList list_fetcher(client::Transport&);

}  // namespace kith
