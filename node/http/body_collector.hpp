#pragma once
#include "node/http/chunk_decoder.hpp"
#include "node/http/head.hpp"
#include "node/http/spool_file.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace kith::http {

// The body of one request, gathered by the front so that no worker ever waits for a client: in
// memory while small, then in a file without a name.
class BodyCollector {
public:
    enum class State { incomplete, complete, broken, too_large, no_room };

    // `spool_directory` and `limits` outlive the collector.
    void begin(const Head&, std::uint64_t bytes_max, const Limits&,
               const std::string& spool_directory);
    State take(std::string& in);      // moves what belongs to this body out of `in`
    std::uint64_t size() const { return size_; }
    void reset();

    // The bytes as they came, from `offset`. Returns how many; 0 at the end; -1 when the disk fails.
    std::ptrdiff_t read_at(std::uint64_t offset, char* to, std::size_t size) const;
    // All of them; nothing when the disk fails.
    std::optional<std::string> whole() const;

private:
    State take_chunks(std::string_view& in);
    bool store(std::string_view);

    const Limits* limits_ = nullptr;
    const std::string* spool_directory_ = nullptr;
    std::optional<ChunkDecoder> chunks_;
    std::uint64_t left_ = 0;   // of a body with Content-Length
    std::uint64_t bytes_max_ = 0, size_ = 0;
    std::string memory_;
    SpoolFile file_;
};

}  // namespace kith::http
