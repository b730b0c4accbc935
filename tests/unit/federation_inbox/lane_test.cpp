#include "federation/inbox/lane.hpp"

#include <boost/test/unit_test.hpp>

#include "fixture.hpp"

namespace kith::inbox {

BOOST_AUTO_TEST_SUITE(lane)

static Lane lane_of_text(const std::string& text) {
    auto document = test::must(json::Document::parse(text));
    return lane_of(document.root());
}

static const test::Peer carol("https://there.example/u/carol");
static const std::string note = "https://there.example/n/1";
static const std::string group = "https://group.example/c/g";

static std::string announce(const std::string& object) {
    return test::Peer(group).activity("Announce", "announce", object);
}

BOOST_AUTO_TEST_CASE(what_its_owner_does_to_an_object_is_one_lane) {
    const auto create =
        lane_of_text(carol.activity("Create", "1", R"({"type":"Note","id":")" + note + "\"}"));
    BOOST_TEST(create.key == note);
    BOOST_TEST((lane_of_text(carol.activity("Delete", "2", note)) == create));
    BOOST_TEST(
        (lane_of_text(carol.activity("Undo", "3", carol.activity("Delete", "2", note))) == create));
}

BOOST_AUTO_TEST_CASE(reactions_of_several_actors_to_one_object_do_not_wait_for_each_other) {
    const auto one = lane_of_text(carol.activity("Like", "1", note));
    const auto other =
        lane_of_text(test::Peer("https://there.example/u/dan").activity("Like", "1", note));
    BOOST_TEST(one.key != other.key);
    BOOST_TEST(one.key != note);
}

BOOST_AUTO_TEST_CASE(an_undo_goes_where_what_it_undoes_went) {
    for (const auto* type : {"Like", "Follow", "Announce", "Block"}) {
        const auto done = carol.activity(type, "1", note);
        BOOST_TEST((lane_of_text(carol.activity("Undo", "2", done)) == lane_of_text(done)), type);
    }
}

BOOST_AUTO_TEST_CASE(an_announced_activity_goes_to_the_lane_of_the_inner_one) {
    const auto create = carol.activity("Create", "1", R"({"type":"Note","id":")" + note + "\"}");
    const auto announced = lane_of_text(announce(create));
    BOOST_TEST(announced.key == lane_of_text(create).key);
    BOOST_TEST(announced.inner_actor == carol.id);
    BOOST_TEST(lane_of_text(announce(note)).inner_actor.empty());
}

BOOST_AUTO_TEST_CASE(delete_and_move_of_an_actor_and_an_undo_of_who_knows_what_are_barriers) {
    BOOST_TEST(lane_of_text(carol.activity("Delete", "1", carol.id)).barrier);
    BOOST_TEST(lane_of_text(carol.activity("Move", "1", carol.id)).barrier);
    BOOST_TEST(lane_of_text(carol.activity("Undo", "1", note)).barrier);
    BOOST_TEST(!lane_of_text(carol.activity("Delete", "1", note)).barrier);
}

BOOST_AUTO_TEST_CASE(a_lane_survives_being_written_down) {
    for (const auto& lane :
         {Lane{"k", "", false}, Lane{"a b", "https://x.example/u/x", false}, Lane{"", "", true}})
        BOOST_TEST((Lane::parse(lane.text()) == lane), lane.text());
}

BOOST_AUTO_TEST_CASE(documents_without_any_sense_have_a_lane_too) {
    for (const auto* text : {"{}", "[]", "1", R"({"type":"Announce","object":[[]]})",
                             R"({"type":["Undo"],"object":{"object":7}})"})
        BOOST_CHECK_NO_THROW(lane_of_text(text));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace kith::inbox
