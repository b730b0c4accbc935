#include "node/http/body_collector.hpp"

#include <algorithm>
#include <cstring>

namespace kith::http {

namespace {
constexpr std::size_t kept_capacity_bytes = 4 * 1024;   // idle connections stay small
}

void BodyCollector::begin(const Head& head, std::uint64_t bytes_max, const Limits& limits,
                          const std::string& spool_directory) {
    reset();
    limits_ = &limits;
    spool_directory_ = &spool_directory;
    bytes_max_ = bytes_max;
    left_ = head.content_length;
    if (head.chunked) chunks_.emplace(limits);
}

void BodyCollector::reset() {
    file_.close();
    chunks_.reset();
    left_ = size_ = 0;
    if (memory_.capacity() > kept_capacity_bytes) std::string().swap(memory_);
    memory_.clear();
}

BodyCollector::State BodyCollector::take(std::string& in) {
    if (chunks_) {
        std::string_view rest = in;
        const auto state = take_chunks(rest);
        in.erase(0, in.size() - rest.size());
        return state;
    }
    if (left_ > bytes_max_) return State::too_large;   // before a byte is stored
    const auto n = std::size_t(std::min<std::uint64_t>(left_, in.size()));
    if (!store({in.data(), n})) return State::no_room;
    left_ -= n;
    in.erase(0, n);
    return left_ == 0 ? State::complete : State::incomplete;
}

BodyCollector::State BodyCollector::take_chunks(std::string_view& in) {
    for (;;) {
        std::string_view data;
        switch (chunks_->next(in, data)) {
            case ChunkDecoder::Step::incomplete: return State::incomplete;
            case ChunkDecoder::Step::complete: return State::complete;
            case ChunkDecoder::Step::broken: return State::broken;
            case ChunkDecoder::Step::data: break;
        }
        // data.size() fits: it was announced, and what is announced is looked at first.
        if (chunks_->announced() > bytes_max_ - size_ - data.size()) return State::too_large;
        if (!store(data)) return State::no_room;
    }
}

bool BodyCollector::store(std::string_view data) {
    size_ += data.size();
    if (!file_.is_open() && size_ <= limits_->body_memory_bytes_max)
        return memory_.append(data), true;
    if (!file_.is_open()) {
        if (!file_.open(*spool_directory_) || !file_.append(memory_)) return false;
        std::string().swap(memory_);
    }
    return file_.append(data);
}

std::ptrdiff_t BodyCollector::read_at(std::uint64_t offset, char* to, std::size_t size) const {
    const auto n = std::size_t(std::min<std::uint64_t>(size, size_ - std::min(offset, size_)));
    if (n == 0) return 0;
    if (file_.is_open()) return file_.read_at(offset, to, n);
    std::memcpy(to, memory_.data() + offset, n);
    return std::ptrdiff_t(n);
}

std::optional<std::string> BodyCollector::whole() const {
    std::string out;
    out.resize(std::size_t(size_));
    for (std::uint64_t at = 0; at < size_;) {
        const auto n = read_at(at, out.data() + at, std::size_t(size_ - at));
        if (n <= 0) return std::nullopt;
        at += std::uint64_t(n);
    }
    return out;
}

}  // namespace kith::http
