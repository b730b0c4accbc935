// What groups say of themselves, the labels of their threads, and collections of groups.
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/group_tags.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/media.hpp"
#include "storage/repo/multi_communities.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/threads.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using model::GroupVisibility;
using model::Visibility;

BOOST_AUTO_TEST_SUITE(repo_communities)

namespace {

struct Garden {
    explicit Garden(sql::Db& opened)
        : db(opened), world(opened), ann(world.person("ann")), bob(world.person("bob")), group(world.group("garden", ann)) {}

    void becomes(GroupVisibility visibility) {
        model::GroupProfile profile;
        profile.group_id = group;
        profile.visibility = visibility;
        put(db, repo::put_group_profile, profile);
    }
    Id thread(Id in) {
        auto draft = world.draft(bob);
        draft.group_id = in;
        draft.published_at = noon;
        const auto post = world.store(draft);
        put(db, repo::add_thread, post, in);
        return post.id;
    }
    bool sees(std::optional<Id> viewer, Id post) {
        return must(db.read([&](sql::Tx& tx) { return repo::sees_post(tx, viewer, post); }));
    }
    Ids threads(repo::ThreadQuery query) {
        Ids out;
        for (const auto& row : ask(db, repo::threads_page, std::optional<Id>{}, query)) out.push_back(row.post_id);
        return out;
    }
    Ids found(std::optional<Id> viewer, std::optional<Id> follower = {}, std::optional<Id> multi = {}) {
        repo::GroupSearch search;
        search.viewer_id = viewer;
        search.follower_id = follower;
        search.multi_id = multi;
        Ids out;
        for (const auto& actor : ask(db, repo::groups_by_members, search)) out.push_back(actor.id);
        return out;
    }

    sql::Db& db;
    World world;
    Id ann, bob, group;
};

}  // namespace

KITH_STORAGE_TEST(a_profile_is_kept_whole) {
    Garden g(db);
    BOOST_TEST((ask(db, repo::group_profile, g.group).visibility == GroupVisibility::public_));
    model::GroupProfile profile{.group_id = g.group,
                                .visibility = GroupVisibility::unlisted,
                                .restricted = true,
                                .brief = "plants",
                                .languages = {"de", "en"},
                                .sensitive = true,
                                .archived_at = noon,
                                .welcome = "**Hello**",
                                .default_order = "new",
                                .questions = {"Why \"you\"?", "Who?"}};
    put(db, repo::put_group_profile, profile);
    const auto read = ask(db, repo::group_profile, g.group);
    BOOST_TEST((read.visibility == GroupVisibility::unlisted && read.restricted && read.sensitive && read.archived_at == noon));
    BOOST_TEST(read.brief == "plants");
    BOOST_TEST(read.languages == profile.languages);
    BOOST_TEST(read.questions == profile.questions);
    BOOST_TEST(read.welcome == "**Hello**");
    BOOST_TEST(read.default_order == "new");
    profile.archived_at.reset();
    put(db, repo::put_group_profile, profile);
    BOOST_TEST(!ask(db, repo::group_profile, g.group).archived_at.has_value());
}

KITH_STORAGE_TEST(rules_keep_their_ids_and_places) {
    Garden g(db);
    put(db, repo::put_group_rule, model::GroupRule{1, g.group, 2, "second"});
    put(db, repo::put_group_rule, model::GroupRule{2, g.group, 1, "first"});
    put(db, repo::put_group_rule, model::GroupRule{1, g.group, 2, "second, changed"});
    const auto rules = ask(db, repo::group_rules, g.group);
    BOOST_TEST(rules.size() == 2u);
    BOOST_TEST((rules[0].id == 2 && rules[1].text == "second, changed"));
    BOOST_TEST(!ask(db, repo::find_group_rule, g.ann, Id(1)).has_value());
    BOOST_TEST(put(db, repo::remove_group_rule, g.group, Id(1)));
    BOOST_TEST(!put(db, repo::remove_group_rule, g.group, Id(1)));
    put(db, repo::put_join_answers, model::JoinAnswers{g.group, g.bob, {"because"}, noon});
    BOOST_TEST(ask(db, repo::join_answers, g.group, g.bob)->answers.front() == "because");
    put(db, repo::remove_join_answers, g.group, g.bob);
    BOOST_TEST(!ask(db, repo::join_answers, g.group, g.bob).has_value());
}

