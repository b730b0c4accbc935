#pragma once
#include "base/core/result.hpp"
#include "config/config.hpp"

#include <ostream>

namespace kith {

// What every command of the binary starts from.
struct Context {
    Sources sources;    // where the configuration comes from, --config and --set included
    std::ostream& out;  // results
    std::ostream& err;  // what went wrong

    // The configuration, with its log settings put into force. Errors as load().
    Result<Config> load_config() const;
};

}  // namespace kith
