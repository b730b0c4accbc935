#include "node/http/spool_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace kith::http {

bool SpoolFile::open(const std::string& directory) {
    close();
    descriptor_ = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor_ >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
        return descriptor_ >= 0;
    // Overlay and network file systems may lack O_TMPFILE.
    std::string name = directory + "/kith-body-XXXXXX";
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ >= 0) ::unlink(name.c_str());
    return descriptor_ >= 0;
}

void SpoolFile::close() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
}

bool SpoolFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = ::write(descriptor_, bytes.data(), bytes.size());
        if (n < 0 && errno != EINTR) return false;
        if (n > 0) bytes.remove_prefix(std::size_t(n));
    }
    return true;
}

std::ptrdiff_t SpoolFile::read_at(std::uint64_t offset, char* to, std::size_t size) const {
    for (;;) {
        const auto n = ::pread(descriptor_, to, size, off_t(offset));
        if (n >= 0 || errno != EINTR) return n == 0 ? -1 : n;   // shorter than what was written
    }
}

}  // namespace kith::http
