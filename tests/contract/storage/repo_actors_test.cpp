#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using boost::test_tools::per_element;
using model::ActorKind;
using model::KeyAlgorithm;

BOOST_AUTO_TEST_SUITE(repo_actors)

namespace {

model::Actor full_actor(Id id) {
    model::Actor a;
    a.id = id;
    a.kind = ActorKind::service;
    a.username = "Zoë";
    a.host = "far.example:8443";
    a.name = "name";
    a.summary = "<p>summary</p>";
    a.source = "source";
    a.ap_id = "https://far.example:8443/zoe";
    a.url = "url";
    a.inbox = "inbox";
    a.shared_inbox = "shared";
    a.outbox = "outbox";
    a.followers_url = "https://far.example:8443/zoe/followers";
    a.following_url = "following";
    a.featured_url = "featured";
    a.moderators_url = "moderators";
    a.avatar_url = "avatar";
    a.header_url = "header";
    a.locked = a.bot = true;
    a.discoverable = false;
    a.fields = R"([{"name":"n"}])";
    a.also_known_as = R"(["https://old.example/zoe"])";
    a.moved_to = "moved";
    a.followers_count = 1;
    a.following_count = 2;
    a.posts_count = 3;
    a.created_at = noon;
    a.updated_at = noon + 1;
    a.fetched_at = noon + 2;
    a.last_post_at = noon + 3;
    return a;
}

void check_same(const model::Actor& a, const model::Actor& b) {
    for (auto text :
         {&model::Actor::username, &model::Actor::host, &model::Actor::name, &model::Actor::summary,
          &model::Actor::source, &model::Actor::ap_id, &model::Actor::url, &model::Actor::inbox,
          &model::Actor::shared_inbox, &model::Actor::outbox, &model::Actor::followers_url,
          &model::Actor::following_url, &model::Actor::featured_url, &model::Actor::moderators_url,
          &model::Actor::avatar_url, &model::Actor::header_url, &model::Actor::fields,
          &model::Actor::also_known_as, &model::Actor::moved_to})
        BOOST_TEST((a.*text == b.*text));
    BOOST_TEST(a.id == b.id);
    BOOST_TEST((a.kind == b.kind));
    BOOST_TEST(a.local == b.local);
    BOOST_TEST(a.locked == b.locked);
    BOOST_TEST(a.bot == b.bot);
    BOOST_TEST((a.discoverable == b.discoverable));
    BOOST_TEST((a.indexable == b.indexable));
    BOOST_TEST(a.followers_count == b.followers_count);
    BOOST_TEST(a.following_count == b.following_count);
    BOOST_TEST(a.posts_count == b.posts_count);
    BOOST_TEST(a.created_at == b.created_at);
    BOOST_TEST(a.updated_at == b.updated_at);
    BOOST_TEST(a.fetched_at == b.fetched_at);
    BOOST_TEST((a.last_post_at == b.last_post_at));
    BOOST_TEST((a.suspended_at == b.suspended_at));
    BOOST_TEST((a.deleted_at == b.deleted_at));
}

Ids ids_of(const std::vector<model::Actor>& actors) {
    Ids out;
    for (const auto& a : actors) out.push_back(a.id);
    return out;
}

}  // namespace

KITH_STORAGE_TEST(an_actor_comes_back_as_it_was_stored) {
    World world(db);
    auto a = full_actor(world.next_id());
    put(db, repo::insert_actor, a, "zoë");
    check_same(world.actor(a.id), a);
    check_same(ask(db, repo::find_actor_by_ap_id, a.ap_id).value(), a);
    check_same(ask(db, repo::find_actor_by_name, "zoë", a.host).value(), a);
    check_same(ask(db, repo::find_actor_by_followers_url, a.followers_url).value(), a);
    BOOST_TEST(!ask(db, repo::find_actor, Id{99}));
    BOOST_TEST(!ask(db, repo::find_actor_by_followers_url, ""));
}

