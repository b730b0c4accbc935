// What members keep for themselves, their lists, conversations, waiting posts and pictures.
#include "storage/repo/personal.hpp"

#include "storage/repo/conversations.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/lists.hpp"
#include "storage/repo/media.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <array>

using namespace kith;
using namespace kith::test;
using repo::Window;

BOOST_AUTO_TEST_SUITE(repo_personal)

KITH_STORAGE_TEST(bookmarks_and_muted_threads_are_marks_of_one_member) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto one = world.post(bob), two = world.post(bob);
    put(db, repo::add_bookmark, ann, one, Id(11));
    put(db, repo::add_bookmark, ann, two, Id(12));
    put(db, repo::add_bookmark, ann, one, Id(13));
    const auto page = ask(db, repo::bookmarks_page, ann, Window{});
    BOOST_REQUIRE(page.size() == 2);
    BOOST_TEST(page[0].post_id == two);
    BOOST_TEST(page[1].id == 11);
    put(db, repo::mute_thread, ann, two);
    const std::array<Id, 2> posts{one, two};
    const auto marks = ask(db, repo::personal_marks, ann, std::span<const Id>(posts));
    BOOST_TEST(marks.bookmarked.size() == 2);
    BOOST_REQUIRE(marks.muted.size() == 1);
    BOOST_TEST(marks.muted[0] == two);
    BOOST_TEST(ask(db, repo::mutes_thread_of, ann, two));
    BOOST_TEST(!ask(db, repo::mutes_thread_of, bob, two));
    BOOST_TEST(ask(db, repo::personal_marks, bob, std::span<const Id>(posts)).bookmarked.empty());
    put(db, repo::remove_bookmark, ann, one);
    put(db, repo::unmute_thread, ann, two);
    BOOST_TEST(ask(db, repo::bookmarks_page, ann, Window{}).size() == 1);
    BOOST_TEST(!ask(db, repo::mutes_thread_of, ann, two));
}

KITH_STORAGE_TEST(votes_are_listed_by_their_kind) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto good = world.post(bob), bad = world.post(bob), gone = world.post(bob);
    put(db, repo::put_reaction, model::Reaction{ann, good, model::ReactionKind::like, "a", noon}, Id(11));
    put(db, repo::put_reaction, model::Reaction{ann, bad, model::ReactionKind::dislike, "b", noon}, Id(12));
    put(db, repo::put_reaction, model::Reaction{ann, gone, model::ReactionKind::dislike, "c", noon}, Id(13));
    put(db, repo::set_post_removed, gone, std::optional<TimeMs>(noon));
    const auto posts = [&](auto page) {
        Ids out;
        for (const auto& row : ask(db, page, ann, Window{})) out.push_back(row.post_id);
        return out;
    };
    BOOST_TEST(posts(repo::favourites_page) == Ids{good});
    BOOST_TEST(posts(repo::dislikes_page) == Ids{bad});
    BOOST_TEST(posts(repo::voted_page) == (Ids{bad, good}));
    BOOST_TEST(ask(db, repo::voted_page, bob, Window{}).empty());
}

KITH_STORAGE_TEST(notes_markers_hosts_and_endorsements_are_read_back) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    put(db, repo::put_account_note, ann, bob, "met");
    put(db, repo::put_account_note, ann, bob, "met twice");
    BOOST_TEST(ask(db, repo::account_note, ann, bob) == "met twice");
    put(db, repo::put_account_note, ann, bob, "");
    BOOST_TEST(ask(db, repo::account_note, ann, bob).empty());
    put(db, repo::put_marker, ann, "home", Id(5), noon);
    put(db, repo::put_marker, ann, "home", Id(6), noon + 1);
    const auto markers = ask(db, repo::markers, ann);
    BOOST_REQUIRE(markers.size() == 1);
    BOOST_TEST(markers[0].last_read_id == 6);
    BOOST_TEST(markers[0].version == 2);
    put(db, repo::add_own_domain_block, ann, "bad.example", Id(3));
    BOOST_TEST(ask(db, repo::blocks_domain, ann, "bad.example"));
    BOOST_TEST(!ask(db, repo::blocks_domain, bob, "bad.example"));
    const auto eve = world.stranger("eve", "bad.example");
    const std::array<Id, 2> others{eve, bob};
    const auto hidden = ask(db, repo::hidden_among, ann, std::span<const Id>(others), noon);
    BOOST_REQUIRE(hidden.size() == 1);
    BOOST_TEST(hidden[0] == eve);
    put(db, repo::remove_own_domain_block, ann, "bad.example");
    BOOST_TEST(ask(db, repo::own_domain_blocks_page, ann, Window{}).empty());
    put(db, repo::add_endorsement, ann, bob, Id(4));
    BOOST_TEST(ask(db, repo::endorses, ann, bob));
    BOOST_TEST(ask(db, repo::endorsements_page, ann, Window{}).size() == 1);
    put(db, repo::remove_endorsement, ann, bob);
    BOOST_TEST(!ask(db, repo::endorses, ann, bob));
}

