#include "node/community/announcements.hpp"

#include "base/html/plain.hpp"
#include "base/text/emoji.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "base/json/writer.hpp"
#include "config/limits/announcements.hpp"
#include "config/limits/emoji.hpp"
#include "node/community/custom_emoji.hpp"
#include "node/community/events.hpp"

#include <algorithm>

namespace kith::community {

using model::Announcement;
using model::EventKind;
using model::Rule;
using sql::Tx;

namespace {

Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

Result<> check_text(std::string_view text, std::size_t most) {
    if (text::trim(text).empty()) return invalid("Text can't be blank");
    if (utf8::length(text) > most) return invalid("Text is too long (maximum is " + std::to_string(most) + " characters)");
    return {};
}

bool is_over(const Announcement& announcement, TimeMs now) {
    return announcement.ends_at && *announcement.ends_at <= now;
}

Result<> expect(Result<bool> done) {
    if (!TRY(std::move(done))) return fail(Code::not_found, "Record not found");
    return {};
}

Result<Announcement> present(Tx& tx, Id id, TimeMs now) {
    const auto found = TRY(repo::find_announcement(tx, id));
    if (!found || is_over(*found, now)) return fail(Code::not_found, "Record not found");
    return *found;
}

// As reactions are stored: an emoji, or ":shortcode:". What is offered no more can be taken back.
Result<std::string> emoji_named(Tx& tx, std::string_view text, bool offered) {
    if (auto emoji = text::one_emoji(text); !emoji.empty()) return emoji;
    const auto shortcode = text::shortcode_of(text);
    const auto code = ":" + shortcode + ":";
    const bool known = !shortcode.empty() && (!offered || !TRY(own_emojis_in(tx, code, 1)).empty());
    return known ? Result<std::string>(code) : invalid("Name is not a recognized emoji");
}

// Of ours without the colons, as clients know them.
std::string bare_name(const std::string& name) {
    const auto shortcode = text::shortcode_of(name);
    return shortcode.empty() ? name : shortcode;
}

Result<AnnouncementView> view_of(Tx& tx, const Announcement& announcement, Id viewer) {
    return AnnouncementView{.announcement = announcement,
                            .content = html::plain_to_html(announcement.text),
                            .read = false,
                            .reactions = TRY(repo::announcement_reactions(tx, announcement.id, viewer)),
                            .emojis = TRY(own_emojis_in(tx, announcement.text, limits::post_emojis_max))};
}

Result<> tell(Tx& tx, Context& context, EventKind kind, Id announcement, std::string payload = {}) {
    return emit(tx, context, {.kind = kind, .target_id = announcement, .payload = std::move(payload)});
}

Result<> tell_count(Tx& tx, Context& context, Id announcement, Id actor, const std::string& emoji) {
    repo::AnnouncementReactionRow now{.name = emoji};
    for (const auto& row : TRY(repo::announcement_reactions(tx, announcement, actor)))
        if (row.name == emoji) now = row;
    json::Writer w;
    w.object().member("name", bare_name(emoji)).member("count", now.count);
    w.member("announcement_id", std::to_string(announcement));
    if (!now.url.empty()) w.member("url", now.url).member("static_url", now.url);
    w.end();
    return tell(tx, context, EventKind::announcement_reacted, announcement, w.take());
}

}  // namespace

Result<Rule> add_rule(Context& context, std::string_view text, std::string_view hint) {
    TRY(check_text(text, limits::rule_characters_max));
    if (utf8::length(hint) > limits::rule_hint_characters_max) return invalid("Hint is too long");
    return context.db.write([&](Tx& tx) -> Result<Rule> {
        if (TRY(repo::rules(tx)).size() >= limits::rules_max) return invalid("There are too many rules");
        Rule rule{context.ids.next(), std::string(text::trim(text)), std::string(hint)};
        TRY(repo::insert_rule(tx, rule));
        return rule;
    });
}

Result<> remove_rule(Context& context, Id rule) {
    return context.db.write([=](Tx& tx) { return expect(repo::delete_rule(tx, rule)); });
}

Result<std::vector<Rule>> rules(Context& context) {
    return context.db.read([](Tx& tx) { return repo::rules(tx); });
}

Result<Announcement> announce(Context& context, const NewAnnouncement& asked) {
    TRY(check_text(asked.text, limits::announcement_characters_max));
    if (asked.starts_at && asked.ends_at && *asked.ends_at <= *asked.starts_at)
        return invalid("It ends before it starts");
    return context.db.write([&](Tx& tx) -> Result<Announcement> {
        Announcement announcement{.id = context.ids.next(),
                                  .text = std::string(text::trim(asked.text)),
                                  .starts_at = asked.starts_at,
                                  .ends_at = asked.ends_at,
                                  .all_day = asked.all_day && (asked.starts_at || asked.ends_at),
                                  .published_at = context.clock.now_ms()};
        TRY(repo::insert_announcement(tx, announcement));
        TRY(tell(tx, context, EventKind::announcement_added, announcement.id));
        return announcement;
    });
}

Result<> remove_announcement(Context& context, Id announcement) {
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(expect(repo::delete_announcement(tx, announcement)));
        return tell(tx, context, EventKind::announcement_removed, announcement);
    });
}

Result<std::vector<Announcement>> announcements(Context& context) {
    return context.db.read([](Tx& tx) { return repo::announcements(tx, limits::announcements_shown_max); });
}

Result<std::vector<AnnouncementView>> announcements_for(Context& context, Id actor, bool with_read) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<AnnouncementView>> {
        const auto read = TRY(repo::announcements_read_by(tx, actor));
        std::vector<AnnouncementView> out;
        for (const auto& announcement : TRY(repo::announcements(tx, limits::announcements_shown_max))) {
            if (is_over(announcement, context.clock.now_ms())) continue;
            const bool seen = std::find(read.begin(), read.end(), announcement.id) != read.end();
            if (seen && !with_read) continue;
            out.push_back(TRY(view_of(tx, announcement, actor)));
            out.back().read = seen;
        }
        return out;
    });
}

Result<AnnouncementView> announcement_by_id(Context& context, Id announcement) {
    return context.db.read([&](Tx& tx) -> Result<AnnouncementView> {
        return view_of(tx, TRY(present(tx, announcement, context.clock.now_ms())), 0);
    });
}

Result<> dismiss_announcement(Context& context, Id actor, Id announcement) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto found = TRY(present(tx, announcement, context.clock.now_ms()));
        return repo::mark_announcement_read(tx, actor, found.id);
    });
}

Result<> react_to_announcement(Context& context, Id actor, Id announcement, std::string_view text) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto found = TRY(present(tx, announcement, context.clock.now_ms()));
        const auto emoji = TRY(emoji_named(tx, text, true));
        const auto there = TRY(repo::announcement_reactions(tx, found.id, actor));
        const bool known = std::any_of(there.begin(), there.end(), [&](const auto& row) { return row.name == emoji; });
        if (!known && there.size() >= limits::announcement_reactions_max)
            return invalid("Limit of different reactions reached");
        if (!TRY(repo::add_announcement_reaction(tx, found.id, actor, emoji, context.ids.next()))) return {};
        return tell_count(tx, context, found.id, actor, emoji);
    });
}

Result<> unreact_to_announcement(Context& context, Id actor, Id announcement, std::string_view text) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto found = TRY(present(tx, announcement, context.clock.now_ms()));
        const auto emoji = TRY(emoji_named(tx, text, false));
        TRY(expect(repo::remove_announcement_reaction(tx, found.id, actor, emoji)));
        return tell_count(tx, context, found.id, actor, emoji);
    });
}

}  // namespace kith::community
