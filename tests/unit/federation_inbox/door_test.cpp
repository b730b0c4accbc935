#include "federation/inbox/door.hpp"

#include <boost/test/unit_test.hpp>

#include "config/limits/inbox.hpp"
#include "fixture.hpp"
#include "storage/repo/domains.hpp"
#include "storage/repo/relations.hpp"

namespace kith::inbox {

using test::code_of;
using test::Node;
using test::Post;

BOOST_FIXTURE_TEST_SUITE(door, Node)

static Post good(Node& node) {
    return Post(node.carol, node.carol.create("1"), node.clock.now_ms());
}

BOOST_AUTO_TEST_CASE(framed_wants_a_short_plain_body_of_the_right_type) {
    auto post = good(*this);
    BOOST_TEST(code_of(framed(post.view())) == "ok");
    for (const auto* type :
         {"application/activity+json; charset=utf-8", "Application/LD+JSON",
          R"(application/ld+json; profile="https://www.w3.org/ns/activitystreams")"}) {
        post["Content-Type"] = type;
        BOOST_TEST(code_of(framed(post.view())) == "ok", type);
    }
    for (const auto* type : {"application/json", "text/html", "", "application/activity+jsonx"}) {
        post["Content-Type"] = type;
        BOOST_TEST(code_of(framed(post.view())) == "unsupported", type);
    }
    auto encoded = good(*this);
    encoded["Content-Encoding"] = "gzip";
    BOOST_TEST(code_of(framed(encoded.view())) == "unsupported");
    auto long_one = good(*this);
    long_one.body.assign(limits::inbox_body_bytes_max + 1, ' ');
    BOOST_TEST(code_of(framed(long_one.view())) == "too_large");
}

BOOST_AUTO_TEST_CASE(screened_knows_blocked_hosts_and_the_domains_above_them) {
    DomainBlocks blocks(*db, clock);
    auto block = [&](const char* host, model::BlockSeverity severity) {
        test::must(db->write([&](sql::Tx& tx) {
            return repo::put_domain_block(tx, {host, severity, "", 0});
        }));
        clock.advance(limits::domain_block_cached_ms);
    };
    auto verdict = [&](const char* actor) {
        Post post(test::Peer(actor), "{}", clock.now_ms());
        return code_of(screened(post.view(), blocks, nullptr));
    };
    BOOST_TEST(verdict("https://a.evil.example/u/x") == "ok");
    block("evil.example", model::BlockSeverity::suspend);
    for (const auto* actor : {"https://evil.example/u/x", "https://a.evil.example/u/x",
                              "https://EVIL.example./u/x", "https://evil.example:8443/u/x"})
        BOOST_TEST(verdict(actor) == "forbidden", actor);
    block("quiet.example", model::BlockSeverity::silence);
    for (const auto* actor : {"https://quiet.example/u/x", "https://notevil.example/u/x"})
        BOOST_TEST(verdict(actor) == "ok", actor);
}

BOOST_AUTO_TEST_CASE(screened_limits_addresses_and_wants_a_signature) {
    DomainBlocks blocks(*db, clock);
    RateLimiter addresses(clock, {2, 1}, 16);
    auto post = good(*this);
    auto other = good(*this);
    other.address = "192.0.2.2";
    BOOST_TEST(code_of(screened(post.view(), blocks, &addresses)) == "ok");
    BOOST_TEST(code_of(screened(post.view(), blocks, &addresses)) == "ok");
    BOOST_TEST(code_of(screened(post.view(), blocks, &addresses)) == "rate_limited");
    BOOST_TEST(code_of(screened(other.view(), blocks, &addresses)) == "ok");
    clock.advance(1'000);
    BOOST_TEST(code_of(screened(post.view(), blocks, &addresses)) == "ok");
    post["Signature"] = "a=\"b\",,=";
    BOOST_TEST(code_of(screened(post.view(), blocks, nullptr)) == "unauthorized");
    std::erase_if(post.headers, [](const auto& header) { return header.first == "Signature"; });
    BOOST_TEST(code_of(screened(post.view(), blocks, nullptr)) == "unauthorized");
}

BOOST_AUTO_TEST_CASE(parsed_wants_an_activity_with_one_actor_and_an_id) {
    BOOST_TEST(code_of(parsed(carol.create("1"))) == "ok");
    const auto nested = std::string(100'000, '[');
    const std::string no_actor = R"({"type":"Like","id":"https://a.example/1")";
    const std::string no_id = R"({"type":"Like","actor":"https://a.example/u")";
    const std::vector<std::string> texts = {
        "",
        "{",
        "[]",
        "{}",
        nested,
        no_actor + "}",
        no_id + "}",
        no_actor + R"(,"actor":["https://a.example/u","https://a.example/v"]})",
        no_id + R"(,"id":"https://a.example/1","actor":"https://b.example/u"})"};
    for (const auto& text : texts)
        BOOST_TEST(code_of(parsed(text)) == "invalid", text.substr(0, 100));
}

BOOST_AUTO_TEST_CASE(digested_wants_this_host_this_hour_and_these_bytes) {
    auto verdict = [&](Post post) {
        const auto signature = test::must(signature::parse_signature_header(post["Signature"]));
        return code_of(digested(post.view(), signature, urls, clock.now_ms()));
    };
    BOOST_TEST(verdict(good(*this)) == "ok");
    BOOST_TEST(verdict(Post(carol, carol.create("1"), clock.now_ms() - 50 * minute_ms)) == "ok");
    BOOST_TEST(verdict(Post(carol, carol.create("1"), clock.now_ms() - 2 * hour_ms)) ==
               "unauthorized");
    BOOST_TEST(verdict(Post(carol, carol.create("1"), clock.now_ms() + 2 * hour_ms)) ==
               "unauthorized");
    BOOST_TEST(verdict(Post(carol, carol.create("1"), clock.now_ms(), "other.example")) ==
               "unauthorized");
    auto changed = good(*this);
    changed.body += ' ';
    BOOST_TEST(verdict(changed) == "unauthorized");
}

static std::string authority(Node& node, const std::string& text, std::string_view signer = {}) {
    const auto read = test::must(parsed(text));
    return code_of(has_authority(read.document.root(), read.activity, signer.empty() ? node.carol.id : signer, node.urls));
}

BOOST_AUTO_TEST_CASE(the_signer_must_be_the_actor_and_both_of_one_origin_with_the_id) {
    BOOST_TEST(authority(*this, carol.create("1")) == "ok");
    BOOST_TEST(authority(*this, carol.create("1"), eve.id) == "unauthorized");
    BOOST_TEST(authority(*this, carol.create("1"), "https://there.example/u/mallory") ==
               "unauthorized");
    const auto elsewhere = R"({"type":"Like","id":"https://evil.example/1","actor":")" + carol.id +
                           R"(","object":"https://x.example/"})";
    BOOST_TEST(authority(*this, elsewhere) == "unauthorized");
    const test::Peer ours("https://here.example/u/alice");
    BOOST_TEST(authority(*this, ours.create("1"), ours.id) == "unauthorized");
}

BOOST_AUTO_TEST_CASE(what_is_created_must_be_of_the_actor) {
    auto create = [&](const std::string& object) {
        return authority(*this, carol.activity("Create", "c", object));
    };
    const auto note = [&](const std::string& id, const std::string& author) {
        return R"({"type":"Note","id":")" + id + R"(","content":"x","attributedTo":)" + author +
               "}";
    };
    const auto own_id = carol.note("1");
    const auto own = test::quoted(carol.id);
    BOOST_TEST(create(note(own_id, own)) == "ok");
    BOOST_TEST(create(note(own_id, "[" + own + "]")) == "ok");
    const std::string vote = R"({"type":"Note","name":"yes","attributedTo":)";
    BOOST_TEST(create(vote + own + "}") == "ok");
    BOOST_TEST(create(own_id) == "ok");  // fetched from there later
    for (const auto* id : {"https://evil.example/1", "https://here.example/post/1",
                           "http://there.example/1", "https://there.example:8443/1"})
        BOOST_TEST(create(note(id, own)) == "unauthorized", id);
    for (const std::string& author :
         {std::string("1"), std::string("\"1\""), std::string("[]"), std::string("null"),
          std::string("{}"), test::quoted(eve.id), "[" + own + "," + test::quoted(eve.id) + "]",
          std::string("\"https://here.example/u/alice\"")})
        BOOST_TEST(create(note(own_id, author)) != "ok", author);
}

BOOST_AUTO_TEST_CASE(others_things_may_be_spoken_of_but_not_updated) {
    const auto foreign = R"({"type":"Note","id":")" + eve.note("1") +
                         R"(","content":"x","attributedTo":")" + eve.id + "\"}";
    for (const auto* type : {"Announce", "Like", "Undo", "Accept", "Flag"})
        BOOST_TEST(authority(*this, carol.activity(type, "1", foreign)) == "ok", type);
    BOOST_TEST(authority(*this, carol.activity("Update", "1", foreign)) == "unauthorized");
    BOOST_TEST(authority(*this, carol.activity("Update", "1", carol.document())) == "ok");
    BOOST_TEST(authority(*this, carol.activity("Update", "1", eve.document())) == "unauthorized");
}

// Whether carol moderates it is asked later, where that is known.
BOOST_AUTO_TEST_CASE(a_group_here_may_be_updated_by_others_and_nothing_else_of_ours) {
    const auto update = [&](const std::string& type, const std::string& id, const char* activity = "Update") {
        return authority(*this, carol.activity(activity, "1",
                                               R"({"type":)" + type + R"(,"id":")" + id + R"(","attributedTo":")" + carol.id + "\"}"));
    };
    const std::string garden = "https://here.example/c/garden", group = "\"Group\"";
    BOOST_TEST(update(group, garden) == "ok");
    BOOST_TEST(update(group, garden, "Create") == "unauthorized");
    BOOST_TEST(update(group, "https://elsewhere.example/c/garden") == "unauthorized");
    for (const auto* type : {"\"Person\"", "\"Note\"", "[\"Group\"]", "[\"Group\",\"Note\"]", "[\"Note\",\"Group\"]"})
        BOOST_TEST(update(type, garden) == "unauthorized", type);
}

BOOST_AUTO_TEST_CASE(each_of_several_created_objects_is_looked_at) {
    const auto vote = R"({"type":"Note","name":"a","attributedTo":")" + carol.id + "\"}";
    const auto forged = R"({"type":"Note","name":"a","attributedTo":")" + eve.id + "\"}";
    auto both = [&](const std::string& second) {
        return R"({"type":"Create","id":")" + carol.id + R"(/1","actor":")" + carol.id +
               R"(","object":[)" + vote + "," + second + "]}";
    };
    BOOST_TEST(authority(*this, both(vote)) == "ok");
    BOOST_TEST(authority(*this, both(forged)) == "unauthorized");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace kith::inbox
