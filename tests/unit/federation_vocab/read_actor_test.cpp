#include "config/limits/vocab.hpp"
#include "tests/unit/federation_vocab/fixture.hpp"

using namespace kith;
using namespace kith::vocab;
using namespace kith::vocab::test;

BOOST_AUTO_TEST_SUITE(vocab_read_actor)

// The shape of Mastodon's actors.
BOOST_AUTO_TEST_CASE(a_person_is_read_whole) {
    auto a = actor_with(
        "'preferredUsername':'ann','name':'Ann','summary':'<p>hi</p>','url':'https://a.example/"
        "@ann',"
        "'inbox':'https://a.example/ann/inbox','outbox':'https://a.example/ann/outbox',"
        "'followers':'https://a.example/ann/followers','following':'https://a.example/ann/"
        "following',"
        "'featured':'https://a.example/ann/featured','endpoints':{'sharedInbox':'https://a.example/"
        "inbox'},"
        "'manuallyApprovesFollowers':true,'discoverable':true,'indexable':false,'suspended':'true',"
        "'published':'2026-01-05T00:00:00Z','webfinger':'ann@a.example',"
        "'alsoKnownAs':'https://old.example/ann','movedTo':'https://new.example/ann',"
        "'icon':{'type':'Image','mediaType':'image/png','url':'https://a.example/i.png'},"
        "'image':[{'type':'Image','url':'https://a.example/h.png','summary':'hills'}],"
        "'attachment':[{'type':'PropertyValue','name':'Site','value':'<a>x</a>'},{'type':'Note'}],"
        "'publicKey':{'id':'https://a.example/ann#main-key','owner':'https://a.example/ann',"
        "'publicKeyPem':'-----BEGIN PUBLIC KEY-----'}");
    BOOST_REQUIRE(a);
    BOOST_TEST(a->preferred_username == "ann");
    BOOST_TEST(a->name == "Ann");
    BOOST_TEST(a->summary == "<p>hi</p>");
    BOOST_TEST(a->url == "https://a.example/@ann");
    BOOST_TEST(a->inbox == "https://a.example/ann/inbox");
    BOOST_TEST(a->shared_inbox == "https://a.example/inbox");
    BOOST_TEST(a->outbox == "https://a.example/ann/outbox");
    BOOST_TEST(a->followers == "https://a.example/ann/followers");
    BOOST_TEST(a->following == "https://a.example/ann/following");
    BOOST_TEST(a->featured == "https://a.example/ann/featured");
    BOOST_TEST(a->locked);
    BOOST_TEST(!a->bot);
    BOOST_TEST(a->suspended);
    BOOST_TEST((a->discoverable == true));
    BOOST_TEST((a->indexable == false));
    BOOST_TEST((a->published == 1'767'571'200'000));
    BOOST_TEST(a->webfinger == "ann@a.example");
    BOOST_TEST(a->also_known_as == Ids{"https://old.example/ann"},
               boost::test_tools::per_element());
    BOOST_TEST(a->moved_to == "https://new.example/ann");
    BOOST_TEST(a->icon->url == "https://a.example/i.png");
    BOOST_TEST(a->icon->media_type == "image/png");
    BOOST_TEST(a->image->description == "hills");
    BOOST_REQUIRE(a->fields.size() == 1u);
    BOOST_TEST(a->fields[0].value == "<a>x</a>");
    BOOST_REQUIRE(a->keys.size() == 1u);
    BOOST_TEST(a->keys[0].owner == "https://a.example/ann");
}

BOOST_AUTO_TEST_CASE(what_is_not_said_stays_unsaid) {
    auto a = actor_with("'endpoints':null,'icon':null,'outbox':null");
    BOOST_REQUIRE(a);
    BOOST_TEST(!a->discoverable);
    BOOST_TEST(!a->indexable);
    BOOST_TEST(!a->locked);
    BOOST_TEST(a->shared_inbox == "");
    BOOST_TEST(!a->icon);
    BOOST_TEST(a->keys.empty());
}

BOOST_AUTO_TEST_CASE(the_types_of_actors_are_six) {
    for (auto [name, type] : {std::pair{"Person", ActorType::person},
                              {"Group", ActorType::group},
                              {"Application", ActorType::application},
                              {"Service", ActorType::service},
                              {"Organization", ActorType::organization},
                              {"Feed", ActorType::feed}}) {
        auto a = actor_with("'name':'x'", name);
        BOOST_REQUIRE(a);
        BOOST_TEST((a->type == type));
    }
    BOOST_TEST(actor_with("'name':'x'", "Service")->bot);
    BOOST_TEST(!actor_with("'name':'x'", "Feeds"));
}

// GoToSocial serves no more at a key's own URL.
BOOST_AUTO_TEST_CASE(a_stub_with_a_key_is_an_actor) {
    auto a = actor_with(
        "'preferredUsername':'ann','publicKey':{'id':'https://a.example/ann/main-key',"
        "'owner':'https://a.example/ann','publicKeyPem':'x'}");
    BOOST_REQUIRE(a);
    BOOST_TEST(a->inbox == "");
    BOOST_TEST(a->keys.at(0).id == "https://a.example/ann/main-key");
}

BOOST_AUTO_TEST_CASE(an_actor_has_an_id_that_is_a_url) {
    for (auto text : {"null", "[]", "{}", "{'type':'Person'}", "{'type':'Person','id':1}",
                      "{'type':'Person','id':'ann'}", "{'type':'Note','id':'https://a.example/1'}",
                      "{'id':'https://a.example/1'}"})
        BOOST_TEST(!read(read_actor, text), text);
}

