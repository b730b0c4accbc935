#pragma once
#include "config/address.hpp"
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "storage/model/sign_up.hpp"

#include <string>
#include <string_view>
#include <vector>

// Who may not sign up: domains of addresses, networks, mailboxes. Code::not_found for what is not there,
// Code::unprocessable for what is none, or there already.
namespace kith::community {

Result<model::EmailDomainBlock> block_email_domain(Context&, std::string_view domain, bool with_approval);
Result<> unblock_email_domain(Context&, Id);
Result<model::EmailDomainBlock> email_domain_block(Context&, Id);
Result<Page<model::EmailDomainBlock>> email_domain_blocks(Context&, const PageRequest&);

struct IpBlockChange {
    std::optional<std::string> network, comment;
    std::optional<model::IpSeverity> severity;
    std::optional<std::int64_t> expires_in_s;  // 0: never
};
Result<model::IpBlock> block_ip(Context&, const IpBlockChange&);
Result<model::IpBlock> change_ip_block(Context&, Id, const IpBlockChange&);
Result<> unblock_ip(Context&, Id);
Result<model::IpBlock> ip_block(Context&, Id);
Result<Page<model::IpBlock>> ip_blocks(Context&, const PageRequest&);
// Those that hold now.
Result<std::vector<model::IpBlock>> ip_blocks_now(Context&);

// The mailbox of an address: without its case, its dots and what follows a plus, as a hash.
std::string canonical_email_hash(std::string_view email);
// By its hash; "" is none.
Result<model::CanonicalEmailBlock> block_canonical_email(Context&, std::string_view hash);
Result<> unblock_canonical_email(Context&, Id);
Result<model::CanonicalEmailBlock> canonical_email_block(Context&, Id);
Result<std::vector<model::CanonicalEmailBlock>> canonical_email_blocks_for(Context&, std::string_view email);
Result<Page<model::CanonicalEmailBlock>> canonical_email_blocks(Context&, const PageRequest&);

// What holds for somebody who signs up from there with this address.
struct SignUpBlocks {
    bool refused = false;        // not from this network
    bool email_blocked = false;
    bool needs_approval = false;
};
Result<SignUpBlocks> sign_up_blocks(Context&, const IpAddress&, std::string_view email);

}  // namespace kith::community
