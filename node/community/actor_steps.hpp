#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"

#include <string_view>

namespace kith::community {

// Code::unprocessable unless [A-Za-z0-9_]{1,30} (limits::username_characters_max).
Result<> check_new_name(std::string_view name);

// Code::unprocessable below limits::password_characters_min.
Result<> check_new_password(std::string_view password);

// A local actor with every URL it will ever have; not stored yet.
model::Actor new_local_actor(const Context&, model::ActorKind, std::string_view name);

// Makes pairs of keys until the pool has so many of each kind. Before a transaction that stores an
// actor: an RSA key takes longer to make than a hundred commits.
Result<> stock_key_pool(Context&, std::int64_t at_least);

// Stores it with an RSA and an Ed25519 key, from the pool where it has some. Code::unprocessable
// where the name is in use or once was: a name is never given again.
Result<> store_local_actor(sql::Tx&, const Context&, const model::Actor&);

}  // namespace kith::community
