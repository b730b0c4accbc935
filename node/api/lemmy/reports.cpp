// Reports of posts, comments, communities and messages, to the moderators of their group and of the node.
#include "node/api/lemmy/reports.hpp"

#include "base/text/utf8.hpp"
#include "config/limits/reports.hpp"
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/fields.hpp"
#include "node/api/lemmy/handlers.hpp"
#include "node/api/lemmy/messages.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/api/lemmy/shape.hpp"
#include "storage/repo/report_conclusions.hpp"

#include <algorithm>

namespace kith::lemmy {

namespace {

using community::ReportView;
using community::Viewer;
using http::Exchange;
using json::Writer;

enum class Kind { none, post, comment, message, community };

// By what it is about; none: an account, or posts that are in no group.
Kind kind_of(const ReportView& view) {
    if (view.posts.empty()) return view.target.is_group() ? Kind::community : Kind::none;
    const auto& post = view.posts.front();
    if (post.visibility == model::Visibility::direct) return Kind::message;
    if (!post.group_id) return Kind::none;
    return post.is_reply() ? Kind::comment : Kind::post;
}

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::post:
            return "post";
        case Kind::comment:
            return "comment";
        case Kind::message:
            return "private_message";
        case Kind::community:
            return "community";
        case Kind::none:
            break;
    }
    return "";
}

// A post as it was when it was reported, where that was kept; else as it is.
model::ReportedText text_of(const ReportView& view) {
    const auto& post = view.posts.front();
    const auto kept = std::find_if(view.texts.begin(), view.texts.end(), [&](const auto& text) { return text.post_id == post.id; });
    const bool is_kept = kept != view.texts.end() && !(kept->title.empty() && kept->text.empty());
    return is_kept ? *kept : model::ReportedText{post.id, post.title, body_of(post)};
}

void write_original(Writer& w, const ReportView& view, Kind kind) {
    if (kind == Kind::community) {
        const auto& target = view.target;
        w.member("community_id", target.id).member("original_community_name", target.username);
        w.member_unless_empty("original_community_title", target.name).member_unless_empty("original_community_sidebar", target.source);
        return;
    }
    const auto text = text_of(view);
    if (kind == Kind::post) {
        w.member("post_id", text.post_id).member("original_post_name", text.title).member_unless_empty("original_post_body", text.text);
    } else if (kind == Kind::comment) {
        w.member("comment_id", text.post_id).member("original_comment_text", text.text);
    } else {
        w.member("private_message_id", text.post_id).member("original_pm_text", text.text);
    }
}

void write_report(Writer& w, const ApiContext& api, const ReportView& view, Kind kind) {
    const auto& report = view.report;
    w.object().member("id", report.id).member("creator_id", report.reporter_id);
    write_original(w, view, kind);
    w.member("reason", report.comment).member("resolved", report.resolved_at.has_value());
    if (report.resolved_by_id) w.member("resolver_id", *report.resolved_by_id);
    w.member("published_at", format_iso8601(report.created_at));
    if (report.updated_at != report.created_at) w.member("updated_at", format_iso8601(report.updated_at));
    if (kind == Kind::post || kind == Kind::comment) w.member("violates_instance_rules", report.category == "violation");
    const auto said = api.community.db.read([&](sql::Tx& tx) { return repo::report_conclusion(tx, report.id); });
    if (said) w.member_unless_empty("conclusion", *said);
    w.end();
}

// What it is about; false where that is not to be shown (any more).
bool write_subject(Writer& w, const ApiContext& api, const ReportView& view, Kind kind) {
    if (kind == Kind::community) {
        const auto group = community::group_view(api.community, Viewer::nobody(), view.target.id);
        if (!group) return false;
        w.key("community");
        write_community(w, api, *group);
        return true;
    }
    const auto& post = view.posts.front();
    const auto as_author = Viewer::actor(post.actor_id);
    if (kind == Kind::message) {
        const auto message = community::load_view(api.community, as_author, post.id);
        if (!message) return false;
        w.key("private_message");
        write_message(w, *message, view.report.reporter_id);
        return true;
    }
    const auto thread = community::group_thread(api.community, as_author, post.thread_id);
    if (!thread) return false;
    if (kind == Kind::comment) {
        const auto comment = community::group_comment(api.community, as_author, post.id);
        if (!comment) return false;
        w.key("comment");
        write_comment(w, api, *comment);
    }
    w.key("post");
    write_post(w, api, *thread);
    w.key("community");
    write_community(w, api, thread->group);
    return true;
}

// As another version has it: of posts and comments.
bool write_shaped(Writer& w, const ApiContext& api, const ReportView& view, Kind kind) {
    if (kind != Kind::post && kind != Kind::comment) return false;
    const auto& post = view.posts.front();
    const auto as_author = Viewer::actor(post.actor_id);
    const auto thread = community::group_thread(api.community, as_author, post.thread_id);
    if (!thread) return false;
    if (kind == Kind::post) {
        api.shape->report_view(w, api, view, *thread, nullptr);
        return true;
    }
    const auto comment = community::group_comment(api.community, as_author, post.id);
    if (!comment) return false;
    api.shape->report_view(w, api, view, *thread, &*comment);
    return true;
}

Result<> answer(const ApiContext& api, Exchange& exchange, const ReportView& view) {
    Writer w;
    w.object().key(std::string(name_of(kind_of(view))) + "_report_view");
    if (!write_report_view(w, api, view, false)) return fail(Code::not_found, "Record not found");
    w.end();
    return exchange.json(200, w.take());
}

Result<std::string> reason_of(const http::Params& params) {
    const auto reason = params.get_or("reason", "");
    if (reason.empty()) return fail(Code::unprocessable, "Validation failed: Reason can't be blank");
    return std::string(reason);
}

