#include "node/http/chunk_decoder.hpp"

#include <algorithm>
#include <charconv>

#include "node/http/fields.hpp"

namespace kith::http {

// A line ends with CRLF and holds no other CR or LF. The bound also holds while its end is missing.
ChunkDecoder::Line ChunkDecoder::take_line(std::string_view& in, std::size_t bytes_max,
                                           std::string_view& line) {
    const auto end = in.find('\n');
    if (std::min(end, in.size()) > bytes_max) return Line::broken;
    if (end == in.npos) return Line::incomplete;
    line = in.substr(0, end);
    if (line.empty() || line.find('\r') != line.size() - 1) return Line::broken;
    line.remove_suffix(1);
    in.remove_prefix(end + 1);
    return Line::whole;
}

bool ChunkDecoder::parse_size(std::string_view line) {
    const auto* end = line.data() + line.size();
    const auto [stop, error] = std::from_chars(line.data(), end, left_, 16);
    if (error != std::errc{} || line.front() == '-') return false;
    return stop == end || *stop == ';';
}

ChunkDecoder::Step ChunkDecoder::next(std::string_view& in, std::string_view& data) {
    for (;;) {
        std::string_view line;
        if (state_ == State::size_line) {
            const auto got = take_line(in, limits_->chunk_line_bytes_max, line);
            if (got == Line::incomplete) return Step::incomplete;
            if (got == Line::broken || !parse_size(line)) return Step::broken;
            state_ = left_ == 0 ? State::trailers : State::data;
            if (left_ > 0) return data = {}, Step::data;   // lets the caller look at announced()
        } else if (state_ == State::data) {
            if (in.empty()) return Step::incomplete;
            data = in.substr(0, std::size_t(std::min<std::uint64_t>(left_, in.size())));
            in.remove_prefix(data.size());
            left_ -= data.size();
            if (left_ == 0) state_ = State::data_end;
            return Step::data;
        } else if (state_ == State::data_end) {
            if (!std::string_view("\r\n").starts_with(in.substr(0, 2))) return Step::broken;
            if (in.size() < 2) return Step::incomplete;
            in.remove_prefix(2);
            state_ = State::size_line;
        } else {
            const auto got = take_line(in, limits_->trailer_bytes_max - trailer_bytes_, line);
            if (got == Line::incomplete) return Step::incomplete;
            if (got == Line::broken) return Step::broken;
            if (line.empty()) return Step::complete;
            if (!is_token(line.substr(0, line.find(':'))) || line.find(':') == line.npos)
                return Step::broken;
            trailer_bytes_ += line.size() + 2;
            if (trailer_bytes_ > limits_->trailer_bytes_max) return Step::broken;
        }
    }
}

}  // namespace kith::http
