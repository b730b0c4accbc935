#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"

#include <optional>
#include <string>
#include <string_view>

// Accounts that move (FEP-7628): from elsewhere with their followers here, from here, and the aliases
// by which an account here says that it is a moved one's new home.
namespace kith::community {

inline constexpr std::string_view move_job = "move";

// Marks the account as moved and leaves the rest to a job. Both ends are stored, and the target was
// found to name the account.
Result<> begin_move(sql::Tx&, const Context&, const model::Actor& old, const model::Actor& target,
                    const std::string& ap_id);
// The next piece: some followers here follow the new account in place of the old one. Gives the
// payload of the piece after it, or nothing when all have moved. May run again at any time.
Result<std::optional<std::string>> continue_move(Context&, const std::string& payload);

// `kith user move`: an account here moves to one that is known here, from its origin of now, and
// names it. Followers here go along, those elsewhere are told by a Move. Code::unprocessable where
// the target does not name the account, has moved itself or is this one; Code::rate_limited within
// limits::move_cooldown_ms of the last one.
Result<model::Actor> move_away(Context&, std::string_view name,
                               std::string_view target_ap_id);
// Code::forbidden for an account that has moved: it writes and follows no more.
Result<> refuse_moved(const model::Actor&);

bool names_alias(const model::Actor&, std::string_view ap_id);
// Where an account went, if that one is known here and says so too.
std::optional<model::Actor> moved_target(const Context&, const model::Actor&);

// `kith user alias`: whether an account here says that it is that one's other name. `other`:
// name@host as far as it is known here, or its id.
Result<> set_alias(Context&, std::string_view name, std::string_view other, bool present);

}  // namespace kith::community
