#include "node/community/group_settings.hpp"

#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/groups.hpp"
#include "node/community/events.hpp"
#include "node/community/follow_steps.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/relations.hpp"
#include "node/community/team.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/media.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>
#include <array>

namespace kith::community {

using model::Actor;
using model::GroupProfile;
using model::GroupVisibility;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }
Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

constexpr std::array<std::string_view, 10> orders{"", "active", "hot", "new", "old", "top", "most_comments", "new_comments",
                                                  "controversial", "scaled"};

std::string_view name_of(GroupVisibility v) {
    constexpr std::array<std::string_view, 4> names{"public", "unlisted", "local only", "private"};
    return names[std::size_t(v)];
}

Result<> check_texts(const std::vector<std::string>& texts, std::size_t most, std::size_t characters, const std::string& what) {
    if (texts.size() > most) return invalid(what + " are at most " + std::to_string(most));
    for (const auto& text : texts)
        if (text::trim(text).empty() || utf8::length(text) > characters)
            return invalid(what + " are not empty and have at most " + std::to_string(characters) + " characters each");
    return {};
}

Result<> check_change(const GroupChange& c) {
    if (c.brief && (utf8::length(*c.brief) > limits::group_brief_characters_max || c.brief->find('\n') != std::string::npos))
        return invalid("the summary is one line of at most " + std::to_string(limits::group_brief_characters_max) + " characters");
    if (c.welcome && utf8::length(*c.welcome) > limits::group_welcome_characters_max) return invalid("the welcome is too long");
    if (c.default_order && std::find(orders.begin(), orders.end(), *c.default_order) == orders.end())
        return invalid("the default sort is not one of those that there are");
    if (c.languages && c.languages->size() > limits::group_languages_max) return invalid("these are too many languages");
    if (c.founders && c.founders->size() > limits::group_founders_max)
        return invalid("founders are at most " + std::to_string(limits::group_founders_max));
    for (const auto& seconds : {c.slow_threads_s, c.slow_comments_s})
        if (seconds && (*seconds < 0 || *seconds > limits::slow_mode_seconds_max))
            return invalid("slow mode is at most " + std::to_string(limits::slow_mode_seconds_max) + " seconds");
    if (c.questions)
        TRY(check_texts(*c.questions, limits::join_questions_max, limits::join_question_characters_max, "questions"));
    return {};
}

// Who follows it elsewhere is sent away: nothing of it leaves this node any more.
Result<> leave_federation(Tx& tx, const Context& context, Id group) {
    const auto followers = TRY(repo::followers_elsewhere(tx, group, limits::followers_sent_away_max + 1));
    if (int(followers.size()) > limits::followers_sent_away_max)
        return invalid("the group has too many members elsewhere to become one of this node only");
    for (const auto id : followers)
        if (const auto follow = TRY(repo::find_follow(tx, id, group))) TRY(refuse_follow(tx, context, *follow));
    return {};
}

// What was open to all becomes the members'; what does not fit into this transaction, soon.
Result<> begin_closing(Tx& tx, const Context& context, Id group) {
    if (TRY(repo::close_group_posts(tx, group, limits::close_posts_rows)) < limits::close_posts_rows) return {};
    json::Writer w;
    w.object().member("group", group).end();
    const auto now = context.clock.now_ms();
    return repo::add_job(tx, {.id = context.ids.next(), .kind = std::string(close_group_job), .payload = w.take(), .attempts = 0, .not_before = now, .created_at = now});
}

Result<> change_visibility(Tx& tx, const Context& context, Actor& group, GroupProfile& profile, const GroupChange& change) {
    const auto before = profile.visibility;
    profile.visibility = *change.visibility;
    group.discoverable = profile.visibility == GroupVisibility::public_;
    if (profile.visibility == GroupVisibility::private_) group.locked = true;
    else if (before == GroupVisibility::private_) group.locked = change.approval.value_or(false);
    if (profile.visibility == GroupVisibility::local_only) TRY(leave_federation(tx, context, group.id));
    return model::is_closed(profile.visibility) && !model::is_closed(before) ? begin_closing(tx, context, group.id) : Result<>{};
}

template <class T>
bool take(T& into, const std::optional<T>& wanted) {
    if (!wanted || into == *wanted) return false;
    into = *wanted;
    return true;
}

Result<> store_founders(Tx& tx, Id group, const std::vector<Id>& founders) {
    for (const auto id : founders) {
        const auto actor = TRY(repo::find_actor(tx, id));
        if (!actor || actor->is_group() || actor->deleted_at) return invalid("a founder is nobody who is known here");
    }
    return repo::put_group_founders(tx, group, founders);
}

}  // namespace

