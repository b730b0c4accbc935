#include "node/community/custom_emoji.hpp"

#include "base/json/writer.hpp"
#include "base/text/emoji.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/emoji.hpp"
#include "config/limits/lemmy_api.hpp"
#include "node/community/events.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/emoji.hpp"
#include "storage/repo/emoji_users.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>

namespace kith::community {

using model::CustomEmoji;
using sql::Tx;

namespace {

std::string keywords_json(const std::vector<std::string>& words) {
    json::Writer w;
    w.array();
    for (const auto& word : words) w.value(word);
    w.end();
    return w.take();
}

Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

// Who wrote it before there was one, or had the picture before this one.
Result<> refresh_profiles(Tx& tx, Context& context, const std::string& shortcode) {
    for (auto& actor : TRY(repo::local_actors_with(tx, ":" + shortcode + ":", limits::emoji_profiles_told_max))) {
        const auto before = actor.emojis;
        TRY(note_own_emojis(tx, actor));
        if (actor.emojis == before) continue;
        actor.updated_at = context.clock.now_ms();
        TRY(repo::update_actor(tx, actor));
        TRY(emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = actor.id}));
    }
    return {};
}

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
        TRY(refresh_profiles(tx, context, name));
        return emoji;
    });
}

Result<CustomEmoji> change_custom_emoji(Context& context, Id id, const EmojiChange& change) {
    if (change.shortcode && (change.shortcode->size() < 2 || text::shortcode_of(*change.shortcode) != *change.shortcode))
        return invalid("a shortcode has 2 to 64 letters, digits, hyphens and underscores");
    if (utf8::length(change.category.value_or("")) > limits::emoji_category_characters_max) return invalid("the category is too long");
    if (utf8::length(change.alt_text.value_or("")) > limits::emoji_alt_characters_max) return invalid("the text is too long");
    const auto words = change.keywords.value_or(std::vector<std::string>{});
    if (words.size() > limits::emoji_keywords_max) return invalid("there are too many keywords");
    for (const auto& word : words)
        if (word.empty() || word.size() > limits::preference_text_bytes_max) return invalid("a keyword is empty or too long");
    return context.db.write([&context, id, change, words](Tx& tx) -> Result<CustomEmoji> {
        auto there = TRY(repo::own_emojis(tx));
        const auto found = std::find_if(there.begin(), there.end(), [id](const auto& e) { return e.id == id; });
        if (found == there.end()) return fail(Code::not_found, "Record not found");
        if (change.shortcode && std::any_of(there.begin(), there.end(), [&](const auto& e) { return e.id != id && e.shortcode == *change.shortcode; }))
            return invalid("another emoji has this shortcode");
        found->shortcode = change.shortcode.value_or(found->shortcode);
        found->category = change.category.value_or(found->category);
        found->alt_text = change.alt_text.value_or(found->alt_text);
        if (change.keywords) found->keywords = keywords_json(words);
        if (!change.file.empty()) found->url = context.urls.file(change.file);
        found->updated_at = context.clock.now_ms();
        TRY(repo::free_shortcode(tx, id, found->shortcode));
        TRY(repo::change_own_emoji(tx, *found));
        return *found;
    });
}

Result<CustomEmoji> custom_emoji(Context& context, Id id) {
    for (auto& emoji : TRY(custom_emojis(context)))
        if (emoji.id == id) return std::move(emoji);
    return fail(Code::not_found, "Record not found");
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

Result<std::vector<CustomEmoji>> own_emojis_in(Tx& tx, std::string_view text, std::size_t most) {
    std::vector<CustomEmoji> out;
    if (text.find(':') == text.npos) return out;
    for (auto& emoji : TRY(repo::own_emojis(tx)))
        if (out.size() < most && text.find(":" + emoji.shortcode + ":") != text.npos) out.push_back(std::move(emoji));
    return out;
}

Result<> attach_own_emojis(Tx& tx, const model::Post& post) {
    TRY(repo::clear_post_emojis(tx, post.id));
    auto text = post.source + "\n" + post.summary + "\n" + post.title;
    for (const auto& row : TRY(repo::polls_of(tx, std::span(&post.id, 1))))
        for (const auto& option : row.poll.options) text += "\n" + option.title;
    for (const auto& emoji : TRY(own_emojis_in(tx, text, limits::post_emojis_max)))
        TRY(repo::add_post_emoji(tx, post.id, emoji.id));
    return {};
}

Result<> note_own_emojis(Tx& tx, model::Actor& actor) {
    json::Writer w;
    w.array();
    for (const auto& emoji :
         TRY(own_emojis_in(tx, actor.name + "\n" + actor.source + "\n" + actor.fields, limits::actor_emojis_max)))
        w.object().member("shortcode", emoji.shortcode).member("url", emoji.url).end();
    w.end();
    actor.emojis = w.take();
    return {};
}

}  // namespace kith::community
