#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>

#include "config/limits/inbox.hpp"
#include "federation/inbox/pipeline.hpp"
#include "fixture.hpp"
#include "storage/repo/inbox.hpp"

namespace kith::inbox {

using test::Node;

BOOST_FIXTURE_TEST_SUITE(lanes, Node)

static const std::string parent = "https://parent.example/n/1";

BOOST_AUTO_TEST_CASE(what_is_accepted_is_applied_and_its_body_dropped) {
    pipeline->start();
    for (int i = 0; i < 50; ++i)
        BOOST_REQUIRE_EQUAL(send(carol, carol.create(std::to_string(i))), 202);
    BOOST_TEST(settled());
    BOOST_TEST(sink.applied().size() == 50u);
    BOOST_TEST(number("SELECT COUNT(*) FROM inbox_activity WHERE state = 1 AND body IS NULL") ==
               50);
    BOOST_TEST(pipeline->counters().get(Phase::applied, Outcome::passed) == 50u);
}

BOOST_AUTO_TEST_CASE(activities_on_one_object_are_applied_in_the_order_of_arrival) {
    pipeline->start();
    std::vector<std::string> sent;
    for (int i = 0; i < 30; ++i) {
        const auto update =
            carol.activity("Update", "u" + std::to_string(i),
                           R"({"type":"Note","id":")" + carol.note("1") +
                               R"(","content":"x","attributedTo":")" + carol.id + "\"}");
        sent.push_back(carol.id + "/u" + std::to_string(i));
        BOOST_REQUIRE_EQUAL(send(carol, update), 202);
    }
    BOOST_TEST(settled());
    BOOST_TEST(sink.applied() == sent, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_refusal_of_the_domain_is_written_into_the_row_and_the_log) {
    sink.on_authorize = [&](const Inbound& in) -> Result<> {
        if (in.activity.actor == eve.id) return fail(Code::forbidden, "not yours");
        return {};
    };
    pipeline->start();
    BOOST_TEST(send(eve, eve.create("1")) == 202);
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    BOOST_TEST(settled());
    BOOST_TEST(state(eve.id + "/create/1") == 2);
    BOOST_TEST(state(carol.id + "/create/1") == 1);
    BOOST_TEST(number("SELECT COUNT(*) FROM inbox_activity WHERE phase = 'authorized' AND reason = "
                      "'not yours' "
                      "AND body IS NULL") == 1);
    BOOST_TEST(test::eventually([&] { return refusals() == 1; }));
}

BOOST_AUTO_TEST_CASE(an_effect_that_fails_leaves_no_trace_but_the_refusal) {
    sink.on_apply = [](const Inbound&) -> Result<> {
        return fail(Code::invalid, "it does not fit");
    };
    pipeline->start();
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    BOOST_TEST(settled());
    BOOST_TEST(state(carol.id + "/create/1") == 2);
    BOOST_TEST(number("SELECT COUNT(*) FROM inbox_activity WHERE phase = 'applied'") == 1);
}

BOOST_AUTO_TEST_CASE(a_race_in_the_database_is_run_again) {
    std::atomic<int> runs = 0;
    sink.on_apply = [&](const Inbound&) -> Result<> {
        if (++runs < 3) return fail(Code::conflict, "raced");
        return {};
    };
    pipeline->start();
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    BOOST_TEST(test::eventually([&] {
        clock.advance(limits::inbox_conflict_delay_ms);
        return state(carol.id + "/create/1") == 1;
    }));
    BOOST_TEST(runs == 3);
}

BOOST_AUTO_TEST_CASE(a_race_without_end_ends) {
    sink.on_apply = [&](const Inbound&) -> Result<> { return fail(Code::conflict, "raced"); };
    pipeline->start();
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    BOOST_TEST(test::eventually([&] {
        clock.advance(limits::inbox_conflict_delay_ms);
        return state(carol.id + "/create/1") == 2;
    }));
}

BOOST_AUTO_TEST_CASE(a_failed_fetch_is_tried_again_until_it_holds_and_others_pass_meanwhile) {
    sink.on_resolve = [&](const Inbound& in, Fetcher& fetcher) -> Result<> {
        if (in.activity.actor == carol.id) TRY(fetcher.fetch(parent));
        return {};
    };
    pipeline->start();
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    BOOST_TEST(send(eve, eve.create("1")) == 202);
    BOOST_TEST(test::eventually([&] {
        return number(
                   "SELECT COUNT(*) FROM inbox_activity WHERE attempts = 1 "
                   "AND state = 0 AND phase = 'resolved'") == 1;
    }));
    BOOST_TEST(test::eventually([&] { return state(eve.id + "/create/1") == 1; }));
    BOOST_TEST(network.hits(parent) == 1);
    clock.advance(limits::inbox_retry_delays_ms[0]);
    BOOST_TEST(test::eventually([&] { return network.hits(parent) == 2; }));
    BOOST_TEST(
        test::eventually([&] { return number("SELECT MAX(attempts) FROM inbox_activity") == 2; }));
    network.serve(parent, R"({"type":"Note","id":")" + parent + "\"}");
    clock.advance(limits::inbox_retry_delays_ms[1]);
    BOOST_TEST(settled());
    BOOST_TEST(state(carol.id + "/create/1") == 1);
}