Result<> submit(const ApiContext& api, Exchange& exchange, Id reporter, Id target, std::vector<Id> posts, bool forward) {
    const auto reason = TRY(reason_of(*TRY(exchange.params())));
    return answer(api, exchange, TRY(community::submit_report(api.community, reporter, {.target_id = target,
                                                                                      .post_ids = std::move(posts),
                                                                                      .comment = reason,
                                                                                      .category = "other",
                                                                                      .rule_ids = {},
                                                                                      .forward = forward,
                                                                                      .forward_hosts = {}})));
}

Result<> report_in_group(const ApiContext& api, Exchange& exchange, std::string_view key) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    TRY(reason_of(params));
    const auto post = TRY(community::visible_post(api.community, Viewer::actor(caller.account_id), params.id(key).value_or(0)));
    if (!post.group_id) return fail(Code::not_found, "Record not found");
    return submit(api, exchange, caller.account_id, post.actor_id, {post.id}, true);
}
// By who got it; it stays on this node.
Result<> report_message(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto id = TRY(exchange.params())->id("private_message_id").value_or(0);
    const auto post = TRY(community::visible_post(api.community, Viewer::actor(caller.account_id), id));
    if (post.visibility != model::Visibility::direct || post.actor_id == caller.account_id) return fail(Code::not_found, "Record not found");
    return submit(api, exchange, caller.account_id, post.actor_id, {post.id}, false);
}

Result<> report_community(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto id = TRY(exchange.params())->id("community_id").value_or(0);
    const auto view = TRY(community::group_view(api.community, Viewer::actor(caller.account_id), id));
    return submit(api, exchange, caller.account_id, view.group.id, {}, true);
}

std::string_view type_asked(const http::Params& params) {
    const auto type = params.get_or("type_", "all");
    if (type == "posts") return "post";
    if (type == "comments") return "comment";
    if (type == "private_messages") return "private_message";
    return type == "communities" ? "community" : "";
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    repo::ReportFilter filter;
    if (!params.flag_or("unresolved_only", true)) filter.resolved = {};  // all, as Lemmy has it
    if (params.flag_or("my_reports_only", false)) filter.reporter_id = caller.account_id;
    filter.group_id = params.id("community_id");
    const auto page = TRY(page_of<ReportView>(
        params, [&](const community::PageRequest& request) { return community::team_reports(api.community, caller.account_id, filter, request); }));
    const auto type = type_asked(params);
    const auto post = params.id("post_id");
    const auto wanted = [&](const ReportView& view) {
        return (type.empty() || name_of(kind_of(view)) == type) &&
               (!post || (!view.posts.empty() && (view.posts.front().id == *post || view.posts.front().thread_id == *post)));
    };
    return exchange.json(200, page_json([&](Writer& w) {
                             for (const auto& view : page.items)
                                 if (wanted(view)) write_report_view(w, api, view, true);
                         }, page.beside));
}

}  // namespace

bool write_report_view(Writer& out, const ApiContext& api, const ReportView& view, bool typed) {
    const auto kind = kind_of(view);
    if (kind == Kind::none) return false;
    if (api.shape) return write_shaped(out, api, view, kind);
    Writer w;
    w.object();
    if (typed) w.member("type_", name_of(kind));
    w.key(std::string(name_of(kind)) + "_report");
    write_report(w, api, view, kind);
    if (!write_subject(w, api, view, kind)) return false;
    w.key("creator");
    write_person(w, api, view.reporter);
    if (kind != Kind::community) {
        w.key(std::string(name_of(kind)) + "_creator");
        write_person(w, api, view.target);
    }
    if (view.resolved_by) {
        w.key("resolver");
        write_person(w, api, *view.resolved_by);
    }
    // Of whom was reported; of a community of who reported it.
    const auto standing = community::node_standing(api.community, kind == Kind::community ? view.reporter : view.target).value_or(community::NodeStanding{});
    w.member("creator_is_admin", standing.admin).member("creator_is_moderator", false);
    write_banned(w, "creator_banned", standing);
    w.member("creator_banned_from_community", false).key("tags").array().end().end();
    out.raw(w.take());
    return true;
}

Result<> report_post(const ApiContext& api, Exchange& exchange) { return report_in_group(api, exchange, "post_id"); }
Result<> report_comment(const ApiContext& api, Exchange& exchange) { return report_in_group(api, exchange, "comment_id"); }

Result<> resolve_report(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto conclusion = params.get_or("conclusion", "");
    if (utf8::length(conclusion) > limits::report_comment_characters_max) return fail(Code::unprocessable, "Validation failed: Conclusion is too long");
    const auto change = params.flag_or("resolved", true) ? community::resolve_report : community::reopen_report;
    const auto view = TRY(change(api.community, community::Handler(caller.account_id), params.id("report_id").value_or(0)));
    if (params.has("conclusion"))
        TRY(api.community.db.write([id = view.report.id, said = std::string(conclusion)](sql::Tx& tx) { return repo::set_report_conclusion(tx, id, said); }));
    return answer(api, exchange, view);
}

void add_report_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v4/post/report", report_post},
                   {"POST", "/api/v4/comment/report", report_comment},
                   {"POST", "/api/v4/community/report", report_community},
                   {"POST", "/api/v4/private_message/report", report_message},
                   {"PUT", "/api/v4/community/report/resolve", resolve_report},
                   {"PUT", "/api/v4/private_message/report/resolve", resolve_report},
                   {"PUT", "/api/v4/post/report/resolve", resolve_report},
                   {"PUT", "/api/v4/comment/report/resolve", resolve_report},
                   {"GET", "/api/v4/report/list", list}});
}

}  // namespace kith::lemmy
