#include "storage/repo/groups.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/polls.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/timelines.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <algorithm>

using namespace kith;
using namespace kith::test;
using boost::test_tools::per_element;
using model::PostKind;
using model::Visibility;

BOOST_AUTO_TEST_SUITE(repo_posts)

namespace {

void add_replies(sql::Db& db, Id post, int by) {
    must(db.write([&](sql::Tx& tx) {
        return repo::add_to_counter(tx, post, repo::PostCounter::replies, by);
    }));
}

model::Post orphan_of(World& world, Id author, const std::string& parent_ap_id) {
    auto p = world.draft(author);
    p.in_reply_to_ap_id = parent_ap_id;
    return world.store(p);
}

}  // namespace

KITH_STORAGE_TEST(a_post_comes_back_as_it_was_stored) {
    World world(db);
    const auto ann = world.person("ann"), group = world.group("group", ann);
    const auto parent = world.post_row(world.post(ann));
    auto p = world.draft(ann);
    p.kind = PostKind::question;
    p.visibility = Visibility::group;
    p.group_id = group;
    p.in_reply_to_id = parent.id;
    p.in_reply_to_actor_id = ann;
    p.thread_id = parent.id;
    p.title = "title";
    p.source = "*text*";
    p.source_type = "text/markdown";
    p.summary = "warning";
    p.sensitive = true;
    p.language = "de";
    p.link_url = "https://link.example";
    p.context_url = "https://here.example/context";
    p.edited_at = noon + 5;
    p.app_id = 77;
    world.store(p);

    for (const auto& found :
         {world.post_row(p.id), ask(db, repo::find_post_by_ap_id, p.ap_id).value(),
          ask(db, repo::find_post_by_url, p.url).value(),
          ask(db, repo::find_post_by_url, p.ap_id).value()}) {
        for (auto text : {&model::Post::ap_id, &model::Post::url, &model::Post::in_reply_to_ap_id,
                          &model::Post::title, &model::Post::content, &model::Post::source,
                          &model::Post::source_type, &model::Post::summary, &model::Post::language,
                          &model::Post::link_url, &model::Post::context_url})
            BOOST_TEST((found.*text == p.*text));
        BOOST_TEST(found.id == p.id);
        BOOST_TEST(found.actor_id == ann);
        BOOST_TEST(found.local);
        BOOST_TEST((found.kind == PostKind::question));
        BOOST_TEST((found.visibility == Visibility::group));
        BOOST_TEST(found.group_id.value() == group);
        BOOST_TEST(found.in_reply_to_id.value() == parent.id);
        BOOST_TEST(found.in_reply_to_actor_id.value() == ann);
        BOOST_TEST(found.thread_id == parent.id);
        BOOST_TEST(found.sensitive);
        BOOST_TEST(found.published_at == p.published_at);
        BOOST_TEST(found.received_at == p.received_at);
        BOOST_TEST(found.edited_at.value() == noon + 5);
        BOOST_TEST(!found.deleted_at);
        BOOST_TEST(found.app_id == 77);
    }
}

KITH_STORAGE_TEST(a_taken_id_or_ap_id_is_a_conflict_or_false) {
    World world(db);
    const auto ann = world.person("ann");
    const auto first = world.store(world.draft(ann));
    auto same_ap_id = world.draft(ann), same_id = world.draft(ann);
    same_ap_id.ap_id = first.ap_id;
    same_id.id = first.id;
    for (const auto& p : {same_ap_id, same_id}) {
        BOOST_TEST(!put(db, repo::try_insert_post, p));
        BOOST_TEST(must_fail(db.write([&](sql::Tx& tx) { return repo::insert_post(tx, p); })) ==
                   Code::conflict);
    }
    BOOST_TEST(put(db, repo::try_insert_post, world.draft(ann)));
}

