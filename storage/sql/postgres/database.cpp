#include "storage/sql/postgres/database.hpp"

#include "base/core/random.hpp"
#include "base/core/thread.hpp"
#include "config/limits/storage.hpp"
#include "storage/sql/pool.hpp"
#include "storage/sql/postgres/connection.hpp"
#include "storage/sql/write_queue.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace kith::sql::postgres {

namespace {

using Closure = std::function<Result<>(Tx&)>;

// How one run of a closure went, and whether another one may and should follow.
struct Attempt {
    Result<> result;
    bool again = false;
};

// Before attempt 2, 3 …: longer each time, and never the same for two that ran into each other.
void wait_before_retry(int attempt) {
    SystemRandom random;
    const int longest_ms = std::min(limits::postgres_retry_delay_ms_max, 5 << std::min(attempt, 8));
    std::this_thread::sleep_for(
        std::chrono::milliseconds(1 + random.below(std::uint64_t(longest_ms))));
}

template <class Try>
Result<> with_retries(Try attempt_once) {
    for (int attempt = 1;; ++attempt) {
        auto attempt_result = attempt_once();
        if (!attempt_result.again || attempt >= limits::postgres_attempts_max)
            return std::move(attempt_result.result);
        wait_before_retry(attempt);
    }
}

// After a failure before the commit: nothing is stored, so a lost server or a race allows another
// run. An error of the closure's own (no statement failed) does not.
Attempt give_up(Connection& connection, const StrictTx& tx, Result<> result) {
    const bool again = connection.lost() || (tx.failure() && connection.failed_by_race());
    if (!connection.lost()) (void)connection.command("ROLLBACK");  // lost() says where it fails
    return {std::move(result), again};
}

Attempt write_once(Connection& connection, const Closure& work, const Db& db) {
    if (auto begun = connection.command("BEGIN"); !begun) return {begun, connection.lost()};
    ConnectionTx tx(connection);
    if (auto result = run_closure(work, tx, db); !result)
        return give_up(connection, tx, std::move(result));
    auto committed = connection.commit();
    if (committed) return {};
    if (connection.lost())
        return {fail(Code::unavailable, "The database is not available",
                     "the server went away during the commit, its outcome is not known: " +
                         committed.error().detail)};
    return {committed, connection.failed_by_race()};
}

Attempt read_once(Connection& connection, const Closure& work, const Db& db) {
    auto begun = connection.command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    if (!begun) return {begun, connection.lost()};
    ConnectionTx tx(connection);
    if (auto result = run_closure(work, tx, db); !result)
        return give_up(connection, tx, std::move(result));
    (void)connection.command("ROLLBACK");  // the result is here whole; lost() says where it fails
    return {};
}

class Database final : public Db {
public:
    Database(const Settings& settings, std::unique_ptr<Connection> first)
        : url_(settings.url),
          readers_(static_cast<std::size_t>(std::max(1, settings.readers)),
                   [this] { return Connection::open(url_); }) {
        const int writers = std::max(1, settings.writers);
        for (int i = 0; i < writers; ++i)
            writers_.emplace_back("sql-writer-" + std::to_string(i),
                                  [this, connection = std::make_shared<std::unique_ptr<Connection>>(
                                             std::move(first))] { run_writer(*connection); });
    }

    ~Database() override {
        queue_.stop();
        writers_.clear();  // each finishes what waits, then is joined
    }

    const Dialect& dialect() const override { return dialect_; }
    Result<> backup_to(const std::string&) override {
        return fail(Code::unsupported, "Back up PostgreSQL with pg_dump");
    }

protected:
    void submit(Work work, Done done) override {
        if (inside_closure_of(*this)) return done(nested_transaction());
        queue_.push({std::move(work), std::move(done)});
    }

    Result<> run_read(const Work& work) override {
        if (inside_closure_of(*this)) return nested_transaction();
        return with_retries([&] { return read_attempt(work); });
    }

private:
    Attempt read_attempt(const Work& work) {
        auto reader = readers_.acquire();
        if (!reader) return {Failure(reader.error()), true};
        auto attempt = read_once(**reader, work, *this);
        if ((**reader).lost()) {
            // The others were opened to the same server, which has gone.
            reader->discard();
            readers_.discard_idle();
        }
        return attempt;
    }

    // `connection` is the thread's own; empty where it must be opened first.
    Attempt write_attempt(std::unique_ptr<Connection>& connection, const Work& work) {
        if (!connection) {
            auto opened = Connection::open(url_);
            if (!opened) return {Failure(opened.error()), true};
            connection = std::move(*opened);
        }
        auto attempt = write_once(*connection, work, *this);
        if (connection->lost()) connection.reset();
        return attempt;
    }

    void run_writer(std::unique_ptr<Connection>& connection) {
        while (auto job = queue_.take())
            job->done(with_retries([&] { return write_attempt(connection, job->work); }));
    }

    const std::string url_;
    const Dialect dialect_{Engine::postgres};
    Pool<Connection> readers_;
    WriteQueue queue_;
    std::vector<Thread> writers_;
};

}  // namespace

Result<std::unique_ptr<Db>> open_database(const Settings& settings) {
    auto first = TRY(Connection::open(settings.url));
    return std::unique_ptr<Db>(std::make_unique<Database>(settings, std::move(first)));
}

}  // namespace kith::sql::postgres
