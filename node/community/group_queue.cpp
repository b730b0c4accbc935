#include "node/community/group_queue.hpp"

#include "config/limits/groups.hpp"
#include "node/community/events.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_team.hpp"
#include "node/community/page_window.hpp"
#include "node/community/post_steps.hpp"
#include "node/community/reports.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>

namespace kith::community {

using model::Actor;
using model::AutoRule;
using model::AutoRuleAction;
using model::AutoRuleKind;
using model::GroupAct;
using model::GroupActKind;
using model::Post;
using model::TeamRole;
using sql::Tx;

namespace {

constexpr std::string_view first_posts = "The first posts of newcomers are looked at";

Result<JudgedPost> judged_post(Tx& tx, const Context& context, const Post& post, bool count_earlier) {
    auto out = judged(post.title, post.summary, post.content, post.link_url);
    const auto author = TRY(repo::find_actor(tx, post.actor_id));
    // When an account elsewhere began is what its host says, else when we first heard of it.
    const auto since = author ? (author->created_at > 0 ? author->created_at : author->fetched_at) : 0;
    out.account_age_ms = std::max<TimeMs>(0, (count_earlier ? context.clock.now_ms() : post.received_at) - since);
    out.earlier_posts = TRY(repo::count_group_posts_of(tx, *post.group_id, post.actor_id,
                                                       count_earlier ? std::nullopt : std::optional(post.id),
                                                       limits::newcomer_posts_max + 1));
    return out;
}

// Whether others have a post on which a rule acts.
enum class Known { to_nobody, to_others };

// A rule's act, with its line in the log. The group speaks for its rules.
Result<> act_by_rule(Tx& tx, const Context& context, const Post& post, GroupActKind kind, const AutoRule& rule, Known known) {
    GroupAct act;
    act.id = context.ids.next();
    act.kind = kind;
    act.group_id = *post.group_id;
    act.moderator_id = *post.group_id;
    act.post_id = post.id;
    act.target_id = post.actor_id;
    act.reason = rule.reason;
    act.ap_id = context.urls.activity(act.id);
    act.at = context.clock.now_ms();
    act.role = TeamRole::rule;
    TRY(apply_group_act(tx, context, act, SoAlready::record));
    if (!federates(kind)) return {};
    return tell_hosts(tx, context, act, {.by = act.group_id, .ap_id = act.ap_id, .privately = known == Known::to_nobody});
}

Result<> report_by_rule(Tx& tx, const Context& context, const Post& post, const AutoRule& rule) {
    model::Report report;
    report.id = context.ids.next();
    report.reporter_id = *post.group_id;
    report.target_id = post.actor_id;
    report.comment = rule.reason;
    report.created_at = report.updated_at = context.clock.now_ms();
    report.group_id = post.group_id;
    return file_report(tx, context, report, std::span(&post.id, 1));
}

// Removed for everybody but its author, with its place in the queue.
Result<> hold(Tx& tx, const Context& context, const Post& post, std::string_view why, const AutoRule* rule) {
    const auto now = context.clock.now_ms();
    TRY(repo::set_post_removed(tx, post.id, now));
    return repo::hold_post(tx, {.post_id = post.id,
                                .group_id = *post.group_id,
                                .refused = false,
                                .why = std::string(why),
                                .rule_id = rule ? std::optional(rule->id) : std::nullopt,
                                .activity_id = {},
                                .activity = {},
                                .at = now});
}

// To be told of a post: people here whom it names and is addressed to.
Result<std::vector<Id>> told_of(Tx& tx, const Post& post) {
    const auto audience = TRY(repo::audience_of(tx, post.id));
    std::vector<Id> out;
    for (const auto& row : TRY(repo::mentions_of(tx, std::span(&post.id, 1))))
        if (std::find(audience.begin(), audience.end(), row.mention.actor_id) != audience.end()) out.push_back(row.mention.actor_id);
    return out;
}

Result<AutoRule> require_rule(Tx& tx, Id moderator, Id group_id, Id rule_id) {
    const auto group = TRY(require_group_here(tx, group_id));
    TRY(require_right(tx, group, moderator, GroupRight::set_rules));
    auto rule = TRY(repo::find_rule(tx, rule_id));
    if (!rule || rule->group_id != group.id) return fail(Code::not_found, "Record not found");
    return std::move(*rule);
}

Result<QueueItem> item_of(Tx& tx, model::HeldPost held, Post post) {
    auto author = TRY(repo::find_actor(tx, post.actor_id)).value_or(Actor{});
    QueueItem item{std::move(held), std::move(post), std::move(author), {}};
    for (auto& row : TRY(repo::attachments_of(tx, std::span(&item.post.id, 1)))) item.attachments.push_back(std::move(row.attachment));
    return item;
}

}  // namespace

Result<bool> is_kept_back(Tx& tx, Id post) { return TRY(repo::find_held(tx, post)).has_value(); }

Result<bool> keep_back(Tx& tx, const Context& context, const Actor& group, const Post& post) {
    if (!group.local || post.group_id != group.id) return false;
    const auto rules = TRY(repo::active_rules(tx, group.id));
    const auto first = TRY(repo::first_posts_held(tx, group.id));
    if (rules.empty() && first == 0) return false;
    if (TRY(team_role(tx, group, post.actor_id)) != TeamRole::none) return false;
    // The post itself is among those counted, so that it is taken off.
    auto facts = TRY(judged_post(tx, context, post, true));
    facts.earlier_posts = std::max(0, facts.earlier_posts - 1);
    const auto* rule = first_met(rules, facts);
    if (rule && rule->action == AutoRuleAction::report) TRY(report_by_rule(tx, context, post, *rule));
    if (rule && rule->action != AutoRuleAction::report) {
        TRY(hold(tx, context, post, rule->reason, rule));
        const bool removes = rule->action == AutoRuleAction::remove;
        TRY(act_by_rule(tx, context, post, removes ? GroupActKind::remove_post : GroupActKind::hold_post, *rule,
                        Known::to_nobody));
        return true;
    }
    if (facts.earlier_posts >= first) return false;
    TRY(hold(tx, context, post, first_posts, nullptr));
    return true;
}

Result<> judge_edit(Tx& tx, const Context& context, const Post& post) {
    const auto group = post.group_id ? TRY(repo::find_actor(tx, *post.group_id)) : std::nullopt;
    if (!group || !group->local || TRY(is_kept_back(tx, post.id))) return {};
    auto rules = TRY(repo::active_rules(tx, group->id));
    std::erase_if(rules, [](const auto& rule) { return rule.kind == AutoRuleKind::newcomers; });
    if (rules.empty() || TRY(team_role(tx, *group, post.actor_id)) != TeamRole::none) return {};
    const auto* rule = first_met(rules, judged(post.title, post.summary, post.content, post.link_url));
    if (!rule) return {};
    if (rule->action != AutoRuleAction::remove) return report_by_rule(tx, context, post, *rule);
    return act_by_rule(tx, context, post, GroupActKind::remove_post, *rule, Known::to_others);
}

Result<> release_post(Tx& tx, const Context& context, Id post_id) {
    const auto held = TRY(repo::find_held(tx, post_id));
    const auto post = TRY(repo::find_post(tx, post_id));
    if (!held || !post || post->deleted_at) return {};
    TRY(repo::drop_held(tx, post_id));
    TRY(repo::set_post_removed(tx, post_id, {}));
    const auto told = TRY(told_of(tx, *post));
    TRY(count_post(tx, context, *post, 1));
    TRY(surface_at_home(tx, context, *post));
    TRY(enter_group(tx, context, *post, {}));
    TRY(notify_mentioned(tx, context, *post, told));
    TRY(notify_answered(tx, context, *post, told));
    TRY(emit(tx, context,
             {.kind = model::EventKind::post_created,
              .actor_id = post->actor_id,
              .local = post->local,
              .post_id = post->id,
              .group_id = post->group_id,
              .object_ap_id = post->ap_id}));
    if (held->activity.empty()) return {};
    return emit(tx, context,
                {.kind = model::EventKind::group_relayed,
                 .actor_id = post->actor_id,
                 .local = false,
                 .post_id = post->id,
                 .group_id = post->group_id,
                 .object_ap_id = held->activity_id,
                 .payload = held->activity});
}

Result<Page<QueueItem>> waiting_posts(Context& context, Id asking, Id group_id, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<QueueItem>> {
        const auto group = TRY(require_group_here(tx, group_id));
        const bool of_team = may(TRY(team_role(tx, group, asking)), GroupRight::approve);
        Page<QueueItem> page;
        auto rows = TRY(repo::held_page(tx, group.id, of_team ? std::nullopt : std::optional(asking), window_of(request)));
        if (!rows.empty()) set_cursors(page, rows.front().post_id, rows.back().post_id, rows.size(), request);
        for (auto& held : rows)
            if (auto post = TRY(repo::find_post(tx, held.post_id))) page.items.push_back(TRY(item_of(tx, std::move(held), std::move(*post))));
        return page;
    });
}