Result<std::vector<std::string>> fill_profile(Tx& tx, const Context& context, Actor& group, const GroupChange& change) {
    TRY(check_change(change));
    std::vector<std::string> words;
    auto profile = TRY(repo::group_profile(tx, group.id));
    if (change.visibility && *change.visibility != profile.visibility) {
        TRY(change_visibility(tx, context, group, profile, change));
        words.push_back("visibility: " + std::string(name_of(profile.visibility)));
    } else if (change.approval && !*change.approval && profile.visibility == GroupVisibility::private_) {
        return invalid("into a private group somebody lets people in");
    }
    if (take(profile.brief, change.brief)) words.emplace_back("summary");
    if (take(profile.languages, change.languages))
        words.push_back("languages: " + (profile.languages.empty() ? std::string("all") : text::join(profile.languages, " ")));
    if (take(profile.sensitive, change.sensitive)) words.emplace_back(profile.sensitive ? "sensitive" : "not sensitive");
    if (take(profile.welcome, change.welcome)) words.emplace_back("welcome");
    if (take(profile.default_order, change.default_order)) words.emplace_back("default sort");
    if (take(profile.questions, change.questions)) words.emplace_back("questions to who wants to join");
    if (change.slow_threads_s && take(profile.slow_threads_s, std::optional(int(*change.slow_threads_s))))
        words.push_back("seconds between two threads of a member: " + std::to_string(profile.slow_threads_s));
    if (change.slow_comments_s && take(profile.slow_comments_s, std::optional(int(*change.slow_comments_s))))
        words.push_back("seconds between two comments of a member: " + std::to_string(profile.slow_comments_s));
    if (take(profile.seeks_moderators, change.seeks_moderators))
        words.emplace_back(profile.seeks_moderators ? "looks for moderators" : "looks for no moderators");
    if (change.archived && *change.archived != profile.archived_at.has_value()) {
        profile.archived_at = *change.archived ? std::optional(context.clock.now_ms()) : std::nullopt;
        words.emplace_back(*change.archived ? "archived" : "no longer archived");
    }
    if (change.founders) {
        TRY(store_founders(tx, group.id, *change.founders));
        words.emplace_back("founders");
    }
    if (!words.empty()) TRY(repo::put_group_profile(tx, profile));
    return words;
}

Result<> log_group_change(Tx& tx, const Context& context, Id group, Id moderator, const std::string& what, std::optional<Id> post) {
    model::GroupAct act;
    act.id = context.ids.next();
    act.kind = model::GroupActKind::change_group;
    act.group_id = group;
    act.moderator_id = moderator;
    act.post_id = post;
    act.reason = utf8::truncate(what, limits::moderation_reason_characters_max);
    act.ap_id = context.urls.activity(act.id);
    act.at = context.clock.now_ms();
    TRY(repo::add_group_act(tx, act));
    return {};
}

Result<Actor> group_kept_by(Tx& tx, Id moderator, Id id) {
    auto group = TRY(repo::find_actor(tx, id));
    if (!group || !group->is_group() || group->deleted_at || group->suspended_at) return not_found();
    const bool admin = group->local && require_role(tx, moderator, model::UserRole::admin);
    if (!admin && !TRY(is_group_moderator(tx, *group, moderator))) return fail(Code::forbidden, "Only moderators of the group may do that");
    if (!group->local) return invalid("this is changed where the group is at home");
    return std::move(*group);
}

Result<> set_group_picture(Context& context, Id moderator, Id id, ProfilePicture which, const std::string& name) {
    TRY(context.db.read([&](Tx& tx) { return group_kept_by(tx, moderator, id); }));
    TRY(set_profile_picture(context, id, which, name));
    return context.db.write([&](Tx& tx) {
        return log_group_change(tx, context, id, moderator, which == ProfilePicture::avatar ? "icon" : "banner");
    });
}

Result<std::vector<model::GroupRule>> rules_of(Context& context, Id group) {
    return context.db.read([group](Tx& tx) { return repo::group_rules(tx, group); });
}

Result<model::GroupRule> find_rule(Context& context, Id group, Id rule) {
    const auto found = TRY(context.db.read([&](Tx& tx) { return repo::find_group_rule(tx, group, rule); }));
    return found ? Result<model::GroupRule>(*found) : Result<model::GroupRule>(not_found());
}

