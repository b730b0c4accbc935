#pragma once
#include "base/json/writer.hpp"
#include "node/api/lemmy/api_context.hpp"
#include "storage/model/sign_up.hpp"

#include <optional>
#include <string>

namespace kith::lemmy {

// LocalUser: an account with what its owner set for clients.
void write_local_user(json::Writer&, const ApiContext&, const model::User&, const std::optional<model::SignUp>& = {});
}  // namespace kith::lemmy
