#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string_view>
#include <vector>

// Local accounts and the sessions of their browsers.
namespace kith::repo {

Result<> insert_user(sql::Tx&, const model::User&,
                     std::string_view email_folded);  // Code::conflict
Result<std::optional<model::User>> find_user(sql::Tx&, Id);
Result<std::optional<model::User>> find_user_by_actor(sql::Tx&, Id actor);
Result<std::optional<model::User>> find_user_by_email(sql::Tx&, std::string_view email_folded);
Result<> update_user(sql::Tx&,
                     const model::User&);  // all but id, actor, email, created_at, last_seen_at
Result<> set_last_seen(sql::Tx&, Id user, TimeMs);
Result<std::int64_t> count_users(sql::Tx&, std::optional<TimeMs> seen_since);
Result<std::vector<model::Actor>> admin_actors(sql::Tx&);  // whose accounts are in use, the oldest first
Result<std::optional<Id>> first_admin_actor(sql::Tx&);  // who `contact` names

Result<> insert_session(sql::Tx&, const model::Session&);
Result<std::optional<model::Session>> find_session(sql::Tx&, std::string_view token_hash,
                                                   TimeMs now);
Result<> touch_session(sql::Tx&, Id, TimeMs used_at, TimeMs expires_at);
Result<> delete_session(sql::Tx&, Id);
Result<> delete_sessions_of(sql::Tx&, Id user);

Result<std::optional<std::string>> setting(sql::Tx&, std::string_view name);
Result<> put_setting(sql::Tx&, std::string_view name, std::string_view value);

}  // namespace kith::repo