KITH_STORAGE_TEST(a_closed_group_is_read_by_its_own) {
    Garden g(db);
    const auto cid = g.world.person("cid"), dora = g.world.stranger("dora");
    const auto post = g.thread(g.group);
    g.world.follow(cid, g.group);
    BOOST_TEST(g.sees(std::nullopt, post));
    BOOST_TEST(put(db, repo::close_group_posts, g.group, 10) == 1);
    BOOST_TEST(put(db, repo::close_group_posts, g.group, 10) == 0);
    g.becomes(GroupVisibility::private_);
    BOOST_TEST((!g.sees(std::nullopt, post) && g.sees(cid, post) && !g.sees(g.ann, post) && !g.sees(dora, post)));
    g.becomes(GroupVisibility::local_only);
    BOOST_TEST((!g.sees(std::nullopt, post) && g.sees(cid, post) && g.sees(g.ann, post) && !g.sees(dora, post)));
    g.world.follow(dora, g.group);
    BOOST_TEST(ask(db, repo::followers_elsewhere, g.group, 10) == Ids{dora});
}

KITH_STORAGE_TEST(what_is_unlisted_is_in_no_list_of_everything) {
    Garden g(db);
    const auto post = g.thread(g.group);
    g.world.follow(g.bob, g.group);
    BOOST_TEST(g.found({}) == Ids{g.group});
    BOOST_TEST(g.threads({}) == Ids{post});
    g.becomes(GroupVisibility::unlisted);
    BOOST_TEST(g.found(g.bob).empty());
    BOOST_TEST(g.found(g.bob, g.bob) == Ids{g.group});
    BOOST_TEST(ask(db, repo::local_groups, 10).empty());
    BOOST_TEST(g.threads({}).empty());
    repo::ThreadQuery in_it;
    in_it.group_id = g.group;
    BOOST_TEST(g.threads(in_it) == Ids{post});
    g.becomes(GroupVisibility::local_only);
    BOOST_TEST(g.found({}).empty());
    BOOST_TEST(g.found(g.ann) == Ids{g.group});
}

KITH_STORAGE_TEST(groups_come_in_the_order_asked_for) {
    Garden g(db);
    const auto zoo = g.world.group("zoo", g.ann), alps = g.world.group("alps", g.ann);
    const auto found = [&](repo::GroupListOrder order, bool with_sensitive = true) {
        repo::GroupSearch search;
        search.order = order;
        search.with_sensitive = with_sensitive;
        Ids out;
        for (const auto& actor : ask(db, repo::groups_by_members, search)) out.push_back(actor.id);
        return out;
    };
    BOOST_TEST(found(repo::GroupListOrder::name) == (Ids{alps, g.group, zoo}));
    BOOST_TEST(found(repo::GroupListOrder::name_backwards) == (Ids{zoo, g.group, alps}));
    for (const auto order : {repo::GroupListOrder::members, repo::GroupListOrder::newest, repo::GroupListOrder::oldest}) BOOST_TEST(found(order).size() == 3);
    model::GroupProfile profile;
    profile.group_id = alps;
    profile.sensitive = true;
    put(db, repo::put_group_profile, profile);
    BOOST_TEST(found(repo::GroupListOrder::name, false) == (Ids{g.group, zoo}));
    BOOST_TEST(found(repo::GroupListOrder::name).size() == 3);
}

KITH_STORAGE_TEST(threads_are_found_by_their_labels) {
    Garden g(db);
    const auto post = g.thread(g.group), other = g.thread(g.group);
    model::GroupTag tag{.id = 900, .group_id = g.group, .ap_id = "https://here.example/c/garden/tag/q", .name = "q", .display_name = "Question", .summary = "", .color = 3, .created_at = noon, .updated_at = {}, .deleted_at = {}};
    put(db, repo::put_group_tag, tag);
    const Ids wanted{900};
    must(db.write([&](sql::Tx& tx) { return repo::set_tags_of_post(tx, post, wanted); }));
    repo::ThreadQuery query;
    query.tag_id = 900;
    BOOST_TEST(g.threads(query) == Ids{post});
    const Ids both{post, other};
    const auto rows = must(db.read([&](sql::Tx& tx) { return repo::group_tags_of(tx, both); }));
    BOOST_TEST(rows.size() == 1u);
    BOOST_TEST((rows[0].post_id == post && rows[0].tag.display_name == "Question" && rows[0].tag.color == 3));
    tag.deleted_at = noon;
    put(db, repo::put_group_tag, tag);
    BOOST_TEST(ask(db, repo::group_tags, g.group).empty());
    BOOST_TEST(must(db.read([&](sql::Tx& tx) { return repo::group_tags_of(tx, both); })).empty());
    BOOST_TEST(ask(db, repo::find_group_tag_by_ap_id, tag.ap_id)->deleted_at.has_value());
}

