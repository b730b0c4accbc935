#pragma once
#include "storage/sql/db.hpp"

#include <functional>
#include <optional>

namespace kith::sql {

// What both drivers' transactions share: after the first failed statement every later one fails
// with the same error, so that a closure which ignores an error does the same on both engines.
class StrictTx : public Tx {
public:
    explicit StrictTx(Engine engine) : dialect_(engine) {}

    using Tx::execute;
    using Tx::query;
    Result<Rows> query(std::string_view sql, std::span<const Param>) final;
    Result<std::int64_t> execute(std::string_view sql, std::span<const Param>) final;
    const Dialect& dialect() const final { return dialect_; }

    const std::optional<Error>& failure() const { return failure_; }

protected:
    virtual Result<Rows> run_query(std::string_view sql, std::span<const Param>) = 0;
    virtual Result<std::int64_t> run_execute(std::string_view sql, std::span<const Param>) = 0;

private:
    Dialect dialect_;
    std::optional<Error> failure_;
};

// Runs `work` on `tx`: its error, else that of a statement whose failure it swallowed. An exception
// becomes Code::internal. While it runs, inside_closure_of(db) holds on this thread.
Result<> run_closure(const std::function<Result<>(Tx&)>& work, StrictTx& tx, const Db& db);

// Whether this thread is inside a closure of `db`: a second transaction there would wait for the
// first one for ever.
bool inside_closure_of(const Db& db);
Failure nested_transaction();

}  // namespace kith::sql