KITH_STORAGE_TEST(a_document_changes_neither_identity_nor_counters) {
    World world(db);
    const auto stored = full_actor(world.next_id());
    put(db, repo::insert_actor, stored, "zoë");
    auto changed = stored;
    changed.name = "other";
    changed.indexable = true;
    changed.discoverable = {};
    changed.locked = false;
    changed.shared_inbox = "";
    auto sent = changed;
    sent.kind = ActorKind::group;
    sent.ap_id = "https://elsewhere.example";
    sent.followers_count = 1000;
    put(db, repo::update_actor, sent);
    check_same(world.actor(stored.id), changed);
}

KITH_STORAGE_TEST(what_an_origin_counts_is_shown_and_never_less_than_is_known_here) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), zoe = world.stranger("zoe");
    world.follow(ann, zoe);
    world.follow(bob, zoe);
    put(db, repo::put_origin_counts, zoe, repo::OriginCounts{250, {}});
    BOOST_TEST(ask(db, repo::find_actor, zoe)->followers_count == 250);
    put(db, repo::put_origin_counts, zoe, repo::OriginCounts{0, 7});
    const auto seen = ask(db, repo::find_actor, zoe);
    BOOST_TEST((seen->followers_count == 2 && seen->following_count == 7));
    put(db, repo::put_origin_counts, ann, repo::OriginCounts{99, 99});
    BOOST_TEST(ask(db, repo::find_actor, ann)->followers_count != 99);
}

KITH_STORAGE_TEST(taken_names_and_ids_are_a_conflict) {
    World world(db);
    const auto ann = world.actor(world.person("ann"));
    auto again = ann;
    again.id = world.next_id();
    auto insert = [&](const model::Actor& a) {
        return must_fail(
            db.write([&](sql::Tx& tx) { return repo::insert_actor(tx, a, a.username); }));
    };
    BOOST_TEST(insert(again) == Code::conflict);  // the ap_id
    again.ap_id = "https://here.example/u/ann2";
    BOOST_TEST(insert(again) == Code::conflict);  // the local name
    world.stranger("ann");                        // which others may have elsewhere
}

KITH_STORAGE_TEST(of_one_remote_name_the_living_person_comes_first) {
    World world(db);
    auto group = world.actor(world.stranger("cats"));
    auto twin = group;
    twin.id = world.next_id();
    twin.kind = ActorKind::group;
    twin.ap_id = "https://there.example/c/cats";
    put(db, repo::insert_actor, twin, "cats");
    BOOST_TEST(ask(db, repo::find_actor_by_name, "cats", group.host).value().id == group.id);
    put(db, repo::mark_actor_deleted, group.id, noon);
    BOOST_TEST(ask(db, repo::find_actor_by_name, "cats", group.host).value().id == twin.id);
}

KITH_STORAGE_TEST(actors_are_found_by_ids_and_by_the_start_of_a_name) {
    World world(db);
    const auto anna = world.person("anna"), ann = world.stranger("ann", "a.example"),
               anton = world.stranger("anton", "b.example"), bob = world.person("bob");
    auto found = ids_of(ask(db, repo::actors_by_ids, Ids{bob, anna, 9999}));
    std::sort(found.begin(), found.end());
    BOOST_TEST(found == (Ids{anna, bob}), per_element());
    BOOST_TEST(ask(db, repo::actors_by_ids, Ids{}).empty());

    must(db.write([&](sql::Tx& tx) {
        return repo::add_to_counter(tx, anton, repo::ActorCounter::followers, 5);
    }));
    auto search = [&](std::string_view name, std::string_view host, int limit, int offset) {
        return ids_of(ask(db, repo::search_actors, name, host, limit, offset));
    };
    BOOST_TEST(search("an", "", 10, 0) == (Ids{anton, anna, ann}), per_element());
    BOOST_TEST(search("an", "", 1, 1) == Ids{anna}, per_element());
    BOOST_TEST(search("ann", "a.", 10, 0) == Ids{ann}, per_element());
    BOOST_TEST(search("an%", "", 10, 0).empty());
    put(db, repo::set_suspended, anton, std::optional<TimeMs>(noon));
    BOOST_TEST(search("anto", "", 10, 0).empty());
    const std::vector<std::string> hosts{"a.example", "b.example"};
    BOOST_TEST(ask(db, repo::known_hosts, 10) == hosts, per_element());
    BOOST_TEST(ask(db, repo::known_hosts, 1).size() == 1u);
    BOOST_TEST(ask(db, repo::count_known_hosts) == 2);
}

