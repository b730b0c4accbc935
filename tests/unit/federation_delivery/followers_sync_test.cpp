// FEP-8fcf, the sending end.
#include "federation/vocab/followers_sync.hpp"
#include "fixture.hpp"

using namespace kith;
using namespace kith::delivery::test;

namespace {

std::string expected(const model::Actor& of, const std::vector<std::string>& ids) {
    return vocab::write_followers_state({.collection_id = of.followers_url,
                                         .url = of.ap_id + "/followers_synchronization",
                                         .digest = vocab::followers_digest(ids)});
}

std::string last_header_at(const Node& node, const std::string& host) {
    std::string out = "nothing was sent";
    for (const auto& s : node.transport.sent)
        if (s.host == host) out = s.synchronization;
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(delivery_followers_sync)

BOOST_AUTO_TEST_CASE(a_post_for_followers_tells_each_host_who_of_it_follows) {
    Node node;
    const auto alice = node.local("alice");
    const auto bob = node.remote("bob", "b.example"), ben = node.remote("ben", "b.example");
    const auto cid = node.remote("cid", "c.example");
    node.follow(bob, alice);
    const auto bens = node.follow(ben, alice);
    node.follow(cid, alice);
    node.post(alice);
    node.work();
    BOOST_TEST(last_header_at(node, "b.example") == expected(alice, {bob.ap_id, ben.ap_id}));
    BOOST_TEST(last_header_at(node, "c.example") == expected(alice, {cid.ap_id}));

    value_of(node.db->write([&](sql::Tx& tx) { return repo::remove_follow(tx, bens); }));
    node.post(alice);
    node.work();
    BOOST_TEST(last_header_at(node, "b.example") == expected(alice, {bob.ap_id}));
}

BOOST_AUTO_TEST_CASE(what_is_not_for_followers_has_no_header) {
    Node node;
    const auto alice = node.local("alice");
    const auto bob = node.remote("bob", "b.example");
    node.follow(bob, alice);
    node.post(alice, {.visibility = model::Visibility::direct, .audience = {bob}});
    node.work();
    BOOST_TEST(last_header_at(node, "b.example") == "");
}

BOOST_AUTO_TEST_SUITE_END()
