#pragma once
#include <optional>
#include <string>

namespace kith::crypto {

// A key pair of the stock that the environment's KITH_TEST_KEYS names: a file of PEM private keys, one after the
// other. Making one costs a processor a fifth of a second, and a run of the tests wants a thousand. Each
// process begins at another place and takes the next. Compiled away without KITH_TEST_SEAMS.
#ifdef KITH_TEST_SEAMS
std::optional<std::string> stocked_rsa_key();
#else
inline std::optional<std::string> stocked_rsa_key() { return {}; }
#endif

}  // namespace kith::crypto
