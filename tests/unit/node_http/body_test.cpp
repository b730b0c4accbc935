#include <boost/test/unit_test.hpp>

#include <string>

#include "node/http/body_collector.hpp"

using namespace kith::http;

namespace {

using State = BodyCollector::State;
const std::string spool = "/tmp";

struct Fixture {
    Limits limits;
    Head head;
    BodyCollector body;

    void begin(std::uint64_t bytes_max = 1'000) { body.begin(head, bytes_max, limits, spool); }

    State take_chunks(std::string in) {
        head.chunked = true;
        begin();
        return body.take(in);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(body, Fixture)

BOOST_AUTO_TEST_CASE(a_body_with_a_length_leaves_the_next_request) {
    head.content_length = 5;
    begin();
    std::string in = "hel";
    BOOST_TEST((body.take(in) == State::incomplete));
    in = "loGET";
    BOOST_TEST((body.take(in) == State::complete));
    BOOST_TEST(in == "GET");
    BOOST_TEST(body.whole().value() == "hello");
}

BOOST_AUTO_TEST_CASE(a_length_beyond_the_limit_is_refused_before_a_byte_is_kept) {
    head.content_length = 1'001;
    begin();
    std::string in = "x";
    BOOST_TEST((body.take(in) == State::too_large));
    BOOST_TEST(body.size() == 0u);
}

BOOST_AUTO_TEST_CASE(a_large_body_goes_to_a_file_and_reads_the_same) {
    limits.body_memory_bytes_max = 10;
    head.content_length = 100;
    begin();
    std::string all;
    for (int i = 0; i < 100; ++i) all += char('a' + i % 26);
    for (std::size_t at = 0; at < all.size(); at += 7) {
        auto in = all.substr(at, 7);
        (void)body.take(in);
    }
    BOOST_TEST(body.whole().value() == all);
    char part[4];
    BOOST_TEST(body.read_at(98, part, 4) == 2);
    BOOST_TEST(std::string(part, 2) == all.substr(98));
    BOOST_TEST(body.read_at(100, part, 4) == 0);
}

BOOST_AUTO_TEST_CASE(a_spool_directory_that_is_not_there_is_no_room) {
    static const std::string nowhere = "/nonexistent";
    limits.body_memory_bytes_max = 1;
    head.content_length = 5;
    body.begin(head, 1'000, limits, nowhere);
    std::string in = "hello";
    BOOST_TEST((body.take(in) == State::no_room));
}

BOOST_AUTO_TEST_CASE(chunks_are_decoded_wherever_they_are_cut) {
    const std::string text = "5;a=b\r\nhello\r\nA\r\n, world!!!\r\n0\r\nX: y\r\n\r\nGET";
    for (std::size_t step = 1; step < text.size(); ++step) {
        head.chunked = true;
        begin();
        std::string in;
        auto state = State::incomplete;
        for (std::size_t at = 0; at < text.size(); at += step) {
            in += text.substr(at, step);
            if (state == State::incomplete) state = body.take(in);
        }
        BOOST_TEST((state == State::complete));
        BOOST_TEST(body.whole().value() == "hello, world!!!");
        BOOST_TEST(in == "GET");
    }
}

BOOST_AUTO_TEST_CASE(a_chunk_is_refused_by_what_it_announces) {
    BOOST_TEST((take_chunks("3e8\r\n") == State::incomplete));
    BOOST_TEST((take_chunks("3e9\r\n") == State::too_large));
    BOOST_TEST((take_chunks("1\r\nx\r\n3e8\r\n") == State::too_large));
}

BOOST_AUTO_TEST_CASE(broken_chunks_are_refused) {
    for (const auto* text : {" 5\r\n", "0x5\r\n", "-0\r\n", "+5\r\n", "5\n", "\r\n", "5 \r\n", "g\r\n",
                             "fffffffffffffffff\r\n", "5\r\nhelloXX", "5\r\r\n", "0\r\nno colon\r\n",
                             "0\r\n folded: x\r\n", "0\r\nX: y\n\r\n"})
        BOOST_TEST((take_chunks(text) == State::broken), text);
    BOOST_TEST((take_chunks(std::string(100, '0')) == State::broken));
}

BOOST_AUTO_TEST_CASE(trailers_are_dropped_and_bounded) {
    BOOST_TEST((take_chunks("0\r\nA: b\r\nC: d\r\n\r\n") == State::complete));
    std::string many = "0\r\n";
    for (int i = 0; i < 1'000; ++i) many += "A: bbbbbbbb\r\n";
    BOOST_TEST((take_chunks(many) == State::broken));
    BOOST_TEST((take_chunks("0\r\nA: " + std::string(5'000, 'b')) == State::broken));
}

BOOST_AUTO_TEST_SUITE_END()
