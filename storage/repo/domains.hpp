#pragma once
#include "base/core/result.hpp"
#include "storage/model/domain.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What is said about other hosts: blocks, allowed hosts, lists that blocks come from. What follows
// from it for one host is told by domain_rules.hpp. Hosts are normalised (base/text/host.hpp).
namespace kith::repo {

// By host; a block that is there gets these words, and keeps its id and time.
Result<> put_domain_block(sql::Tx&, const model::DomainBlock&);
Result<bool> remove_domain_block(sql::Tx&, std::string_view host);
Result<std::optional<model::DomainBlock>> find_domain_block(sql::Tx&, std::string_view host);
Result<std::optional<model::DomainBlock>> find_domain_block_by_id(sql::Tx&, Id);
Result<std::vector<model::DomainBlock>> domain_blocks(sql::Tx&);  // by host

Result<bool> add_domain_allow(sql::Tx&, const model::DomainAllow&);  // false where it is there
Result<bool> remove_domain_allow(sql::Tx&, std::string_view host);
Result<std::vector<model::DomainAllow>> domain_allows(sql::Tx&);  // by host

// Whether only allowed hosts are spoken with: the configuration's word, kept here for statements.
Result<bool> only_allowed_hosts(sql::Tx&);
Result<> set_only_allowed_hosts(sql::Tx&, bool);

// How many follows, either way, there are with a host itself.
Result<std::int64_t> follows_with_host(sql::Tx&, std::string_view host);

Result<bool> add_blocklist(sql::Tx&, const model::Blocklist&);  // false where its URL is there
Result<bool> remove_blocklist(sql::Tx&, Id);                    // with its entries
Result<> save_blocklist(sql::Tx&, const model::Blocklist&);     // times and error
Result<std::vector<model::Blocklist>> blocklists(sql::Tx&);     // by URL
// What a list said at `seen_at`; then what it does not say any more is dropped.
Result<> put_blocklist_entry(sql::Tx&, Id list, const model::DomainBlock&, TimeMs seen_at);
Result<> drop_blocklist_entries(sql::Tx&, Id list, TimeMs seen_before);
// What all lists say now, by host, then list; a list that only silences says so of what it suspends.
Result<std::vector<model::DomainBlock>> blocklist_entries(sql::Tx&);

}  // namespace kith::repo
