#include "base/core/thread.hpp"
#include "tests/contract/storage/engines.hpp"
#include "tests/contract/storage/postgres_cluster.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <vector>

using namespace kith;
using namespace kith::test;

BOOST_AUTO_TEST_SUITE(sql_durability)

namespace {

void make_table(sql::Db& db) { create(db, {"CREATE TABLE t (id BIGINT PRIMARY KEY)"}); }

Result<std::int64_t> insert(sql::Db& db, std::int64_t id) {
    return db.write(
        [=](sql::Tx& tx) { return tx.execute("INSERT INTO t (id) VALUES ($1)", {id}); });
}

std::set<std::int64_t> stored(sql::Db& db) {
    std::set<std::int64_t> ids;
    for (const auto& row : query(db, "SELECT id FROM t")) ids.insert(row.integer(0));
    return ids;
}

std::size_t count_missing(const std::set<std::int64_t>& ids,
                          const std::vector<std::int64_t>& wanted) {
    return static_cast<std::size_t>(
        std::count_if(wanted.begin(), wanted.end(), [&](auto id) { return !ids.contains(id); }));
}

// Four threads that insert rows, each a new one until it succeeds, and note what was acknowledged.
class InsertingThreads {
public:
    explicit InsertingThreads(sql::Db& db) {
        for (int t = 0; t < 4; ++t)
            threads_.emplace_back("insert", [this, &db, t] {
                for (std::int64_t id = t; !stopped_; id += 4)
                    if (insert(db, id)) note(id);
            });
    }
    ~InsertingThreads() { stop(); }

    void stop() {
        stopped_ = true;
        threads_.clear();
    }
    std::vector<std::int64_t> acknowledged() {
        std::lock_guard lock(mutex_);
        return ids_;
    }
    // Until so many are acknowledged, or a deadline.
    void wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(20), [&] { return ids_.size() >= count; });
    }

private:
    void note(std::int64_t id) {
        std::lock_guard lock(mutex_);
        ids_.push_back(id);
        changed_.notify_all();
    }

    std::atomic<bool> stopped_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::int64_t> ids_;
    std::vector<Thread> threads_;
};

// In a child process: four threads insert rows and tell each id through the pipe once it is
// acknowledged, until somebody kills them.
[[noreturn]] void insert_until_killed(const sql::Settings& settings, int acknowledged) {
    auto db = sql::Db::open(settings);
    if (!db) _exit(1);
    std::vector<Thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back("insert", [&, t] {
            for (std::int64_t id = t;; id += 4)
                if (!insert(**db, id) || ::write(acknowledged, &id, sizeof id) != sizeof id)
                    _exit(1);
        });
    threads.clear();
    _exit(1);
}

}  // namespace

KITH_SHARED_STORAGE_TEST(what_was_acknowledged_survives_kill_9) {
    make_table(db);
    engine.close();  // no threads of ours across the fork
    int ends[2];
    BOOST_REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) insert_until_killed(engine.settings(), ends[1]);
    ::close(ends[1]);
    std::vector<std::int64_t> acknowledged;
    std::int64_t id;
    while (::read(ends[0], &id, sizeof id) == sizeof id) {
        acknowledged.push_back(id);
        if (acknowledged.size() == 200) ::kill(child, SIGKILL);
    }
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    BOOST_TEST(acknowledged.size() >= 200u);
    BOOST_TEST(count_missing(stored(engine.reopen()), acknowledged) == 0u);
}

BOOST_AUTO_TEST_CASE(sqlite_syncs_every_commit) {
    EngineFixture engine(EngineKind::sqlite_file);
    auto setting = [&](std::string text) {
        return must(engine.db().write([&](sql::Tx& tx) { return tx.query(text); }))[0].str(0) +
               std::to_string(
                   must(engine.db().write([&](sql::Tx& tx) { return tx.query(text); }))[0].integer(
                       0));
    };
    BOOST_TEST(setting("PRAGMA journal_mode") == "wal0");
    BOOST_TEST(setting("PRAGMA synchronous") == "2");  // FULL
    BOOST_TEST(setting("PRAGMA foreign_keys") == "1");
}

