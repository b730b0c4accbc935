#include "base/core/thread.hpp"
#include "config/limits/storage.hpp"
#include "tests/contract/storage/engines.hpp"

#include <atomic>
#include <future>
#include <latch>
#include <stdexcept>
#include <vector>

using namespace kith;
using namespace kith::test;

BOOST_AUTO_TEST_SUITE(sql_transactions)

namespace {

void make_counters(sql::Db& db) {
    create(db, {"CREATE TABLE counter (id BIGINT PRIMARY KEY, x BIGINT NOT NULL)"});
    execute(db, "INSERT INTO counter (id, x) VALUES (1, 0), (2, 0)");
}

Result<> add(sql::Tx& tx, int id, int by) {
    TRY(tx.execute("UPDATE counter SET x = x + $2 WHERE id = $1", {id, by}));
    return {};
}

// Holds every writer thread inside a closure until released, so that what is submitted meanwhile
// waits.
class BlockedWriters {
public:
    BlockedWriters(sql::Db& db, int count) : release_(released_.get_future().share()) {
        for (int i = 0; i < count; ++i)
            blocked_.push_back(db.write_later([release = release_](sql::Tx&) -> Result<> {
                release.wait();
                return {};
            }));
    }
    void release() {
        released_.set_value();
        for (auto& each : blocked_) must(each.get());
    }

private:
    std::promise<void> released_;
    std::shared_future<void> release_;
    std::vector<std::future<Result<>>> blocked_;
};

int writer_count(const EngineFixture& engine) {
    return engine.is_sqlite() ? 1 : engine.settings().writers;
}

}  // namespace

KITH_STORAGE_TEST(eight_threads_lose_no_increment) {
    make_counters(db);
    constexpr int threads_count = 8, increments = 200;
    std::atomic<int> failures{0};
    {
        std::vector<Thread> threads;
        for (int t = 0; t < threads_count; ++t)
            threads.emplace_back("increment", [&] {
                for (int i = 0; i < increments; ++i)
                    if (!db.write([](sql::Tx& tx) { return add(tx, 1, 1); })) ++failures;
            });
    }
    BOOST_TEST(failures == 0);
    BOOST_TEST(query_integer(db, "SELECT x FROM counter WHERE id = 1") ==
               threads_count * increments);
}

KITH_STORAGE_TEST(a_failing_closure_takes_nothing_from_its_neighbours) {
    make_counters(db);
    BlockedWriters blocked(db, writer_count(engine));
    std::vector<std::future<Result<int>>> results;
    for (int i = 0; i < 12; ++i)
        results.push_back(db.write_later([i](sql::Tx& tx) -> Result<int> {
            TRY(add(tx, 1, 1));
            if (i == 2) return fail(Code::forbidden, "not this one", "seen by the caller");
            if (i == 5) throw std::runtime_error("thrown");
            if (i == 7) TRY(tx.execute("INSERT INTO counter (id, x) VALUES (2, 0)"));
            if (i == 9) throw 9;
            return i;
        }));
    blocked.release();
    for (int i = 0; i < 12; ++i) {
        auto result = results[i].get();
        BOOST_TEST_CONTEXT("closure " << i) {
            if (i == 2)
                BOOST_TEST(must_fail(result) == Code::forbidden);
            else if (i == 5 || i == 9)
                BOOST_TEST(must_fail(result) == Code::internal);
            else if (i == 7)
                BOOST_TEST(must_fail(result) == Code::conflict);
            else
                BOOST_TEST(must(std::move(result)) == i);
            if (i == 2) BOOST_TEST(result.error().detail == "seen by the caller");
        }
    }
    BOOST_TEST(query_integer(db, "SELECT x FROM counter WHERE id = 1") == 8);
}

