#include "storage/sql/closure.hpp"

#include <exception>

namespace kith::sql {

namespace {

struct ActiveClosure {
    const Db* db;
    const ActiveClosure* outer;
};
thread_local const ActiveClosure* active = nullptr;

}  // namespace

Result<Rows> StrictTx::query(std::string_view sql, std::span<const Param> params) {
    if (failure_) return Failure(*failure_);
    auto rows = run_query(sql, params);
    if (!rows) failure_ = rows.error();
    return rows;
}

Result<std::int64_t> StrictTx::execute(std::string_view sql, std::span<const Param> params) {
    if (failure_) return Failure(*failure_);
    auto changed = run_execute(sql, params);
    if (!changed) failure_ = changed.error();
    return changed;
}

Result<> run_closure(const std::function<Result<>(Tx&)>& work, StrictTx& tx, const Db& db) {
    const ActiveClosure here{&db, active};
    struct Restore {
        const ActiveClosure* outer;
        ~Restore() { active = outer; }
    } restore{active};
    active = &here;
    try {
        TRY(work(tx));
    } catch (const std::exception& e) {
        return fail(Code::internal, "Internal error",
                    std::string("exception in a transaction: ") + e.what());
    } catch (...) {
        return fail(Code::internal, "Internal error", "exception in a transaction");
    }
    if (tx.failure()) return Failure(*tx.failure());
    return {};
}

bool inside_closure_of(const Db& db) {
    for (auto* at = active; at; at = at->outer)
        if (at->db == &db) return true;
    return false;
}

Failure nested_transaction() {
    return fail(Code::internal, "Internal error",
                "a transaction was asked for inside a transaction");
}

}  // namespace kith::sql
