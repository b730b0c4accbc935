#include "config/limits/mastodon_api.hpp"
#include "node/api/mastodon/paging.hpp"

#include "tests/unit/node_http/exchange_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith;
using namespace kith::mastodon;

namespace {

const Urls urls("https://a.example", "a.example");

std::string link_of(const std::string& target, std::optional<Id> next, std::optional<Id> prev) {
    ExchangeFixture f("GET " + target);
    return link_header(f.exchange, urls, next, prev);
}

community::PageRequest request_of(const std::string& query) {
    ExchangeFixture f("GET /x?" + query);
    return *page_request(f.exchange, statuses_per_page);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mastodon_paging)

BOOST_AUTO_TEST_CASE(links_are_absolute_and_name_both_directions) {
    BOOST_TEST(link_of("/api/v1/timelines/home", 5, 9) ==
               "<https://a.example/api/v1/timelines/home?max_id=5>; rel=\"next\", "
               "<https://a.example/api/v1/timelines/home?min_id=9>; rel=\"prev\"");
    BOOST_TEST(link_of("/x", {}, 9) == "<https://a.example/x?min_id=9>; rel=\"prev\"");
    BOOST_TEST(link_of("/x", {}, {}) == "");
}

BOOST_AUTO_TEST_CASE(other_parameters_are_kept_encoded_and_cursors_replaced) {
    BOOST_TEST(link_of("/x?types[]=a,b&max_id=1&min_id=2&since_id=3&limit=2&q=a+b", 5, {}) ==
               "<https://a.example/x?types%5B%5D=a%2Cb&limit=2&q=a%20b&max_id=5>; rel=\"next\"");
}

BOOST_AUTO_TEST_CASE(a_token_in_the_query_does_not_get_into_a_link) {
    BOOST_TEST(link_of("/x?access_token=secret", 5, {}) ==
               "<https://a.example/x?max_id=5>; rel=\"next\"");
}

BOOST_AUTO_TEST_CASE(a_path_cannot_end_a_link) {
    BOOST_TEST(link_of("/tag/a,b%3E/", 5, {}) ==
               "<https://a.example/tag/a%2Cb%3E?max_id=5>; rel=\"next\"");
}

BOOST_AUTO_TEST_CASE(cursors_and_limits_are_read_and_bounded) {
    auto r = request_of("max_id=5&min_id=3&limit=7");
    BOOST_TEST(*r.max_id == 5);
    BOOST_TEST(*r.min_id == 3);
    BOOST_TEST(!r.since_id);
    BOOST_TEST(r.limit == 7);
    BOOST_TEST(request_of("limit=1000").limit == limits::statuses_page_max);
    for (const auto* query : {"", "limit=0", "limit=-3", "limit=x"})
        BOOST_TEST(request_of(query).limit == limits::statuses_page);
    BOOST_TEST(!request_of("max_id=abc").max_id);
}

BOOST_AUTO_TEST_SUITE_END()
