// That the statements asked most read by index: a page must not cost more because there are more
// posts. SQLite says how it would read; PostgreSQL decides by what the tables hold.
#include "storage/repo/actors.hpp"
#include "storage/repo/emoji.hpp"
#include "storage/repo/events.hpp"
#include "storage/repo/gatherings.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/timelines.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <algorithm>
#include <functional>

using namespace kith;
using namespace kith::test;
using repo::Window;

BOOST_AUTO_TEST_SUITE(repo_plans)

namespace {

// Runs what it is asked and keeps how SQLite goes about it.
class ExplainedTx : public sql::Tx {
public:
    explicit ExplainedTx(sql::Tx& inner) : inner_(inner) {}

    using Tx::execute;
    using Tx::query;
    Result<sql::Rows> query(std::string_view text, std::span<const sql::Param> params) override {
        TRY(explain(text, params));
        return inner_.query(text, params);
    }
    Result<std::int64_t> execute(std::string_view text,
                                 std::span<const sql::Param> params) override {
        TRY(explain(text, params));
        return inner_.execute(text, params);
    }
    const sql::Dialect& dialect() const override { return inner_.dialect(); }

    const std::vector<std::string>& steps() const { return steps_; }

private:
    Result<> explain(std::string_view text, std::span<const sql::Param> params) {
        const auto rows = TRY(inner_.query("EXPLAIN QUERY PLAN " + std::string(text), params));
        for (const auto& row : rows) steps_.push_back(row.str(3));
        return {};
    }

    sql::Tx& inner_;
    std::vector<std::string> steps_;
};

// The steps of one repository function.
template <class R, class... P, class... A>
std::vector<std::string> plan(sql::Db& db, Result<R> (*function)(sql::Tx&, P...),
                              const A&... arguments) {
    return must(db.write([&](sql::Tx& tx) -> Result<std::vector<std::string>> {
        ExplainedTx explained(tx);
        TRY(function(explained, arguments...));
        return explained.steps();
    }));
}

std::string joined(const std::vector<std::string>& steps) {
    std::string out;
    for (const auto& step : steps) out += "\n  " + step;
    return out;
}

// What may be read whole: the ids that were given, and what a WITH picked out.
bool is_small(std::string_view step) {
    return step.starts_with("SCAN json_each") || step.starts_with("SCAN due");
}

void check_searches(const std::vector<std::string>& steps) {
    const bool scans = std::any_of(steps.begin(), steps.end(), [](const std::string& step) {
        return step.starts_with("SCAN") && !is_small(step);
    });
    BOOST_TEST(!scans, joined(steps));
}

void check_uses(const std::vector<std::string>& steps, std::string_view index) {
    const bool uses = std::any_of(steps.begin(), steps.end(), [&](const std::string& step) {
        return step.find(index) != step.npos;
    });
    BOOST_TEST(uses, index << " is not used in" << joined(steps));
}

// Rows of a page come in the order of an index, or the whole list is sorted for each page.
void check_unsorted(const std::vector<std::string>& steps) {
    BOOST_TEST(joined(steps).find("TEMP B-TREE FOR ORDER BY") == std::string::npos, joined(steps));
}

using Engines = std::tuple<SqliteMemory>;
constexpr std::optional<Id> nobody;

}  // namespace

KITH_STORAGE_TEST_ON(Engines, timelines_read_by_index) {
    World world(db);
    const auto ann = world.person("ann");
    for (const bool ascending : {false, true}) {
        const Window w{.above = 1, .ascending = ascending};
        for (const auto& steps :
             {plan(db, repo::home_page, ann, w), plan(db, repo::group_page, ann, w),
              plan(db, repo::public_page, nobody, repo::Origin::any, false, w),
              plan(db, repo::public_page, nobody, repo::Origin::local, true, w),
              plan(db, repo::tag_page, nobody, Id{1}, repo::Origin::any, false, w),
              plan(db, repo::account_page, nobody, ann, repo::AccountPageFilter{}, w),
              plan(db, repo::notifications_page, ann, repo::NotificationRows{.kinds = "[0,1]", .from = {}}, noon, w),
              plan(db, repo::followers_page, ann, model::FollowState::accepted, w),
              plan(db, repo::reactors_page, Id{1}, model::ReactionKind::like, w)}) {
            check_searches(steps);
            check_unsorted(steps);
        }
    }
    check_uses(plan(db, repo::public_page, nobody, repo::Origin::any, false, Window{}),
               "post_public");
    check_uses(plan(db, repo::public_page, nobody, repo::Origin::local, false, Window{}),
               "post_public_local");
}

