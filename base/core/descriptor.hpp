#pragma once
#include <cstdint>
#include <unistd.h>
#include <utility>

namespace kith {

// An open file of the system's, closed with it; -1 is none.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            close();
            number_ = std::exchange(other.number_, -1);
        }
        return *this;
    }
    ~Descriptor() { close(); }

    int get() const { return number_; }
    bool is_open() const { return number_ >= 0; }
    void close() {
        if (number_ >= 0) ::close(std::exchange(number_, -1));
    }

private:
    int number_ = -1;
};

// Bytes of an open file: `size` of them from `offset`.
struct FilePart {
    Descriptor file;
    std::uint64_t offset = 0, size = 0;
};

}  // namespace kith
