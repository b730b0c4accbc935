// What a local group spreads (FEP-1b12).
#include "config/limits/delivery.hpp"
#include "federation/vocab/objects.hpp"
#include "fixture.hpp"
#include "storage/repo/group_acts.hpp"

using namespace kith;
using namespace kith::delivery::test;
using model::EventKind;

namespace {

// A group here with followers on two hosts, one of them the author's.
struct Garden : Node {
    model::Actor alice = local("alice");
    model::Actor group = local_group("garden", alice);
    model::Actor bob = remote("bob", "b.example");
    model::Actor carol = remote("carol", "c.example");
    model::Follow bobs = follow(bob, group), carols = follow(carol, group);

    std::string create_of(const model::Post& post) {
        return R"({"id":"https://b.example/create/1","type":"Create","actor":")" + bob.ap_id +
               R"(",  "object":{"id":")" + post.ap_id + R"(","type":"Note","x":1.50}})";
    }
    void relay(const model::Post& post, const std::string& payload,
               const std::string& id = "https://b.example/create/1") {
        emit({.kind = EventKind::group_relayed,
              .actor_id = bob.id,
              .local = false,
              .post_id = post.id,
              .group_id = group.id,
              .object_ap_id = id,
              .payload = payload});
    }
};

bool holds(const std::vector<Sent>& sent, const std::string& host, const std::string& text) {
    return std::any_of(sent.begin(), sent.end(), [&](const Sent& s) {
        return s.host == host && s.body.find(text) != s.body.npos;
    });
}