KITH_STORAGE_TEST(an_edit_changes_text_and_nothing_of_its_place) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"),
               group = world.group("group", ann);
    auto p = world.store(world.draft(ann));
    auto sent = p;
    sent.title = "new";
    sent.kind = PostKind::question;
    sent.content = "<p>new</p>";
    sent.sensitive = true;
    sent.edited_at = noon + 9;
    sent.actor_id = bob;
    sent.visibility = Visibility::direct;
    put(db, repo::update_post, sent);
    auto found = world.post_row(p.id);
    BOOST_TEST(found.title == "new");
    BOOST_TEST((found.kind == PostKind::question));
    BOOST_TEST(found.content == "<p>new</p>");
    BOOST_TEST(found.sensitive);
    BOOST_TEST(found.edited_at.value() == noon + 9);
    BOOST_TEST(found.actor_id == ann);
    BOOST_TEST((found.visibility == Visibility::public_));

    put(db, repo::set_post_group, p.id, group);
    put(db, repo::set_post_group, p.id, bob);  // it has one
    BOOST_TEST(world.post_row(p.id).group_id.value() == group);

    model::PostEdit edit{.id = world.next_id(),
                         .post_id = p.id,
                         .title = "t",
                         .content = "c",
                         .source = "s",
                         .summary = "w",
                         .sensitive = true,
                         .edited_at = noon};
    put(db, repo::add_edit, edit);
    edit.id = world.next_id();
    edit.content = "c2";
    edit.poll_options = std::vector<std::string>{"a, b", "\"c\""};
    put(db, repo::add_edit, edit);
    edit.id = world.next_id();
    edit.poll_options = std::vector<std::string>{};
    put(db, repo::add_edit, edit);
    const auto edits = ask(db, repo::edits_of, p.id);
    BOOST_REQUIRE(edits.size() == 3u);
    BOOST_TEST(edits[0].content == "c");
    BOOST_TEST(!edits[0].poll_options);
    BOOST_TEST(edits[1].poll_options.value() == (std::vector<std::string>{"a, b", "\"c\""}), per_element());
    BOOST_TEST(edits[2].poll_options.value().empty());
    BOOST_TEST(edits[0].summary == "w");
    BOOST_TEST(edits[0].sensitive);
    BOOST_TEST(edits[1].content == "c2");
}

KITH_STORAGE_TEST(audience_mentions_and_tags_are_kept_once) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob");
    const auto post = world.post(ann), other = world.post(ann);
    for (int twice = 0; twice < 2; ++twice) {
        put(db, repo::add_audience, post, bob);
        put(db, repo::add_mention, post, model::Mention{bob, "@bob"});
        BOOST_TEST(put(db, repo::tag_id, Id{100 + twice}, "straße", "Straße") == 100);
        put(db, repo::add_tag, post, Id{100});
    }
    put(db, repo::add_mention, other, model::Mention{ann, "@ann"});
    BOOST_TEST(ask(db, repo::audience_of, post) == Ids{bob}, per_element());
    const auto mentions = ask(db, repo::mentions_of, Ids{post, other});
    BOOST_REQUIRE(mentions.size() == 2u);
    BOOST_TEST(mentions[0].post_id == post);
    BOOST_TEST(mentions[0].mention.actor_id == bob);
    BOOST_TEST(mentions[0].mention.name == "@bob");
    BOOST_TEST(ask(db, repo::find_tag, "straße").value() == 100);
    BOOST_TEST(!ask(db, repo::find_tag, "strasse"));
    const auto tags = ask(db, repo::tags_of, Ids{post, other});
    BOOST_REQUIRE(tags.size() == 1u);
    BOOST_TEST(tags[0].post_id == post);
    BOOST_TEST(tags[0].name == "straße");
    BOOST_TEST(tags[0].display == "Straße");
    put(db, repo::tag_id, Id{102}, "straßenbahn", "Straßenbahn");
    const std::vector<std::string> found{"Straße", "Straßenbahn"};
    BOOST_TEST(ask(db, repo::search_tags, "stra", 10, 0) == found, per_element());
    BOOST_TEST(ask(db, repo::search_tags, "stra", 10, 1).size() == 1u);
    put(db, repo::clear_tags, post);
    put(db, repo::clear_mentions, post);
    BOOST_TEST(ask(db, repo::tags_of, Ids{post}).empty());
    BOOST_TEST(ask(db, repo::mentions_of, Ids{post}).empty());
    BOOST_TEST(ask(db, repo::mentions_of, Ids{}).empty());
}

KITH_STORAGE_TEST(attachments_keep_their_order_and_what_is_not_known) {
    World world(db);
    const auto post = world.post(world.person("ann"));
    const model::Attachment full{.id = world.next_id(),
                                 .media_type = "image/png",
                                 .url = "u",
                                 .preview_url = "p",
                                 .description = "d",
                                 .blurhash = "b",
                                 .width = 640,
                                 .height = 480,
                                 .focus_x = -0.5,
                                 .focus_y = 0.25,
                                 .duration_s = 1.5};
    const model::Attachment bare{.id = world.next_id(), .url = "bare"};
    put(db, repo::add_attachment, post, 1, full);
    put(db, repo::add_attachment, post, 0, bare);
    const auto found = ask(db, repo::attachments_of, Ids{post});
    BOOST_REQUIRE(found.size() == 2u);
    BOOST_TEST(found[0].attachment.url == "bare");
    BOOST_TEST(!found[0].attachment.width);
    BOOST_TEST(!found[0].attachment.focus_x);
    BOOST_TEST(found[1].attachment.description == "d");
    BOOST_TEST(found[1].attachment.height.value() == 480);
    BOOST_TEST(found[1].attachment.focus_x.value() == -0.5);
    BOOST_TEST(found[1].attachment.duration_s.value() == 1.5);
    put(db, repo::clear_attachments, post);
    BOOST_TEST(ask(db, repo::attachments_of, Ids{post}).empty());
}

