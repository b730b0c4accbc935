#include "config/urls.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith;

namespace {

Urls passing(std::string key = "secret") {
    Urls urls("https://here.example", "here.example");
    urls.pass_remote_files(std::move(key));
    return urls;
}

std::string path_of(const Urls& urls, const std::string& url) { return urls.file(url).substr(urls.base().size()); }

}  // namespace

BOOST_AUTO_TEST_SUITE(urls_of_files)

BOOST_AUTO_TEST_CASE(files_of_others_are_given_out_as_they_are_until_they_pass_through_the_node) {
    const Urls urls("https://here.example", "here.example");
    BOOST_TEST(urls.file("/media/aa/b.png") == "https://here.example/media/aa/b.png");
    BOOST_TEST(urls.file("https://there.example/a.png") == "https://there.example/a.png");
    BOOST_TEST(!urls.remote_file("/proxy/x/aHR0cHM6Ly90aGVyZS5leGFtcGxlL2EucG5n").has_value());
}

BOOST_AUTO_TEST_CASE(what_was_signed_is_found_again) {
    const auto urls = passing();
    for (const std::string url : {"https://there.example/a.png", "http://there.example:8080/a?b=c&d=%20#e"}) {
        BOOST_TEST(urls.file(url).starts_with("https://here.example/proxy/"));
        BOOST_TEST(urls.remote_file(path_of(urls, url)).value_or("") == url);
    }
    BOOST_TEST(urls.file("/media/aa/b.png") == "https://here.example/media/aa/b.png");
    BOOST_TEST(urls.file("https://here.example/emoji/x") == "https://here.example/emoji/x");
    BOOST_TEST(urls.file("") == "");
}

BOOST_AUTO_TEST_CASE(what_was_not_signed_here_is_nothing) {
    const auto urls = passing(), other = passing("another");
    const auto path = path_of(urls, "https://there.example/a.png");
    BOOST_TEST(!other.remote_file(path).has_value());
    auto altered = path;
    altered.back() = altered.back() == 'A' ? 'B' : 'A';
    BOOST_TEST(!urls.remote_file(altered).has_value());
    altered = path;
    altered[7] = altered[7] == 'A' ? 'B' : 'A';
    BOOST_TEST(!urls.remote_file(altered).has_value());
    for (const auto* none : {"/proxy/", "/proxy//", "/proxy/a", "/media/a/b", ""}) BOOST_TEST(!urls.remote_file(none).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
