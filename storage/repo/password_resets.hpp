#pragma once
#include "base/core/result.hpp"
#include "storage/model/sign_in.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string_view>

// Links that were mailed to who forgot their password. The token comes in as its hash.
namespace kith::repo {

Result<> put_password_reset(sql::Tx&, const model::PasswordReset&);  // in the place of the one before
Result<std::optional<model::PasswordReset>> find_password_reset(sql::Tx&, Id user);
Result<std::optional<model::PasswordReset>> find_password_reset_by_token(sql::Tx&, std::string_view token_hash,
                                                                         TimeMs now);
// False where it was used before: this one statement decides.
Result<bool> use_password_reset(sql::Tx&, std::string_view token_hash, TimeMs now);
Result<> delete_password_reset(sql::Tx&, Id user);

}  // namespace kith::repo
