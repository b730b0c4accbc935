#include "node/main/context.hpp"

namespace kith {

Result<Config> Context::load_config() const {
    Config config = TRY(load(sources));
    log::configure(config.log.level, config.log.format);
    return config;
}

}  // namespace kith