KITH_STORAGE_TEST(an_actors_marks_and_counters_change_alone) {
    World world(db);
    const auto id = world.person("ann");
    must(db.write([&](sql::Tx& tx) -> Result<> {
        TRY(repo::add_to_counter(tx, id, repo::ActorCounter::followers, 3));
        TRY(repo::add_to_counter(tx, id, repo::ActorCounter::following, 2));
        TRY(repo::add_to_counter(tx, id, repo::ActorCounter::posts, 1));
        return repo::add_to_counter(tx, id, repo::ActorCounter::followers, -1);
    }));
    put(db, repo::set_last_post_at, id, noon + 10);
    put(db, repo::set_last_post_at, id, noon + 5);  // an older post, told later
    put(db, repo::set_fetched, id, noon + 7);
    const auto a = world.actor(id);
    BOOST_TEST(a.followers_count == 2);
    BOOST_TEST(a.following_count == 2);
    BOOST_TEST(a.posts_count == 1);
    BOOST_TEST(a.last_post_at.value() == noon + 10);
    BOOST_TEST(a.fetched_at == noon + 7);
    put(db, repo::mark_actor_deleted, id, noon + 8);
    BOOST_TEST(world.actor(id).deleted_at.value() == noon + 8);
    BOOST_TEST(world.actor(id).username == "ann");  // a name is never given again
}

KITH_STORAGE_TEST(keys_are_replaced_by_their_id) {
    World world(db);
    const auto id = world.stranger("ann");
    model::ActorKey rsa{
        "https://there.example/ann#main-key", id, KeyAlgorithm::rsa, "p", "s", noon};
    model::ActorKey ed{
        "https://there.example/ann#ed25519-key", id, KeyAlgorithm::ed25519, "q", "", noon};
    put(db, repo::put_key, ed);
    put(db, repo::put_key, rsa);
    rsa.public_pem = "p2";
    put(db, repo::put_key, rsa);
    const auto keys = ask(db, repo::keys_of, id);
    BOOST_REQUIRE(keys.size() == 2u);
    BOOST_TEST(keys[0].key_id == rsa.key_id);  // RSA, which everybody reads, first
    BOOST_TEST(keys[0].public_pem == "p2");
    const auto found = ask(db, repo::find_key, ed.key_id).value();
    BOOST_TEST((found.algorithm == KeyAlgorithm::ed25519));
    BOOST_TEST(found.actor_id == id);
    put(db, repo::delete_keys_of, id);
    BOOST_TEST(!ask(db, repo::find_key, ed.key_id));
}

KITH_STORAGE_TEST(each_key_of_the_pool_is_taken_once) {
    World world(db);
    model::ActorKey key;
    key.algorithm = KeyAlgorithm::ed25519;
    for (const auto* pem : {"one", "two"}) {
        key.public_pem = key.private_pem = pem;
        put(db, repo::add_to_key_pool, world.next_id(), key);
    }
    BOOST_TEST(ask(db, repo::key_pool_size, KeyAlgorithm::ed25519) == 2);
    BOOST_TEST(ask(db, repo::key_pool_size, KeyAlgorithm::rsa) == 0);
    BOOST_TEST(!put(db, repo::take_from_key_pool, KeyAlgorithm::rsa));
    BOOST_TEST(put(db, repo::take_from_key_pool, KeyAlgorithm::ed25519).value().private_pem ==
               "one");
    BOOST_TEST(put(db, repo::take_from_key_pool, KeyAlgorithm::ed25519).value().private_pem ==
               "two");
    BOOST_TEST(!put(db, repo::take_from_key_pool, KeyAlgorithm::ed25519));
}

