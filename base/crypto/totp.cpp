#include "base/crypto/totp.hpp"

#include "base/crypto/digest.hpp"

namespace kith::crypto {

std::string hotp(std::string_view secret, std::uint64_t counter, int digits) {
    std::string moving(8, '\0');  // the counter, big-endian
    for (int i = 7; i >= 0; --i, counter >>= 8) moving[std::size_t(i)] = char(counter & 0xff);
    const auto tag = hmac_sha1(secret, moving);
    const auto byte = [&](std::size_t at) { return std::uint32_t(static_cast<unsigned char>(tag[at])); };
    // Dynamic truncation: four bytes from where the last one points, without the sign.
    const auto at = byte(19) & 0xf;
    auto number = (byte(at) & 0x7f) << 24 | byte(at + 1) << 16 | byte(at + 2) << 8 | byte(at + 3);
    std::string out(std::size_t(digits), '0');
    for (int i = digits - 1; i >= 0; --i, number /= 10) out[std::size_t(i)] = char('0' + number % 10);
    return out;
}

std::int64_t totp_step(TimeMs now) { return now / (limits::totp_step_s * second_ms); }

std::optional<std::int64_t> totp_step_of(std::string_view secret, std::string_view code, TimeMs now,
                                         std::int64_t used) {
    std::optional<std::int64_t> found;
    const auto middle = totp_step(now);
    for (auto step = middle - limits::totp_steps_off_max; step <= middle + limits::totp_steps_off_max; ++step)
        if (step > used && constant_time_equal(hotp(secret, std::uint64_t(step)), code) && !found) found = step;
    return found;
}

}  // namespace kith::crypto