Result<model::GroupRule> put_rule(Context& context, Id moderator, Id id, std::optional<Id> rule_id, std::optional<std::string> text,
                                  std::optional<int> position) {
    if (text) TRY(check_texts({*text}, 1, limits::group_rule_characters_max, "rules"));
    return context.db.write([&](Tx& tx) -> Result<model::GroupRule> {
        TRY(group_kept_by(tx, moderator, id));
        const auto rules = TRY(repo::group_rules(tx, id));
        model::GroupRule rule{.id = context.ids.next(), .group_id = id, .position = rules.empty() ? 1 : rules.back().position + 1, .text = {}};
        if (rule_id) {
            const auto known = TRY(repo::find_group_rule(tx, id, *rule_id));
            if (!known) return not_found();
            rule = *known;
        } else if (!text) {
            return invalid("the rule is empty");
        } else if (rules.size() >= limits::group_rules_max) {
            return invalid("rules are at most " + std::to_string(limits::group_rules_max));
        }
        if (text) rule.text = *text;
        if (position) rule.position = *position;
        TRY(repo::put_group_rule(tx, rule));
        TRY(log_group_change(tx, context, id, moderator, (rule_id ? "a rule changed: " : "a rule added: ") + rule.text));
        return rule;
    });
}

Result<> remove_rule(Context& context, Id moderator, Id id, Id rule) {
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(group_kept_by(tx, moderator, id));
        const auto known = TRY(repo::find_group_rule(tx, id, rule));
        if (!known || !TRY(repo::remove_group_rule(tx, id, rule))) return not_found();
        return log_group_change(tx, context, id, moderator, "a rule taken out: " + known->text);
    });
}

Result<> ask_to_join(Context& context, Id member, Id id, const std::vector<std::string>& answers) {
    TRY(context.db.write([&](Tx& tx) -> Result<> {
        const auto group = TRY(repo::find_actor(tx, id));
        if (!group || !group->is_group() || group->deleted_at || group->suspended_at) return not_found();
        const auto profile = TRY(repo::group_profile(tx, id));
        if (!group->local || profile.questions.empty()) return {};
        if (answers.size() != profile.questions.size()) return invalid("every question wants an answer");
        TRY(check_texts(answers, limits::join_questions_max, limits::join_answer_characters_max, "answers"));
        return repo::put_join_answers(tx, {.group_id = id, .actor_id = member, .answers = answers, .at = context.clock.now_ms()});
    }));
    TRY(follow(context, member, id, {}));
    return {};
}

Result<std::optional<model::JoinAnswers>> answers_of(Context& context, Id group, Id actor) {
    return context.db.read([&](Tx& tx) { return repo::join_answers(tx, group, actor); });
}

model::Visibility visibility_in(const GroupProfile& profile, model::Visibility wanted) {
    if (wanted > model::Visibility::unlisted) return wanted;
    if (model::is_closed(profile.visibility)) return model::Visibility::group;
    return profile.visibility == GroupVisibility::unlisted ? model::Visibility::unlisted : wanted;
}

Result<> check_group_open(Tx& tx, Id group, std::string_view language) {
    const auto profile = TRY(repo::group_profile(tx, group));
    if (profile.archived_at) return fail(Code::forbidden, "The group is archived: it is for reading");
    const auto spoken = language.substr(0, language.find('-'));
    if (spoken.empty() || profile.languages.empty()) return {};
    if (std::find(profile.languages.begin(), profile.languages.end(), spoken) == profile.languages.end())
        return invalid("this language is not spoken in the group");
    return {};
}

Result<bool> may_know_group(Tx& tx, const Viewer& viewer, Id group) {
    if (TRY(repo::group_profile(tx, group)).visibility != GroupVisibility::local_only) return true;
    if (!viewer.actor_id) return false;
    const auto actor = TRY(repo::find_actor(tx, *viewer.actor_id));
    return actor && actor->local;
}

Result<std::optional<std::string>> continue_closing(Context& context, const std::string& payload) {
    const auto group = TRY(json::Document::parse(payload))["group"].maybe_integer().value_or(0);
    const bool more = TRY(context.db.write([&](Tx& tx) -> Result<bool> {
        if (!model::is_closed(TRY(repo::group_profile(tx, group)).visibility)) return false;
        return TRY(repo::close_group_posts(tx, group, limits::close_posts_rows)) == limits::close_posts_rows;
    }));
    return more ? std::optional(payload) : std::nullopt;
}

}  // namespace kith::community
