#include <boost/test/unit_test.hpp>

#include <string>

#include "node/http/head.hpp"

using namespace kith::http;

namespace {

const Limits limits;

int parse(Head& head, std::string text) {
    head.text = std::move(text);
    return parse_head(head, limits);
}

int parse(std::string text) {
    Head head;
    return parse(head, std::move(text));
}

int with_field(const std::string& field) {
    return parse("POST / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(head)

BOOST_AUTO_TEST_CASE(a_request_is_read_into_its_parts) {
    Head head;
    BOOST_TEST(parse(head, "GET /a%20b?c=d?e HTTP/1.1\r\nHost: a.example:81\r\nX-Test:  v \r\n"
                           "x-test: w\r\n\r\n") == 0);
    BOOST_TEST(head.method == "GET");
    BOOST_TEST(head.target == "/a%20b?c=d?e");
    BOOST_TEST(head.path == "/a%20b");
    BOOST_TEST(head.query == "c=d?e");
    BOOST_TEST(head.host == "a.example:81");
    BOOST_TEST(head.header("X-TEST") == "v");
    BOOST_TEST(head.joined_header("x-test") == "v, w");
    BOOST_TEST(head.header("absent") == "");
    BOOST_TEST(head.keep_alive);
    BOOST_TEST(!head.has_body());
}

BOOST_AUTO_TEST_CASE(the_authority_of_an_absolute_target_replaces_the_host_header) {
    Head head;
    BOOST_TEST(parse(head, "GET HTTP://b.example/x?y HTTP/1.1\r\nHost: a\r\n\r\n") == 0);
    BOOST_TEST(head.target == "/x?y");
    BOOST_TEST(head.path == "/x");
    BOOST_TEST(head.host == "b.example");
    BOOST_TEST(head.header("host") == "b.example");
    BOOST_TEST(parse(head, "GET http://b.example HTTP/1.1\r\nHost: a\r\n\r\n") == 0);
    BOOST_TEST(head.path == "/");
    for (const auto* target : {"http://", "http:///x", "http://u@b/", "http://b?x", "ftp://b/", "b/"})
        BOOST_TEST(parse("GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
}

BOOST_AUTO_TEST_CASE(an_asterisk_is_for_options_only) {
    BOOST_TEST(parse("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n") == 0);
    BOOST_TEST(parse("GET * HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
}

BOOST_AUTO_TEST_CASE(a_head_that_parsers_could_read_in_two_ways_is_refused) {
    BOOST_TEST(with_field("Content-Length: 5") == 0);
    for (const auto* field :
         {"Content-Length: 5\r\nContent-Length: 5", "Content-Length: +5", "Content-Length: 5,5",
          "Content-Length: 18446744073709551616", "Content-Length: ", "Transfer-Encoding: gzip, chunked",
          "Transfer-Encoding: chunked\r\nContent-Length: 5", "Content-Length : 5", " folded: x",
          "Host: b", "no colon", ": no name"})
        BOOST_TEST(with_field(field) == 400, field);
    BOOST_TEST(with_field("Expect: something") == 417);
    BOOST_TEST(parse("GET / HTTP/1.1\r\n\r\n") == 400);
    BOOST_TEST(parse("GET / HTTP/1.0\r\n\r\n") == 0);
    BOOST_TEST(parse("GET / HTTP/3\r\nHost: a\r\n\r\n") == 505);
    BOOST_TEST(parse("BREW / HTTP/1.1\r\nHost: a\r\n\r\n") == 501);
}

BOOST_AUTO_TEST_CASE(a_head_can_be_used_again) {
    Head head;
    BOOST_TEST(parse(head, "POST http://b/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                           "Content-Encoding: gzip\r\nExpect: 100-continue\r\n\r\n") == 0);
    BOOST_TEST((head.chunked && head.gzip && head.expect_continue));
    BOOST_TEST(parse(head, "GET / HTTP/1.1\r\nHost: a\r\nConnection: x, close\r\n\r\n") == 0);
    BOOST_TEST(!(head.chunked || head.gzip || head.encoded || head.expect_continue));
    BOOST_TEST(!head.keep_alive);
    BOOST_TEST(head.host == "a");
}

BOOST_AUTO_TEST_CASE(the_end_is_found_byte_by_byte) {
    const std::string text = "GET / HTTP/1.1\r\nHost: a\r\n\r\nrest";
    HeadScan scan;
    int status = 0;
    for (std::size_t n = 1; n < text.size() - 4; ++n)
        BOOST_TEST(!find_head_end(std::string_view(text).substr(0, n), scan, limits, status));
    BOOST_TEST(find_head_end(text, scan, limits, status).value() == text.size() - 4);
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(bad_bytes_and_long_heads_are_refused_before_the_end) {
    const auto status_of = [](const std::string& text) {
        HeadScan scan;
        int status = 0;
        BOOST_TEST(!find_head_end(text, scan, limits, status));
        return status;
    };
    BOOST_TEST(status_of("GET / HTTP/1.1\n") == 400);
    BOOST_TEST(status_of("GET /\rx") == 400);
    BOOST_TEST(status_of(std::string("GET /\0", 6)) == 400);
    BOOST_TEST(status_of("GET /" + std::string(limits.head_bytes_max, 'a')) == 414);
    BOOST_TEST(status_of("GET / HTTP/1.1\r\nX: " + std::string(limits.head_bytes_max, 'a')) == 431);
    BOOST_TEST(status_of("GET / HT") == 0);
}

BOOST_AUTO_TEST_CASE(one_leading_empty_line_is_dropped_and_no_more) {
    std::string in = "\r\n\r\nGET";
    HeadScan scan;
    drop_leading_empty_line(in, scan);
    BOOST_TEST(in == "\r\nGET");
    drop_leading_empty_line(in, scan);
    BOOST_TEST(in == "\r\nGET");
}

BOOST_AUTO_TEST_CASE(httplib_sees_no_word_of_the_client) {
    Head head;
    BOOST_TEST(parse(head, "DELETE /secret HTTP/1.1\r\nHost: a\r\nRange: bytes=0-\r\n\r\n") == 0);
    BOOST_TEST(canonical_head(head, 5) == "GET / HTTP/1.1\r\n\r\n");
    BOOST_TEST(parse(head, "PUT /x HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\n\r\n") == 0);
    BOOST_TEST(canonical_head(head, 5) ==
               "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
