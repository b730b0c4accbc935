#pragma once
#include <string>

namespace kith::http {

// The front's own answer to what never reaches a handler: JSON, readable across origins, and the
// connection ends with it. `status` is one of 400, 408, 413, 414, 415, 417, 431, 501, 503, 505.
std::string refusal(int status);

}  // namespace kith::http