KITH_STORAGE_TEST(news_is_told_once_for_each_commit_that_has_some) {
    make_counters(db);
    std::atomic<int> heard{0};
    db.on_news([&] { ++heard; });
    const auto write = [&](bool news, bool well) {
        return db.write([=](sql::Tx& tx) -> Result<> {
            if (news) tx.mark_news();
            TRY(add(tx, 1, 1));
            if (news) tx.mark_news();
            if (!well) return fail(Code::invalid, "taken back");
            return {};
        });
    };
    must(write(false, true));
    must_fail(write(true, false));
    BOOST_TEST(heard == 0);
    must(write(true, true));
    BOOST_TEST(heard == 1);
    db.on_news({});
    must(write(true, true));
    BOOST_TEST(heard == 1);
}

KITH_STORAGE_TEST(an_ignored_failure_still_fails_the_transaction) {
    make_counters(db);
    auto result = db.write([](sql::Tx& tx) -> Result<int> {
        TRY(add(tx, 1, 1));
        (void)tx.execute("INSERT INTO counter (id, x) VALUES (1, 0)");
        if (tx.query("SELECT 1")) return fail(Code::invalid, "went on after a failure");
        return 1;
    });
    BOOST_TEST(must_fail(result) == Code::conflict);
    BOOST_TEST(query_integer(db, "SELECT x FROM counter WHERE id = 1") == 0);
    must(db.write([](sql::Tx& tx) { return add(tx, 1, 1); }));
}

KITH_STORAGE_TEST(readers_see_whole_commits_only) {
    make_counters(db);
    std::atomic<bool> stop{false};
    std::atomic<int> odd_reads{0}, reads{0};
    {
        std::vector<Thread> readers;
        for (int t = 0; t < 3; ++t)
            readers.emplace_back("reader", [&] {
                while (!stop) {
                    // Two statements: both must see the same moment.
                    auto sum = db.read([](sql::Tx& tx) -> Result<std::int64_t> {
                        auto one =
                            TRY(tx.query("SELECT x FROM counter WHERE id = 1"))[0].integer(0);
                        return one +
                               TRY(tx.query("SELECT x FROM counter WHERE id = 2"))[0].integer(0);
                    });
                    ++reads;
                    if (!sum || *sum != 0) ++odd_reads;
                }
            });
        for (int i = 0; i < 300; ++i) {
            auto result = db.write([i](sql::Tx& tx) -> Result<> {
                TRY(add(tx, 1, i));
                TRY(add(tx, 2, i % 3 == 0 ? i : -i));  // wrong, but rolled back
                if (i % 3 == 0) return fail(Code::forbidden, "not this one");
                return {};
            });
            BOOST_TEST(result.has_value() == (i % 3 != 0));
        }
        stop = true;
    }
    BOOST_TEST(odd_reads == 0);
    BOOST_TEST(reads >= 10);
}

KITH_SHARED_STORAGE_TEST(a_result_is_given_after_its_commit) {
    make_counters(db);
    const auto other = engine.open_another();
    for (int i = 1; i <= 50; ++i) {
        must(db.write([](sql::Tx& tx) { return add(tx, 1, 1); }));
        BOOST_TEST(query_integer(*other, "SELECT x FROM counter WHERE id = 1") == i);
    }
}

KITH_SHARED_STORAGE_TEST(a_reader_does_not_wait_for_the_writer) {
    make_counters(db);
    std::promise<void> written;
    std::promise<void> read;
    auto seen = read.get_future().share();
    auto result = db.write_later([&written, seen](sql::Tx& tx) -> Result<> {
        TRY(add(tx, 1, 5));
        written.set_value();
        seen.wait();
        return {};
    });
    written.get_future().wait();
    const auto x = query_integer(db, "SELECT x FROM counter WHERE id = 1");
    read.set_value();
    must(result.get());
    BOOST_TEST(x == 0);
    BOOST_TEST(query_integer(db, "SELECT x FROM counter WHERE id = 1") == 5);
}

