#include "node/community/preferences.hpp"

#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/lemmy_api.hpp"
#include "storage/repo/notices.hpp"

#include <algorithm>
#include <charconv>

namespace kith::community {

using sql::Tx;

namespace {

using Kind = PreferenceKind;

const PreferenceRule* rule_of(std::string_view name) {
    const auto& rules = preference_rules();
    const auto found = std::find_if(rules.begin(), rules.end(), [name](const auto& rule) { return rule.name == name; });
    return found == rules.end() ? nullptr : &*found;
}

Failure misfit(std::string_view name) { return fail(Code::unprocessable, "Validation failed: " + std::string(name) + " is not one that there is"); }

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > std::int64_t(1) << 53) return {};
    return value;
}

// As JSON, where it fits the rule.
Result<std::string> checked(const PreferenceRule& rule, const std::vector<std::string>& given) {
    json::Writer w;
    if (rule.kind == Kind::words || rule.kind == Kind::numbers) {
        if (given.size() > limits::blocked_words_max) return misfit(rule.name);
        w.array();
        for (const auto& each : given) {
            const auto number = number_of(each);
            if (rule.kind == Kind::numbers ? !number : utf8::length(each) < 3 || each.size() > limits::preference_text_bytes_max) return misfit(rule.name);
            if (number && rule.kind == Kind::numbers) w.value(*number);
            else w.value(each);
        }
        w.end();
        return w.take();
    }
    if (given.size() != 1) return misfit(rule.name);
    const auto& text = given.front();
    if (rule.kind == Kind::flag) return std::string(text == "true" || text == "1" ? "true" : "false");
    if (rule.kind == Kind::number) {
        const auto number = number_of(text);
        return number ? Result<std::string>(std::to_string(*number)) : Result<std::string>(misfit(rule.name));
    }
    if (text.size() > limits::preference_text_bytes_max) return misfit(rule.name);
    if (rule.kind == Kind::choice && std::find(rule.choices.begin(), rule.choices.end(), text) == rule.choices.end()) return misfit(rule.name);
    w.value(text);
    return w.take();
}

// The value as set or by default, wrapped so that any kind of it is a document.
json::Document value_of(const std::map<std::string, std::string, std::less<>>& values, std::string_view name) {
    const auto found = values.find(name);
    const auto* rule = rule_of(name);
    const std::string text = found != values.end() ? found->second : rule ? std::string(rule->otherwise) : "null";
    auto document = json::Document::parse("{\"v\":" + text + "}");
    return document ? std::move(*document) : json::Document();
}

}  // namespace

const std::vector<PreferenceRule>& preference_rules() {
    static const std::vector<PreferenceRule> rules{
        {"show_nsfw", Kind::flag, "true"},
        {"blur_nsfw", Kind::flag, "true"},
        {"show_avatars", Kind::flag, "true"},
        {"show_media", Kind::flag, "true"},
        {"send_notifications_to_email", Kind::flag, "false"},
        {"show_bot_accounts", Kind::flag, "true"},
        {"show_read_posts", Kind::flag, "true"},
        {"open_links_in_new_tab", Kind::flag, "false"},
        {"infinite_scroll_enabled", Kind::flag, "false"},
        {"animated_images_enabled", Kind::flag, "true"},
        {"private_messages_enabled", Kind::flag, "true"},
        {"collapse_bot_comments", Kind::flag, "false"},
        {"show_score", Kind::flag, "true"},
        {"show_upvotes", Kind::flag, "true"},
        {"show_upvote_percentage", Kind::flag, "false"},
        {"auto_mark_fetched_posts_as_read", Kind::flag, "false"},
        {"hide_posts_with_media", Kind::flag, "false"},
        {"show_person_votes", Kind::flag, "false"},
        {"theme", Kind::text, "\"browser\""},
        {"interface_language", Kind::text, "\"browser\""},
        {"matrix_user_id", Kind::text, "\"\""},
        {"show_downvotes", Kind::choice, "\"show\"", {"show", "show_for_others", "hide"}},
        {"post_listing_mode", Kind::choice, "\"list\"", {"list", "card", "small_card"}},
        {"default_listing_type", Kind::choice, "\"subscribed\"", {"all", "local", "subscribed", "moderator_view", "suggested"}},
        {"default_post_sort_type", Kind::choice, "\"active\"",
         {"active", "hot", "new", "old", "top", "most_comments", "new_comments", "controversial", "scaled"}},
        {"default_comment_sort_type", Kind::choice, "\"hot\"", {"hot", "top", "new", "old", "controversial"}},
        {"default_post_time_range_seconds", Kind::number, "null"},
        {"default_items_per_page", Kind::number, "20"},
        {"blocking_keywords", Kind::words, "[]"},
        {"discussion_languages", Kind::numbers, "[]"},
        {"donation_shown_at", Kind::number, "null"},
    };
    return rules;
}

bool Preferences::flag(std::string_view name) const { return value_of(values_, name)["v"].maybe_boolean().value_or(false); }

std::string Preferences::text(std::string_view name) const { return std::string(value_of(values_, name)["v"].string_or("")); }

std::optional<std::int64_t> Preferences::number(std::string_view name) const { return value_of(values_, name)["v"].maybe_integer(); }

std::vector<std::string> Preferences::list(std::string_view name) const {
    std::vector<std::string> out;
    const auto document = value_of(values_, name);
    for (const auto& each : document["v"]) {
        const auto number = each.maybe_integer();
        out.push_back(each.is_string() ? std::string(each.string_or("")) : std::to_string(number.value_or(0)));
    }
    return out;
}

Result<Preferences> preferences(Context& context, Id member) {
    std::map<std::string, std::string, std::less<>> values;
    for (auto& each : TRY(context.db.read([member](Tx& tx) { return repo::preferences(tx, member); })))
        values.emplace(std::move(each.name), std::move(each.value));
    return Preferences(std::move(values));
}

Result<> set_preferences(Context& context, Id member, const std::map<std::string, std::vector<std::string>>& given) {
    std::vector<repo::Preference> rows;
    for (const auto& [name, values] : given) {
        const auto* rule = rule_of(name);
        if (!rule) return misfit(name);
        rows.push_back({name, TRY(checked(*rule, values))});
        if (name == "send_notifications_to_email" && rows.back().value == "true")
            return fail(Code::unprocessable, "Validation failed: this node mails no notifications");
        if (name == "default_items_per_page" && (*number_of(values.front()) < 1 || *number_of(values.front()) > limits::lemmy_page_max)) return misfit(name);
    }
    return context.db.write([member, rows](Tx& tx) -> Result<> {
        for (const auto& row : rows) TRY(repo::put_preference(tx, member, row));
        return {};
    });
}

}  // namespace kith::community
