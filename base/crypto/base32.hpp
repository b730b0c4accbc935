#pragma once
#include <string>
#include <string_view>

namespace kith::crypto {

// RFC 4648 section 6, without padding: what people copy by hand, and what authenticator apps take.
std::string base32_encode(std::string_view bytes);

}  // namespace kith::crypto