KITH_STORAGE_TEST(a_transaction_inside_a_transaction_is_refused) {
    make_counters(db);
    must(db.write([&](sql::Tx& tx) -> Result<> {
        TRY(add(tx, 1, 1));
        auto inner_write = db.write([](sql::Tx& inner) { return add(inner, 2, 1); });
        auto inner_read = db.read([](sql::Tx& inner) { return inner.query("SELECT 1"); });
        if (inner_write || inner_read) return fail(Code::internal, "was let in");
        return {};
    }));
    auto in_read = db.read([&](sql::Tx&) -> Result<Code> {
        return must_fail(db.write([](sql::Tx& inner) { return add(inner, 2, 1); }));
    });
    BOOST_TEST(must(std::move(in_read)) == Code::internal);
    BOOST_TEST(query_integer(db, "SELECT x FROM counter WHERE id = 2") == 0);
}

KITH_STORAGE_TEST(too_many_waiting_writes_are_refused) {
    const int writers = writer_count(engine);
    BlockedWriters blocked(db, writers);
    std::vector<std::future<Result<int>>> results;
    const auto count = limits::sql_writes_waiting_max + std::size_t(writers) + 10;
    for (std::size_t i = 0; i < count; ++i)
        results.push_back(db.write_later([](sql::Tx&) -> Result<int> { return 1; }));
    blocked.release();
    std::size_t done = 0, refused = 0;
    for (auto& each : results) {
        auto result = each.get();
        if (result)
            ++done;
        else if (result.error().code == Code::unavailable)
            ++refused;
    }
    BOOST_TEST(done + refused == count);
    BOOST_TEST(done <= limits::sql_writes_waiting_max);
    BOOST_TEST(refused >= 10u);
    BOOST_TEST(must(db.write([](sql::Tx&) -> Result<int> { return 2; })) == 2);
}

KITH_SHARED_STORAGE_TEST(closing_finishes_what_was_submitted) {
    make_counters(db);
    std::vector<std::future<Result<>>> results;
    for (int i = 0; i < 100; ++i)
        results.push_back(db.write_later([](sql::Tx& tx) { return add(tx, 1, 1); }));
    auto& reopened = engine.reopen();
    for (auto& each : results) must(each.get());
    BOOST_TEST(query_integer(reopened, "SELECT x FROM counter WHERE id = 1") == 100);
}

BOOST_AUTO_TEST_CASE(sqlite_keeps_the_order_of_writes) {
    EngineFixture engine(EngineKind::sqlite_file);
    auto& db = engine.db();
    make_counters(db);
    std::vector<std::future<Result<std::int64_t>>> results;
    for (int i = 1; i <= 200; ++i)
        results.push_back(db.write_later([](sql::Tx& tx) -> Result<std::int64_t> {
            auto rows = TRY(tx.query("UPDATE counter SET x = x + 1 WHERE id = 1 RETURNING x"));
            return rows[0].integer(0);
        }));
    for (int i = 1; i <= 200; ++i) BOOST_TEST(must(results[i - 1].get()) == i);
}

// Each takes its own row and then waits until the other has: a deadlock, which PostgreSQL ends by
// failing one of the two.
BOOST_AUTO_TEST_CASE(postgres_repeats_a_closure_after_a_deadlock) {
    EngineFixture engine(EngineKind::postgres);
    auto& db = engine.db();
    make_counters(db);
    std::latch both_hold_a_row(2);
    std::atomic<int> runs{0};
    auto cross = [&](int first, int second) {
        return db.write_later([&, first, second, met = false](sql::Tx& tx) mutable -> Result<> {
            ++runs;
            TRY(add(tx, first, 1));
            if (!std::exchange(met, true)) both_hold_a_row.arrive_and_wait();
            return add(tx, second, 1);
        });
    };
    auto one = cross(1, 2);
    auto two = cross(2, 1);
    must(one.get());
    must(two.get());
    BOOST_TEST(runs == 3);
    BOOST_TEST(query_integer(db, "SELECT x FROM counter WHERE id = 1") == 2);
    BOOST_TEST(query_integer(db, "SELECT x FROM counter WHERE id = 2") == 2);
}

BOOST_AUTO_TEST_SUITE_END()
