#include "federation/inbox/lane_queue.hpp"

#include <boost/test/unit_test.hpp>

#include "base/core/random.hpp"

#include <map>

namespace kith::inbox {

BOOST_AUTO_TEST_SUITE(lane_queue)

static const std::string carol = "carol", dan = "dan", group = "group";

static std::vector<Id> take_all(LaneQueue& queue) {
    std::vector<Id> out;
    while (const auto id = queue.take()) out.push_back(*id);
    return out;
}
static void expect(LaneQueue& queue, const std::vector<Id>& wanted) {
    const auto taken = take_all(queue);
    BOOST_TEST(taken == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(one_lane_goes_one_by_one_and_lanes_side_by_side) {
    LaneQueue queue;
    queue.add(1, carol, {"a"});
    queue.add(2, carol, {"a"});
    queue.add(3, carol, {"b"});
    expect(queue, {1, 3});
    queue.finish(1);
    expect(queue, {2});
    queue.finish(2);
    queue.finish(3);
    BOOST_TEST(queue.size() == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_done_to_an_object_waits_for_the_object_and_not_the_other_way_round) {
    LaneQueue queue;
    queue.add(1, carol, {"post"});
    queue.add(2, dan, {"dan post"});
    queue.add(3, dan, {"dan other"});
    expect(queue, {1, 3});
    queue.finish(1);
    expect(queue, {2});
    queue.add(4, carol, {"post"});
    expect(queue, {4});
    queue.add(5, dan, {"dan post"});
    queue.finish(2);
    queue.postpone(4, 1'000);  // nobody holds up what is not theirs
    expect(queue, {5});
}

BOOST_AUTO_TEST_CASE(what_is_held_is_not_taken_twice) {
    LaneQueue queue;
    BOOST_TEST(queue.add(1, carol, {"a"}));
    BOOST_TEST(!queue.add(1, carol, {"a"}));
    expect(queue, {1});
    expect(queue, {});
}

BOOST_AUTO_TEST_CASE(a_barrier_waits_for_its_actor_and_its_actor_for_it) {
    LaneQueue queue;
    queue.add(1, carol, {"a"});
    queue.add(2, carol, {"b"});
    queue.add(3, carol, {.barrier = true});
    queue.add(4, carol, {"c"});
    queue.add(5, dan, {"d"});
    expect(queue, {1, 2, 5});
    queue.finish(1);
    expect(queue, {});
    queue.finish(2);
    expect(queue, {3});
    queue.finish(3);
    expect(queue, {4});
}

BOOST_AUTO_TEST_CASE(a_barrier_waits_for_what_a_group_announces_of_its_actor) {
    LaneQueue queue;
    queue.add(1, group, {"a", carol});
    queue.add(2, carol, {.barrier = true});
    expect(queue, {1});
    queue.finish(1);
    expect(queue, {2});
}

BOOST_AUTO_TEST_CASE(a_postponed_one_holds_its_own_actors_next_and_nobody_elses) {
    LaneQueue queue;
    queue.add(1, group, {"a", carol});
    queue.add(2, carol, {"a"});
    queue.add(3, group, {"a", carol});
    expect(queue, {1});
    queue.postpone(1, 1'000);
    expect(queue, {2});
    queue.finish(2);
    expect(queue, {});
    queue.add(4, carol, {"a"});  // waits for 3, which waits for 1
    BOOST_TEST(queue.next_wake().value_or(0) == 1'000);
    queue.wake(999);
    expect(queue, {});
    queue.wake(1'000);
    expect(queue, {1});
    queue.finish(1);
    expect(queue, {3});
    queue.finish(3);
    expect(queue, {4});
}

BOOST_AUTO_TEST_CASE(one_loaded_before_its_time_waits_for_it) {
    LaneQueue queue;
    queue.add(1, carol, {"a"});
    queue.postpone(1, 500);
    queue.add(2, carol, {"a"});
    queue.add(3, carol, {"b"});
    expect(queue, {3});
    queue.wake(500);
    expect(queue, {1});
    queue.finish(1);
    expect(queue, {2});
}

// Whatever comes and goes: an activity never runs beside or before an earlier one of its actor and
// lane, and in the end nothing is left.
BOOST_AUTO_TEST_CASE(order_holds_in_ten_thousand_random_steps) {
    SeededRandom random(7);
    LaneQueue queue;
    std::map<Id, std::string> lane_of;
    std::map<std::string, std::vector<Id>> waiting;  // in order, by actor and lane
    std::vector<Id> running;
    Id next = 1;
    TimeMs now = 0;
    auto close = [&](Id id) {
        auto& lane = waiting[lane_of[id]];
        BOOST_REQUIRE_EQUAL(lane.front(), id);
        lane.erase(lane.begin());
    };
    for (int step = 0; step < 10'000 || queue.size() > 0; ++step) {
        const auto choice = random.below(4);
        if (choice == 0 && step < 10'000) {
            const auto actor = "a" + std::to_string(random.below(3));
            Lane lane{"l" + std::to_string(random.below(4)), random.below(5) == 0 ? "a0" : "",
                      random.below(20) == 0};
            lane_of[next] =
                lane.barrier ? actor + " barrier " + std::to_string(next) : actor + ' ' + lane.key;
            waiting[lane_of[next]].push_back(next);
            queue.add(next++, actor, lane);
        } else if (choice == 1 || running.empty()) {
            queue.wake(++now);
            if (const auto id = queue.take()) {
                BOOST_REQUIRE_EQUAL(waiting[lane_of[*id]].front(), *id);
                running.push_back(*id);
            }
        } else {
            const auto at = running.begin() + std::ptrdiff_t(random.below(running.size()));
            const Id id = *at;
            running.erase(at);
            if (random.below(5) == 0) {
                queue.postpone(id, now + TimeMs(random.below(20)));
            } else {
                close(id);
                queue.finish(id);
            }
        }
        BOOST_REQUIRE_LT(step, 200'000);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace kith::inbox