KITH_STORAGE_TEST(a_collection_shows_the_threads_of_its_groups) {
    Garden g(db);
    const auto kitchen = g.world.group("kitchen", g.bob), shed = g.world.group("shed", g.bob);
    const auto multi = g.world.person("green");
    const auto in_garden = g.thread(g.group), in_kitchen = g.thread(kitchen);
    g.thread(shed);
    put(db, repo::put_multi, model::MultiCommunity{multi, g.ann, "all that is green"});
    BOOST_TEST(put(db, repo::add_multi_entry, multi, kitchen, std::int64_t(1)));
    BOOST_TEST(put(db, repo::add_multi_entry, multi, g.group, std::int64_t(2)));
    BOOST_TEST(!put(db, repo::add_multi_entry, multi, g.group, std::int64_t(3)));
    repo::ThreadQuery query;
    query.multi_id = multi;
    query.order = repo::ThreadOrder::new_;
    BOOST_TEST(g.threads(query) == (Ids{in_kitchen, in_garden}));
    BOOST_TEST(g.found({}, {}, multi).size() == 2u);
    Ids groups;
    for (const auto& group : ask(db, repo::multi_groups, multi)) groups.push_back(group.id);
    BOOST_TEST(groups == (Ids{kitchen, g.group}));
    g.world.follow(g.bob, multi);
    const auto numbers = ask(db, repo::multi_numbers, multi);
    BOOST_TEST((numbers.communities == 2 && numbers.followers == 1 && numbers.followers_here == 1));
    repo::MultiQuery mine;
    mine.follower_id = g.bob;
    BOOST_TEST(ask(db, repo::multis_page, mine) == Ids{multi});
    mine.words = "%";
    BOOST_TEST(ask(db, repo::multis_page, mine).empty());
    BOOST_TEST(put(db, repo::remove_multi_entry, multi, kitchen));
    BOOST_TEST(g.threads(query) == Ids{in_garden});
}

// In a group of many a score says less: `scaled` lifts what is of interest to a small group.
KITH_STORAGE_TEST(scaled_is_measured_by_who_is_active) {
    Garden g(db);
    const auto small = g.world.group("small", g.ann);
    const auto count = [&] {
        return must(db.read([&](sql::Tx& tx) -> Result<std::int64_t> {
            return TRY(tx.query("SELECT people FROM group_activity WHERE group_id = $1", {g.group}))[0].integer(0);
        }));
    };
    for (int n = 0; n < 12; ++n) {
        auto draft = g.world.draft(g.world.person("busy" + std::to_string(n)));
        draft.group_id = g.group;
        draft.id = draft.thread_id = first_id_at(noon) + n;
        g.world.store(draft);
        put(db, repo::refresh_group_activity, g.group, noon + day_ms + n);
        BOOST_TEST(count() == 1);  // not counted anew within the hour
    }
    put(db, repo::refresh_group_activity, g.group, noon + 2 * day_ms);
    BOOST_TEST(count() == 12);
    const auto in_small = g.thread(small), in_big = g.thread(g.group);
    const auto vote = [&](Id post, int votes) {
        for (int n = 0; n < votes; ++n)
            put(db, repo::put_reaction,
                model::Reaction{g.world.person("voter" + std::to_string(g.world.next_id())), post, model::ReactionKind::like, "v" + std::to_string(g.world.next_id()), noon},
                g.world.next_id());
    };
    vote(in_small, 2);
    vote(in_big, 5);
    repo::ThreadQuery query;
    query.order = repo::ThreadOrder::hot;
    BOOST_TEST(g.threads(query) == (Ids{in_big, in_small}));
    query.order = repo::ThreadOrder::scaled;
    BOOST_TEST(g.threads(query) == (Ids{in_small, in_big}));
}

KITH_STORAGE_TEST(a_persons_pictures_are_listed) {
    Garden g(db);
    model::Attachment picture;
    picture.id = 700;
    picture.media_type = "image/png";
    picture.url = "/media/a.png";
    put(db, repo::insert_upload, repo::Upload{picture, g.bob, noon});
    const auto all = [&](std::optional<Id> owner, std::string_view path) {
        return must(db.read([&](sql::Tx& tx) { return repo::own_pictures(tx, owner, path, {.below = 1'000, .limit = 10}); }));
    };
    BOOST_TEST(ask(db, repo::count_uploads, g.bob) == 1);
    BOOST_TEST(all(g.bob, "").size() == 1u);
    BOOST_TEST(all(g.bob, "/media/b.png").empty());
    BOOST_TEST(all(g.ann, "").empty());
    const auto post = g.thread(g.group);
    picture.id = 701;
    picture.url = "/media/b.png";
    put(db, repo::add_attachment, post, 0, picture);
    BOOST_TEST((all(g.bob, "/media/b.png").front().post_id == post));
    BOOST_TEST((all({}, "").size() == 2u && all({}, "").back().owner_id == g.bob));  // everybody's
}

BOOST_AUTO_TEST_SUITE_END()
