#pragma once
#include "node/community/inbound/handlers.hpp"

namespace kith::community {

// Whether an error of a fetch may pass by itself: then the activity is tried again later.
bool passes_later(const Error&);

// Fetches an actor that is not known here into plan.actors. False where it cannot be had; an error
// only where it may be had later.
Result<bool> fetch_author(Context&, const std::string& ap_id, inbox::Fetcher&, DeedPlan&);

}  // namespace kith::community
