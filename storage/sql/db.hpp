#pragma once
#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "storage/sql/dialect.hpp"
#include "storage/sql/value.hpp"

#include <functional>
#include <future>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace kith::sql {

// A transaction, or a read snapshot. Belongs to one thread; lives as long as the closure it was
// given to.
class Tx {
public:
    virtual ~Tx() = default;

    // SQL is one text for both engines, with $1…$n; statements are prepared once per connection and
    // kept by text, so give literals, not texts built per call. Errors: Code::internal (detail =
    // the engine's message and the text), Code::conflict for a violated UNIQUE/PRIMARY KEY/FOREIGN
    // KEY/CHECK, Code::invalid for text with a NUL byte, Code::unavailable for a full disk or a
    // lost server. After one failed statement all later ones fail as well and the transaction
    // cannot commit (so it is on PostgreSQL, so it is made on SQLite): use ON CONFLICT instead of
    // trying. PostgreSQL infers the type of $n from its place; where the place tells nothing ("$1
    // IS NULL", "coalesce($1, 0)") write CAST($1 AS BIGINT).
    virtual Result<Rows> query(std::string_view sql, std::span<const Param>) = 0;
    // The number of rows inserted, updated or deleted by the statement itself, not by its cascades.
    virtual Result<std::int64_t> execute(std::string_view sql, std::span<const Param>) = 0;

    Result<Rows> query(std::string_view sql, std::initializer_list<Param> params = {}) {
        return query(sql, std::span<const Param>(params.begin(), params.size()));
    }
    Result<std::int64_t> execute(std::string_view sql, std::initializer_list<Param> params = {}) {
        return execute(sql, std::span<const Param>(params.begin(), params.size()));
    }

    // Somebody waits for what this transaction writes: Db::on_news hears of it after the commit.
    void mark_news() { has_news_ = true; }
    bool has_news() const { return has_news_; }

    virtual const Dialect& dialect() const = 0;

private:
    bool has_news_ = false;
};

struct Settings {
    std::string url;  // "sqlite:PATH", "sqlite::memory:" or "postgres://…" (postgresql:// too)
    int readers = 4;  // read connections of SQLite; of PostgreSQL the pool's size
    int writers = 4;  // PostgreSQL only; SQLite has one
    TimeMs group_commit_ms = 2;         // SQLite: how long at most the writer waits for company
    std::size_t group_commit_max = 64;  // SQLite: closures in one commit
};

// The database: one writer thread with group commit on SQLite, a pool on PostgreSQL. Thread-safe.
class Db {
public:
    // Opens, and for SQLite sets WAL, synchronous=FULL on the writer, foreign_keys, busy_timeout.
    // Does not migrate. Code::unavailable where the engine cannot be reached, with its reason.
    static Result<std::unique_ptr<Db>> open(const Settings&);
    virtual ~Db() = default;

    // Runs `work(Tx&) -> Result<T>` in a transaction and returns its result only after the commit
    // is on disk; an error rolls back. The closure may run more than once (group commit keeps a
    // savepoint for each; PostgreSQL repeats it after a serialization failure or deadlock), so it
    // touches nothing but its Tx and what it returns, and is copyable; `read` and `write` of the
    // same Db inside it are refused (Code::internal). An exception in it is Code::internal.
    // Code::unavailable: nothing is known to be stored (disk full, too many writes waiting), or on
    // PostgreSQL the server went away during the commit, so that it may be stored; it is never
    // repeated silently then.
    template <class Work>
    auto write(Work work) -> std::invoke_result_t<Work, Tx&> {
        return write_later(std::move(work)).get();
    }

    // The same without waiting: many may be under way, which is what fills a group commit. SQLite
    // keeps their order, PostgreSQL does not.
    template <class Work>
    auto write_later(Work work) -> std::future<std::invoke_result_t<Work, Tx&>> {
        using R = std::invoke_result_t<Work, Tx&>;
        struct State {
            std::promise<R> promise;
            std::optional<R> result;
            bool has_news = false;  // of the run that was committed
        };
        auto state = std::make_shared<State>();
        auto future = state->promise.get_future();
        submit(
            [state, work = std::move(work)](Tx& tx) mutable -> Result<> {
                state->result.emplace(work(tx));
                state->has_news = tx.has_news();
                if (!*state->result) return tl::unexpected(state->result->error());
                return {};
            },
            [this, state](Result<> outcome) {  // after the commit, or what went wrong with it
                if (!outcome) return state->promise.set_value(tl::unexpected(outcome.error()));
                if (state->has_news) tell_news();
                state->promise.set_value(std::move(*state->result));
            });
        return future;
    }

    // Runs `work(Tx&) -> Result<T>` on a read snapshot. Never sees uncommitted data; on SQLite it
    // never waits for the writer (in memory, readers and the writer take turns).
    template <class Work>
    auto read(Work work) -> std::invoke_result_t<Work, Tx&> {
        using R = std::invoke_result_t<Work, Tx&>;
        std::optional<R> result;
        auto outcome = run_read([&](Tx& tx) -> Result<> {
            result.emplace(work(tx));
            if (!*result) return tl::unexpected(result->error());
            return {};
        });
        if (!outcome) return tl::unexpected(outcome.error());
        return std::move(*result);
    }

    // `hears` is called after each commit of a transaction with Tx::mark_news, on a writer's
    // thread: it is quick and does not use the database. Empty: nobody hears any more, once this
    // returns.
    void on_news(std::function<void()> hears);

    virtual const Dialect& dialect() const = 0;
    // A copy of the whole database while it runs (SQLite: to a file; PostgreSQL: Code::unsupported,
    // pg_dump does it).
    virtual Result<> backup_to(const std::string& path) = 0;

protected:
    using Work = std::function<Result<>(Tx&)>;
    using Done = std::function<void(Result<>)>;
    virtual void submit(Work, Done) = 0;
    virtual Result<> run_read(const Work&) = 0;

private:
    void tell_news();

    std::mutex news_mutex_;
    std::function<void()> hears_news_;
};

}  // namespace kith::sql
