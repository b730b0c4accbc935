// What we say of our own actors and posts.
#include "federation/delivery/documents.hpp"

#include "base/crypto/keys.hpp"
#include "fixture.hpp"

using namespace kith;
using namespace kith::delivery::test;
using model::Visibility;

BOOST_AUTO_TEST_SUITE(delivery_documents)

BOOST_AUTO_TEST_CASE(an_actor_shows_its_public_keys_each_in_its_own_form) {
    Node node;
    const auto alice = node.local("alice");
    const auto key = value_of(crypto::PrivateKey::generate_ed25519()).public_key();
    node.write([&](sql::Tx& tx) -> Result<> {
        TRY(repo::put_key(
            tx,
            {.key_id = Urls::main_key(alice.ap_id), .actor_id = alice.id, .public_pem = "PEM"}));
        return repo::put_key(tx, {.key_id = Urls::ed25519_key(alice.ap_id),
                                  .actor_id = alice.id,
                                  .algorithm = model::KeyAlgorithm::ed25519,
                                  .public_pem = key.to_pem()});
    });
    const auto v = node.read(
        [&](sql::Tx& tx) { return delivery::actor_document(tx, node.urls, node.config, alice); });
    BOOST_TEST(v.webfinger == "alice@home.example");
    BOOST_REQUIRE(v.keys.size() == 2);
    for (const auto& k : v.keys) {
        BOOST_TEST(k.owner == alice.ap_id);
        if (k.id == Urls::main_key(alice.ap_id))
            BOOST_TEST(k.public_key_pem == "PEM");
        else
            BOOST_TEST(k.public_key_multibase == key.to_multikey());
    }
}

BOOST_AUTO_TEST_CASE(to_and_cc_say_who_may_see_the_post) {
    Node node;
    const auto alice = node.local("alice");
    const auto bob = node.remote("bob", "b.example");
    const std::string open(vocab::public_collection), fans = alice.followers_url;
    const std::map<Visibility, std::pair<std::vector<std::string>, std::vector<std::string>>>
        expected{
            {Visibility::public_, {{open}, {fans, bob.ap_id}}},
            {Visibility::unlisted, {{fans}, {open, bob.ap_id}}},
            {Visibility::followers, {{fans}, {bob.ap_id}}},
            {Visibility::direct, {{bob.ap_id}, {}}},
        };
    for (const auto& [visibility, lists] : expected) {
        const auto post = node.store_post(alice, {.visibility = visibility, .audience = {bob}});
        const auto v =
            node.read([&](sql::Tx& tx) { return delivery::post_document(tx, node.urls, post); });
        BOOST_TEST(v.to == lists.first, int(visibility));
        BOOST_TEST(v.cc == lists.second, int(visibility));
        BOOST_REQUIRE(v.tags.size() == 1);
        BOOST_TEST(v.tags[0].name == "@bob@b.example");
    }
}

BOOST_AUTO_TEST_CASE(a_post_in_a_group_names_it_in_every_way_and_keeps_the_threads_context) {
    Node node;
    const auto alice = node.local("alice");
    const auto group = node.remote("garden", "g.example", model::ActorKind::group);
    auto root = node.store_post(group, {.group_id = group.id});
    const auto reply = node.store_post(alice, {.group_id = group.id, .parent = root});
    const auto v =
        node.read([&](sql::Tx& tx) { return delivery::post_document(tx, node.urls, reply); });
    BOOST_TEST(v.audience == group.ap_id);
    BOOST_TEST(v.to ==
               (std::vector<std::string>{group.ap_id, std::string(vocab::public_collection)}));
    BOOST_TEST(v.in_reply_to == root.ap_id);
    BOOST_TEST(v.context == root.context_url);
    BOOST_REQUIRE(v.tags.size() == 1);
    BOOST_TEST(v.tags[0].href == group.ap_id);
    BOOST_TEST((v.type == vocab::PostType::note));
}

BOOST_AUTO_TEST_SUITE_END()
