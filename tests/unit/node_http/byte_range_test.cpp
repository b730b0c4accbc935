#include "node/http/byte_range.hpp"

#include "exchange_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

using namespace kith;
using namespace kith::http;
using Kind = ByteRange::Kind;

namespace {

void is_part(std::string_view field, std::uint64_t first, std::uint64_t last) {
    const auto range = byte_range(field, 100);
    BOOST_TEST((range.kind == Kind::part), std::string(field));
    BOOST_TEST(range.first == first);
    BOOST_TEST(range.last == last);
}

// A file of ten bytes.
FilePart ten_bytes() {
    char name[] = "/tmp/kith-range-XXXXXX";
    Descriptor file(::mkostemp(name, O_CLOEXEC));
    ::unlink(name);
    BOOST_REQUIRE(::write(file.get(), "0123456789", 10) == 10);
    return {std::move(file), 0, 10};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(byte_ranges)

BOOST_AUTO_TEST_CASE(one_part_is_cut_out) {
    is_part("bytes=0-0", 0, 0);
    is_part("bytes=10-19", 10, 19);
    is_part("Bytes= 90- ", 90, 99);
    is_part("bytes=90-1000", 90, 99);
    is_part("bytes=-1", 99, 99);
    is_part("bytes=-1000", 0, 99);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_as_if_it_were_not_there) {
    for (const auto field : {"", "bytes", "bytes=", "bytes=5-4", "bytes=a-", "bytes=-", "bytes=1-2,4-5", "lines=1-2",
                             "bytes=1-2-3", "bytes=+1-2", "bytes=99999999999999999999-"})
        BOOST_TEST((byte_range(field, 100).kind == Kind::whole), field);
}

BOOST_AUTO_TEST_CASE(what_is_behind_the_end_is_refused) {
    for (const auto field : {"bytes=100-", "bytes=100-200", "bytes=-0"})
        BOOST_TEST((byte_range(field, 100).kind == Kind::unsatisfiable), field);
    BOOST_TEST((byte_range("bytes=-5", 0).kind == Kind::unsatisfiable));
    BOOST_TEST((byte_range("bytes=0-", 0).kind == Kind::unsatisfiable));
}

BOOST_AUTO_TEST_CASE(an_exchange_answers_with_the_part_that_is_asked_for) {
    ExchangeFixture f("GET /", "Range: bytes=2-4\r\n");
    BOOST_TEST(f.exchange.file(ten_bytes(), "video/mp4", "\"a\"").has_value());
    const auto& response = f.exchange.response();
    BOOST_TEST(response.status == 206);
    BOOST_TEST(response.header("Content-Range") == "bytes 2-4/10");
    BOOST_TEST(response.file.offset == 2u);
    BOOST_TEST(response.file.size == 3u);
}

BOOST_AUTO_TEST_CASE(a_part_of_another_version_is_not_sent) {
    ExchangeFixture other("GET /", "Range: bytes=2-4\r\nIf-Range: \"b\"\r\n");
    BOOST_TEST(other.exchange.file(ten_bytes(), "video/mp4", "\"a\"").has_value());
    BOOST_TEST(other.exchange.response().status == 200);
    BOOST_TEST(other.exchange.response().file.size == 10u);
    ExchangeFixture behind("GET /", "Range: bytes=10-\r\n");
    BOOST_TEST(behind.exchange.file(ten_bytes(), "video/mp4", "\"a\"").has_value());
    BOOST_TEST(behind.exchange.response().status == 416);
    BOOST_TEST(behind.exchange.response().file.size == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
