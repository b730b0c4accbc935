#include "node/main/store.hpp"

#include "config/limits/main.hpp"
#include "node/community/accounts.hpp"
#include "node/community/domains.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/schema/schema.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace kith {

namespace {

constexpr std::string_view remote_file_setting = "media.remote_file_key";
constexpr std::size_t remote_file_key_bytes = 32;

bool is_sqlite_file(const Config& config) {
    return config.database.url.starts_with("sqlite:") && config.database.url != "sqlite::memory:";
}

// -1 where there is nothing to lock: PostgreSQL takes several processes.
Result<int> take_lock(const Config& config) {
    if (!is_sqlite_file(config)) return -1;
    std::error_code ignored;
    std::filesystem::create_directories(config.data_directory(), ignored);
    auto path = config.database.url.substr(std::string_view("sqlite:").size()) + ".lock";
    int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail(Code::unavailable, "cannot open the lock file " + path, std::strerror(errno));
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        ::close(fd);
        return fail(Code::conflict, "another kith process has this database open", path);
    }
    return fd;
}

}  // namespace

Store::Store(Config from, int lock)
    : config(std::move(from)),
      urls(config.base_url(), config.server.host),
      clock(make_process_clock()),
      ids(*clock, 0),
      lock_(lock) {}

Store::~Store() {
    context.reset();
    db.reset();
    if (lock_ >= 0) ::close(lock_);
}

Result<std::unique_ptr<Store>> Store::open(Config config) {
    auto lock = TRY(take_lock(config));
    auto store = std::unique_ptr<Store>(new Store(std::move(config), lock));
    sql::Settings settings;
    settings.url = store->config.database.url;
    settings.readers = int(store->config.database.readers);
    settings.group_commit_max = limits::group_commit_closures_max;
    store->db = TRY(sql::Db::open(settings));
    TRY(sql::migrate(*store->db, repo::schema(), store->clock->now_ms()));
    store->context = std::make_unique<community::Context>(community::Context{
        *store->db, *store->clock, store->random, store->ids, store->config, store->urls});
    TRY(store->freeze_names());
    if (store->config.media.proxy_remote) store->urls.pass_remote_files(TRY(store->remote_file_key()));
    TRY(community::instance_actor(*store->context));
    TRY(community::follow_configured_domains(*store->context));
    return store;
}

// Made at the first start, and kept: clients keep the URLs that are signed by it.
Result<std::string> Store::remote_file_key() {
    return db->write([this](sql::Tx& tx) -> Result<std::string> {
        if (auto kept = TRY(repo::setting(tx, remote_file_setting))) return std::move(*kept);
        auto made = random.token(remote_file_key_bytes);
        TRY(repo::put_setting(tx, remote_file_setting, made));
        return made;
    });
}

Result<> Store::freeze_names() {
    const std::pair<std::string, std::string> names[] = {
        {"server.host", config.server.host},
        {"server.scheme", std::string(to_string(config.server.scheme))},
        {"server.account_domain", config.server.account_domain}};
    for (const auto& [name, value] : names) {
        auto frozen = TRY(db->read([&](sql::Tx& tx) { return repo::setting(tx, name); }));
        if (!frozen) {
            TRY(db->write([&](sql::Tx& tx) { return repo::put_setting(tx, name, value); }));
        } else if (*frozen != value) {
            return fail(Code::conflict,
                        name + " is \"" + value + "\", but this database was started with \"" +
                            *frozen + "\": peers know everybody here by it, so it cannot change");
        }
    }
    return {};
}

}  // namespace kith
