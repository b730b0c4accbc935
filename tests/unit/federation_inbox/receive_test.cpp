#include "federation/inbox/pipeline.hpp"

#include <boost/test/unit_test.hpp>

#include "config/limits/inbox.hpp"
#include "fixture.hpp"
#include "storage/repo/inbox.hpp"
#include "storage/repo/domains.hpp"
#include "storage/repo/relations.hpp"

namespace kith::inbox {

using test::Node;
using test::Post;

// The lanes are not started: what was accepted stays as it was stored.
BOOST_FIXTURE_TEST_SUITE(receive, Node)

BOOST_AUTO_TEST_CASE(a_good_activity_is_on_disk_when_it_is_answered) {
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    const auto open =
        test::must(db->read([](sql::Tx& tx) { return repo::open_activities(tx, 10); }));
    BOOST_REQUIRE_EQUAL(open.size(), 1u);
    const auto row =
        test::must(db->read([&](sql::Tx& tx) { return repo::find_open_activity(tx, open[0].id); }));
    BOOST_REQUIRE(row);
    BOOST_TEST(row->actor_ap_id == carol.id);
    BOOST_TEST(row->ap_id == carol.id + "/create/1");
    BOOST_TEST(row->type == "Create");
    BOOST_TEST(row->lane == carol.note("1"));
    BOOST_TEST(row->body == carol.create("1"));
    BOOST_TEST(row->received_at == clock.now_ms());
    BOOST_TEST(pipeline->counters().get(Phase::accepted, Outcome::passed) == 1u);
    BOOST_TEST(refusals() == 0);
}

BOOST_AUTO_TEST_CASE(each_refusal_has_its_status_and_stores_a_line_and_nothing_else) {
    auto post = [&] { return Post(carol, carol.create("1"), clock.now_ms()); };
    auto refused = [&](Post bad, int status, std::string_view phase) {
        const auto lines = refusals();
        BOOST_TEST(send(std::move(bad)) == status, phase);
        BOOST_TEST(rows() == 0, phase);
        BOOST_TEST(test::eventually([&] { return refusals() == lines + 1; }), phase);
        const auto log =
            test::must(db->read([](sql::Tx& tx) { return repo::refusals(tx, "", INT64_MAX, 1); }));
        BOOST_TEST(log[0].phase == phase);
        BOOST_TEST(log[0].status == status);
        BOOST_TEST(!log[0].reason.empty());
    };
    auto encoded = post();
    encoded["Content-Encoding"] = "gzip";
    refused(encoded, 415, "framed");
    auto long_one = post();
    long_one.body.assign(limits::inbox_body_bytes_max + 1, ' ');
    refused(long_one, 413, "framed");
    auto unsigned_one = post();
    unsigned_one["Signature"] = "";
    refused(unsigned_one, 401, "screened");
    refused(Post(carol, "{", clock.now_ms()), 400, "parsed");
    auto other_bytes = post();
    other_bytes.body += '\n';
    refused(other_bytes, 401, "digested");
    refused(Post(test::Peer("https://nobody.example/u/x"), carol.create("1"), clock.now_ms()), 503,
            "keyed");
    refused(Post(test::Peer("https://here.example/u/alice"), carol.create("1"), clock.now_ms()),
            401, "keyed");
    refused(Post(eve, carol.create("1"), clock.now_ms()), 401, "verified");
    auto wrong_key = carol;
    wrong_key.key = 1;
    refused(Post(wrong_key, carol.create("1"), clock.now_ms()), 401, "verified");
    test::must(db->write([&](sql::Tx& tx) {
        return repo::put_domain_block(tx, {"there.example", model::BlockSeverity::suspend, "", 0});
    }));
    clock.advance(limits::domain_block_cached_ms);
    refused(post(), 403, "screened");
}

BOOST_AUTO_TEST_CASE(a_refused_activity_is_taken_once_it_is_good) {
    auto post = Post(carol, carol.create("1"), clock.now_ms());
    const auto right = post.body;
    post.body += ' ';
    BOOST_TEST(send(post) == 401);
    post.body = right;
    BOOST_TEST(send(post) == 202);
    BOOST_TEST(rows() == 1);
}

BOOST_AUTO_TEST_CASE(the_farewell_of_a_stranger_is_taken_without_a_look) {
    const test::Peer stranger("https://gone.example/u/x");
    BOOST_TEST(send(stranger, stranger.activity("Delete", "bye", stranger.id)) == 202);
    BOOST_TEST(network.hits() == 0);
    BOOST_TEST(rows() == 0);
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    BOOST_TEST(send(carol, carol.activity("Delete", "bye", carol.id)) == 202);
    BOOST_TEST(rows() == 2);
}

BOOST_AUTO_TEST_CASE(a_host_that_sends_too_much_is_told_to_wait_and_others_are_not) {
    int taken = 0;
    const auto body = carol.create("1");
    auto post = Post(carol, body, clock.now_ms());
    for (int i = 0; i < int(limits::inbox_per_host_burst) + 10; ++i) taken += send(post) == 202;
    BOOST_TEST(taken == int(limits::inbox_per_host_burst));
    const auto answer = pipeline->receive(post.view());
    BOOST_TEST(answer.status == 429);
    BOOST_TEST(answer.retry_after_s > 0);
    BOOST_TEST(send(eve, eve.create("1")) == 202);
    clock.advance(minute_ms);
    BOOST_TEST(send(carol, body) == 202);
}

BOOST_AUTO_TEST_CASE(an_unverified_claim_costs_a_host_nothing) {
    auto forged = carol;
    forged.key = 1;
    for (int i = 0; i < 50; ++i) BOOST_REQUIRE_EQUAL(send(forged, carol.create("1")), 401);
    BOOST_TEST(send(carol, carol.create("1")) == 202);
}

BOOST_AUTO_TEST_CASE(the_same_create_again_has_no_effect) {
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    pipeline->start();
    BOOST_TEST(settled());
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    BOOST_TEST(settled());
    BOOST_TEST(sink.applied().size() == 1u);
    BOOST_TEST(rows() == 1);
}

BOOST_AUTO_TEST_CASE(a_follow_with_a_used_id_is_judged_anew_once_the_first_is_closed) {
    const auto follow = carol.activity("Follow", "f", "https://here.example/u/alice");
    BOOST_TEST(send(carol, follow) == 202);
    BOOST_TEST(send(carol, follow) == 202);  // still open: a replay
    pipeline->start();
    BOOST_TEST(settled());
    BOOST_TEST(sink.applied().size() == 1u);
    BOOST_TEST(send(carol, follow) == 202);
    BOOST_TEST(settled());
    BOOST_TEST(sink.applied().size() == 2u);
    BOOST_TEST(rows() == 1);
}

BOOST_AUTO_TEST_CASE(other_bytes_under_an_open_id_are_to_be_sent_again) {
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    const auto other = carol.create("1", R"(,"sensitive":true)");
    BOOST_TEST(send(carol, other) == 503);
    pipeline->start();
    BOOST_TEST(settled());
    BOOST_TEST(send(carol, other) == 202);
    BOOST_TEST(settled());
    BOOST_TEST(sink.applied().size() == 2u);
}

BOOST_AUTO_TEST_CASE(the_front_learns_which_requests_wait_for_a_key) {
    auto post = Post(carol, carol.create("1"), clock.now_ms());
    BOOST_TEST(pipeline->waits_for("", post["Signature"], post.body) == "there.example");
    std::atomic<bool> done = false;
    pipeline->fetch_key("", post["Signature"], [&] { done = true; });
    BOOST_TEST(test::eventually([&] { return done.load(); }));
    BOOST_TEST(pipeline->waits_for("", post["Signature"], post.body).empty());
    const int hits = network.hits();
    BOOST_TEST(send(post) == 202);
    BOOST_TEST(network.hits() == hits);
    const test::Peer stranger("https://gone.example/u/x");
    auto farewell = Post(stranger, stranger.activity("Delete", "bye", stranger.id), clock.now_ms());
    BOOST_TEST(pipeline->waits_for("", farewell["Signature"], farewell.body).empty());
    BOOST_TEST(pipeline->waits_for("", "nonsense", "").empty());
}

BOOST_AUTO_TEST_CASE(old_replay_keys_are_swept_and_open_rows_are_not) {
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    pipeline->start();
    BOOST_TEST(settled());
    clock.advance(limits::inbox_rows_ms + 1);
    sink.on_resolve = [](const Inbound&, Fetcher&) -> Result<> {
        return fail(Code::unavailable, "later");
    };
    BOOST_TEST(send(carol, carol.create("2")) == 202);
    BOOST_TEST(rows() == 2);
    BOOST_TEST(test::must(pipeline->sweep()) == false);
    BOOST_TEST(rows() == 1);
    BOOST_TEST(state(carol.id + "/create/2") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace kith::inbox