bool is_bare(const Sent& s) { return s.type == "Announce" && s.document()["object"].is_string(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(delivery_groups)

BOOST_AUTO_TEST_CASE(
    a_received_topic_is_announced_unmodified_except_to_where_it_came_from_and_bare_to_all) {
    Garden g;
    const auto post = g.store_post(g.bob, {.group_id = g.group.id});
    const auto payload = g.create_of(post);
    g.relay(post, payload);
    g.work();
    BOOST_TEST(holds(g.transport.sent, "c.example", payload));
    BOOST_TEST(!holds(g.transport.sent, "b.example", payload));
    for (auto* host : {"b.example", "c.example"}) {
        const auto bare =
            std::count_if(g.transport.sent.begin(), g.transport.sent.end(),
                          [&](const Sent& s) { return s.host == host && is_bare(s); });
        BOOST_TEST(bare == 1, host);
    }
    const auto entry =
        g.read([&](sql::Tx& tx) { return repo::find_group_entry_of(tx, g.group.id, post.id); });
    BOOST_REQUIRE(g.transport.sent.size() == 3);
    for (const auto& s : g.transport.sent) {
        BOOST_TEST(s.signer == g.group.id);
        BOOST_TEST(s.document()["actor"].string_or("") == g.group.ap_id);
        if (is_bare(s)) {
            BOOST_TEST(s.id == entry->ap_id);
            BOOST_TEST(s.document()["object"].string_or("") == post.ap_id);
        } else {
            BOOST_TEST(s.id == g.urls.activity_part(entry->id, "announce"));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_comment_is_never_announced_bare) {
    Garden g;
    const auto topic = g.store_post(g.bob, {.group_id = g.group.id});
    const auto comment = g.store_post(g.bob, {.group_id = g.group.id, .parent = topic});
    g.relay(comment, g.create_of(comment));
    const auto own = g.post(g.alice, {.group_id = g.group.id, .parent = topic});
    g.work();
    BOOST_TEST(std::none_of(g.transport.sent.begin(), g.transport.sent.end(), is_bare));
    BOOST_TEST(holds(g.transport.sent, "c.example", own.ap_id));
    BOOST_TEST(g.transport.ids_at("c.example").size() == 2);
}

BOOST_AUTO_TEST_CASE(
    a_members_own_topic_goes_to_their_followers_and_as_the_same_bytes_to_the_groups) {
    Garden g;
    g.follow(g.remote("dora", "d.example"), g.alice);
    g.post(g.alice, {.group_id = g.group.id});
    g.work();
    BOOST_TEST(joined(g.transport.types_at("d.example")) == "Create");
    std::string create;
    for (const auto& s : g.transport.sent)
        if (s.host == "d.example") create = s.body;
    for (auto* host : {"b.example", "c.example"}) {
        BOOST_TEST(joined(g.transport.types_at(host)) == "Announce Announce");
        BOOST_TEST(holds(g.transport.sent, host, create), host);
    }
    const auto document = value_of(json::Document::parse(create));
    BOOST_TEST(document["object"]["audience"].string_or("") == g.group.ap_id);
    BOOST_TEST(document["object"]["type"].string_or("") == "Page");
    BOOST_TEST(document["object"]["tag"].at(0)["href"].string_or("") == g.group.ap_id);
    BOOST_TEST(document["object"]["tag"].at(0)["name"].string_or("") == "@garden@home.example");
}

BOOST_AUTO_TEST_CASE(what_is_for_members_only_is_announced_to_them_only) {
    Garden g;
    g.post(g.alice, {.visibility = model::Visibility::group, .group_id = g.group.id});
    g.work();
    BOOST_REQUIRE(!g.transport.sent.empty());
    for (const auto& s : g.transport.sent)
        BOOST_TEST(s.body.find(vocab::public_collection) == s.body.npos, s.body);
}

BOOST_AUTO_TEST_CASE(edits_deletes_and_votes_of_members_are_announced) {
    Garden g;
    const auto post = g.post(g.alice, {.group_id = g.group.id});
    g.work();
    g.transport.sent.clear();
    g.edit(post, "<p>better</p>");
    g.work();
    BOOST_TEST(holds(g.transport.sent, "c.example", R"("type":"Update")"));
    model::Reaction like{g.alice.id, post.id, model::ReactionKind::dislike, g.urls.activity(6),
                         start_ms};
    g.write([&](sql::Tx& tx) { return repo::put_reaction(tx, like, 6); });
    g.emit({.kind = EventKind::reaction_added,
            .actor_id = g.alice.id,
            .post_id = post.id,
            .group_id = g.group.id,
            .object_ap_id = like.ap_id,
            .payload = R"({"kind":"dislike"})"});
    g.work();
    BOOST_TEST(g.transport.sent.back().document()["object"]["type"].string_or("") == "Dislike");
    g.remove(post);
    g.work();
    BOOST_TEST(holds(g.transport.sent, "c.example", "Tombstone"));
}

namespace {

// What a moderator does, as the community writes it.
model::GroupAct moderated(Garden& g, model::GroupActKind kind, const model::Actor& moderator, const model::Post& post, Id id,
                          std::optional<Id> undoes = {}) {
    model::GroupAct act;
    act.id = id;
    act.kind = kind;
    act.group_id = g.group.id;
    act.moderator_id = moderator.id;
    act.target_id = post.actor_id;
    if (kind < model::GroupActKind::ban) act.post_id = post.id;
    act.reason = "loud";
    act.expires_at = kind == model::GroupActKind::ban ? std::optional(start_ms + 1000) : std::nullopt;
    act.with_posts = kind == model::GroupActKind::ban || kind == model::GroupActKind::unban;
    act.ap_id = g.urls.activity(id);
    act.undoes_id = undoes;
    act.at = start_ms;
    g.write([&](sql::Tx& tx) { return repo::add_group_act(tx, act); });
    g.emit({.kind = EventKind::group_moderated,
            .actor_id = moderator.id,
            .post_id = act.post_id,
            .target_id = act.target_id,
            .group_id = g.group.id,
            .object_ap_id = act.ap_id,
            .payload = R"({"act":)" + std::to_string(id) + "}"});
    g.transport.sent.clear();
    g.work();
    return act;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_moderators_do_is_announced_with_its_reason_and_taken_back_by_an_undo) {
    Garden g;
    const auto mod = g.local("mod");
    const auto post = g.store_post(g.bob, {.group_id = g.group.id});
    g.relay(post, g.create_of(post));
    g.work();
    const auto removal = moderated(g, model::GroupActKind::remove_post, mod, post, 9'001);
    for (auto* host : {"b.example", "c.example"}) BOOST_TEST(joined(g.transport.types_at(host)) == "Announce");
    {
        const auto sent = g.transport.sent[0].document();
        BOOST_TEST(sent["object"]["type"].string_or("") == "Delete");
        BOOST_TEST(sent["object"]["actor"].string_or("") == mod.ap_id);
        BOOST_TEST(sent["object"]["object"].string_or("") == post.ap_id);
        BOOST_TEST(sent["object"]["summary"].string_or("") == "loud");
        BOOST_TEST(sent["object"]["audience"].string_or("") == g.group.ap_id);
    }
    moderated(g, model::GroupActKind::restore_post, mod, post, 9'002, removal.id);
    {
        const auto sent = g.transport.sent[0].document();
        BOOST_TEST(sent["object"]["type"].string_or("") == "Undo");
        BOOST_TEST(sent["object"]["object"]["type"].string_or("") == "Delete");
        BOOST_TEST(sent["object"]["object"]["id"].string_or("") == removal.ap_id);
        BOOST_TEST(sent["object"]["object"]["actor"].string_or("") == mod.ap_id);
    }
    moderated(g, model::GroupActKind::ban, mod, post, 9'003);
    const auto sent = g.transport.sent[0].document();
    BOOST_TEST(sent["object"]["type"].string_or("") == "Block");
    BOOST_TEST(sent["object"]["object"].string_or("") == g.bob.ap_id);
    BOOST_TEST(sent["object"]["target"].string_or("") == g.group.ap_id);
    BOOST_TEST(sent["object"]["removeData"].maybe_boolean().value_or(false));
    BOOST_TEST(!sent["object"]["endTime"].string_or("").empty());
    moderated(g, model::GroupActKind::unban, mod, post, 9'004, 9'003);
    const auto end = g.transport.sent[0].document();
    BOOST_TEST(end["object"]["type"].string_or("") == "Undo");
    BOOST_TEST(end["object"]["restoreData"].maybe_boolean().value_or(false));
    BOOST_TEST(end["object"]["object"]["removeData"].maybe_boolean().value_or(false));
    BOOST_TEST(!end["object"]["object"]["restoreData"].maybe_boolean());
}

BOOST_AUTO_TEST_CASE(an_answer_is_announced_as_piefed_says_it_and_taken_back_by_an_undo) {
    Garden g;
    const auto mod = g.local("mod");
    const auto post = g.store_post(g.bob, {.group_id = g.group.id});
    PostOptions below{.group_id = g.group.id};
    below.parent = post;
    const auto comment = g.store_post(g.carol, below);
    const auto say = [&](const std::string& id, const std::string& payload) {
        model::Event event{.kind = EventKind::answer_chosen, .actor_id = mod.id};
        event.post_id = comment.id;
        event.group_id = g.group.id;
        event.object_ap_id = id;
        event.payload = payload;
        g.transport.sent.clear();
        g.emit(event);
        g.work();
        for (auto* host : {"b.example", "c.example"}) BOOST_TEST(joined(g.transport.types_at(host)) == "Announce");
    };
    say("https://test.example/activity/1", R"({"at":1700000000000})");
    {
        const auto sent = g.transport.sent[0].document();
        BOOST_TEST(sent["object"]["type"].string_or("") == "ChooseAnswer");
        BOOST_TEST(sent["object"]["id"].string_or("") == "https://test.example/activity/1");
        BOOST_TEST(sent["object"]["actor"].string_or("") == mod.ap_id);
        BOOST_TEST(sent["object"]["object"].string_or("") == comment.ap_id);
        BOOST_TEST(sent["object"]["audience"].string_or("") == g.group.ap_id);
        BOOST_TEST(sent["object"]["published"].string_or("").starts_with("2023-11-14T22:13:20"));
    }
    say("https://test.example/activity/2", R"({"at":1700000000001,"undone":true})");
    const auto sent = g.transport.sent[0].document();
    BOOST_TEST(sent["object"]["type"].string_or("") == "Undo");
    BOOST_TEST(sent["object"]["object"]["type"].string_or("") == "ChooseAnswer");
    BOOST_TEST(sent["object"]["object"]["object"].string_or("") == comment.ap_id);
    BOOST_TEST(sent["object"]["published"].string_or("").starts_with("2023-11-14T22:13:20"));
}

BOOST_AUTO_TEST_CASE(a_received_delete_reaches_a_host_that_left_the_group_since) {
    Garden g;
    const auto post = g.store_post(g.bob, {.group_id = g.group.id});
    g.relay(post, g.create_of(post));
    g.work();
    g.write([&](sql::Tx& tx) { return repo::remove_follow(tx, g.carols); });
    g.write([&](sql::Tx& tx) { return repo::scrub_post(tx, post.id, start_ms); });
    g.relay(
        post,
        R"({"id":"https://b.example/delete/1","type":"Delete","object":")" + post.ap_id + R"("})",
        "https://b.example/delete/1");
    g.work();
    BOOST_TEST(holds(g.transport.sent, "c.example", "https://b.example/delete/1"));
    BOOST_TEST(!holds(g.transport.sent, "b.example", "https://b.example/delete/1"));
}

BOOST_AUTO_TEST_CASE(what_is_too_large_or_too_deep_to_embed_is_announced_by_id) {
    Garden g;
    const auto topic = g.store_post(g.bob, {.group_id = g.group.id});
    const auto post = g.store_post(g.bob, {.group_id = g.group.id, .parent = topic});
    g.relay(post,
            R"({"type":"Create","object":{"content":")" +
                std::string(limits::announce_bytes_max, 'x') + R"("}})",
            "https://b.example/create/2");
    std::string deep = R"({"type":"Create","x":)";
    for (int i = 0; i < 29; ++i) deep += '[';
    for (int i = 0; i < 29; ++i) deep += ']';
    g.relay(post, deep + "}", "https://b.example/create/3");
    g.work();
    BOOST_REQUIRE(g.transport.ids_at("c.example").size() == 2);
    BOOST_TEST(g.transport.sent[0].document()["object"].string_or("") ==
               "https://b.example/create/2");
    BOOST_TEST(g.transport.sent[1].document()["object"].string_or("") ==
               "https://b.example/create/3");
}

BOOST_AUTO_TEST_SUITE_END()