KITH_STORAGE_TEST(a_list_shows_its_members_by_its_rule) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), cy = world.person("cy");
    world.follow(ann, bob);
    model::List list{.id = 70, .owner_id = ann, .title = "t", .replies = model::ListReplies::none};
    put(db, repo::insert_list, list);
    BOOST_TEST(put(db, repo::add_list_member, list.id, bob, Id(71)));
    BOOST_TEST(!put(db, repo::add_list_member, list.id, bob, Id(72)));
    const auto post = world.post(bob);
    world.post(cy);
    const auto page = ask(db, repo::list_page, list, Window{});
    BOOST_REQUIRE(page.size() == 1);
    BOOST_TEST(page[0].post_id == post);
    BOOST_TEST(ask(db, repo::lists_with, ann, bob).size() == 1);
    BOOST_TEST(!ask(db, repo::find_list, bob, list.id));
    const std::array<Id, 2> others{bob, cy};
    BOOST_TEST(ask(db, repo::exclusively_listed_among, ann, std::span<const Id>(others)).empty());
    list.exclusive = true;
    put(db, repo::update_list, list);
    BOOST_TEST(ask(db, repo::exclusively_listed_among, ann, std::span<const Id>(others)).size() == 1);
    put(db, repo::remove_from_lists_of, ann, bob);
    BOOST_TEST(ask(db, repo::count_list_members, list.id) == 0);
    put(db, repo::delete_list, list.id);
    BOOST_TEST(ask(db, repo::lists_of, ann).empty());
}

KITH_STORAGE_TEST(a_conversation_goes_to_the_top_and_back) {
    World world(db);
    const auto ann = world.person("ann");
    const auto one = world.post(ann), two = world.post(ann);
    put(db, repo::touch_conversation, model::Conversation{1, ann, one, two, true});
    put(db, repo::touch_conversation, model::Conversation{2, ann, one, one, false});
    const auto page = ask(db, repo::conversations_page, ann, Window{});
    BOOST_REQUIRE(page.size() == 1);
    BOOST_TEST(page[0].id == 1);
    BOOST_TEST(page[0].last_post_id == two);
    BOOST_TEST(!page[0].unread);
    BOOST_TEST(ask(db, repo::direct_posts, ann, Window{}).empty());
    auto draft = world.draft(ann);
    draft.visibility = model::Visibility::direct;
    const auto letter = world.store(draft).id;
    put(db, repo::touch_conversation, model::Conversation{3, ann, letter, letter, false});
    BOOST_TEST(ask(db, repo::direct_posts, ann, Window{}) == Ids{letter});
    BOOST_TEST(ask(db, repo::direct_posts, ann, Window{.below = letter}).empty());
    const auto bob = world.person("bob");
    put(db, repo::touch_conversation, model::Conversation{4, bob, letter, letter, true});
    BOOST_TEST(ask(db, repo::direct_posts, bob, Window{}).empty());  // it is not for him
    put(db, repo::rewind_conversations, letter);
    put(db, repo::set_conversation_read, ann, Id(1), true);
    BOOST_TEST(ask(db, repo::find_conversation, ann, Id(1))->unread);
    put(db, repo::rewind_conversations, two);
    BOOST_TEST(ask(db, repo::conversations_page, ann, Window{}).empty());
}

KITH_STORAGE_TEST(posts_wait_until_they_are_due) {
    World world(db);
    const auto ann = world.person("ann");
    put(db, repo::insert_scheduled, model::ScheduledPost{1, ann, 0, noon, "{}"});
    put(db, repo::insert_scheduled, model::ScheduledPost{2, ann, 0, noon + 10, "{}"});
    BOOST_TEST(ask(db, repo::scheduled_due, noon, 9).size() == 1);
    BOOST_TEST(ask(db, repo::count_scheduled, ann, noon, noon + 10) == 1);
    BOOST_TEST(put(db, repo::reschedule, ann, Id(1), noon + 20));
    BOOST_TEST(ask(db, repo::scheduled_due, noon, 9).empty());
    BOOST_TEST(ask(db, repo::scheduled_page, ann, Window{}).size() == 2);
    BOOST_TEST(!put(db, repo::remove_scheduled, ann + 1, Id(1)));
    BOOST_TEST(put(db, repo::remove_scheduled, ann, Id(1)));
    BOOST_TEST(!ask(db, repo::find_scheduled, ann, Id(1)));
}

KITH_STORAGE_TEST(a_file_lives_as_long_as_something_names_it) {
    World world(db);
    const auto ann = world.person("ann");
    repo::Upload upload;
    upload.owner_id = ann;
    upload.expires_at = noon + 10;
    upload.picture.id = 7;
    upload.picture.url = "/media/aa/one.png";
    upload.picture.focus_x = 0.5;
    upload.picture.focus_y = -0.5;
    put(db, repo::insert_upload, upload);
    put(db, repo::note_file, "aa/one.png", std::optional<Id>(7), std::optional<Id>{}, noon, 0);
    BOOST_TEST(ask(db, repo::find_upload, ann, Id(7))->picture.focus_y.value() == -0.5);
    BOOST_TEST(!ask(db, repo::find_upload, ann + 1, Id(7)));
    BOOST_TEST(ask(db, repo::orphaned_files, noon + 100, 9).empty());
    put(db, repo::remove_expired_uploads, noon + 10, 9);
    BOOST_TEST(ask(db, repo::orphaned_files, noon, 9).empty());  // too young
    BOOST_REQUIRE(ask(db, repo::orphaned_files, noon + 100, 9).size() == 1);
    put(db, repo::add_attachment, world.post(ann), 0, upload.picture);
    BOOST_TEST(ask(db, repo::orphaned_files, noon + 100, 9).empty());
    BOOST_TEST(ask(db, repo::find_own_attachment, ann, Id(7)).has_value());
    put(db, repo::forget_file, "aa/one.png");
}

BOOST_AUTO_TEST_SUITE_END()
