#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace kith::media {

// The BlurHash (woltapp/blurhash) of an image of 8-bit sRGB pixels, row by row, three bytes each:
// components_x × components_y values of a cosine transform, 1 to 9 each, as base-83 text.
std::string blurhash(std::span<const std::uint8_t> rgb, int width, int height, int components_x,
                     int components_y);

}  // namespace kith::media
