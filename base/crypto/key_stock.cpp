#include "base/crypto/key_stock.hpp"

#ifdef KITH_TEST_SEAMS
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace kith::crypto {

namespace {

std::vector<std::string> read_stock() {
    std::vector<std::string> out;
    const auto* path = std::getenv("KITH_TEST_KEYS");
    if (!path) return out;
    std::ifstream file(path);
    const std::string whole{std::istreambuf_iterator<char>(file), {}};
    constexpr std::string_view end = "-----END PRIVATE KEY-----\n";
    for (std::size_t at = 0;;) {
        const auto until = whole.find(end, at);
        if (until == whole.npos) return out;
        out.push_back(whole.substr(at, until + end.size() - at));
        at = until + end.size();
    }
}

}  // namespace

std::optional<std::string> stocked_rsa_key() {
    static const auto stock = read_stock();
    static std::atomic<std::size_t> next{std::size_t(::getpid()) * 7};
    if (stock.empty()) return {};
    return stock[next++ % stock.size()];
}

}  // namespace kith::crypto
#endif
