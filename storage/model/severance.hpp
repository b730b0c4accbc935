#pragma once
#include "base/core/ids.hpp"

#include <string>

namespace kith::model {

// A suspension of a host ended follows.
struct Severance {
    Id id = 0;
    std::string host;
    TimeMs at = 0;
};

}  // namespace kith::model
