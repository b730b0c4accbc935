#pragma once
#include "base/core/result.hpp"
#include "storage/model/sign_in.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

// Second factors with their recovery codes, and sign-ins that wait for a code.
namespace kith::repo {

Result<std::optional<model::SecondFactor>> find_second_factor(sql::Tx&, Id user);
// In the place of one that was offered before; false, and nothing done, where one is switched on.
Result<bool> offer_second_factor(sql::Tx&, const model::SecondFactor&);
// Switches on what was offered, with the step of the code that showed it. False where something else
// is offered or switched on meanwhile.
Result<bool> enable_second_factor(sql::Tx&, const model::SecondFactor&, std::int64_t step, TimeMs at);
// False where that step or a later one was taken already: this one statement decides.
Result<bool> use_step(sql::Tx&, Id user, std::int64_t step);
Result<bool> delete_second_factor(sql::Tx&, Id user);  // with its recovery codes; whether there was one

Result<> put_recovery_codes(sql::Tx&, Id user, std::span<const std::string> hashes);  // in place of all before
Result<bool> use_recovery_code(sql::Tx&, Id user, std::string_view hash, TimeMs at);  // each once
Result<std::int64_t> recovery_codes_left(sql::Tx&, Id user);

Result<> insert_pending_sign_in(sql::Tx&, const model::PendingSignIn&, TimeMs now);  // and forgets expired ones
Result<std::optional<model::PendingSignIn>> find_pending_sign_in(sql::Tx&, std::string_view token_hash, TimeMs now);
Result<> delete_pending_sign_ins_of(sql::Tx&, Id user);

}  // namespace kith::repo
