#pragma once
#include "federation/delivery/context.hpp"

namespace kith::community {

// What every service of the domain works with is what the outbox works with: made once by node/main, it outlives all users.
using delivery::Context;

}  // namespace kith::community
