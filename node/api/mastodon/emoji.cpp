#include "node/api/mastodon/emoji.hpp"

#include "base/json/view.hpp"

namespace kith::mastodon {

using community::PostView;
using json::Writer;

void write_emoji(Writer& w, std::string_view shortcode, std::string_view url) {
    w.object().member("shortcode", shortcode).member("url", url).member("static_url", url);
    w.member("visible_in_picker", false).end();
}

void write_emojis(Writer& w, const PostView& view) {
    w.key("emojis").array();
    for (const auto& emoji : view.emojis) write_emoji(w, emoji.shortcode, emoji.url);
    w.end();
}

void write_emojis(Writer& w, const model::Actor& actor) {
    w.key("emojis").array();
    if (auto emojis = json::Document::parse(actor.emojis))
        for (auto emoji : emojis->root())
            write_emoji(w, emoji["shortcode"].string_or(""), emoji["url"].string_or(""));
    w.end();
}

void write_reactions(Writer& w, const PostView& view) {
    if (view.emoji_counts.empty()) return;
    w.key("reactions").array();
    for (const auto& reaction : view.emoji_counts) {
        std::string_view name = reaction.name;
        if (!reaction.url.empty()) name = name.substr(1, name.size() - 2);
        w.object().member("name", name).member("count", reaction.count);
        w.member("me", reaction.mine);
        if (!reaction.url.empty()) w.member("url", reaction.url).member("static_url", reaction.url);
        w.end();
    }
    w.end();
}

}  // namespace kith::mastodon
