#include "federation/client/lanes.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using kith::client::Lanes;

namespace {

using TextLanes = Lanes<std::string>;

std::vector<std::string> all_that_may_start(TextLanes& lanes) {
    std::vector<std::string> started;
    while (auto job = lanes.next()) started.push_back(std::move(*job));
    return started;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lanes)

BOOST_AUTO_TEST_CASE(a_host_has_no_more_in_flight_than_its_bound_and_keeps_its_order) {
    TextLanes lanes({10, 2, 10});
    for (const auto* job : {"1", "2", "3", "4"}) BOOST_TEST(lanes.enqueue("a", job, 100));
    BOOST_TEST(all_that_may_start(lanes) == (std::vector<std::string>{"1", "2"}),
               boost::test_tools::per_element());
    lanes.release("a");
    BOOST_TEST(all_that_may_start(lanes) == (std::vector<std::string>{"3"}),
               boost::test_tools::per_element());
    BOOST_TEST(lanes.waiting() == 1);
    BOOST_TEST(lanes.in_flight() == 2);
}

BOOST_AUTO_TEST_CASE(hosts_take_turns_under_the_global_bound) {
    TextLanes lanes({2, 2, 10});
    for (const auto* job : {"a1", "a2", "a3"}) lanes.enqueue("a", job, 100);
    lanes.enqueue("b", "b1", 100);
    BOOST_TEST(all_that_may_start(lanes) == (std::vector<std::string>{"a1", "b1"}),
               boost::test_tools::per_element());
    lanes.release("b");
    BOOST_TEST(all_that_may_start(lanes) == (std::vector<std::string>{"a2"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_full_waiting_room_refuses_and_leaves_the_job_with_its_owner) {
    TextLanes lanes({1, 1, 1});
    BOOST_TEST(lanes.enqueue("a", "1", 100));
    std::string job = "2";
    BOOST_TEST(!lanes.enqueue("a", std::move(job), 100));
    BOOST_TEST(job == "2");
}

BOOST_AUTO_TEST_CASE(jobs_past_their_deadline_are_taken_out) {
    TextLanes lanes({1, 1, 10});
    lanes.enqueue("a", "early", 100);
    lanes.enqueue("a", "late", 200);
    lanes.enqueue("b", "other", 50);
    BOOST_TEST(lanes.take_expired(100).size() == 2u);
    BOOST_TEST(lanes.waiting() == 1);
    BOOST_TEST(lanes.hosts() == 1u);
    BOOST_TEST(all_that_may_start(lanes) == (std::vector<std::string>{"late"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_host_without_jobs_leaves_no_trace) {
    TextLanes lanes({10, 2, 10});
    for (int i = 0; i < 5; ++i) {
        const std::string host = "host" + std::to_string(i);
        lanes.enqueue(host, "job", 100);
        all_that_may_start(lanes);
        lanes.release(host);
    }
    BOOST_TEST(lanes.hosts() == 0u);
    BOOST_TEST(lanes.in_flight() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
