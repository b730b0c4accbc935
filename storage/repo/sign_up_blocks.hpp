#pragma once
#include "base/core/result.hpp"
#include "storage/model/sign_up.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string_view>
#include <vector>

// Who may not sign up: domains of addresses, networks, mailboxes. Each page newest first.
namespace kith::repo {

Result<bool> add_email_domain_block(sql::Tx&, const model::EmailDomainBlock&);  // false where it is there
Result<bool> delete_email_domain_block(sql::Tx&, Id);
Result<std::optional<model::EmailDomainBlock>> find_email_domain_block(sql::Tx&, Id);
Result<std::optional<model::EmailDomainBlock>> email_domain_block_of(sql::Tx&, std::string_view domain);  // exactly
Result<std::vector<model::EmailDomainBlock>> email_domain_blocks_page(sql::Tx&, const Window&);

Result<bool> add_ip_block(sql::Tx&, const model::IpBlock&);
Result<bool> update_ip_block(sql::Tx&, const model::IpBlock&);  // false where another has the network
Result<bool> delete_ip_block(sql::Tx&, Id);
Result<std::optional<model::IpBlock>> find_ip_block(sql::Tx&, Id);
Result<std::vector<model::IpBlock>> ip_blocks_page(sql::Tx&, const Window&);
Result<std::vector<model::IpBlock>> ip_blocks_now(sql::Tx&, TimeMs now);

Result<bool> add_canonical_email_block(sql::Tx&, const model::CanonicalEmailBlock&);
Result<bool> delete_canonical_email_block(sql::Tx&, Id);
Result<std::optional<model::CanonicalEmailBlock>> find_canonical_email_block(sql::Tx&, Id);
Result<std::optional<model::CanonicalEmailBlock>> canonical_email_block_of(sql::Tx&, std::string_view hash);
Result<std::vector<model::CanonicalEmailBlock>> canonical_email_blocks_page(sql::Tx&, const Window&);

}  // namespace kith::repo
