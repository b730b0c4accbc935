#pragma once
#include "node/community/context.hpp"
#include "storage/model/event.hpp"

namespace kith::community {

// Appends an event in the transaction of the change it tells of; draws its id and time.
Result<> emit(sql::Tx&, const Context&, model::Event);

}  // namespace kith::community
