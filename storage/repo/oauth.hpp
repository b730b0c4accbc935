#pragma once
#include "base/core/result.hpp"
#include "storage/model/oauth.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

// OAuth applications, codes and tokens. Every secret comes in as its hash.
namespace kith::repo {

Result<> insert_app(sql::Tx&, const model::OAuthApp&);
Result<std::optional<model::OAuthApp>> find_app(sql::Tx&, Id);
Result<std::optional<model::OAuthApp>> find_app_by_client_id(sql::Tx&, std::string_view client_id);
Result<std::vector<model::OAuthApp>> apps_by_ids(sql::Tx&, std::span<const Id>);

Result<> insert_code(sql::Tx&, const model::OAuthCode&);
Result<std::optional<model::OAuthCode>> find_code(sql::Tx&, std::string_view code_hash);
// False where it was used before: single use is decided by this one statement.
Result<bool> use_code(sql::Tx&, std::string_view code_hash, TimeMs at, Id token);
Result<> delete_codes_before(sql::Tx&, TimeMs expired);

Result<> insert_token(sql::Tx&, const model::OAuthToken&);
Result<std::optional<model::OAuthToken>> find_token(
    sql::Tx&, std::string_view token_hash);  // not a revoked one
Result<> touch_token(sql::Tx&, Id, TimeMs);
Result<> revoke_token(sql::Tx&, Id, TimeMs);
Result<> revoke_tokens_of(sql::Tx&, Id user, TimeMs);

}  // namespace kith::repo
