#pragma once
#include "storage/sql/value.hpp"

#include "base/core/result.hpp"

#include <span>
#include <vector>

struct pg_result;

namespace kith::sql::postgres {

// Arguments in the shape that PQexecPrepared takes: text, but blobs in binary. Blobs are pointed
// at, everything else is copied, because libpq wants text to end with a NUL.
class Arguments {
public:
    // Code::invalid for text with a NUL byte and for numbers that are not finite.
    static Result<Arguments> from(std::span<const Param>);

    int count() const { return static_cast<int>(values_.size()); }
    const char* const* values() const { return values_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

private:
    std::vector<char> arena_;  // not a string: a short one would move away from its pointers
    std::vector<const char*> values_;
    std::vector<int> lengths_, formats_;
};

// A result in text format. Booleans become 0 and 1, a numeric becomes an integer where it is one
// (the sum of BIGINT is numeric). Code::too_large beyond limits::sql_result_text_bytes_max.
Result<Rows> rows_from(const pg_result*);

}  // namespace kith::sql::postgres
