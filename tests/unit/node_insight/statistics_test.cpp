#include <boost/test/unit_test.hpp>

#include "node/insight/records.hpp"
#include "node/insight/shares.hpp"
#include "node/insight/statistics.hpp"
#include "node/insight/suppression.hpp"
#include "node/insight/windows.hpp"

using namespace kith;
using namespace kith::insight;

BOOST_AUTO_TEST_SUITE(insight_statistics)

BOOST_AUTO_TEST_CASE(wilson_intervals_agree_with_the_published_ones) {
    struct Row {
        std::int64_t k, n;
        double low, high;
    };
    const Row rows[] = {{81, 263, 0.25529, 0.36621},
                        {15, 148, 0.06239, 0.16049},
                        {0, 20, 0, 0.16113},
                        {1, 29, 0.00611, 0.17176},
                        {10, 40, 0.14187, 0.40194}};
    for (const Row& row : rows) {
        const auto interval = wilson95(row.k, row.n);
        BOOST_REQUIRE(interval);
        BOOST_TEST(std::abs(interval->low - row.low) < 5e-6);
        BOOST_TEST(std::abs(interval->high - row.high) < 5e-6);
    }
    BOOST_TEST(wilson95(20, 20)->high == 1.0);
    BOOST_TEST(!wilson95(0, 0));
}

BOOST_AUTO_TEST_CASE(at_a_tie_the_event_comes_before_the_censoring) {
    const auto curve = kaplan_meier({{2, false}, {2, true}, {1, true}, {3, false}});
    BOOST_REQUIRE(curve.size() == 2u);
    BOOST_TEST(curve[0].survival == 0.75);
    BOOST_TEST(curve[1].at_risk == 3);
    BOOST_TEST(std::abs(curve[1].survival - 0.5) < 1e-12);
    BOOST_TEST(survival_at(curve, 0) == 1.0);
    BOOST_TEST(survival_at(curve, 1) == 0.75);
    BOOST_TEST(*median_wait(curve) == 2);
}

BOOST_AUTO_TEST_CASE(a_median_wait_needs_half_of_the_waits_to_end) {
    BOOST_TEST(!median_wait(kaplan_meier({{1, true}, {2, false}, {3, false}})));
    BOOST_TEST(!median_wait(kaplan_meier({})));
}

BOOST_AUTO_TEST_CASE(the_contributor_absence_factor_agrees_with_the_chaoss_example) {
    BOOST_TEST(*contributor_absence_factor({1000, 202, 90, 33, 332, 343, 42, 433}) == 2);
    BOOST_TEST(*contributor_absence_factor({5, 5}) == 2);  // exactly half is not more than half
    BOOST_TEST(!contributor_absence_factor({}));
}

BOOST_AUTO_TEST_CASE(one_small_cell_hides_the_smallest_other_so_that_the_total_does_not_tell) {
    const std::int64_t garden_bees_moss[] = {12, 3, 9};
    BOOST_TEST(hidden_cells(garden_bees_moss) == std::vector<bool>({false, true, true}),
               boost::test_tools::per_element());
    const std::int64_t two_tiny[] = {1, 20, 2, 30};  // together still fewer than five
    BOOST_TEST(hidden_cells(two_tiny) == std::vector<bool>({true, true, true, false}),
               boost::test_tools::per_element());
    const std::int64_t large[] = {5, 6};
    BOOST_TEST(hidden_cells(large) == std::vector<bool>({false, false}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_share_is_shown_only_with_five_in_and_five_out) {
    BOOST_TEST(may_show_share(5, 10));
    BOOST_TEST(!may_show_share(4, 10));
    BOOST_TEST(!may_show_share(8, 10));
    BOOST_TEST(!may_show_share(10, 10));
}

BOOST_AUTO_TEST_CASE(weeks_begin_on_monday_also_before_1970) {
    BOOST_TEST(format_date(week_start(1'767'571'200'000)) == "2026-01-05");
    BOOST_TEST(format_date(week_start(1'767'571'200'000 - 1)) == "2025-12-29");
    BOOST_TEST(week_start(0) == -3 * day_ms);
}

BOOST_AUTO_TEST_CASE(an_object_is_never_made_before_what_it_answers_nor_after_it_arrived) {
    BOOST_TEST(event_time(100, {}, {}, 200) == 100);
    BOOST_TEST(event_time(100, 150, {}, 200) == 150);
    BOOST_TEST(event_time(100, 150, 170, 200) == 170);
    BOOST_TEST(event_time(900, {}, {}, 200) == 200);
}

BOOST_AUTO_TEST_SUITE_END()
