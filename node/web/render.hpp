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
    std::string title, description, canonical, language = "en";
    std::string feed;   // its URL, where there is one
    bool noindex = false;
};
// A whole page around `body`.
std::string page(const community::Context&, const Head&, std::string body);

enum class PostPlace { in_list, main, reply };
// `answer_url`: where the answer of a thread that is the page's main post stands.
std::string render_post(const community::Context&, const community::PostView&, PostPlace, const std::string& answer_url = {});
std::string render_posts(const community::Context&, const std::vector<community::PostView>&,
                         PostPlace);

// Sets a value that the template shows only where there is something to show.
void set_if_there(Values&, const std::string& key, const std::string& text);
std::string display_name(const model::Actor&);
std::string avatar_of(const community::Context&, const model::Actor&);

}  // namespace kith::web
