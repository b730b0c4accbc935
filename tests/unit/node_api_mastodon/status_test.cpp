#include "node/api/mastodon/status.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith;
using namespace kith::mastodon;

namespace {

community::PostView view_of(model::PostKind kind, std::string title, std::string content) {
    community::PostView view;
    view.post.kind = kind;
    view.post.title = std::move(title);
    view.post.content = std::move(content);
    return view;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mastodon_status)

BOOST_AUTO_TEST_CASE(visibilities_have_mastodons_words_and_a_groups_is_private) {
    BOOST_TEST(visibility_name(model::Visibility::followers) == "private");
    BOOST_TEST(visibility_name(model::Visibility::group) == "private");
    for (std::string_view name : {"public", "unlisted", "private", "direct"})
        BOOST_TEST(visibility_name(*visibility_from(name)) == name);
    BOOST_TEST(!visibility_from("followers"));
}

BOOST_AUTO_TEST_CASE(the_text_of_a_note_is_shown_as_it_is) {
    BOOST_TEST(content_of(view_of(model::PostKind::note, "hello", "<p>hello</p>")) == "<p>hello</p>");
    BOOST_TEST(content_of(view_of(model::PostKind::page, "hello", "<p>hello</p>")) == "<p>hello</p>");
}

BOOST_AUTO_TEST_CASE(a_title_of_its_own_and_a_link_stand_in_the_text) {
    auto view = view_of(model::PostKind::page, "1 < 2", "<p>words</p>");
    BOOST_TEST(content_of(view) == "<p><strong>1 &lt; 2</strong></p><p>words</p>");
    view.post.link_url = "https://b.example/?a&b";
    BOOST_TEST(content_of(view) ==
               "<p><strong>1 &lt; 2</strong></p><p>words</p>"
               "<p><a href=\"https://b.example/?a&amp;b\" rel=\"nofollow noopener noreferrer\">"
               "https://b.example/?a&amp;b</a></p>");
}

BOOST_AUTO_TEST_SUITE_END()
