#include "node/media/blurhash.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace kith::media {

namespace {

using Colour = std::array<double, 3>;

double to_linear(std::uint8_t value) {
    const double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

int to_srgb(double value) {
    const double v = std::clamp(value, 0.0, 1.0);
    const double s = v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
    return int(s * 255 + 0.5);
}

double signed_root(double value) { return std::copysign(std::sqrt(std::abs(value)), value); }

std::string base83(int value, int digits) {
    static constexpr std::string_view alphabet =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    std::string out(std::size_t(digits), '0');
    for (auto at = out.rbegin(); at != out.rend(); ++at, value /= 83) *at = alphabet[std::size_t(value % 83)];
    return out;
}

Colour factor(std::span<const std::uint8_t> rgb, int width, int height, int i, int j) {
    Colour sum{};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const double basis = std::cos(std::numbers::pi * i * x / width) *
                                 std::cos(std::numbers::pi * j * y / height);
            const auto* pixel = &rgb[std::size_t(3 * (y * width + x))];
            for (std::size_t c = 0; c < 3; ++c) sum[c] += basis * to_linear(pixel[c]);
        }
    const double scale = (i == 0 && j == 0 ? 1.0 : 2.0) / (double(width) * height);
    for (auto& channel : sum) channel *= scale;
    return sum;
}

}  // namespace

std::string blurhash(std::span<const std::uint8_t> rgb, int width, int height, int components_x,
                     int components_y) {
    if (width <= 0 || height <= 0 || rgb.size() < std::size_t(3) * std::size_t(width) * std::size_t(height))
        return {};
    std::vector<Colour> factors;
    for (int j = 0; j < components_y; ++j)
        for (int i = 0; i < components_x; ++i) factors.push_back(factor(rgb, width, height, i, j));
    double largest = 0;
    for (auto f = factors.begin() + 1; f != factors.end(); ++f)
        for (const auto channel : *f) largest = std::max(largest, std::abs(channel));
    const int quantised = std::clamp(int(largest * 166 - 0.5), 0, 82);
    const double most = factors.size() > 1 ? (quantised + 1) / 166.0 : 1.0;
    const auto& dc = factors.front();
    auto out = base83((components_x - 1) + (components_y - 1) * 9, 1) +
               base83(factors.size() > 1 ? quantised : 0, 1) +
               base83((to_srgb(dc[0]) << 16) + (to_srgb(dc[1]) << 8) + to_srgb(dc[2]), 4);
    for (auto f = factors.begin() + 1; f != factors.end(); ++f) {
        int value = 0;
        for (const auto channel : *f)
            value = value * 19 + std::clamp(int(std::floor(signed_root(channel / most) * 9 + 9.5)), 0, 18);
        out += base83(value, 2);
    }
    return out;
}

}  // namespace kith::media
