#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/sign_up.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string_view>
#include <vector>

// Accounts that people made for themselves, and invites.
namespace kith::repo {

Result<> insert_sign_up(sql::Tx&, const model::SignUp&);
Result<> update_sign_up(sql::Tx&, const model::SignUp&);  // what is confirmed, decided and mailed
Result<std::optional<model::SignUp>> find_sign_up(sql::Tx&, Id user);
Result<std::optional<model::SignUp>> find_sign_up_of_actor(sql::Tx&, Id actor);
Result<std::optional<model::SignUp>> find_sign_up_by_confirmation(sql::Tx&, std::string_view hash);
// Newest first: of whom something was asked, or only those about whom nothing was said yet.
Result<std::vector<model::SignUp>> applications_page(sql::Tx&, bool undecided_only, const Window&);
Result<std::int64_t> count_undecided(sql::Tx&);
// An account that was never let in is forgotten, its name too.
Result<> forget_sign_up(sql::Tx&, const model::SignUp&);

Result<> insert_invite(sql::Tx&, const model::Invite&);
Result<bool> delete_invite(sql::Tx&, Id);
Result<bool> delete_invite_of(sql::Tx&, Id maker, std::string_view code_hash);
Result<std::vector<model::Invite>> invites(sql::Tx&);
Result<std::vector<model::Invite>> invites_of_page(sql::Tx&, Id maker, const Window&);  // newest first
Result<std::int64_t> count_invites_of(sql::Tx&, Id maker, TimeMs now);                  // that can still be used
// One use of it; nothing where it is used up, over, or none.
Result<std::optional<Id>> use_invite(sql::Tx&, std::string_view code_hash, TimeMs now);

// What moderators look for among accounts, local and remote ones.
struct AccountQuery {
    std::optional<bool> local;
    enum class Status { any, active, pending, disabled, silenced, suspended } status = Status::any;
    bool staff = false;
    std::string username, host, email, ip;  // beginnings; the last two of local ones
};
struct AccountRow {
    model::Actor actor;
    std::optional<model::User> user;
    std::optional<model::SignUp> sign_up;
    bool silenced = false;
};
// Groups are not among them. Newest first.
Result<std::vector<AccountRow>> accounts_page(sql::Tx&, const AccountQuery&, const Window&);

}  // namespace kith::repo
