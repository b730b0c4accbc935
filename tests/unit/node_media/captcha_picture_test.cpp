#include "node/media/captcha_picture.hpp"

#include "config/limits/media.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace kith;

namespace {

// Dark pixels, which letters are made of; noise is lighter. The rows lie in the file as they are.
auto ink(std::string_view png) {
    return std::count_if(png.begin() + 43, png.end() - 20, [](char c) { return std::uint8_t(c) == 40; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(media_captcha)

BOOST_AUTO_TEST_CASE(each_letter_is_drawn) {
    SeededRandom random(3);
    const auto nothing = ink(media::captcha_picture("", random));
    for (const char letter : std::string_view("ACDEFGHJKMNPRTWXY34679"))
        BOOST_TEST(ink(media::captcha_picture(std::string_view(&letter, 1), random)) > nothing + 60, letter);
}

BOOST_AUTO_TEST_CASE(the_same_letters_look_different_each_time) {
    SeededRandom random(3);
    const auto first = media::captcha_picture("FROG", random), second = media::captcha_picture("FROG", random);
    BOOST_TEST(first.substr(1, 3) == "PNG");
    BOOST_TEST(first.size() > std::size_t(limits::captcha_width * limits::captcha_height));
    BOOST_TEST(first != second);
}

BOOST_AUTO_TEST_SUITE_END()
