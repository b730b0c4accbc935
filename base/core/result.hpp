#pragma once
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace kith {

// What went wrong, in the terms of the caller. The HTTP edge turns it into a status (node/http);
// nothing else does.
enum class Code {
    invalid,         // malformed input                                  400
    unauthorized,    // nobody, or a signature that does not hold        401
    forbidden,       // somebody, but not allowed                        403
    not_found,       // absent, or not for this viewer: never told apart 404
    not_acceptable,  //                                                  406
    conflict,        // the state does not allow it                      409
    gone,            // was here and is deleted                          410
    too_large,       //                                                  413
    unsupported,     // media type or encoding                           415
    unprocessable,   // well-formed, but fails validation                422
    rate_limited,    //                                                  429
    internal,        // our fault                                        500
    upstream,        // a peer answered wrongly                          502
    unavailable,     // try again later                                  503
    timeout,         // a peer did not answer in time                    504
};

std::string_view to_string(Code);

// An error has three faces: `code` for the machine, `safe_text` for whoever asked, `detail` for the
// log. Only `code` and `safe_text` ever leave the process.
struct Error {
    Code code = Code::internal;
    std::string safe_text;
    std::string detail;

    Error(Code c, std::string safe, std::string more = {})
        : code(c), safe_text(std::move(safe)), detail(std::move(more)) {}
};

template <class T = void>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

// `return fail(Code::invalid, "id is not a URL", raw);` in any function that returns a Result.
inline Failure fail(Code code, std::string safe_text, std::string detail = {}) {
    return Failure(Error(code, std::move(safe_text), std::move(detail)));
}

namespace detail {
template <class T>
T take(tl::expected<T, Error>&& r) {
    return std::move(*r);
}
inline void take(tl::expected<void, Error>&&) {}
}  // namespace detail

}  // namespace kith

// The value of a Result, or return its error from the enclosing function. Nests. Never across
// co_await, and not inside an initialiser of a static.
#define TRY(expression) KITH_TRY(expression, __COUNTER__)
#define KITH_TRY(expression, number) KITH_TRY_AS(expression, try_result_, number)
#define KITH_TRY_AS(expression, prefix, number) KITH_TRY_IN(expression, prefix##number)
#define KITH_TRY_IN(expression, name)                                 \
    __extension__({                                                   \
        auto name = (expression);                                     \
        if (!name) return ::tl::unexpected(std::move(name).error());  \
        ::kith::detail::take(std::move(name));                        \
    })