Result<GroupCare> group_care(Context& context, Id moderator, Id group_id) {
    return context.db.read([&](Tx& tx) -> Result<GroupCare> {
        const auto group = TRY(require_group_here(tx, group_id));
        TRY(require_right(tx, group, moderator, GroupRight::approve));
        return GroupCare{TRY(repo::first_posts_held(tx, group.id)), TRY(repo::count_held(tx, group.id)), TRY(repo::auto_rules(tx, group.id))};
    });
}

Result<> set_first_posts_held(Context& context, Id moderator, Id group_id, int posts) {
    if (posts < 0 || posts > limits::newcomer_posts_max)
        return fail(Code::unprocessable, "Validation failed: First posts held is at most " + std::to_string(limits::newcomer_posts_max));
    return context.db.write([=](Tx& tx) -> Result<> {
        const auto group = TRY(require_group_here(tx, group_id));
        TRY(require_right(tx, group, moderator, GroupRight::set_rules));
        return repo::set_first_posts_held(tx, group.id, posts);
    });
}

Result<AutoRule> put_auto_rule(Context& context, Id moderator, Id group_id, std::optional<Id> rule_id, const NewAutoRule& wanted) {
    auto rule = TRY(checked_rule(wanted));
    return context.db.write([&context, moderator, group_id, rule_id, rule](Tx& tx) -> Result<AutoRule> {
        auto out = rule;
        const auto group = TRY(require_group_here(tx, group_id));
        TRY(require_right(tx, group, moderator, GroupRight::set_rules));
        if (rule_id) TRY(require_rule(tx, moderator, group_id, *rule_id));
        if (!rule_id && TRY(repo::auto_rules(tx, group.id)).size() >= limits::auto_rules_max)
            return fail(Code::unprocessable, "Validation failed: the group has as many rules as it can");
        out.id = rule_id.value_or(context.ids.next());
        out.group_id = group.id;
        out.at = context.clock.now_ms();
        TRY(repo::put_rule(tx, out));
        return out;
    });
}