BOOST_AUTO_TEST_CASE(sqlite_files_are_for_their_owner_only) {
    EngineFixture engine(EngineKind::sqlite_file);
    make_table(engine.db());
    for (const char* name : {"/kith.db", "/kith.db-wal", "/kith.db-shm"}) {
        struct stat status {};
        BOOST_REQUIRE(::stat((engine.folder() + name).c_str(), &status) == 0);
        BOOST_TEST((status.st_mode & 0777) == 0600u);
    }
}

BOOST_AUTO_TEST_CASE(postgres_commits_to_disk_whatever_the_server_says) {
    EngineFixture engine(EngineKind::postgres);
    const auto rows = query(engine.db(), "SHOW synchronous_commit");
    BOOST_TEST(rows[0].text(0) == "on");
}

BOOST_AUTO_TEST_CASE(postgres_may_crash_and_come_back) {
    EngineFixture engine(EngineKind::postgres);
    auto& db = engine.db();
    make_table(db);
    InsertingThreads inserting(db);
    inserting.wait_for(50);
    restart_postgres();
    const auto before = inserting.acknowledged().size();
    inserting.wait_for(before + 50);
    inserting.stop();
    const auto acknowledged = inserting.acknowledged();
    BOOST_TEST(acknowledged.size() >= before + 50);
    BOOST_TEST(count_missing(stored(db), acknowledged) == 0u);
}

BOOST_AUTO_TEST_CASE(the_first_write_and_read_after_a_restart_succeed) {
    EngineFixture engine(EngineKind::postgres);
    auto& db = engine.db();
    make_table(db);
    for (std::int64_t id = 1; id <= 8; ++id)
        must(insert(db, id));  // every writer has its connection
    restart_postgres();
    BOOST_TEST(stored(db).size() == 8u);
    for (std::int64_t id = 9; id <= 16; ++id) must(insert(db, id));
    BOOST_TEST(stored(db).size() == 16u);
}

using BackedUpEngines = std::tuple<SqliteMemory, SqliteFile>;

KITH_STORAGE_TEST_ON(BackedUpEngines, a_backup_is_a_whole_database) {
    make_table(db);
    for (std::int64_t id = 1; id <= 20; ++id) must(insert(db, id));
    const auto path = engine.folder() + "/backup.db";
    std::ofstream(path) << "an older backup";
    must(db.backup_to(path));
    must(insert(db, 21));
    auto copy = must(sql::Db::open({.url = "sqlite:" + path}));
    BOOST_TEST(stored(*copy).size() == 20u);
    must(insert(*copy, 22));
    BOOST_TEST(stored(db).size() == 21u);
    struct stat status {};
    BOOST_REQUIRE(::stat(path.c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0600u);
    BOOST_TEST(!std::filesystem::exists(path + ".part"));
    BOOST_TEST(must_fail(db.backup_to("/no/such/folder/backup.db")) == Code::unavailable);
}

KITH_STORAGE_TEST_ON(BackedUpEngines, a_backup_beside_writes_has_all_that_came_before_it) {
    make_table(db);
    InsertingThreads inserting(db);
    const auto path = engine.folder() + "/backup.db";
    for (int i = 0; i < 5; ++i) {
        const auto acknowledged = inserting.acknowledged();
        must(db.backup_to(path));
        auto copy = must(sql::Db::open({.url = "sqlite:" + path}));
        BOOST_TEST(count_missing(stored(*copy), acknowledged) == 0u);
        inserting.wait_for(acknowledged.size() + 20);
    }
}

BOOST_AUTO_TEST_CASE(postgres_is_backed_up_by_its_own_tools) {
    EngineFixture engine(EngineKind::postgres);
    BOOST_TEST(must_fail(engine.db().backup_to(engine.folder() + "/backup.db")) ==
               Code::unsupported);
}

BOOST_AUTO_TEST_SUITE_END()
