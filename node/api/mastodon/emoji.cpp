#include "node/api/mastodon/emoji.hpp"

#include "base/json/view.hpp"

namespace kith::mastodon {

using community::PostView;
using json::Writer;

void write_emoji(Writer& w, const Urls& urls, std::string_view shortcode, std::string_view stored) {
    const auto url = urls.file(std::string(stored));
    w.object().member("shortcode", shortcode).member("url", url).member("static_url", url);
    w.member("visible_in_picker", false).end();
}

void write_emojis(Writer& w, const Urls& urls, const PostView& view) {
    w.key("emojis").array();
    for (const auto& emoji : view.emojis) write_emoji(w, urls, emoji.shortcode, emoji.url);
    w.end();
}

void write_emojis(Writer& w, const Urls& urls, const model::Actor& actor) {
    w.key("emojis").array();
    if (auto emojis = json::Document::parse(actor.emojis))
        for (auto emoji : emojis->root())
            write_emoji(w, urls, emoji["shortcode"].string_or(""), emoji["url"].string_or(""));
    w.end();
}

void write_reaction(Writer& w, std::string_view name, std::int64_t count, bool mine, std::string_view url) {
    if (!url.empty()) name = name.substr(1, name.size() - 2);
    w.object().member("name", name).member("count", count).member("me", mine);
    if (!url.empty()) w.member("url", url).member("static_url", url);
    w.end();
}

void write_reactions(Writer& w, const Urls& urls, const PostView& view) {
    if (view.emoji_counts.empty()) return;
    w.key("reactions").array();
    for (const auto& reaction : view.emoji_counts)
        write_reaction(w, reaction.name, reaction.count, reaction.mine, urls.file(reaction.url));
    w.end();
}

}  // namespace kith::mastodon
