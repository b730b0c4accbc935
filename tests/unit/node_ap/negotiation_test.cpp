#include "node/ap/negotiation.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith::ap;

BOOST_AUTO_TEST_SUITE(ap_negotiation)

BOOST_AUTO_TEST_CASE(programs_get_the_document) {
    for (const auto* accept :
         {"application/activity+json", "application/ld+json",
          "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
          "application/ld+json;profile=https://www.w3.org/ns/activitystreams",
          "APPLICATION/LD+JSON; charset=utf-8; Profile=\"https://www.w3.org/ns/activitystreams https://other.example\"",
          "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\", text/html;q=0.1",
          "text/html;q=0.5, application/activity+json", "text/html, application/activity+json", "*/*", "", "application/json"})
        BOOST_TEST((form_of(accept) == Form::activity), accept);
}

BOOST_AUTO_TEST_CASE(browsers_get_the_page) {
    for (const auto* accept :
         {"text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
          "text/html, application/activity+json;q=0.9", "text/*, application/activity+json;q=0.1",
          "text/html, application/activity+json;q=0"})
        BOOST_TEST((form_of(accept) == Form::page), accept);
}

BOOST_AUTO_TEST_CASE(the_root_is_a_page_unless_activitypub_is_named) {
    for (const auto* accept : {"*/*", "", "text/html", "application/json", "application/*", "text/html, application/activity+json;q=0.5"})
        BOOST_TEST(!asks_for_activity(accept), accept);
    for (const auto* accept : {"application/activity+json", "application/ld+json", "application/activity+json, */*;q=0.1"})
        BOOST_TEST(asks_for_activity(accept), accept);
}

BOOST_AUTO_TEST_SUITE_END()