KITH_STORAGE_TEST_ON(Engines, posts_and_actors_are_found_by_index) {
    World world(db);
    const auto ann = world.person("ann"), post = world.post(ann);
    const Ids some{post, ann};
    for (const auto& steps : {plan(db, repo::visible_posts, nobody, some),
                              plan(db, repo::find_post_by_url, "https://there.example/url"),
                              plan(db, repo::visible_thread, nobody, post, 100),
                              plan(db, repo::adopt_orphans, world.post_row(post), std::vector<Id>{}),
                              plan(db, repo::scrub_post, post, noon),
                              plan(db, repo::find_actor_by_ap_id, "id"),
                              plan(db, repo::actors_by_ids, some),
                              plan(db, repo::find_actor_by_name, "ann", ""),
                              plan(db, repo::find_actor_by_followers_url, "url"),
                              plan(db, repo::search_actors, "an", "", 10, 0),
                              plan(db, repo::mentions_of, some),
                              plan(db, repo::tags_of, some),
                              plan(db, repo::attachments_of, some),
                              plan(db, repo::emojis_of, some),
                              plan(db, repo::emoji_counts, nobody, some),
                              plan(db, repo::find_emoji_reaction_by_ap_id, "id"),
                              plan(db, repo::find_emoji_reaction, ann, post, "name"),
                              plan(db, repo::polls_of, some),
                              plan(db, repo::reactions_among, ann, some),
                              plan(db, repo::boosts_among, ann, some),
                              plan(db, repo::hidden_among, ann, some, noon),
                              plan(db, repo::find_follow_by_ap_id, "id"),
                              plan(db, repo::find_block_by_ap_id, "id"),
                              plan(db, repo::find_reaction_by_ap_id, "id"),
                              plan(db, repo::find_boost_by_ap_id, "id"),
                              plan(db, repo::find_group_entry_by_ap_id, "id"),
                              plan(db, repo::follower_inboxes, ann),
                              plan(db, repo::followed_groups, ann)})
        check_searches(steps);
}

KITH_STORAGE_TEST_ON(Engines, events_and_answers_are_read_by_index) {
    World world(db);
    const auto ann = world.person("ann"), post = world.post(ann);
    const Ids some{post};
    const std::optional<Id> viewer{ann};
    const auto of_group = plan(db, repo::upcoming_gatherings, viewer, repo::UpcomingQuery{.group_id = ann, .member_id = {}, .now = noon, .after_id = {}});
    const auto of_member = plan(db, repo::upcoming_gatherings, viewer, repo::UpcomingQuery{.group_id = {}, .member_id = ann, .now = noon, .after_id = {}});
    for (const auto& steps : {of_group, of_member, plan(db, repo::rsvps_page, post, model::RsvpState::going, Window{}),
                              plan(db, repo::local_attendees, post, Id{0}, 10)}) {
        check_searches(steps);
        check_unsorted(steps);
    }
    check_uses(of_group, "gathering_of_group");
    check_uses(of_member, "gathering_start");
    for (const auto& steps : {plan(db, repo::gatherings_of, some), plan(db, repo::rsvps_among, ann, some),
                              plan(db, repo::find_rsvp_by_join, "id"), plan(db, repo::forget_answers_of, ann),
                              plan(db, repo::count_rsvps, post, model::RsvpState::asked, 10)})
        check_searches(steps);
}

KITH_STORAGE_TEST_ON(Engines, fan_out_and_queues_read_by_index) {
    World world(db);
    const auto ann = world.person("ann"), fan = world.person("fan"), post = world.post(ann);
    world.follow(fan, ann);
    repo::FanOut f{.entry_id = post, .post_id = post, .author_id = ann, .parent_author_id = fan};
    const auto fan_out = plan(db, repo::fan_out, f, Id{0}, 10);
    check_searches(fan_out);
    check_unsorted(fan_out);
    put(db, repo::append_event,
        model::Event{.id = 1, .actor_id = ann, .post_id = post, .at = noon});
    for (const auto& steps :
         {plan(db, repo::claim_events, model::Consumer::publisher, noon, noon + 1, 10),
          plan(db, repo::claim_job, noon, noon + 1),
          plan(db, repo::remove_home_entries_from, fan, ann), plan(db, repo::trim_home, fan, 1)})
        check_searches(steps);
}

BOOST_AUTO_TEST_SUITE_END()
