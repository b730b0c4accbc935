#include "node/media/captcha_picture.hpp"

#include "config/limits/media.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

namespace kith::media {

namespace {

constexpr int width = limits::captcha_width, height = limits::captcha_height;

// Lines through a grid of 5 by 7 points, as pairs of digits (x 0-4, y 0-6); a blank lifts the pen.
constexpr std::array<std::pair<char, std::string_view>, 22> strokes{{
    {'A', "062046 1434"},         {'C', "4130100105163645"},     {'D', "00062645412000"},
    {'E', "40000646 0333"},       {'F', "400006 0333"},          {'G', "41301001051636454323"},
    {'H', "0006 4046 0343"},      {'J', "4045361605"},           {'K', "0006 400346"},
    {'M', "0600234046"},          {'N', "06004640"},             {'P', "06003041423303"},
    {'R', "06003041423303 2346"}, {'T', "0040 2026"},            {'W', "0016233640"},
    {'X', "0046 4006"},           {'Y', "0023 402326"},          {'3', "01103041422313 234445361605"},
    {'4', "36300444"},            {'6', "3010010516364544331304"}, {'7', "004016"},
    {'9', "4130100102133342 41453616"},
}};

std::string_view lines_of(char letter) {
    for (const auto& [each, lines] : strokes)
        if (each == letter) return lines;
    return {};
}

struct Point {
    double x = 0, y = 0;
};

class Canvas {
public:
    Canvas() : grey_(std::size_t(width * height), 255) {}

    void line(Point from, Point to, double thickness, std::uint8_t shade) {
        const auto steps = int(std::hypot(to.x - from.x, to.y - from.y) * 2) + 1;
        for (int i = 0; i <= steps; ++i) {
            const double t = double(i) / steps;
            dot({from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t}, thickness, shade);
        }
    }
    void dot(Point at, double thickness, std::uint8_t shade) {
        const int reach = int(thickness) + 1;
        for (int y = int(at.y) - reach; y <= int(at.y) + reach; ++y)
            for (int x = int(at.x) - reach; x <= int(at.x) + reach; ++x)
                if (x >= 0 && y >= 0 && x < width && y < height && std::hypot(x - at.x, y - at.y) <= thickness / 2)
                    grey_[std::size_t(y * width + x)] = std::min(grey_[std::size_t(y * width + x)], shade);
    }
    const std::vector<std::uint8_t>& grey() const { return grey_; }

private:
    std::vector<std::uint8_t> grey_;
};

// Between two values.
double between(Random& random, double low, double high) { return low + (high - low) * double(random.below(10'001)) / 10'000; }

void draw_letter(Canvas& canvas, std::string_view lines, double left, Random& random) {
    const double size = between(random, 8.5, 10), lean = between(random, -0.25, 0.25), turn = between(random, -0.3, 0.3);
    const double top = between(random, 6, double(height) - 6 * size - 6), bend = between(random, 0.8, 2.2), phase = between(random, 0, 6.3);
    const auto place = [&](char x, char y) {
        const double u = (x - '0' - 2) * size * 0.75 + (3 - (y - '0')) * lean * size, v = (y - '0' - 3) * size;
        return Point{left + u * std::cos(turn) - v * std::sin(turn) + bend * std::sin(v / 9 + phase),
                     top + 3 * size + u * std::sin(turn) + v * std::cos(turn) + bend * std::sin(u / 7 + phase)};
    };
    std::size_t at = 0;
    bool down = false;
    Point last;
    while (at + 1 < lines.size()) {
        if (lines[at] == ' ') {
            down = false;
            ++at;
            continue;
        }
        const auto next = place(lines[at], lines[at + 1]);
        if (down) canvas.line(last, next, 3.4, 40);
        last = next;
        down = true;
        at += 2;
    }
}

void draw_noise(Canvas& canvas, Random& random) {
    for (int i = 0; i < 5; ++i) {
        const double start = between(random, 0, height), swing = between(random, 4, 14), length = between(random, 25, 60), phase = between(random, 0, 6.3);
        for (double x = 0; x < width; x += 0.5) canvas.dot({x, start + swing * std::sin(x / length * std::numbers::pi + phase)}, 1.6, 70);
    }
    for (int i = 0; i < 250; ++i) canvas.dot({between(random, 0, width), between(random, 0, height)}, 1.4, 110);
}

// ---- PNG (W3C, third edition): one grey channel of 8 bits; the rows are stored as they are (RFC 1951 3.2.4).

void put_u32(std::string& to, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) to += char(value >> shift & 0xff);
}

std::uint32_t crc_of(std::string_view bytes) {
    std::uint32_t crc = 0xffffffffU;
    for (const char c : bytes) {
        crc ^= std::uint8_t(c);
        for (int bit = 0; bit < 8; ++bit) crc = crc & 1 ? crc >> 1 ^ 0xedb88320U : crc >> 1;
    }
    return ~crc;
}

void put_chunk(std::string& png, std::string_view name, std::string_view data) {
    put_u32(png, std::uint32_t(data.size()));
    std::string body(name);
    body += data;
    png += body;
    put_u32(png, crc_of(body));
}

std::string stored_deflate(const std::string& raw) {
    std::string out = "\x78\x01";
    constexpr std::size_t block = 65'535;
    for (std::size_t at = 0; at < raw.size(); at += block) {
        const auto size = std::min(block, raw.size() - at);
        out += char(at + size == raw.size());
        for (const auto value : {size, ~size}) {
            out += char(value & 0xff);
            out += char(value >> 8 & 0xff);
        }
        out += raw.substr(at, size);
    }
    std::uint32_t a = 1, b = 0;
    for (const char c : raw) {
        a = (a + std::uint8_t(c)) % 65'521;
        b = (b + a) % 65'521;
    }
    put_u32(out, b << 16 | a);
    return out;
}

std::string png_of(const std::vector<std::uint8_t>& grey) {
    std::string png = "\x89PNG\r\n\x1a\n", head, rows;
    put_u32(head, width);
    put_u32(head, height);
    head += std::string("\x08\x00\x00\x00\x00", 5);
    for (int y = 0; y < height; ++y) {
        rows += '\0';  // no filter
        for (int x = 0; x < width; ++x) rows += char(grey[std::size_t(y * width + x)]);
    }
    put_chunk(png, "IHDR", head);
    put_chunk(png, "IDAT", stored_deflate(rows));
    put_chunk(png, "IEND", "");
    return png;
}

}  // namespace

std::string captcha_picture(std::string_view letters, Random& random) {
    Canvas canvas;
    const double step = double(width - 20) / double(std::max<std::size_t>(letters.size(), 1));
    for (std::size_t i = 0; i < letters.size(); ++i) draw_letter(canvas, lines_of(letters[i]), 10 + (double(i) + 0.5) * step, random);
    draw_noise(canvas, random);
    return png_of(canvas.grey());
}

}  // namespace kith::media
