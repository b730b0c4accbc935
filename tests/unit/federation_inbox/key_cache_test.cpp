#include "federation/keys/key_cache.hpp"

#include <boost/test/unit_test.hpp>

#include <future>

#include "config/limits/keys.hpp"
#include "federation/keys/signer.hpp"
#include "fixture.hpp"
#include "storage/repo/actors.hpp"

namespace kith::inbox {

using keys::Refresh;
using test::code_of;
using test::must;
using test::Node;
using test::Peer;

BOOST_FIXTURE_TEST_SUITE(key_cache, Node)

static std::string key_document(const std::string& id, const std::string& owner, std::size_t key) {
    return R"({"type":"Key","id":")" + id + R"(","owner":")" + owner + R"(","publicKeyPem":)" +
           test::quoted(test::key_number(key).public_key().to_pem()) + "}";
}

BOOST_AUTO_TEST_CASE(an_actors_key_is_fetched_once_and_kept) {
    BOOST_TEST(!must(keys->peek(carol.key_id)));
    BOOST_TEST(keys->must_fetch(carol.key_id));
    const auto sender = must(keys->find(carol.key_id, Refresh::no));
    BOOST_TEST(sender.actor_ap_id == carol.id);
    BOOST_TEST(sender.host == "there.example");
    BOOST_TEST(sender.key.to_pem() == test::key_number(0).public_key().to_pem());
    BOOST_TEST(!keys->must_fetch(carol.key_id));
    must(keys->find(carol.key_id, Refresh::no));
    BOOST_TEST(network.hits() == 1);
    close();
    open();  // out of memory, still in the database
    BOOST_TEST(must(keys->peek(carol.key_id)).has_value());
    BOOST_TEST(network.hits() == 1);
}

BOOST_AUTO_TEST_CASE(the_bare_actor_id_stands_for_its_key) {
    BOOST_TEST(must(keys->find(carol.id, Refresh::no)).actor_ap_id == carol.id);
    BOOST_TEST(must(keys->find(carol.id, Refresh::no)).actor_ap_id == carol.id);
    BOOST_TEST(network.hits() == 1);
}

// GoToSocial: the key's URL shows a stub of the actor, whose own document is asked then.
BOOST_AUTO_TEST_CASE(a_stub_at_the_keys_url_leads_to_the_actor) {
    const auto key_id = carol.id + "/main-key";
    network.serve(key_id, R"({"type":"Person","id":")" + carol.id +
                              R"(","preferredUsername":"carol","publicKey":{"id":")" + key_id +
                              R"(","owner":")" + carol.id + "\"}}");
    network.serve(carol.id, carol.document(key_id));
    BOOST_TEST(must(keys->find(key_id, Refresh::no)).actor_ap_id == carol.id);
}

BOOST_AUTO_TEST_CASE(a_key_document_counts_when_its_owner_names_it) {
    const std::string key_id = "https://there.example/keys/1";
    network.serve(key_id, key_document(key_id, carol.id, 0));
    BOOST_TEST(code_of(keys->find(key_id, Refresh::no)) == "unauthorized");
    clock.advance(limits::key_refresh_interval_ms);
    network.serve(carol.id, carol.document(key_id));
    BOOST_TEST(must(keys->find(key_id, Refresh::no)).actor_ap_id == carol.id);
}

BOOST_AUTO_TEST_CASE(keys_that_lead_elsewhere_are_nobodys) {
    const std::string at_evil = "https://evil.example/keys/1",
                      asked = "https://there.example/keys/asked";
    network.serve(at_evil, key_document(at_evil, carol.id, 1));
    network.serve(asked, key_document("https://there.example/keys/other", carol.id, 0));
    network.put("https://there.example/keys/other", {404, ""});
    network.serve("https://evil.example/u/fake", carol.document());
    network.serve(
        "https://there.example/chain/0",
        key_document("https://there.example/chain/0", "https://there.example/chain/1", 0));
    network.serve(
        "https://there.example/chain/1",
        key_document("https://there.example/chain/1", "https://there.example/chain/2", 0));
    network.serve("https://there.example/tomb",
                  R"({"type":"Tombstone","id":"https://there.example/tomb"})");
    network.put("https://there.example/html", {200, carol.document(), "text/html"});
    network.put("https://there.example/away",
                {200, carol.document(), "application/activity+json", "https://evil.example/x"});
    for (const auto& id :
         {at_evil, asked, std::string("https://evil.example/u/fake#main-key"),
          std::string("https://there.example/chain/0"), std::string("https://there.example/tomb"),
          std::string("https://there.example/html"),
          std::string("https://here.example/u/alice#main-key"),
          std::string("acct:carol@there.example"), std::string()})
        BOOST_TEST(code_of(keys->find(id, Refresh::no)) == "unauthorized", id);
    BOOST_TEST(network.hits("https://there.example/chain/2") == 0);
    BOOST_TEST(number("SELECT COUNT(*) FROM actor") == 0);
}

BOOST_AUTO_TEST_CASE(a_changed_key_is_found_by_one_more_fetch_and_no_more_for_a_while) {
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    carol.key = 1;
    network.serve(carol.id, carol.document());
    BOOST_TEST(send(carol, carol.create("2")) == 202);
    BOOST_TEST(network.hits(carol.id) == 2);
    auto forged = carol;
    forged.key = 0;
    for (int i = 0; i < 20; ++i) BOOST_TEST(send(forged, carol.create("3")) == 401);
    BOOST_TEST(network.hits(carol.id) == 2);
    BOOST_TEST(send(carol, carol.create("4")) == 202);
    clock.advance(limits::key_refresh_interval_ms);
    BOOST_TEST(send(forged, carol.create("5")) == 401);
    BOOST_TEST(network.hits(carol.id) == 3);
}

BOOST_AUTO_TEST_CASE(a_missing_key_is_asked_for_once_until_it_may_be_there) {
    const Peer late("https://there.example/u/late");
    network.put(late.id, {404, ""});
    for (int i = 0; i < 20; ++i)
        BOOST_TEST(code_of(keys->find(late.key_id, Refresh::no)) == "unauthorized");
    BOOST_TEST(network.hits(late.id) == 1);
    BOOST_TEST(!keys->must_fetch(late.key_id));
    clock.advance(limits::key_failure_ms);
    network.serve(late.id, late.document());
    BOOST_TEST(code_of(keys->find(late.key_id, Refresh::no)) == "ok");
}

BOOST_AUTO_TEST_CASE(a_host_that_is_down_is_left_alone_for_a_moment) {
    const Peer down("https://down.example/u/x");
    for (int i = 0; i < 5; ++i)
        BOOST_TEST(code_of(keys->find(down.key_id, Refresh::no)) == "unavailable");
    BOOST_TEST(network.hits(down.id) == 1);
    network.serve(down.id, down.document());
    clock.advance(limits::key_outage_ms);
    BOOST_TEST(code_of(keys->find(down.key_id, Refresh::no)) == "ok");
}

BOOST_AUTO_TEST_CASE(many_that_need_one_key_cause_one_fetch) {
    network.hold();
    std::atomic<int> done = 0;
    for (int i = 0; i < 20; ++i) keys->prefetch(carol.key_id, [&] { ++done; });
    keys->prefetch(carol.id + "#other-key", [&] { ++done; });
    network.release();
    BOOST_TEST(test::eventually([&] { return done == 21; }));
    BOOST_TEST(network.hits() == 1);
}

BOOST_AUTO_TEST_CASE(a_flood_of_keys_of_one_host_is_bounded_and_other_hosts_are_not_concerned) {
    std::atomic<int> done = 0;
    for (int i = 0; i < 500; ++i)
        keys->prefetch("https://slow.example/keys/" + std::to_string(i), [&] { ++done; });
    BOOST_TEST(test::eventually([&] { return done == 500; }));
    BOOST_TEST(network.hits() == int(limits::key_fetches_per_host_burst));
    BOOST_TEST(code_of(keys->find(carol.key_id, Refresh::no)) == "ok");
}

BOOST_AUTO_TEST_CASE(few_threads_wait_for_one_host) {
    network.hold();
    std::vector<std::future<std::string>> threads;
    std::atomic<int> sent_away = 0;
    for (int i = 0; i < limits::key_waiting_threads_per_host_max + 3; ++i)
        threads.push_back(std::async(std::launch::async, [&] {
            const auto code = code_of(keys->find(carol.key_id, Refresh::no));
            sent_away += code == "unavailable";
            return code;
        }));
    BOOST_TEST(test::eventually([&] { return sent_away == 3; }));
    network.release();
    int served = 0;
    for (auto& thread : threads) served += thread.get() == "ok";
    BOOST_TEST(served == limits::key_waiting_threads_per_host_max);
}

BOOST_AUTO_TEST_CASE(who_waits_when_the_node_stops_is_told) {
    network.hold();
    auto waiting = std::async(std::launch::async,
                              [this] { return code_of(keys->find(carol.key_id, Refresh::no)); });
    BOOST_TEST(test::eventually([&] { return network.hits() == 1; }));
    keys->stop();
    BOOST_TEST(waiting.get() == "unavailable");
    close();
    network.release();  // the answer comes after everything is gone
}

BOOST_AUTO_TEST_CASE(what_a_local_actor_signs_its_published_key_verifies) {
    model::Actor alice;
    alice.id = ids.next();
    alice.local = true;
    alice.username = "alice";
    alice.ap_id = "https://here.example/u/alice";
    model::Actor instance = alice;
    instance.id = ids.next();
    instance.username = "here.example";
    instance.ap_id = urls.instance_actor();
    must(db->write([&](sql::Tx& tx) -> Result<> {
        for (const auto* actor : {&alice, &instance}) {
            TRY(repo::insert_actor(tx, *actor, actor->username));
            const auto& key = test::key_number(actor == &alice ? 0 : 1);
            TRY(repo::put_key(tx, {.key_id = Urls::main_key(actor->ap_id),
                                   .actor_id = actor->id,
                                   .public_pem = key.public_key().to_pem(),
                                   .private_pem = TRY(key.to_pem())}));
        }
        return {};
    }));
    keys::LocalSigner signer(*db, clock, urls);
    const auto url = must(Url::parse("https://there.example:8443/inbox?a=b"));
    auto verdict = [&](Id actor, std::string_view method, std::size_t key) {
        const client::SigningIdentity identity{actor};
        const client::Headers headers{{"Content-Type", "application/activity+json"}};
        const auto added =
            must(signer.sign({identity, method, url, headers, method == "POST" ? "{}" : ""}));
        std::vector<signature::Header> all{{"host", "there.example:8443"},
                                           {"content-type", "application/activity+json"}};
        std::string signature_header;
        for (const auto& header : added) {
            all.push_back({header.name, header.value});
            if (header.name == "Signature") signature_header = header.value;
        }
        const signature::RequestView view{method, "/inbox?a=b", all};
        const auto parsed = must(signature::parse_signature_header(signature_header));
        const auto covered =
            signature::check_cavage_coverage(view, parsed, "there.example:8443", clock.now_ms());
        return covered && signature::verify(view, parsed, test::key_number(key).public_key());
    };
    BOOST_TEST(verdict(alice.id, "POST", 0));
    BOOST_TEST(!verdict(alice.id, "POST", 1));
    BOOST_TEST(verdict(0, "GET", 1));
    const client::SigningIdentity nobody{12345},
        modern{alice.id, client::SignatureFlavour::rfc9421};
    BOOST_TEST(code_of(signer.sign({nobody, "GET", url, {}, ""})) == "not_found");
    const auto added = must(signer.sign({modern, "GET", url, {}, ""}));
    BOOST_REQUIRE(added.size() == 3);
    const std::vector<signature::Header> all{{"host", "there.example:8443"},
                                             {"date", added[0].value}};
    const auto parsed =
        must(signature::parse_message_signature(added[1].value, added[2].value));
    const signature::RequestView view{"GET", "/inbox?a=b", all};
    BOOST_TEST(bool(signature::check_message_coverage(view, parsed, clock.now_ms())));
    BOOST_TEST(bool(signature::verify(view, {"https", "there.example:8443"}, parsed,
                                      test::key_number(0).public_key())));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace kith::inbox
