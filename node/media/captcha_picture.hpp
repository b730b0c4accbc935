#pragma once
#include "base/core/random.hpp"

#include <string>
#include <string_view>

namespace kith::media {

// The letters as a PNG of limits::captcha_width × captcha_height, each turned, shifted and bent by chance, under
// lines and specks. Letters that it cannot draw are left out.
std::string captcha_picture(std::string_view letters, Random&);

}  // namespace kith::media