KITH_STORAGE_TEST(a_poll_is_replaced_whole) {
    World world(db);
    const auto post = world.post(world.person("ann"));
    model::Poll poll{
        .multiple = true, .closes_at = noon, .options = {{"a", 0}, {"b", 0}, {"c", 0}}};
    put(db, repo::put_poll, post, poll);
    BOOST_TEST(!ask(db, repo::polls_of, Ids{post})[0].poll.hide_totals);
    poll = {.multiple = false,
            .hide_totals = true,
            .closed_at = noon + 1,
            .voters_count = 3,
            .options = {{"a", 2}, {"b", 1}}};
    put(db, repo::put_poll, post, poll);
    const auto found = ask(db, repo::polls_of, Ids{post});
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(!found[0].poll.multiple);
    BOOST_TEST(!found[0].poll.closes_at);
    BOOST_TEST(found[0].poll.closed_at.value() == noon + 1);
    BOOST_TEST(found[0].poll.voters_count.value() == 3);
    BOOST_REQUIRE(found[0].poll.options.size() == 2u);
    BOOST_TEST(found[0].poll.options[1].title == "b");
    BOOST_TEST(found[0].poll.options[1].votes == 1);
    BOOST_TEST(found[0].poll.hide_totals);
    put(db, repo::remove_poll, post);
    BOOST_TEST(ask(db, repo::polls_of, Ids{post}).empty());
    BOOST_TEST(ask(db, repo::poll_options, post).empty());
}

KITH_STORAGE_TEST(scrubbing_keeps_the_place_in_the_thread_and_the_audience) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"),
               group = world.group("group", ann);
    const auto root = world.post(ann), post = world.reply(ann, root),
               below = world.reply(bob, post);
    put(db, repo::add_audience, post, bob);
    put(db, repo::add_mention, post, model::Mention{bob, "@bob"});
    put(db, repo::add_tag, post, put(db, repo::tag_id, Id{100}, "tag", "Tag"));
    put(db, repo::add_attachment, post, 0, model::Attachment{.id = 101, .url = "u"});
    put(db, repo::put_poll, post, model::Poll{.options = {{"a", 0}, {"b", 0}}});
    put(db, repo::add_edit, model::PostEdit{.id = 102, .post_id = post});
    put(db, repo::pin, ann, post, noon);
    put(db, repo::put_reaction, model::Reaction{bob, post, model::ReactionKind::like, "like", noon},
        Id{103});
    const auto boost = world.boost(bob, post);
    put(db, repo::add_home_entry, bob, repo::TimelineRow{.id = post, .post_id = post});
    put(db, repo::add_home_entry, ann,
        repo::TimelineRow{.id = boost.id, .post_id = post, .boost_id = boost.id});
    put(db, repo::add_group_entry, repo::GroupEntry{104, group, post, "announce"});
    put(db, repo::add_notification,
        model::Notification{105, ann, model::NotificationKind::favourite, bob, post, noon});
    add_replies(db, post, 1);

    put(db, repo::scrub_post, post, noon + 1);

    const auto p = world.post_row(post);
    BOOST_TEST(p.deleted_at.value() == noon + 1);
    BOOST_TEST(p.content == "");
    BOOST_TEST(p.in_reply_to_id.value() == root);
    BOOST_TEST(p.thread_id == root);
    BOOST_TEST(p.replies_count == 1);
    BOOST_TEST(p.likes_count == 0);
    BOOST_TEST(p.boosts_count == 0);
    BOOST_TEST(world.post_row(below).in_reply_to_id.value() == post);
    BOOST_TEST(ask(db, repo::audience_of, post) == Ids{bob}, per_element());
    BOOST_TEST(ask(db, repo::mentions_of, Ids{post}).empty());
    BOOST_TEST(ask(db, repo::tags_of, Ids{post}).empty());
    BOOST_TEST(ask(db, repo::attachments_of, Ids{post}).empty());
    BOOST_TEST(ask(db, repo::polls_of, Ids{post}).empty());
    BOOST_TEST(ask(db, repo::edits_of, post).empty());
    BOOST_TEST(ask(db, repo::pinned_by, ann).empty());
    BOOST_TEST(!ask(db, repo::find_reaction, bob, post));
    BOOST_TEST(!ask(db, repo::find_boost, bob, post));
    BOOST_TEST(!ask(db, repo::find_group_entry_of, group, post));
    BOOST_TEST(!ask(db, repo::find_notification, ann, Id{105}));
    for (const auto owner : {ann, bob})
        BOOST_TEST(ask(db, repo::home_page, owner, repo::Window{}).empty());
}

