#include <array>
#include <functional>

#include "base/json/writer.hpp"
#include "tests/unit/federation_vocab/fixture.hpp"
#include "tests/unit/federation_vocab/samples.hpp"

// Every member of every document, at every depth, replaced by every wrong type: the readers answer
// with a record or with Code::invalid, and a record still keeps what identity hangs on.

using namespace kith;
using namespace kith::vocab;
using namespace kith::vocab::test;

namespace {

constexpr std::array wrong = std::to_array<std::string_view>({
    "null",
    "true",
    "0",
    "-1",
    "1.5e300",
    R"("")",
    R"("x")",
    "[]",
    "{}",
    "[[]]",
    "[[[1]]]",
    "[null]",
    R"([{"id":1}])",
    R"({"id":{"id":{}}})",
    R"({"type":["Person",1,null]})",
    R"({"url":{"href":[]}})",
    R"(["https://b.example/1","https://b.example/2"])",
    R"({"totalItems":[],"content":7})",
});

// Copies a document, putting `replacement` in the place of the `number`-th value. False where there
// are fewer values.
class Replacer {
public:
    Replacer(int number, std::string_view replacement) : left_(number), replacement_(replacement) {}

    bool copy(json::View value, std::string& out) {
        json::Writer w;
        write(w, value);
        out = w.take();
        return left_ < 0;
    }

private:
    void write(json::Writer& w, json::View value) {
        if (left_-- == 0) {
            w.raw(replacement_);
        } else if (value.is_object()) {
            w.object();
            for (std::size_t i = 0; i < value.member_count(); ++i) {
                w.key(value.member_name(i));
                write(w, value.member(i));
            }
            w.end();
        } else if (value.is_array()) {
            w.array();
            for (json::View each : value) write(w, each);
            w.end();
        } else {
            w.value(value);
        }
    }

    int left_;
    std::string_view replacement_;
};

void for_each_mutation(const std::string& text, const std::function<void(json::View)>& check) {
    auto original = json::Document::parse(text);
    BOOST_REQUIRE(original);
    int mutations = 0;
    for (auto replacement : wrong) {
        std::string mutated;
        for (int i = 0; Replacer(i, replacement).copy(original->root(), mutated);
             ++i, ++mutations) {
            auto document = json::Document::parse(mutated);
            BOOST_REQUIRE_MESSAGE(document, mutated);
            check(document->root());
        }
    }
    BOOST_TEST(mutations > 20);
}

template <class T>
bool taken(const Result<T>& result) {
    if (!result) BOOST_TEST((result.error().code == Code::invalid));
    return result.has_value();
}

bool is_url(const std::string& id) { return !id.empty() && normalize_id(id) == id; }

void check_post(json::View root) {
    auto post = read_post(root);
    if (!taken(post)) return;
    BOOST_TEST(is_url(post->attributed_to));
    BOOST_TEST((post->id.empty() || is_url(post->id)));
    for (const auto& id : post->to) BOOST_TEST(is_url(id));
}

void check_actor(json::View root) {
    auto actor = read_actor(root);
    if (!taken(actor)) return;
    BOOST_TEST(is_url(actor->id));
    for (const auto& key : actor->keys) BOOST_TEST(is_url(key.id));
}

void check_activity(json::View root) {
    auto activity = read_activity(root);
    if (!taken(activity)) return;
    BOOST_TEST(is_url(activity->id));
    BOOST_TEST(is_url(activity->actor));
    BOOST_TEST((activity->object_id.empty() || is_url(activity->object_id)));
    if (is_post_type(activity->object)) check_post(activity->object);
    if (is_actor_type(activity->object)) check_actor(activity->object);
    if (is_activity_type(activity->object)) taken(read_embedded_activity(activity->object));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vocab_wrong_types)

BOOST_AUTO_TEST_CASE(wrong_types_in_every_member_of_every_activity) {
    auto embedded = activity_of("Like");
    embedded.to = {everyone};
    embedded.cc = {bob};
    embedded.audience = garden;
    embedded.target = garden;
    embedded.summary = "why";
    embedded.published = embedded.end_time = monday;
    for (auto type : {"Create", "Update", "Delete", "Follow", "Accept", "Reject", "Undo", "Like",
                      "Dislike", "Announce", "Block", "Flag", "Add", "Remove", "Move", "Lock"}) {
        auto activity = embedded;
        activity.type = type;
        activity.object_id = bob;
        for_each_mutation(write_activity(activity, Context::without), check_activity);
        activity.object_json = write_activity(on("Follow", bob), Context::without);
        for_each_mutation(write_activity(activity, Context::without), check_activity);
    }
    for_each_mutation(write_activity(with_post("Create", public_note()), Context::without),
                      check_activity);
}

BOOST_AUTO_TEST_CASE(wrong_types_in_every_member_of_every_post) {
    for (const auto& post : {public_note(), reply_note(), group_page(), closed_question()})
        for_each_mutation(without_context(post), check_post);
}

BOOST_AUTO_TEST_CASE(wrong_types_in_every_member_of_every_actor) {
    for (const auto& actor : {person(), group(), application()})
        for_each_mutation(write_actor(actor), check_actor);
}

BOOST_AUTO_TEST_CASE(wrong_types_in_every_member_of_every_collection) {
    const auto page = write_collection_page({.id = garden + "/outbox?page=1",
                                             .part_of = garden + "/outbox",
                                             .next = garden + "/outbox?page=2",
                                             .prev = garden + "/outbox?page=0",
                                             .total_items = 9,
                                             .items = {'"' + bob + '"', without_context(vote())}});
    for_each_mutation(page, [](json::View root) { taken(read_collection(root)); });
}

BOOST_AUTO_TEST_SUITE_END()
