// What moderators read: reports, and the log of what was done.
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/reports.hpp"
#include "node/api/lemmy_v3/routes.hpp"
#include "node/api/lemmy_v3/words.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/reports.hpp"

#include "storage/repo/posts.hpp"

#include <array>
#include <type_traits>

namespace kith::lemmy::v3 {

namespace {

using community::GroupActView;
using community::PageRequest;
using community::ReportView;
using community::Viewer;
using http::Exchange;
using http::Params;
using json::Writer;
using model::GroupActKind;

bool is_asked_for(const ReportView& view, const Params& params, bool of_comments) {
    if (view.posts.empty() || view.posts.front().is_reply() != of_comments) return false;
    const auto group = params.id("community_id");
    const auto post = params.id(of_comments ? "comment_id" : "post_id");
    return (!group || view.posts.front().group_id == group) && (!post || view.posts.front().id == *post);
}

// Open ones first; with unresolved_only=false those that were resolved after them.
Result<std::vector<ReportView>> reports(const ApiContext& api, Id handler, const Params& params, bool resolved, bool of_comments) {
    const repo::ReportFilter filter{.resolved = resolved, .reporter_id = {}, .target_id = {}};
    return numbered_page<ReportView>(
        params, [&](const PageRequest& request) { return community::team_reports(api.community, handler, filter, request); },
        [&](const ReportView& view) { return is_asked_for(view, params, of_comments); });
}

Result<> list(const ApiContext& api, Exchange& exchange, bool of_comments) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    Writer w;
    w.object().key(of_comments ? "comment_reports" : "post_reports").array();
    for (const bool resolved : {false, true}) {
        if (resolved && params.flag_or("unresolved_only", true)) break;
        for (const auto& view : TRY(reports(api, caller.account_id, params, resolved, of_comments))) write_report_view(w, api, view, false);
    }
    w.end().end();
    return exchange.json(200, w.take());
}
Result<> post_reports(const ApiContext& api, Exchange& x) { return list(api, x, false); }
Result<> comment_reports(const ApiContext& api, Exchange& x) { return list(api, x, true); }

// Which list a line stands in, its record, and what that says of the act.
struct Line {
    std::string_view list, record, state;
    bool reverts;  // the state holds for acts that take back
};
Line line_of(const GroupActView& view) {
    switch (view.act.kind) {
        case GroupActKind::remove_post:
        case GroupActKind::restore_post:
            if (view.post && view.post->is_reply()) return {"removed_comments", "mod_remove_comment", "removed", false};
            return {"removed_posts", "mod_remove_post", "removed", false};
        case GroupActKind::lock_post:
        case GroupActKind::unlock_post:
            return {"locked_posts", "mod_lock_post", "locked", false};
        case GroupActKind::feature_post:
        case GroupActKind::unfeature_post:
            return {"featured_posts", "mod_feature_post", "featured", false};
        case GroupActKind::ban:
        case GroupActKind::unban:
            return {"banned_from_community", "mod_ban_from_community", "banned", false};
        case GroupActKind::add_moderator:
        case GroupActKind::remove_moderator:
            return {"added_to_community", "mod_add_community", "removed", true};
        default:
            break;
    }
    return {};  // 0.19 has no word for it
}

// v3 shows whole records in the log. What is not shown to everybody is named there and not read.
template <class Item>
Item without_words(Item item) {
    auto& view = [&]() -> community::PostView& {
        if constexpr (std::is_same_v<Item, community::CommentItem>) return item.comment.view;
        else return item.view;
    }();
    view.post.title = "(removed)";
    view.post.content = view.post.source = view.post.link_url = "";
    view.attachments.clear();
    view.card.reset();
    return item;
}

std::optional<community::ThreadItem> thread_in_log(const ApiContext& api, const model::Post& post) {
    if (auto thread = community::group_thread(api.community, Viewer::nobody(), post.thread_id)) return std::move(*thread);
    const auto first = api.community.db.read([&](sql::Tx& tx) { return repo::find_post(tx, post.thread_id); });
    if (!first || !*first) return std::nullopt;
    auto thread = community::group_thread(api.community, Viewer::actor((*first)->actor_id), post.thread_id);
    return thread ? std::optional(without_words(std::move(*thread))) : std::nullopt;
}

std::optional<community::CommentItem> comment_in_log(const ApiContext& api, const model::Post& post) {
    if (auto comment = community::group_comment(api.community, Viewer::nobody(), post.id)) return std::move(*comment);
    auto comment = community::group_comment(api.community, Viewer::actor(post.actor_id), post.id);
    return comment ? std::optional(without_words(std::move(*comment))) : std::nullopt;
}

// What an act is about; false for what its author has deleted since.
bool write_subject(Writer& w, const ApiContext& api, const GroupActView& view, const Line& line) {
    const auto group = community::group_view(api.community, Viewer::nobody(), view.group.id);
    if (!group || (view.act.post_id && !view.post)) return false;
    if (view.post) {
        const auto thread = thread_in_log(api, *view.post);
        if (!thread) return false;
        if (line.list == "removed_comments") {
            const auto comment = comment_in_log(api, *view.post);
            if (!comment) return false;
            w.key("comment");
            write_comment(w, api, *comment);
            w.key("commenter");
            write_person(w, api, comment->comment.view.author);
        } else if (view.post->is_reply()) {
            return false;  // v3 locks threads only
        }
        w.key("post");
        write_post(w, api, *thread);
    } else if (view.target) {
        w.key(line.list == "banned_from_community" ? "banned_person" : "modded_person");
        write_person(w, api, *view.target);
    }
    w.key("community");
    write_community(w, api, *group);
    return true;
}

bool write_line(Writer& w, const ApiContext& api, const GroupActView& view, const Line& line) {
    Writer subject;
    subject.object();
    const auto& act = view.act;
    subject.key(line.record).object().member("id", act.id).member("mod_person_id", act.moderator_id);
    if (act.post_id) subject.member(line.list == "removed_comments" ? "comment_id" : "post_id", *act.post_id);
    else subject.member("other_person_id", act.target_id.value_or(0)).member("community_id", act.group_id);
    if (!act.reason.empty()) subject.member("reason", act.reason);
    if (act.expires_at) subject.member("expires", format_iso8601(*act.expires_at));
    if (line.record == "mod_feature_post") subject.member("is_featured_community", true);
    subject.member(line.state, takes_back(act.kind) == line.reverts).member("when_", format_iso8601(act.at)).end().key("moderator");
    write_person(subject, api, view.moderator);
    if (!write_subject(subject, api, view, line)) return false;
    subject.end();
    w.raw(subject.take());
    return true;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 15> lists{{{"removed_posts", "ModRemovePost"},
                                                                              {"locked_posts", "ModLockPost"},
                                                                              {"featured_posts", "ModFeaturePost"},
                                                                              {"removed_comments", "ModRemoveComment"},
                                                                              {"removed_communities", "ModRemoveCommunity"},
                                                                              {"banned_from_community", "ModBanFromCommunity"},
                                                                              {"banned", "ModBan"},
                                                                              {"added_to_community", "ModAddCommunity"},
                                                                              {"transferred_to_community", "ModTransferCommunity"},
                                                                              {"added", "ModAdd"},
                                                                              {"admin_purged_persons", "AdminPurgePerson"},
                                                                              {"admin_purged_communities", "AdminPurgeCommunity"},
                                                                              {"admin_purged_posts", "AdminPurgePost"},
                                                                              {"admin_purged_comments", "AdminPurgeComment"},
                                                                              {"hidden_communities", "ModHideCommunity"}}};

std::string_view kind_of(std::string_view list) {
    for (const auto& [name, kind] : lists)
        if (name == list) return kind;
    return {};
}

Result<> log(const ApiContext& api, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    const auto post = params.id("post_id");
    const auto type = params.get_or("type_", "All");
    const repo::GroupActFilter filter{.group_id = params.id("community_id"),
                                      .post_id = post ? post : params.id("comment_id"),
                                      .target_id = params.id("other_person_id"),
                                      .moderator_id = params.id("mod_person_id"),
                                      .reader = TRY(viewer_of(api, exchange)).actor_id};
    const auto views = TRY(numbered_page<GroupActView>(
        params, [&](const PageRequest& request) { return community::moderation_log(api.community, filter, request); },
        [&](const GroupActView& view) { const auto line = line_of(view);
            return !line.list.empty() && (type == "All" || type == kind_of(line.list));
        }));
    Writer w;
    w.object();
    for (const auto& [name, _] : lists) {
        w.key(name).array();
        for (const auto& view : views)
            if (const auto line = line_of(view); line.list == name) write_line(w, api, view, line);
        w.end();
    }
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_moderation_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v3/post/report/list", post_reports}, {"GET", "/api/v3/comment/report/list", comment_reports}, {"GET", "/api/v3/modlog", log}});
}

}  // namespace kith::lemmy::v3
