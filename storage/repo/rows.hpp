#pragma once
// Rows into records, for repositories whose records are read by one function.
#include "base/core/result.hpp"
#include "storage/sql/value.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace kith::repo {

template <class T>
Result<std::vector<T>> all(Result<sql::Rows> found, T (*from)(const sql::Rows::Row&)) {
    std::vector<T> out;
    for (const auto& row : TRY(std::move(found))) out.push_back(from(row));
    return out;
}

// The first of them; none where there is no row.
template <class T>
Result<std::optional<T>> one(Result<sql::Rows> found, T (*from)(const sql::Rows::Row&)) {
    const auto rows = TRY(std::move(found));
    return rows.empty() ? std::optional<T>{} : std::optional<T>(from(rows[0]));
}

}  // namespace kith::repo
