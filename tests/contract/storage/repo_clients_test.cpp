#include "storage/repo/oauth.hpp"
#include "storage/repo/reach.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using model::ReachState;

BOOST_AUTO_TEST_SUITE(repo_clients)

namespace {

struct Client {
    explicit Client(sql::Db& d) : db(d), world(d), user(world.account_of(world.person("ann"))) {
        app = {world.next_id(),
               "client",
               "secret",
               "Name",
               "https://app.example",
               "https://app.example/cb\nurn:x",
               "read write",
               noon};
        put(db, repo::insert_app, app);
    }

    model::OAuthToken token(const char* hash, std::optional<Id> of) {
        const model::OAuthToken t{world.next_id(), hash, app.id, of, "read", noon, {}, {}};
        put(db, repo::insert_token, t);
        return t;
    }

    sql::Db& db;
    World world;
    Id user;
    model::OAuthApp app;
};

}  // namespace

KITH_STORAGE_TEST(an_application_comes_back_as_it_was_registered) {
    Client client(db);
    for (const auto& found : {ask(db, repo::find_app, client.app.id).value(),
                              ask(db, repo::find_app_by_client_id, "client").value(),
                              ask(db, repo::apps_by_ids, Ids{client.app.id, 9999}).at(0)}) {
        BOOST_TEST(found.id == client.app.id);
        BOOST_TEST(found.secret_hash == "secret");
        BOOST_TEST(found.name == "Name");
        BOOST_TEST(found.website == "https://app.example");
        BOOST_TEST(found.redirect_uris == client.app.redirect_uris);
        BOOST_TEST(found.scopes == "read write");
        BOOST_TEST(found.created_at == noon);
    }
    BOOST_TEST(!ask(db, repo::find_app_by_client_id, "other"));
}

KITH_STORAGE_TEST(a_code_is_used_once) {
    Client client(db);
    const model::OAuthCode code{"hash",      client.app.id, client.user, "urn:x", "read",
                                "challenge", noon + 10,     {},          0};
    put(db, repo::insert_code, code);
    BOOST_TEST(put(db, repo::use_code, "hash", noon, Id{77}));
    BOOST_TEST(!put(db, repo::use_code, "hash", noon + 1, Id{78}));
    const auto found = ask(db, repo::find_code, "hash").value();
    BOOST_TEST(found.app_id == client.app.id);
    BOOST_TEST(found.user_id == client.user);
    BOOST_TEST(found.redirect_uri == "urn:x");
    BOOST_TEST(found.challenge == "challenge");
    BOOST_TEST(found.used_at.value() == noon);
    BOOST_TEST(found.token_id == 77);  // what a second use revokes
    put(db, repo::delete_codes_before, noon + 10);
    BOOST_TEST(ask(db, repo::find_code, "hash").has_value());
    put(db, repo::delete_codes_before, noon + 11);
    BOOST_TEST(!ask(db, repo::find_code, "hash"));
}

KITH_STORAGE_TEST(a_revoked_token_is_not_found) {
    Client client(db);
    const auto one = client.token("one", client.user);
    client.token("two", client.user);
    client.token("apps own", {});
    put(db, repo::touch_token, one.id, noon + 5);
    const auto found = ask(db, repo::find_token, "one").value();
    BOOST_TEST(found.user_id.value() == client.user);
    BOOST_TEST(found.scopes == "read");
    BOOST_TEST(found.last_used_at.value() == noon + 5);
    BOOST_TEST(!found.revoked_at);
    put(db, repo::revoke_token, one.id, noon + 6);
    BOOST_TEST(!ask(db, repo::find_token, "one"));
    put(db, repo::revoke_tokens_of, client.user, noon + 7);
    BOOST_TEST(!ask(db, repo::find_token, "two"));
    BOOST_TEST(!ask(db, repo::find_token, "apps own").value().user_id);
}

KITH_STORAGE_TEST(known_never_takes_the_place_of_delivered) {
    World world(db);
    const auto post = world.post(world.person("ann"));
    put(db, repo::note_reach, post, "b.example", "in", ReachState::queued, noon);
    put(db, repo::note_reach, post, "b.example", "in", ReachState::delivered, noon);
    put(db, repo::note_reach, post, "b.example", "other", ReachState::known, noon);
    put(db, repo::note_reach, post, "a.example", "in", ReachState::known, noon);
    BOOST_TEST(ask(db, repo::has_reached, post, "a.example"));
    BOOST_TEST(!ask(db, repo::has_reached, post, "c.example"));
    const auto reach = ask(db, repo::reach_of, post);
    BOOST_REQUIRE(reach.size() == 2u);
    BOOST_TEST(reach[0].host == "a.example");
    BOOST_TEST((reach[0].state == ReachState::known));
    BOOST_TEST((reach[1].state == ReachState::delivered));
    BOOST_TEST(reach[1].inbox == "in");
}

BOOST_AUTO_TEST_SUITE_END()
