#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kith::http {

// A file without a name: nobody else can open it, and it is gone when it is closed or the process
// ends. Not thread-safe.
class SpoolFile {
public:
    SpoolFile() = default;
    SpoolFile(const SpoolFile&) = delete;
    SpoolFile& operator=(const SpoolFile&) = delete;
    ~SpoolFile() { close(); }

    bool open(const std::string& directory);   // false: errno tells why
    void close();
    bool is_open() const { return descriptor_ >= 0; }
    bool append(std::string_view);
    // Returns how many bytes; -1 when the disk fails.
    std::ptrdiff_t read_at(std::uint64_t offset, char* to, std::size_t size) const;

private:
    int descriptor_ = -1;
};

}  // namespace kith::http