BOOST_AUTO_TEST_CASE(a_fetch_that_fails_for_a_day_is_given_up) {
    sink.on_resolve = [&](const Inbound&, Fetcher& fetcher) -> Result<> {
        TRY(fetcher.fetch(parent));
        return {};
    };
    pipeline->start();
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    BOOST_TEST(test::eventually([&] {
        clock.advance(hour_ms);
        return state(carol.id + "/create/1") == 2;
    }));
    BOOST_TEST(network.hits(parent) > 3);
    BOOST_TEST(network.hits(parent) < 20);
}

BOOST_AUTO_TEST_CASE(what_its_origin_does_not_have_refuses_at_once) {
    network.put(parent, {404, ""});
    sink.on_resolve = [&](const Inbound&, Fetcher& fetcher) -> Result<> {
        TRY(fetcher.fetch(parent));
        return {};
    };
    pipeline->start();
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    BOOST_TEST(settled());
    BOOST_TEST(state(carol.id + "/create/1") == 2);
    BOOST_TEST(network.hits(parent) == 1);
}

BOOST_AUTO_TEST_CASE(slow_hosts_hold_up_nobody_else) {
    BOOST_TEST(send(carol, carol.create("0")) == 202);
    BOOST_TEST(send(eve, eve.create("0")) == 202);
    sink.on_resolve = [&](const Inbound& in, Fetcher& fetcher) -> Result<> {
        if (in.activity.actor == eve.id) TRY(fetcher.fetch(in.activity.id + "/slow"));
        return {};
    };
    network.hold();
    pipeline->start();
    for (int i = 1; i < 40; ++i) BOOST_REQUIRE_EQUAL(send(eve, eve.create(std::to_string(i))), 202);
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    BOOST_TEST(test::eventually([&] { return state(carol.id + "/create/1") == 1; }));
    BOOST_TEST(number("SELECT COUNT(*) FROM inbox_activity WHERE state = 0") == 40);
    network.release();
}

BOOST_AUTO_TEST_CASE(one_document_is_fetched_once_for_many_activities_of_a_minute) {
    network.serve(parent, R"({"type":"Note","id":")" + parent + "\"}");
    sink.on_resolve = [&](const Inbound&, Fetcher& fetcher) -> Result<> {
        TRY(fetcher.fetch(parent));
        return {};
    };
    pipeline->start();
    for (const auto* path : {"1", "2", "3"}) {
        BOOST_TEST(send(carol, carol.create(path)) == 202);
        BOOST_TEST(settled());
    }
    BOOST_TEST(network.hits(parent) == 1);
    clock.advance(1);
    const auto deleted = carol.activity("Announce", "a", eve.activity("Delete", "d", parent));
    BOOST_TEST(send(carol, deleted) == 202);  // what is announced as deleted is looked at anew
    BOOST_TEST(settled());
    BOOST_TEST(network.hits(parent) == 2);
}

BOOST_AUTO_TEST_CASE(one_activity_causes_a_bounded_number_of_fetches) {
    std::atomic<int> fetched = 0;
    sink.on_resolve = [&](const Inbound&, Fetcher& fetcher) -> Result<> {
        for (int i = 0; i < 500; ++i) {
            const auto id = "https://deep.example/" + std::to_string(i);
            network.serve(id, R"({"type":"Note","id":")" + id + "\"}");
            TRY(fetcher.fetch(id));
            ++fetched;
        }
        return {};
    };
    pipeline->start();
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    BOOST_TEST(settled());
    BOOST_TEST(fetched == limits::inbox_fetches_max);
    BOOST_TEST(state(carol.id + "/create/1") == 2);
}

BOOST_AUTO_TEST_CASE(what_was_accepted_before_a_kill_is_applied_after_it_in_order) {
    std::vector<std::string> sent;
    for (int i = 0; i < 20; ++i) {
        const auto path = "l" + std::to_string(i);
        sent.push_back(carol.id + "/" + path);
        BOOST_REQUIRE_EQUAL(send(carol, carol.activity("Add", path, "https://x.example/1")), 202);
    }
    close();  // the lanes never ran: as if killed right after the answers
    open();
    BOOST_TEST(sink.applied().empty());
    pipeline->start();
    BOOST_TEST(settled());
    BOOST_TEST(sink.applied() == sent, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_stop_leaves_open_what_it_interrupts) {
    sink.on_resolve = [&](const Inbound&, Fetcher& fetcher) -> Result<> {
        TRY(fetcher.fetch(parent));
        return {};
    };
    pipeline->start();
    network.serve(carol.id, carol.document());
    BOOST_TEST(send(carol, carol.create("1")) == 202);
    BOOST_TEST(test::eventually([&] { return network.hits(parent) == 1; }));
    close();
    BOOST_TEST(state(carol.id + "/create/1") == 0);
    network.serve(parent, R"({"type":"Note","id":")" + parent + "\"}");
    clock.advance(limits::inbox_retry_delays_ms[0]);
    open();
    pipeline->start();
    BOOST_TEST(settled());
    BOOST_TEST(state(carol.id + "/create/1") == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace kith::inbox
