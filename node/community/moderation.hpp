#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "storage/repo/sign_ups.hpp"

#include <optional>

// What moderators do about accounts, local and remote ones.
namespace kith::community {

Result<Page<repo::AccountRow>> moderated_accounts(Context&, const repo::AccountQuery&, const PageRequest&);
Result<repo::AccountRow> moderated_account(Context&, Id actor);  // Code::not_found

enum class AccountAction { none, sensitive, disable, silence, suspend };
// By `moderator`, who cannot do it to themselves, and to another moderator only as an admin
// (Code::forbidden). Code::unprocessable where it does not fit: disabling is for local accounts. With a
// report, that one is resolved.
Result<> act_on_account(Context&, Id moderator, Id actor, AccountAction, std::optional<Id> report);

// The same in a transaction that does more besides.
Result<> take_account_action(sql::Tx&, const Context&, Id moderator, Id actor, AccountAction);
// Whatever suspends or disables it ends, as far as nothing else does (its host is suspended, it waits to be
// let in). The caller has judged who may do that.
Result<> let_account_back(sql::Tx&, const Context&, Id actor);

// The opposite; each leaves the other states as they are.
Result<> enable_account(Context&, Id moderator, Id actor);
Result<> unsilence_account(Context&, Id moderator, Id actor);
Result<> unsensitive_account(Context&, Id moderator, Id actor);
Result<> unsuspend_account(Context&, Id moderator, Id actor);
// What a suspended account has here, for good. Code::unprocessable while it is not suspended.
Result<> delete_account(Context&, Id moderator, Id actor);

}  // namespace kith::community
