#pragma once
#include "node/http/limits.hpp"

#include <cstdint>
#include <string_view>

namespace kith::http {

// RFC 9112 7.1, strictly: httplib 0.11.4 takes " 0x5" and "-0" for sizes and buffers an endless size
// line. Extensions are skipped, trailer fields read and dropped, both bounded.
class ChunkDecoder {
public:
    enum class Step {
        data,         // `data` holds bytes of the body
        incomplete,   // more input is needed
        complete,     // the body ended; what is left of the input is the next request's
        broken,
    };

    explicit ChunkDecoder(const Limits& limits) : limits_(&limits) {}

    // Cuts what it used off the front of `in`. Call until it is not Step::data.
    Step next(std::string_view& in, std::string_view& data);

    // Bytes that the chunk under way still announces: known before they arrive.
    std::uint64_t announced() const { return left_; }

private:
    enum class State { size_line, data, data_end, trailers };
    enum class Line { whole, incomplete, broken };

    Line take_line(std::string_view& in, std::size_t bytes_max, std::string_view& line);
    bool parse_size(std::string_view line);

    const Limits* limits_;
    State state_ = State::size_line;
    std::uint64_t left_ = 0;
    std::size_t trailer_bytes_ = 0;
};

}  // namespace kith::http
