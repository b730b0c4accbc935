#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "base/core/random.hpp"
#include "config/config.hpp"
#include "config/urls.hpp"
#include "node/community/context.hpp"
#include "storage/sql/db.hpp"

#include <memory>

namespace kith {

enum class OpenMode {
    serve,    // migrates, freezes the host at the first start
    command,  // the same for a command that runs without a node
};

// What the node and the commands beside it work on: clock, chance, ids, the open and migrated
// database. Made in one piece, because its parts point at each other.
class Store {
public:
    // Opens the database of the configuration under its lock file, so that only one process writes
    // a SQLite file. Code::conflict where another process holds it, where a newer kith wrote it, or
    // where server.host, scheme or account_domain are not those of its first start: peers know its
    // ids by them.
    static Result<std::unique_ptr<Store>> open(Config);
    ~Store();

    const Config config;
    Urls urls;
    const std::unique_ptr<Clock> clock;
    SystemRandom random;
    IdGenerator ids;
    std::unique_ptr<sql::Db> db;
    std::unique_ptr<community::Context> context;  // over all of these

private:
    explicit Store(Config, int lock);
    Result<> freeze_names();
    Result<std::string> remote_file_key();
    const int lock_;
};

}  // namespace kith
