// FEP-8fcf on the wire.
#include "federation/vocab/followers_sync.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace kith;
using namespace kith::vocab;

BOOST_AUTO_TEST_SUITE(vocab_followers_sync)

namespace {

const std::string collection = "https://example.org/users/1/followers";
const std::string list = "https://example.org/users/1/followers_synchronization";
const std::string digest = "c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f";

std::string header(const std::string& with_digest) {
    return "collectionId=\"" + collection + "\", url=\"" + list + "\", digest=\"" + with_digest +
           "\"";
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_digest_is_the_one_of_the_proposals_example) {
    std::vector<std::string> ids{"https://testing.example.org/users/1",
                                 "https://testing.example.org/users/2"};
    BOOST_TEST(followers_digest(ids) == digest);
    std::swap(ids[0], ids[1]);
    BOOST_TEST(followers_digest(ids) == digest);
}

BOOST_AUTO_TEST_CASE(nobody_has_a_digest_of_zeros) {
    BOOST_TEST(followers_digest({}) == std::string(64, '0'));
}

BOOST_AUTO_TEST_CASE(the_header_is_the_one_of_the_proposals_example) {
    const FollowersState state{collection, list, digest};
    BOOST_TEST(write_followers_state(state) == header(digest));
    const auto read = read_followers_state(header(digest));
    BOOST_REQUIRE(read);
    BOOST_TEST((*read == state));
}

BOOST_AUTO_TEST_CASE(spaces_order_and_unknown_parameters_do_not_matter) {
    const auto read = read_followers_state(" digest=\"" + digest + "\",more=\"x\" , url=\"" + list +
                                           "\",collectionId=\"" + collection + "\" ");
    BOOST_REQUIRE(read);
    BOOST_TEST((*read == FollowersState{collection, list, digest}));
}

BOOST_AUTO_TEST_CASE(what_is_no_whole_header_is_refused) {
    for (const std::string& text :
         {std::string(), std::string("digest"), std::string("digest=\"" + digest + "\""),
          header("c33f"), header(std::string(64, 'x')), header(digest) + ",",
          header(digest) + ", digest=\"" + digest + "\"", header(digest) + " x",
          header(digest).substr(0, header(digest).size() - 1),
          header(digest) + ", more=\"" + std::string(3'000, 'a') + "\""})
        BOOST_TEST(!read_followers_state(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