KITH_STORAGE_TEST(an_account_is_found_by_its_id_actor_and_address) {
    World world(db);
    const auto actor = world.person("ann");
    auto user = ask(db, repo::find_user_by_email, "ann@mail.example").value();
    BOOST_TEST(user.actor_id == actor);
    BOOST_TEST(ask(db, repo::find_user_by_actor, actor).value().id == user.id);
    BOOST_TEST(!user.last_seen_at);
    user.password_hash = "hash";
    user.role = model::UserRole::admin;
    user.confirmed_at = noon;
    user.default_visibility = "unlisted";
    user.default_sensitive = true;
    user.language = "fr";
    put(db, repo::update_user, user);
    put(db, repo::set_last_seen, user.id, noon + 1);
    const auto found = ask(db, repo::find_user, user.id).value();
    BOOST_TEST(found.password_hash == "hash");
    BOOST_TEST((found.role == model::UserRole::admin));
    BOOST_TEST(found.confirmed_at.value() == noon);
    BOOST_TEST(found.last_seen_at.value() == noon + 1);
    BOOST_TEST(found.default_visibility == "unlisted");
    BOOST_TEST(found.default_sensitive);
    BOOST_TEST(found.language == "fr");

    auto twin = user;
    twin.id = world.next_id();
    twin.actor_id = world.stranger("x");
    BOOST_TEST(must_fail(db.write([&](sql::Tx& tx) {
                   return repo::insert_user(tx, twin, "ann@mail.example");
               })) == Code::conflict);
}

KITH_STORAGE_TEST(accounts_are_counted_by_when_they_were_seen) {
    World world(db);
    const auto ann = world.account_of(world.person("ann")),
               bob = world.account_of(world.person("bob"));
    put(db, repo::set_last_seen, ann, noon + 1000);
    auto count = [&](std::optional<TimeMs> since) { return ask(db, repo::count_users, since); };
    BOOST_TEST(count({}) == 2);
    BOOST_TEST(count(noon + 500) == 1);
    BOOST_TEST(!ask(db, repo::first_admin_actor));
    auto user = ask(db, repo::find_user, bob).value();
    user.role = model::UserRole::admin;
    put(db, repo::update_user, user);
    BOOST_TEST(ask(db, repo::first_admin_actor).value() == user.actor_id);
    user.disabled_at = noon;
    put(db, repo::update_user, user);
    BOOST_TEST(!ask(db, repo::first_admin_actor));
    BOOST_TEST(count({}) == 1);
}

KITH_STORAGE_TEST(a_session_ends_when_it_expires_or_is_deleted) {
    World world(db);
    const auto user = world.account_of(world.person("ann"));
    auto session = [&](const char* hash) {
        const model::Session s{world.next_id(), user,   hash, "csrf", noon, noon,
                               noon + 100,      "agent"};
        put(db, repo::insert_session, s);
        return s;
    };
    const auto one = session("one");
    BOOST_TEST(ask(db, repo::find_session, "one", noon).value().csrf_token == "csrf");
    BOOST_TEST(!ask(db, repo::find_session, "one", noon + 100));
    put(db, repo::touch_session, one.id, noon + 50, noon + 200);
    const auto touched = ask(db, repo::find_session, "one", noon + 100).value();
    BOOST_TEST(touched.last_used_at == noon + 50);
    BOOST_TEST(touched.user_agent == "agent");
    put(db, repo::delete_session, one.id);
    BOOST_TEST(!ask(db, repo::find_session, "one", noon));
    session("two");
    session("three");
    put(db, repo::delete_sessions_of, user);
    BOOST_TEST(!ask(db, repo::find_session, "two", noon));
    BOOST_TEST(!ask(db, repo::find_session, "three", noon));
}

KITH_STORAGE_TEST(a_setting_keeps_its_last_value) {
    World world(db);
    BOOST_TEST(!ask(db, repo::setting, "server.host"));
    put(db, repo::put_setting, "server.host", "a");
    put(db, repo::put_setting, "server.host", "b");
    BOOST_TEST(ask(db, repo::setting, "server.host").value() == "b");
}

BOOST_AUTO_TEST_SUITE_END()
