#pragma once
#include "node/community/posts.hpp"

#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>

namespace kith::web {

using Values = kainjow::mustache::data;

// A template of this folder ("post") filled in. Everything is escaped but what the template marks
// as HTML, which has passed the sanitizer.
std::string render(std::string_view name, const Values&);

struct Head {
    std::string title;  // "" = the node's own
    std::string description = {};
    std::string canonical = {};  // the page's URL, where one stands for all that lead to it
    std::string activity = {};   // the same as an ActivityPub document
    std::string image = {};      // shown with a link to the page
    std::string_view kind = "website";  // of the Open Graph protocol
    std::string feed = {};       // its URL, where there is one
    bool noindex = false;
};
// A whole page around `body`.
std::string page(const community::Context&, const Head&, std::string body);

enum class PostPlace { in_list, main, reply };
// `answer_url`: where the answer of a thread that is the page's main post stands. `depth`: of a reply, 1 for one to
// the main post.
std::string render_post(const community::Context&, const community::PostView&, PostPlace, const std::string& answer_url = {}, int depth = 1);
std::string render_posts(const community::Context&, const std::vector<community::PostView>&);
// What stands below the post `root`, each as deep as it answers.
std::string render_replies(const community::Context&, const std::vector<community::PostView>&, Id root);

// Sets a value that the template shows only where there is something to show.
void set_if_there(Values&, const std::string& key, const std::string& text);
std::string display_name(const model::Actor&);
std::string avatar_of(const community::Context&, const model::Actor&);

// Text in one line, no longer than that.
std::string line_of(std::string_view text, std::size_t characters);
// How HTML begins, as a line of text.
std::string excerpt(std::string_view html);
// How a post begins; behind a content warning the warning is all.
std::string first_words(const model::Post&);

// "1 reply", "2 replies"
std::string counted(std::int64_t, std::string_view one, std::string_view many);
// "2026-11-26 14:00 UTC"
std::string minute_of(TimeMs);

using Emojis = std::vector<community::PostView::Emoji>;
Emojis emojis_of(const model::Actor&);
// Sanitized HTML with the pictures of custom emoji in place of their shortcodes.
std::string with_emojis(const community::Context&, std::string_view html, const Emojis&);
std::string name_html(const community::Context&, const model::Actor&);

}  // namespace kith::web
