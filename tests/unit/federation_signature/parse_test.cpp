#include <boost/test/unit_test.hpp>

#include <string>

#include "tests/unit/federation_signature/fixture.hpp"

using namespace kith::signature;
using namespace kith::signature::test;

BOOST_AUTO_TEST_SUITE(cavage_parse)

BOOST_AUTO_TEST_CASE(a_signature_header_is_read_whole) {
    auto s = parse_signature_header(
        R"-(keyId="https://a.example/u/ana#main-key",algorithm="hs2019", )-"
        R"-(headers="(request-target) Host  (created)" , created=1767614400,expires=1767618000.5,)-"
        R"-(signature="AAEC",future="x")-");
    BOOST_REQUIRE(s);
    BOOST_TEST(s->key_id == key_id);
    BOOST_TEST(s->algorithm == "hs2019");
    BOOST_TEST(s->headers == (std::vector<std::string>{"(request-target)", "host", "(created)"}),
               boost::test_tools::per_element());
    BOOST_TEST((s->signature == std::string("\0\1\2", 3)));
    BOOST_TEST((s->created_s == 1767614400));
    BOOST_TEST((s->expires_s == 1767618000));
}

BOOST_AUTO_TEST_CASE(what_may_be_absent_has_the_drafts_default) {
    auto s = parse_signature_header(R"(keyId="k",signature="AAEC")");
    BOOST_REQUIRE(s);
    BOOST_TEST(s->algorithm.empty());
    BOOST_TEST(s->headers == std::vector<std::string>{"(created)"},
               boost::test_tools::per_element());
    BOOST_TEST(!s->created_s);
}

BOOST_AUTO_TEST_CASE(malformed_signature_headers_are_refused) {
    for (auto value : {
             "",
             " ",
             ",",
             "keyId",
             "keyId=",
             "keyId=k,signature=\"AAEC\"",
             R"(keyId="k")",
             R"(signature="AAEC")",
             R"(keyId="",signature="AAEC")",
             R"(keyId="k",signature="")",
             R"(keyId="k",signature="A*EC")",
             R"(keyId="k",signature="AAE")",
             R"(keyId="k",signature="AAEC)",
             R"(keyId="k",signature="AAEC",)",
             R"(keyId="k",,signature="AAEC")",
             R"(keyId="k" signature="AAEC")",
             R"(keyId="k";signature="AAEC")",
             R"(keyId="k"x,signature="AAEC")",
             R"(keyId="k\"",signature="AAEC")",
             R"(keyId="k",keyId="l",signature="AAEC")",
             R"(keyId="k",signature="AAEC",signature="AAEC")",
             R"(keyId="k",signature="AAEC",headers="date",headers="host")",
             R"(keyId="k",signature="AAEC",headers="date Date")",
             R"(keyId="k",signature="AAEC",headers="")",
             R"(keyId="k",signature="AAEC",created=1.5)",
             R"(keyId="k",signature="AAEC",created=-1)",
             R"(keyId="k",signature="AAEC",created="soon")",
             R"(keyId="k",signature="AAEC",created=9999999999999)",
             R"(keyId="k",signature="AAEC",expires=.)",
         })
        BOOST_TEST(!refusal(parse_signature_header(value)).empty(), value);
}

BOOST_AUTO_TEST_CASE(a_signature_header_has_bounds) {
    std::string many;
    for (int i = 0; i < 33; ++i) many += "h" + std::to_string(i) + ' ';
    const std::string end = R"(",signature="AAEC")";
    BOOST_TEST(!parse_signature_header(R"(keyId="k",headers=")" + many + end));
    BOOST_TEST(!parse_signature_header(R"(keyId=")" + std::string(2'049, 'k') + end));
    BOOST_TEST(!parse_signature_header(R"(keyId="k",signature=")" + std::string(1'400, 'A') + '"'));
    BOOST_TEST(!parse_signature_header(R"(x=")" + std::string(8'200, 'x') + R"(",keyId="k)" + end));
}

BOOST_AUTO_TEST_SUITE_END()
