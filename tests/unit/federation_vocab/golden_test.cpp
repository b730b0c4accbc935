#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/unit/federation_vocab/fixture.hpp"
#include "tests/unit/federation_vocab/samples.hpp"

// tests/data/golden holds every document as the writer makes it. After a change that is meant, run
// this program with KITH_WRITE_GOLDEN=1 and read the difference.

using namespace kith;
using namespace kith::vocab;
using namespace kith::vocab::test;

namespace {

using Documents = std::map<std::string, std::string>;

void add_actors(Documents& documents) {
    documents["person"] = write_actor(person());
    documents["person_moved"] = write_actor(moved_person());
    documents["group"] = write_actor(group());
    documents["application"] = write_actor(application());
}

void add_posts(Documents& documents) {
    const auto followers = alice + "/followers";
    auto direct = post_of("1003", {bob}, {});
    direct.tags = {{TagType::mention, bob, "@bob@peer.example"}};
    documents["note_public"] = write_post(public_note());
    documents["note_unlisted"] = write_post(post_of("1010", {followers}, {everyone}));
    documents["note_followers"] = write_post(post_of("1002", {followers}, {}));
    documents["note_direct"] = write_post(direct);
    documents["note_reply"] = write_post(reply_note());
    documents["note_group"] = write_post(group_note());
    documents["page"] = write_post(group_page());
    documents["question"] = write_post(open_question());
    documents["question_closed"] = write_post(closed_question());
    documents["event"] = write_post(group_event());
    documents["event_cancelled"] = write_post(cancelled_event());
}

void add_object_activities(Documents& documents) {
    documents["create_note"] = write_activity(with_post("Create", public_note()));
    documents["create_page"] = write_activity(with_post("Create", group_page()));
    auto create_event = with_post("Create", group_event());
    create_event.terms = terms_of(group_event());
    documents["create_event"] = write_activity(create_event);
    documents["join"] = write_activity(on("Join", "https://peer.example/events/1", {bob}));
    documents["leave"] = write_activity(on("Leave", "https://peer.example/events/1", {bob}));
    documents["create_vote"] = write_activity(with_post("Create", vote()));
    documents["update_note"] = write_activity(with_post("Update", public_note()));
    documents["update_question"] = write_activity(with_post("Update", open_question()));

    auto update_person = activity_of("Update");
    update_person.to = {everyone};
    update_person.object_json = write_actor(person());
    documents["update_person"] = write_activity(update_person);

    auto removal = activity_of("Delete");
    removal.to = {everyone};
    removal.object_json = write_tombstone(home + "/post/1001", "Note", monday, Context::without);
    documents["delete_note"] = write_activity(removal);
    documents["delete_actor"] = write_activity(on("Delete", alice, {everyone}));
    auto by_moderator = on("Delete", home + "/post/1005", {garden, everyone});
    by_moderator.audience = garden;
    by_moderator.summary = "off topic";
    documents["delete_by_moderator"] = write_activity(by_moderator);
    documents["tombstone"] = write_tombstone(home + "/post/1001", "Note", monday);
}

void add_relations(Documents& documents) {
    const auto note = std::string("https://peer.example/notes/7");
    documents["follow"] = write_activity(on("Follow", bob, {bob}));
    documents["accept_follow"] = write_activity(around("Accept", bobs_follow()));
    documents["reject_follow"] = write_activity(around("Reject", bobs_follow()));
    documents["undo_follow"] = write_activity(around("Undo", on("Follow", bob)));
    documents["like"] = write_activity(on("Like", note, {bob}));
    documents["undo_like"] = write_activity(around("Undo", on("Like", note)));
    documents["dislike"] = write_activity(on("Dislike", note, {bob}));
    auto react = on("EmojiReact", note, {bob});
    react.content = "🔥";
    react.terms = Terms::emoji_reaction;
    documents["emoji_react"] = write_activity(react);
    auto undo_react = around("Undo", react);
    undo_react.terms = react.terms;
    documents["undo_emoji_react"] = write_activity(undo_react);
    documents["block"] = write_activity(on("Block", bob, {bob}));
    documents["undo_block"] = write_activity(around("Undo", on("Block", bob)));
    auto boost = on("Announce", note, {everyone});
    boost.cc = {alice + "/followers", bob};
    boost.published = monday;
    documents["announce"] = write_activity(boost);
    documents["undo_announce"] = write_activity(around("Undo", on("Announce", note, {everyone})));
    auto move = on("Move", alice, {alice + "/followers"});
    move.target = bob;
    documents["move"] = write_activity(move);
    auto offer = activity_of("Offer");
    offer.to = {bob};
    offer.target = bob;
    offer.object_json = write_activity(move, Context::without);
    documents["offer_move"] = write_activity(offer);
    auto thread = on("Move", home + "/post/1005/context", {everyone});
    thread.target = home + "/c/orchard";
    thread.origin = garden;
    documents["move_thread"] = write_activity(thread);
}

void add_group_activities(Documents& documents) {
    auto boost = announced();
    boost.object_id = group_page().id;
    documents["announce_page"] = write_activity(boost);
    auto forwarded = announced();
    auto create = with_post("Create", group_note());
    create.id = home + "/activity/2000";
    forwarded.object_json = write_activity(create);
    documents["announce_create"] = write_activity(forwarded);
    auto add = on("Add", bob, {everyone});
    add.cc = {garden};
    add.audience = garden;
    add.target = garden + "/moderators";
    documents["add_moderator"] = write_activity(add);
    auto remove = add;
    remove.type = "Remove";
    remove.object_id = home + "/post/1006";
    remove.target = garden + "/featured";
    documents["remove_featured"] = write_activity(remove);
    auto ban = on("Block", bob, {everyone});
    ban.cc = {garden};
    ban.audience = garden;
    ban.target = garden;
    ban.summary = "spam";
    ban.end_time = monday + day_ms;
    ban.remove_data = true;
    ban.terms = Terms::moderation;
    documents["block_in_group"] = write_activity(ban);
    auto flag = activity_of("Flag", home + "/actor");
    flag.to = {bob};
    flag.summary = "rude";
    flag.object_json = double_quoted("['" + bob + "','https://peer.example/notes/7']");
    documents["flag"] = write_activity(flag);
}

std::vector<std::string> quoted(std::vector<std::string> ids) {
    for (auto& id : ids) id = '"' + id + '"';
    return ids;
}

void add_collections(Documents& documents) {
    documents["followers"] =
        write_collection({.id = alice + "/followers", .ordered = true, .total_items = 3});
    documents["moderators"] = write_collection({.id = garden + "/moderators",
                                                .ordered = true,
                                                .total_items = 2,
                                                .items = quoted({alice, bob})});
    documents["featured"] = write_collection({.id = garden + "/featured",
                                              .ordered = true,
                                              .total_items = 1,
                                              .items = {{without_context(group_page())}}});
    documents["outbox"] = write_collection({.id = alice + "/outbox",
                                            .ordered = true,
                                            .total_items = 21,
                                            .first = alice + "/outbox?page=1",
                                            .last = alice + "/outbox?page=2"});
    auto create = write_activity(with_post("Create", group_note()), Context::without);
    documents["outbox_page"] = write_collection_page({.id = alice + "/outbox?page=1",
                                                      .part_of = alice + "/outbox",
                                                      .next = alice + "/outbox?page=2",
                                                      .total_items = 21,
                                                      .items = {create}});
    documents["replies_page"] = write_collection_page({.id = home + "/post/1006/replies?page=2",
                                                       .part_of = home + "/post/1006/replies",
                                                       .prev = home + "/post/1006/replies?page=1",
                                                       .items = quoted({home + "/post/1005"}),
                                                       .ordered = false});
}

Documents written() {
    Documents documents;
    add_actors(documents);
    add_posts(documents);
    add_object_activities(documents);
    add_relations(documents);
    add_group_activities(documents);
    add_collections(documents);
    return documents;
}

const std::filesystem::path folder = std::filesystem::path(KITH_TEST_DATA) / "golden";

std::string content_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(golden)

BOOST_AUTO_TEST_CASE(the_writer_makes_the_golden_files_byte_for_byte) {
    for (const auto& [name, text] : written()) {
        const auto path = folder / (name + ".json");
        if (std::getenv("KITH_WRITE_GOLDEN")) std::ofstream(path, std::ios::binary) << text << '\n';
        BOOST_TEST(content_of(path) == text + '\n', "differs: " << path);
    }
}

BOOST_AUTO_TEST_CASE(every_golden_file_has_a_document_that_is_written) {
    const auto documents = written();
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        BOOST_TEST(documents.contains(entry.path().stem().string()), entry.path());
}

BOOST_AUTO_TEST_CASE(our_reader_takes_every_golden_file) {
    for (const auto& [name, text] : written()) {
        auto document = json::Document::parse(text);
        BOOST_REQUIRE_MESSAGE(document, name);
        const auto root = document->root();
        const bool taken = is_activity_type(root)        ? read_activity(root).has_value()
                           : is_actor_type(root)         ? read_actor(root).has_value()
                           : is_post_type(root)          ? read_post(root).has_value()
                           : has_type(root, "Tombstone") ? !id_of(root).empty()
                                                         : read_collection(root).has_value();
        BOOST_TEST(taken, name);
    }
}

// A record that is written, read and written again is the same text: nothing that the records hold
// is lost on the way out or in.
BOOST_AUTO_TEST_CASE(actors_come_back_as_they_were_written) {
    for (const auto& actor : {person(), moved_person(), group(), labelled_group(), feed(), application()}) {
        const auto text = write_actor(actor);
        auto document = json::Document::parse(text);
        auto back = read_actor(document->root());
        BOOST_REQUIRE(back);
        BOOST_TEST(write_actor(*back) == text);
    }
}

BOOST_AUTO_TEST_CASE(posts_come_back_as_they_were_written) {
    for (const auto& post : {public_note(), reply_note(), group_note(), group_page(), labelled_page(),
                             open_question(), closed_question(), vote()}) {
        const auto text = write_post(post);
        auto document = json::Document::parse(text);
        auto back = read_post(document->root());
        BOOST_REQUIRE(back);
        BOOST_TEST(write_post(*back) == text);
    }
}

BOOST_AUTO_TEST_CASE(collections_come_back_as_they_were_written) {
    auto documents = written();
    auto followers = json::Document::parse(documents["followers"]);
    auto read = read_collection(followers->root());
    BOOST_REQUIRE(read);
    BOOST_TEST((read->total_items == 3));
    BOOST_TEST(read->items.empty());
    BOOST_TEST(documents["followers"].find("alice@") == std::string::npos);

    auto page = json::Document::parse(documents["outbox_page"]);
    read = read_collection(page->root());
    BOOST_REQUIRE(read);
    BOOST_TEST(read->next == alice + "/outbox?page=2");
    BOOST_REQUIRE(read->items.size() == 1u);
    BOOST_TEST(read_activity(read->items[0])->object_id == group_note().id);
}

BOOST_AUTO_TEST_SUITE_END()
