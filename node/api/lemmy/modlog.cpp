// The open log: what moderators did in groups, and what the node's team did, in one order.
#include "config/limits/lemmy_api.hpp"
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/routes.hpp"

#include <algorithm>
#include <variant>

namespace kith::lemmy {

namespace {

using community::GroupActView;
using community::NodeActView;
using community::Viewer;
using http::Exchange;
using json::Writer;
using model::GroupActKind;
using model::NodeActKind;
using Line = std::variant<GroupActView, NodeActView>;

// Nothing for what Lemmy has no word for.
std::string_view kind_name(const GroupActView& view) {
    const bool comment = view.post && view.post->is_reply();
    switch (view.act.kind) {
        case GroupActKind::remove_post:
        case GroupActKind::restore_post:
            return comment ? "mod_remove_comment" : "mod_remove_post";
        case GroupActKind::lock_post:
        case GroupActKind::unlock_post:
            return comment ? "mod_lock_comment" : "mod_lock_post";
        case GroupActKind::feature_post:
        case GroupActKind::unfeature_post:
            return "mod_feature_post_community";
        case GroupActKind::ban:
        case GroupActKind::unban:
            return "mod_ban_from_community";
        case GroupActKind::add_moderator:
        case GroupActKind::remove_moderator:
            return "mod_add_to_community";
        case GroupActKind::warn:
        case GroupActKind::withdraw_warning:
        case GroupActKind::ask_edit:
        case GroupActKind::close_edit_request:
            return comment ? "mod_warn_comment" : view.post ? "mod_warn_post" : std::string_view();
        case GroupActKind::hold_post:
        case GroupActKind::approve_post:
        case GroupActKind::give_role:
        case GroupActKind::take_role:
        case GroupActKind::move_thread_away:
        case GroupActKind::move_thread_here:
        case GroupActKind::fold_post:
        case GroupActKind::unfold_post:
        case GroupActKind::choose_answer:
        case GroupActKind::unchoose_answer:
            break;
        case GroupActKind::change_group:
            // Lemmy knows only who finds and reads it; the rest stands in our own log.
            return view.act.reason.find("visibility: ") == std::string::npos ? std::string_view() : "mod_change_community_visibility";
    }
    return {};
}

std::string_view kind_name(const NodeActView& view) {
    switch (view.act.kind) {
        case NodeActKind::add_admin:
            return "admin_add";
        case NodeActKind::ban:
            return "admin_ban";
        case NodeActKind::block_host:
            return "admin_block_instance";
        case NodeActKind::allow_host:
            return "admin_allow_instance";
        case NodeActKind::purge_person:
            return "admin_purge_person";
        case NodeActKind::purge_group:
            return "admin_purge_community";
        case NodeActKind::purge_post:
            return "admin_purge_post";
        case NodeActKind::purge_comment:
            return "admin_purge_comment";
        case NodeActKind::remove_group:
            return "admin_remove_community";
        case NodeActKind::hide_group:
            break;
    }
    return "mod_change_community_visibility";
}

Id id_of(const Line& line) {
    return std::visit([](const auto& view) { return view.act.id; }, line);
}
std::string_view kind_of(const Line& line) {
    return std::visit([](const auto& view) { return kind_name(view); }, line);
}

// The members that every line has, and who did it.
struct Head {
    Id id;
    std::string_view kind;
    bool reverts;
    const std::string& reason;
    std::optional<TimeMs> expires_at;
    TimeMs at;
    const model::Actor& moderator;
};
void begin_line(Writer& w, const ApiContext& api, const Head& head, std::string_view type = {}) {
    w.object();
    if (!type.empty()) w.member("type_", type);
    w.key("modlog").object().member("id", head.id).member("kind", head.kind).member("is_revert", head.reverts);
    w.member_unless_empty("reason", head.reason);
    if (head.expires_at) w.member("expires_at", format_iso8601(*head.expires_at));
    w.member("published_at", format_iso8601(head.at)).member("child_count", 0).end().key("moderator");
    write_person(w, api, head.moderator);
}

void write_target(Writer& w, const ApiContext& api, const model::Actor& target) {
    if (!target.is_group()) {
        w.key("target_person");
        write_person(w, api, target);
    } else if (const auto group = community::group_view(api.community, Viewer::nobody(), target.id)) {
        w.key("target_community");
        write_community(w, api, *group);
    }
}

void write_node_line(Writer& w, const ApiContext& api, const NodeActView& view) {
    const auto& act = view.act;
    begin_line(w, api, {act.id, kind_name(view), act.reverts, act.reason, act.expires_at, act.at, view.moderator});
    if (view.target) write_target(w, api, *view.target);
    if (!act.host.empty()) {
        w.key("target_instance");
        write_instance(w, act.host);
    }
    w.end();
}

void write_line(Writer& w, const ApiContext& api, const Line& line) {
    if (const auto* node = std::get_if<NodeActView>(&line)) write_node_line(w, api, *node);
    else write_log_line(w, api, std::get<GroupActView>(line), {});
}

struct Lines {
    std::vector<Line> items;
    bool more = false;
};

Result<Lines> lines_of(const ApiContext& api, const Viewer& viewer, const http::Params& params, const community::PageRequest& request) {
    const auto post = params.id("post_id") ? params.id("post_id") : params.id("comment_id");
    const auto group = params.id("community_id"), person = params.id("other_person_id"), moderator = params.id("mod_person_id");
    auto acts = TRY(community::moderation_log(api.community, {.group_id = group, .post_id = post, .target_id = person, .moderator_id = moderator, .reader = viewer.actor_id}, request));
    Lines out;
    const bool back = request.min_id.has_value();
    out.more = acts.next_max_id.has_value();
    for (auto& act : acts.items) out.items.emplace_back(std::move(act));
    if (!post && !(group && person)) {
        auto ours = TRY(community::node_log(api.community, {.moderator_id = moderator, .target_id = group ? group : person}, request));
        out.more = out.more || ours.next_max_id.has_value();
        for (auto& act : ours.items) out.items.emplace_back(std::move(act));
    }
    std::sort(out.items.begin(), out.items.end(), [](const auto& a, const auto& b) { return id_of(a) > id_of(b); });
    if (const auto beyond = std::ptrdiff_t(out.items.size()) - request.limit; beyond > 0) {
        out.items.erase(back ? out.items.begin() : out.items.end() - beyond, back ? out.items.begin() + beyond : out.items.end());
        out.more = true;
    }
    return out;
}

// Those of the kind asked for. There may be few among many: some more are read to fill the page.
Result<community::Page<Line>> shown_of(const ApiContext& api, const Viewer& viewer, const http::Params& params, community::PageRequest request) {
    const auto type = params.get_or("type_", "all");
    const bool back = request.min_id.has_value();
    community::Page<Line> page;
    std::optional<Id> first, last;  // of those that were read
    bool more = true;
    for (int round = 0; more && round < limits::lemmy_log_rounds_max && int(page.items.size()) < request.limit; ++round) {
        auto lines = TRY(lines_of(api, viewer, params, request));
        more = lines.more;
        if (back) std::reverse(lines.items.begin(), lines.items.end());
        for (auto& line : lines.items) {
            last = (back ? request.min_id : request.max_id) = id_of(line);
            if (!first) first = last;
            if (!kind_of(line).empty() && (type == "all" || kind_of(line) == type)) page.items.push_back(std::move(line));
            if (int(page.items.size()) == request.limit) break;
        }
    }
    if (!first || (page.items.empty() && !more)) return page;
    if (back) std::reverse(page.items.begin(), page.items.end());
    page.prev_min_id = back ? last : first;
    if (back || more || int(page.items.size()) == request.limit) page.next_max_id = back ? first : last;
    return page;
}

Result<> log(const ApiContext& api, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto page = TRY(page_of<Line>(params, [&](const community::PageRequest& request) { return shown_of(api, viewer, params, request); }));
    return exchange.json(200, page_json([&](Writer& w) {
                             for (const auto& line : page.items) write_line(w, api, line);
                         }, page.beside));
}

}  // namespace

bool write_log_line(Writer& w, const ApiContext& api, const GroupActView& view, std::string_view type) {
    const auto kind = kind_name(view);
    if (kind.empty()) return false;
    const auto& act = view.act;
    begin_line(w, api, {act.id, kind, takes_back(act.kind), act.reason, act.expires_at, act.at, view.moderator}, type);
    if (view.target) write_target(w, api, *view.target);
    write_target(w, api, view.group);
    if (view.post && !view.post->is_reply())
        if (const auto thread = community::group_thread(api.community, Viewer::nobody(), view.post->id)) {
            w.key("target_post");
            write_post(w, api, *thread);
        }
    if (view.post && view.post->is_reply())
        if (const auto comment = community::group_comment(api.community, Viewer::nobody(), view.post->id)) {
            w.key("target_comment");
            write_comment(w, api, *comment);
        }
    w.end();
    return true;
}

void add_modlog_routes(http::Router& router, const ApiContext& api) { add_endpoints(router, api, {{"GET", "/api/v4/modlog", log}}); }

}  // namespace kith::lemmy