BOOST_AUTO_TEST_CASE(a_user_name_is_never_cut) {
    BOOST_TEST(!actor_with("'preferredUsername':'" +
                           std::string(limits::vocab_word_bytes_max + 1, 'a') + "'"));
    BOOST_TEST(!actor_with("'preferredUsername':7"));
    BOOST_TEST(bool(actor_with("'preferredUsername':null")));
}

// PeerTube.
BOOST_AUTO_TEST_CASE(of_several_urls_the_page_is_taken) {
    auto a = actor_with(
        "'url':[{'type':'Link','mediaType':'application/x-mpegURL','href':'https://a.example/"
        "m.m3u8'},"
        "{'type':'Link','mediaType':'text/html','href':'https://a.example/w/1'}]");
    BOOST_REQUIRE(a);
    BOOST_TEST(a->url == "https://a.example/w/1");
    BOOST_TEST(actor_with("'url':{'type':'Link','href':'https://a.example/@ann'}")->url ==
               "https://a.example/@ann");
    BOOST_TEST(actor_with("'url':'javascript:alert(1)'")->url == "");
}

BOOST_AUTO_TEST_CASE(a_picture_is_an_object_an_array_or_a_url) {
    for (auto icon : {"'https://a.example/i.png'", "['https://a.example/i.png']",
                      "{'url':'https://a.example/i.png'}", "[{'url':['https://a.example/i.png']}]",
                      "{'url':{'type':'Link','href':'https://a.example/i.png'}}",
                      "{'type':'Link','href':'https://a.example/i.png'}"}) {
        auto a = actor_with("'icon':" + std::string(icon));
        BOOST_REQUIRE(a);
        BOOST_REQUIRE_MESSAGE(a->icon, icon);
        BOOST_TEST(a->icon->url == "https://a.example/i.png");
    }
}

BOOST_AUTO_TEST_CASE(keys_are_one_many_or_named) {
    auto a = actor_with(
        "'publicKey':[{'id':'https://a.example/ann#k1','owner':{'id':'https://a.example/ann'},"
        "'publicKeyPem':'pem'},'https://a.example/ann/k2',{'publicKeyPem':'nameless'},7],"
        "'assertionMethod':{'id':'https://a.example/ann#ed','type':'Multikey',"
        "'controller':'https://a.example/ann','publicKeyMultibase':'z6Mk'}");
    BOOST_REQUIRE(a);
    BOOST_REQUIRE(a->keys.size() == 3u);
    BOOST_TEST(a->keys[0].owner == "https://a.example/ann");
    BOOST_TEST(a->keys[1].id == "https://a.example/ann/k2");
    BOOST_TEST(a->keys[1].public_key_pem == "");
    BOOST_TEST(a->keys[2].public_key_multibase == "z6Mk");
    BOOST_TEST(a->keys[2].owner == "https://a.example/ann");
}

// What Fedify writes where the context does not know the terms.
BOOST_AUTO_TEST_CASE(prefixed_members_and_types_are_passed_over) {
    auto a = actor_with(
        "'sec:assertionMethod':{'id':'https://a.example/ann#ed','type':'sec:Multikey'},"
        "'assertionMethod':[{'id':'https://a.example/ann#ed','type':'sec:Multikey',"
        "'sec:controller':{'id':'https://a.example/ann'},'sec:publicKeyMultibase':'z6Mk'}]");
    BOOST_REQUIRE(a);
    BOOST_TEST(a->keys.empty());
}

BOOST_AUTO_TEST_CASE(a_group_names_its_moderators_by_attributed_to) {
    auto group = actor_with(
        "'attributedTo':'https://a.example/ann/moderators',"
        "'postingRestrictedToMods':true",
        "Group");
    BOOST_REQUIRE(group);
    BOOST_TEST(group->moderators == "https://a.example/ann/moderators");
    BOOST_TEST(group->posting_restricted_to_mods.value_or(false));
    // PeerTube's channel: its owner, who is no collection.
    for (auto owner : {"[{'type':'Person','id':'https://a.example/o'}]",
                       "{'type':'Person','id':'https://a.example/o'}",
                       "['https://a.example/o','https://a.example/p']"})
        BOOST_TEST(actor_with("'attributedTo':" + std::string(owner), "Group")->moderators == "");
    BOOST_TEST(actor_with("'attributedTo':'https://a.example/x'")->moderators == "");
}

BOOST_AUTO_TEST_CASE(a_handle_has_one_spelling) {
    for (auto handle : {"ann@a.example", "@ann@a.example", "acct:ann@a.example"})
        BOOST_TEST(actor_with("'webfinger':'" + std::string(handle) + "'")->webfinger ==
                   "ann@a.example");
}

BOOST_AUTO_TEST_CASE(long_lists_are_cut) {
    std::string fields, keys, aliases;
    for (int i = 0; i < 100; ++i) {
        fields += "{'type':'PropertyValue','name':'n','value':'v'},";
        keys += "'https://a.example/k" + std::to_string(i) + "',";
        aliases += "'https://o.example/" + std::to_string(i) + "',";
    }
    auto a = actor_with("'attachment':[" + fields + "1],'publicKey':[" + keys +
                        "1],'alsoKnownAs':[" + aliases + "1]");
    BOOST_REQUIRE(a);
    BOOST_TEST(a->fields.size() == limits::vocab_fields_max);
    BOOST_TEST(a->keys.size() == limits::vocab_keys_max);
    BOOST_TEST(a->also_known_as.size() == limits::vocab_aliases_max);
}

BOOST_AUTO_TEST_SUITE_END()
