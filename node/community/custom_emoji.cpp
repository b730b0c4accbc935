#include "node/community/custom_emoji.hpp"

#include "base/text/emoji.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/emoji.hpp"
#include "storage/repo/emoji.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>

namespace kith::community {

using model::CustomEmoji;
using sql::Tx;

namespace {

Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

}  // namespace

Result<CustomEmoji> add_custom_emoji(Context& context, std::string_view shortcode, std::string_view file,
                                     std::string_view category) {
    const auto name = text::shortcode_of(shortcode);
    if (name.size() < 2 || name != shortcode)
        return invalid("a shortcode has 2 to 64 letters, digits, hyphens and underscores");
    if (utf8::length(category) > limits::emoji_category_characters_max) return invalid("the category is too long");
    return context.db.write([&](Tx& tx) -> Result<CustomEmoji> {
        const auto there = TRY(repo::own_emojis(tx));
        const bool known = std::any_of(there.begin(), there.end(), [&](const auto& e) { return e.shortcode == name; });
        if (!known && there.size() >= limits::own_emojis_max) return invalid("there are too many emoji");
        CustomEmoji emoji{.id = context.ids.next(),
                          .host = "",
                          .shortcode = name,
                          .url = context.urls.file(std::string(file)),
                          .updated_at = context.clock.now_ms(),
                          .category = std::string(category)};
        TRY(repo::put_own_emoji(tx, emoji));
        return emoji;
    });
}

Result<> retire_custom_emoji(Context& context, std::string_view shortcode) {
    return context.db.write([&](Tx& tx) -> Result<> {
        if (!TRY(repo::retire_own_emoji(tx, shortcode))) return fail(Code::not_found, "there is no such emoji");
        return {};
    });
}

Result<std::vector<CustomEmoji>> custom_emojis(Context& context) {
    return context.db.read([](Tx& tx) { return repo::own_emojis(tx); });
}

Result<CustomEmoji> custom_emoji(Context& context, std::string_view shortcode) {
    for (auto& emoji : TRY(custom_emojis(context)))
        if (emoji.shortcode == shortcode) return std::move(emoji);
    return fail(Code::not_found, "Record not found");
}

Result<> attach_own_emojis(Tx& tx, const model::Post& post) {
    TRY(repo::clear_post_emojis(tx, post.id));
    auto text = post.source + "\n" + post.summary + "\n" + post.title;
    for (const auto& row : TRY(repo::polls_of(tx, std::span(&post.id, 1))))
        for (const auto& option : row.poll.options) text += "\n" + option.title;
    if (text.find(':') == text.npos) return {};
    std::size_t used = 0;
    for (const auto& emoji : TRY(repo::own_emojis(tx)))
        if (used < limits::post_emojis_max && text.find(":" + emoji.shortcode + ":") != text.npos) {
            TRY(repo::add_post_emoji(tx, post.id, emoji.id));
            ++used;
        }
    return {};
}

}  // namespace kith::community