KITH_STORAGE_TEST(orphans_find_their_parent_and_its_thread) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.stranger("bob");
    const std::string missing = "https://there.example/missing";
    const auto first = orphan_of(world, bob, missing), second = orphan_of(world, bob, missing);
    const auto below = world.reply(ann, first.id);
    const auto gone = orphan_of(world, bob, missing);
    put(db, repo::scrub_post, gone.id, noon);
    const auto unrelated = orphan_of(world, bob, "https://there.example/other");

    const auto root = world.post(ann);
    auto parent = world.post_row(world.reply(bob, root));
    execute(db, "UPDATE post SET ap_id = $2 WHERE id = $1", {parent.id, missing});
    parent.ap_id = missing;
    put(db, repo::adopt_orphans, parent, std::vector<Id>{});

    for (const auto id : {first.id, second.id, gone.id}) {
        const auto p = world.post_row(id);
        BOOST_TEST(p.in_reply_to_id.value() == parent.id);
        BOOST_TEST(p.in_reply_to_actor_id.value() == bob);
        BOOST_TEST(p.in_reply_to_ap_id == "");
        BOOST_TEST(p.thread_id == root);
    }
    BOOST_TEST(world.post_row(below).thread_id == root);  // what hangs below moves along
    BOOST_TEST(world.post_row(unrelated.id).thread_id == unrelated.id);
    BOOST_TEST(world.post_row(parent.id).replies_count == 2);  // the deleted one does not count
}

KITH_STORAGE_TEST(a_page_is_that_of_a_post_of_its_own_origin) {
    World world(db);
    const auto eve = world.stranger("eve");
    const std::string page = "https://good.example/@carol/1";
    auto forged = world.draft(eve), own = world.draft(eve);
    forged.ap_id = "https://evil.example/note/1";
    own.ap_id = "https://good.example/note/1";
    forged.url = own.url = page;
    world.store(forged);
    BOOST_TEST(!ask(db, repo::find_post_by_url, page));
    world.store(own);
    BOOST_TEST(ask(db, repo::find_post_by_url, page).value().id == own.id);
}

KITH_STORAGE_TEST(orphans_of_outsiders_stay_where_they_are) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.stranger("bob"), eve = world.stranger("eve");
    const std::string missing = "https://there.example/missing";
    const auto welcome = orphan_of(world, bob, missing), other = orphan_of(world, eve, missing);
    auto parent = world.post_row(world.post(ann));
    execute(db, "UPDATE post SET ap_id = $2 WHERE id = $1", {parent.id, missing});
    parent.ap_id = missing;
    BOOST_TEST(ask(db, repo::authors_of_orphans, missing) == (Ids{bob, eve}), per_element());
    put(db, repo::adopt_orphans, parent, std::vector<Id>{eve});
    BOOST_TEST(world.post_row(welcome.id).thread_id == parent.id);
    BOOST_TEST(world.post_row(other.id).thread_id == other.id);
    BOOST_TEST(world.post_row(other.id).in_reply_to_ap_id == missing);
    BOOST_TEST(world.post_row(parent.id).replies_count == 1);
}

KITH_STORAGE_TEST(orphans_that_answer_each_other_make_no_circle) {
    World world(db);
    const auto bob = world.stranger("bob");
    auto itself = world.draft(bob);
    itself.in_reply_to_ap_id = itself.ap_id;
    put(db, repo::adopt_orphans, world.store(itself), std::vector<Id>{});
    BOOST_TEST(!world.post_row(itself.id).in_reply_to_id);

    const auto one = orphan_of(world, bob, "https://there.example/two");
    auto two = world.post_row(world.reply(bob, one.id));
    execute(db, "UPDATE post SET ap_id = $2 WHERE id = $1", {two.id, one.in_reply_to_ap_id});
    two.ap_id = one.in_reply_to_ap_id;
    put(db, repo::adopt_orphans, two, std::vector<Id>{});
    BOOST_TEST(!world.post_row(one.id).in_reply_to_id);
    BOOST_TEST(world.post_row(two.id).replies_count == 0);
}

