#pragma once
#include <cstdint>
#include <string_view>

namespace kith::http {

// What a Range field asks for (RFC 9110 14.1.2) of `size` bytes: one part, or the whole where there is no
// field, another unit than bytes, several parts, or a syntax error.
struct ByteRange {
    enum class Kind { whole, part, unsatisfiable };
    Kind kind = Kind::whole;
    std::uint64_t first = 0, last = 0;  // of a part, both included
};
ByteRange byte_range(std::string_view field, std::uint64_t size);

}  // namespace kith::http
