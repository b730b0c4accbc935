#pragma once
#include "base/core/result.hpp"

#include <string>

namespace kith::member {

// The text as a QR code, a whole <svg> element of one path: dark on light whatever the page's colours,
// with the quiet zone of four modules that scanners need. Code::unprocessable where it does not fit.
Result<std::string> qr_code_svg(const std::string& text);

}  // namespace kith::member
