// Flag: what another host reports about accounts and posts here. From Mastodon an instance actor
// names the account and its posts, from Lemmy a person one post, to the community (federation.md
// 1.3); what is not ours among the objects is not our business. What is in a group goes on to its
// moderators elsewhere and to the author's host, and Resolve (not of any standard) comes back (groups.md 1.3).
#include "config/limits/reports.hpp"
#include "base/html/to_text.hpp"
#include "base/json/writer.hpp"
#include "base/text/utf8.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/events.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/reports.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/domain_rules.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/reach.hpp"

#include <algorithm>

namespace kith::community {

using sql::Tx;

namespace {

// One account that a Flag is about, with its posts.
struct Meant {
    Id target_id;
    std::vector<Id> posts;
    std::optional<Id> group_id;  // of all of them: its team reads the report, and nothing of what is not in its group
};

Meant* meant_of(std::vector<Meant>& all, Id target) {
    auto found =
        std::find_if(all.begin(), all.end(), [&](const Meant& m) { return m.target_id == target; });
    if (found != all.end()) return &*found;
    if (all.size() >= limits::report_targets_max) return nullptr;
    return &all.emplace_back(Meant{target, {}, {}});
}

// A post that somebody here wrote, or that stands in a group here or in one that somebody here moderates.
// A group speaks of its own posts only.
Result<bool> is_our_matter(Tx& tx, const Deed& deed, const model::Post& post) {
    if (post.deleted_at || (deed.group && post.group_id != deed.group->id)) return false;
    // What never came to the reporter's host nobody there can report: its text would be kept for others to read.
    if (post.local && post.visibility > model::Visibility::unlisted && !TRY(repo::has_reached(tx, post.id, deed.actor.host))) return false;
    if (post.local || !post.group_id) return post.local;
    auto group = TRY(repo::find_actor(tx, *post.group_id));
    return group && (group->local || !TRY(repo::group_report_handlers(tx, group->id)).empty());
}

Result<> add_object(Tx& tx, const Deed& deed, const std::string& id, std::vector<Meant>& all) {
    if (deed.group && TRY(repo::find_actor_by_ap_id(tx, id))) return {};
    if (auto actor = TRY(repo::find_actor_by_ap_id(tx, id))) {
        if (actor->local && !actor->deleted_at && actor->kind != model::ActorKind::application)
            meant_of(all, actor->id);
        return {};
    }
    auto post = TRY(repo::find_post_by_ap_id(tx, id));
    if (!post || !TRY(is_our_matter(tx, deed, *post))) return {};
    auto* meant = meant_of(all, post->actor_id);
    if (meant) meant->group_id = meant->posts.empty() || meant->group_id == post->group_id ? post->group_id : std::optional<Id>{};
    if (meant &&
        std::find(meant->posts.begin(), meant->posts.end(), post->id) == meant->posts.end())
        meant->posts.push_back(post->id);
    return {};
}

// Each object is judged alone.
Result<std::vector<Meant>> meant_by(Tx& tx, const Deed& deed) {
    std::vector<Meant> all;
    for (json::View object : deed.activity.objects) {
        const auto id = vocab::id_of(object);
        if (!id.empty()) TRY(add_object(tx, deed, id, all));
    }
    return all;
}

// The reason: `content` of Mastodon's family, `summary` of Lemmy's; what they send may be HTML.
std::string comment_of(const vocab::Activity& flag) {
    const auto text = html::to_text(flag.content.empty() ? flag.summary : flag.content);
    return std::string(utf8::truncate(text, limits::report_comment_characters_max));
}

// What came to a group here about a report in it, to those whom the report concerns, and to nobody else.
Result<> pass_on(Tx& tx, const Context& context, const Deed& deed, const model::Report& report) {
    const auto group = report.group_id && !deed.group ? TRY(repo::find_actor(tx, *report.group_id)) : std::nullopt;
    if (!group || !group->local) return {};
    json::Writer w;
    w.object().member("report", report.id).member("announce", deed.raw).member("except", deed.actor.host).end();
    return emit(tx, context,
                {.kind = model::EventKind::report_forwarded,
                 .actor_id = group->id,
                 .target_id = report.target_id,
                 .group_id = group->id,
                 .object_ap_id = deed.activity.id,
                 .payload = w.take()});
}

// The reports that a Resolve is about, as far as who sent it decides: the group itself, or who moderates it.
Result<std::vector<model::Report>> resolved_by(Tx& tx, const Deed& deed) {
    const auto flag = deed.activity.object;
    std::vector<model::Report> out;
    for (auto& report : TRY(repo::reports_of_flag(tx, deed.activity.object_id, vocab::id_of(flag["actor"]), vocab::id_of(flag["object"])))) {
        const auto group = TRY(repo::find_actor(tx, *report.group_id));
        if (!group || (deed.group && deed.group->id != group->id)) continue;
        if (!deed.group && !TRY(is_group_moderator(tx, *group, deed.actor.id))) continue;
        out.push_back(std::move(report));
    }
    return out;
}

}  // namespace

bool resolves_report(const vocab::Activity& a) { return a.type_name == "Resolve"; }

Result<> authorize_flag(Tx& tx, const Context&, const Deed& deed) {
    if (TRY(meant_by(tx, deed)).empty())
        return fail(Code::not_found, "the report is about nobody and nothing here");
    if (TRY(repo::domain_policy(tx, deed.actor.host)).reject_reports)
        return fail(Code::forbidden, "reports of this host are not taken");
    if (TRY(repo::count_open_reports(tx, deed.actor.host)) >= limits::reports_open_per_host_max)
        return fail(Code::forbidden, "too many open reports of this host");
    return {};
}

Result<> apply_flag(Tx& tx, const Context& context, const Deed& deed) {
    // Where a person reports, only their host is kept: it answers for them.
    auto reporter = deed.actor.id;
    if (deed.actor.kind != model::ActorKind::application) {
        auto instance = TRY(repo::find_actor_by_ap_id(tx, context.urls.instance_actor()));
        if (!instance) return fail(Code::internal, "there is no instance actor");
        reporter = instance->id;
    }
    const auto now = context.clock.now_ms();
    for (const auto& [target, posts, group_id] : TRY(meant_by(tx, deed))) {
        model::Report report;
        report.id = context.ids.next();
        report.ap_id = deed.activity.id;
        report.origin_host = deed.actor.host;
        report.reporter_id = reporter;
        report.target_id = target;
        report.comment = comment_of(deed.activity);
        report.created_at = report.updated_at = now;
        report.group_id = group_id;
        if (group_id) report.flag_actor = deed.activity.actor;
        TRY(file_report(tx, context, report, posts));
        TRY(pass_on(tx, context, deed, report));
    }
    return {};
}

Result<> authorize_resolve(Tx& tx, const Context&, const Deed& deed) {
    if (TRY(resolved_by(tx, deed)).empty())
        return fail(Code::not_found, "no report here is resolved by that", deed.activity.object_id);
    return {};
}

Result<> apply_resolve(Tx& tx, const Context& context, const Deed& deed) {
    for (const auto& report : TRY(resolved_by(tx, deed)))
        if (TRY(mark_resolved(tx, report, deed.actor.id, context.clock.now_ms()))) TRY(pass_on(tx, context, deed, report));
    return {};
}

}  // namespace kith::community