Result<> remove_auto_rule(Context& context, Id moderator, Id group_id, Id rule_id) {
    return context.db.write([=](Tx& tx) -> Result<> {
        TRY(require_rule(tx, moderator, group_id, rule_id));
        TRY(repo::remove_rule(tx, rule_id));
        return {};
    });
}

Result<RuleTrial> try_auto_rule(Context& context, Id moderator, Id group_id, Id rule_id) {
    return context.db.write([&context, moderator, group_id, rule_id](Tx& tx) -> Result<RuleTrial> {
        RuleTrial trial;
        trial.rule = TRY(require_rule(tx, moderator, group_id, rule_id));
        const auto now = context.clock.now_ms();
        for (auto& post : TRY(repo::recent_group_posts(tx, group_id, now - limits::auto_rule_trial_ms, limits::auto_rule_trial_posts_max))) {
            ++trial.looked_at;
            const auto facts = trial.rule.kind == AutoRuleKind::newcomers
                                   ? TRY(judged_post(tx, context, post, false))
                                   : judged(post.title, post.summary, post.content, post.link_url);
            if (!meets(trial.rule, facts)) continue;
            ++trial.met;
            if (trial.examples.size() < limits::auto_rule_trial_shown_max)
                trial.examples.push_back(TRY(item_of(tx, {}, std::move(post))));
        }
        trial.rule.tried_at = now;
        TRY(repo::put_rule(tx, trial.rule));
        return trial;
    });
}

Result<AutoRule> switch_auto_rule(Context& context, Id moderator, Id group_id, Id rule_id, bool on) {
    return context.db.write([=](Tx& tx) -> Result<AutoRule> {
        auto rule = TRY(require_rule(tx, moderator, group_id, rule_id));
        if (on && !rule.tried_at) return fail(Code::unprocessable, "Validation failed: look first at what the rule would have done");
        rule.enabled = on;
        TRY(repo::put_rule(tx, rule));
        return rule;
    });
}

}  // namespace kith::community