KITH_STORAGE_TEST(threads_move_and_post_counters_change_alone) {
    World world(db);
    const auto ann = world.person("ann"), from = world.post(ann), below = world.reply(ann, from),
               to = world.post(ann);
    put(db, repo::move_thread, from, to);
    BOOST_TEST(world.post_row(below).thread_id == to);
    must(db.write([&](sql::Tx& tx) -> Result<> {
        TRY(repo::add_to_counter(tx, to, repo::PostCounter::replies, 1));
        TRY(repo::add_to_counter(tx, to, repo::PostCounter::likes, 2));
        TRY(repo::add_to_counter(tx, to, repo::PostCounter::dislikes, 3));
        return repo::add_to_counter(tx, to, repo::PostCounter::boosts, 4);
    }));
    const auto p = world.post_row(to);
    BOOST_TEST(p.replies_count == 1);
    BOOST_TEST(p.likes_count == 2);
    BOOST_TEST(p.dislikes_count == 3);
    BOOST_TEST(p.boosts_count == 4);
}

KITH_STORAGE_TEST(pins_are_given_newest_first) {
    World world(db);
    const auto ann = world.person("ann"), one = world.post(ann), two = world.post(ann),
               three = world.post(ann);
    put(db, repo::pin, ann, two, noon);
    put(db, repo::pin, ann, one, noon + 1);
    put(db, repo::pin, ann, two, noon + 2);  // is pinned already
    BOOST_TEST(ask(db, repo::pinned_by, ann) == (Ids{one, two}), per_element());
    BOOST_TEST(ask(db, repo::pinned_among, ann, Ids{two, three}) == Ids{two}, per_element());
    put(db, repo::unpin, ann, two);
    BOOST_TEST(ask(db, repo::pinned_by, ann) == Ids{one}, per_element());
}

KITH_STORAGE_TEST(the_first_tombstone_stays_until_it_is_removed) {
    World world(db);
    put(db, repo::add_tombstone, repo::Tombstone{"id", "Note", "actor", noon});
    put(db, repo::add_tombstone, repo::Tombstone{"id", "Page", "other", noon + 1});
    const auto found = ask(db, repo::find_tombstone, "id").value();
    BOOST_TEST(found.former_type == "Note");
    BOOST_TEST(found.actor_ap_id == "actor");
    BOOST_TEST(found.deleted_at == noon);
    put(db, repo::remove_tombstone, "id");
    BOOST_TEST(!ask(db, repo::find_tombstone, "id"));
}

KITH_STORAGE_TEST(an_idempotency_key_is_its_users_own_and_grows_old) {
    World world(db);
    const auto ann = world.account_of(world.person("ann")),
               bob = world.account_of(world.person("bob"));
    put(db, repo::put_idempotent, ann, "key", Id{50}, noon);
    BOOST_TEST(ask(db, repo::find_idempotent, ann, "key", noon).value() == 50);
    BOOST_TEST(!ask(db, repo::find_idempotent, ann, "key", noon + 1));
    BOOST_TEST(!ask(db, repo::find_idempotent, bob, "key", noon));
    put(db, repo::put_idempotent, ann, "key", Id{51}, noon + 10);  // after it had run out
    BOOST_TEST(ask(db, repo::find_idempotent, ann, "key", noon + 1).value() == 51);
    put(db, repo::delete_idempotent_before, noon + 10);
    BOOST_TEST(ask(db, repo::find_idempotent, ann, "key", noon).value() == 51);
    put(db, repo::delete_idempotent_before, noon + 11);
    BOOST_TEST(!ask(db, repo::find_idempotent, ann, "key", noon));
}

KITH_STORAGE_TEST(an_actors_post_ids_go_down_from_a_bound) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.stranger("bob");
    const auto one = world.post(ann), two = world.post(ann), three = world.post(ann);
    world.post(bob);
    BOOST_TEST(ask(db, repo::count_local_posts) == 3);
    put(db, repo::scrub_post, two, noon);
    BOOST_TEST(ask(db, repo::post_ids_of, ann, Id{INT64_MAX}, 10) == (Ids{three, one}),
               per_element());
    BOOST_TEST(ask(db, repo::post_ids_of, ann, three, 10) == Ids{one}, per_element());
    BOOST_TEST(ask(db, repo::post_ids_of, ann, Id{INT64_MAX}, 1) == Ids{three}, per_element());
    BOOST_TEST(ask(db, repo::count_local_posts) == 2);
}

BOOST_AUTO_TEST_SUITE_END()
