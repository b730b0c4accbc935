#include "node/media/blurhash.hpp"

#include "node/media/pictures.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace kith;

namespace {

std::vector<std::uint8_t> filled(int width, int height, std::uint8_t value) {
    return std::vector<std::uint8_t>(std::size_t(3 * width * height), value);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(media_pictures)

// Of one colour every component but the first is zero, which is "fQ"; the first is the colour itself.
BOOST_AUTO_TEST_CASE(a_blurhash_of_one_colour_says_that_colour_and_nothing_else) {
    BOOST_TEST(media::blurhash(filled(8, 8, 0), 8, 8, 4, 3) == "L00000fQfQfQfQfQfQfQfQfQfQfQ");
    const auto white = media::blurhash(filled(8, 8, 255), 8, 8, 4, 3);
    BOOST_TEST(white.size() == 28);
    BOOST_TEST(white.substr(2, 4) == "TSUA");
}

BOOST_AUTO_TEST_CASE(a_blurhash_tells_left_from_right) {
    auto pixels = filled(8, 8, 0);
    for (std::size_t y = 0; y < 8; ++y)
        for (std::size_t x = 4; x < 8; ++x)
            for (std::size_t c = 0; c < 3; ++c) pixels[3 * (8 * y + x) + c] = 255;
    auto mirrored = filled(8, 8, 255);
    for (std::size_t i = 0; i < pixels.size(); ++i) mirrored[i] = std::uint8_t(255 - pixels[i]);
    const auto one = media::blurhash(pixels, 8, 8, 4, 3), other = media::blurhash(mirrored, 8, 8, 4, 3);
    BOOST_TEST(one != other);
    BOOST_TEST(one.substr(0, 2) == other.substr(0, 2));
}

BOOST_AUTO_TEST_CASE(too_few_pixels_give_no_blurhash) {
    BOOST_TEST(media::blurhash(filled(2, 2, 1), 8, 8, 4, 3).empty());
    BOOST_TEST(media::blurhash({}, 0, 0, 4, 3).empty());
}

BOOST_AUTO_TEST_CASE(what_bytes_are_is_told_by_how_they_begin) {
    using media::picture_type;
    BOOST_TEST(picture_type("\xff\xd8\xff\xe0 and more") == "image/jpeg");
    BOOST_TEST(picture_type("GIF89a...") == "image/gif");
    BOOST_TEST(picture_type("RIFF....WEBPVP8 ") == "image/webp");
    BOOST_TEST(picture_type(std::string_view("\0\0\0\x20" "ftypavif....", 16)) == "image/avif");
    for (const std::string_view other : {"", "RIFF....WAVEfmt ", "<svg>", "%PDF-1.4", "GIF88a"})
        BOOST_TEST(picture_type(other).empty());
}

BOOST_AUTO_TEST_CASE(a_name_in_the_store_leads_nowhere_else) {
    BOOST_TEST(blob::is_name("aB/x-_9.png"));
    for (const std::string_view bad :
         {"", "a.png", "../a.png", "aa/../b.png", "/aa/b.png", "aa/b", "aa/b.p/g", "aa/b.png/", "aa/.png", "a a/b.png"})
        BOOST_TEST(!blob::is_name(bad));
}

BOOST_AUTO_TEST_SUITE_END()
