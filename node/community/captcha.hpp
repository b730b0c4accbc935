#pragma once
#include "node/community/context.hpp"

#include <string>
#include <string_view>

// Letters in a picture that who signs up reads first, where registration.captcha asks for it. What the picture
// looks like is node/media's.
namespace kith::community {

struct Captcha {
    std::string id, answer;
};
// Lives for limits::captcha_ms. Code::rate_limited where too many wait for an answer.
Result<Captcha> make_captcha(Context&);
// Whatever the answer, the captcha is gone by it. Case and spaces do not count.
Result<bool> solves_captcha(Context&, std::string_view id, std::string_view answer);

}  // namespace kith::community
