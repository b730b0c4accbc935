#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "base/core/random.hpp"
#include "config/config.hpp"
#include "config/urls.hpp"
#include "storage/sql/db.hpp"

namespace kith::delivery {

// What the outbox works with. Made once by node/main; outlives all users.
struct Context {
    sql::Db& db;
    const Clock& clock;
    Random& random;
    IdGenerator& ids;
    const Config& config;
    const Urls& urls;
};

}  // namespace kith::delivery
