#include "base/text/strings.hpp"
#include "base/text/tokenizer.hpp"
#include "config/limits/lemmy_api.hpp"
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/handlers.hpp"
#include "node/api/lemmy/queries.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/api/lemmy/vote.hpp"
#include "node/community/accounts.hpp"
#include "node/community/personal.hpp"
#include "node/community/preferences.hpp"
#include "node/community/reactions.hpp"
#include "node/community/site_settings.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace kith::lemmy {

namespace {

using community::CommentItem;
using community::Viewer;
using http::Exchange;
using http::Params;

Id comment_asked(const Params& params) { return params.id("comment_id").value_or(params.id("id").value_or(0)); }

Result<> answer(const ApiContext& api, Exchange& exchange, const Viewer& viewer, Id comment) {
    return exchange.json(200, TRY(comment_response(api, viewer, comment)));
}

// The score against the age, as threads have it; the newest of equals first.
double weight(const CommentItem& item, std::string_view sort) {
    const auto& post = item.comment.view.post;
    const auto up = double(post.likes_count), down = double(post.dislikes_count);
    if (sort == "top") return up - down;
    if (sort == "controversial") return up > 0 && down > 0 ? (up + down) * std::min(up, down) / std::max(up, down) : 0;
    const auto size = std::log10(std::max(std::abs(up - down), 1.0));
    return (up < down ? -size : size) + double(post.published_at) / 45'000'000.0;
}

// As the reader set it, else as the node has it.
Result<std::string> usual_order(const ApiContext& api, const Viewer& viewer) {
    if (viewer.actor_id) {
        const auto mine = TRY(community::preferences(api.community, *viewer.actor_id));
        if (mine.is_set("default_comment_sort_type")) return mine.text("default_comment_sort_type");
    }
    return TRY(community::site_settings(api.community)).default_comment_sort;
}

using Found = Paged<CommentItem>;

int depth_of(const CommentItem& item) { return int(std::count(item.path.begin(), item.path.end(), '.')); }

// Below parent_id, and no deeper than max_depth below that; with its own line of answers.
void keep_wanted(std::vector<CommentItem>& items, const Params& params) {
    int from = 0;
    if (const auto parent = params.id("parent_id")) {
        const auto step = "." + std::to_string(*parent);
        std::erase_if(items, [&](const auto& item) { return (item.path + ".").find(step + ".") == std::string::npos; });
        for (const auto& item : items)
            if (item.comment.view.post.id == *parent) from = depth_of(item);
    }
    if (const auto depth = params.integer("max_depth"); depth && *depth > 0)
        std::erase_if(items, [&](const auto& item) { return depth_of(item) - from > *depth; });
}

// Of one conversation all are read, so that they can be put into any order; elsewhere they come by time.
Result<Found> find(const ApiContext& api, const Viewer& viewer, const Params& params) {
    auto query = TRY(comment_query(api, params, viewer, params.get_or("type_", "all")));
    const auto sort = params.has("sort") ? std::string(params.get_or("sort", "")) : TRY(usual_order(api, viewer));
    const auto from = TRY(cursor_of(params));
    const bool by_time = !query.thread_id || (!is_tree(params) && (sort == "new" || sort == "old"));
    Found out;
    if (const auto term = text::trim(params.get_or("search_term", "")); !term.empty()) {
        query.words = text::query_tokens(term);
        if (!viewer.actor_id || query.words.empty()) return out;  // as in lists of threads
    }
    if (by_time) {
        query.oldest_first = sort == "old";
        if (from) query.after_id = from->id;
        query.backwards = from && from->back;
        auto page = TRY(community::group_comments(api.community, viewer, query));
        if (page.next) out.beside.next = cursor_text({0, *page.next});
        if (page.prev) out.beside.prev = cursor_text({0, *page.prev, true});
        out.items = std::move(page.items);
        return out;
    }
    // A tree is given whole, up to the most that a page holds.
    const auto wanted = params.has("max_depth") ? limits::lemmy_comments_page_max : query.limit;
    auto all = TRY(comments_of_thread(api, viewer, query, params, sort));
    const auto stretch = TRY(stretch_of(params, wanted));
    const auto begin = std::min(std::size_t(stretch.offset), all.size());
    const auto end = std::min(begin + std::size_t(stretch.limit), all.size());
    out.beside = beside(stretch, end < all.size());
    out.items.assign(std::make_move_iterator(all.begin() + std::ptrdiff_t(begin)), std::make_move_iterator(all.begin() + std::ptrdiff_t(end)));
    return out;
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto found = TRY(find(api, viewer, *TRY(exchange.params())));
    return exchange.json(200, page_json([&](json::Writer& w) { write_comment_views(w, api, viewer, found.items); }, found.beside));
}

// The same without what all of one thread have in common.
Result<> list_slim(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto found = TRY(find(api, viewer, *TRY(exchange.params())));
    return exchange.json(200, page_json([&](json::Writer& w) {
                             for (const auto& item : found.items) write_comment_slim(w, api, item);
                         }, found.beside));
}

}  // namespace

bool is_tree(const Params& params) { return params.id("parent_id") || params.integer("max_depth").value_or(0) > 0; }

Result<std::vector<CommentItem>> comments_of_thread(const ApiContext& api, const Viewer& viewer, repo::CommentQuery query, const Params& params,
                                                    std::string_view sort) {
    query.limit = limits::lemmy_comments_sorted_max;
    query.oldest_first = sort == "old";
    auto items = TRY(community::group_comments(api.community, viewer, query)).items;
    if (is_tree(params))
        for (auto& gone : TRY(community::gone_above(api.community, items))) items.push_back(std::move(gone));
    keep_wanted(items, params);
    if (sort != "new" && sort != "old") sort_comments(items, sort);
    if (params.integer("max_depth"))
        std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return depth_of(a) < depth_of(b); });
    return items;
}

Result<repo::CommentQuery> comment_query(const ApiContext& api, const Params& params, const Viewer& viewer, std::string_view type) {
    repo::CommentQuery query;
    query.thread_id = params.id("post_id");
    if (const auto parent = params.id("parent_id"); parent && !query.thread_id) {
        const auto found = TRY(api.community.db.read([&](sql::Tx& tx) { return repo::find_post(tx, *parent); }));
        query.thread_id = found ? found->thread_id : *parent;  // whether the reader sees it is asked of each comment
    }
    query.group_id = params.id("community_id");
    query.author_id = params.id("creator_id");
    if (const auto name = params.get_or("community_name", ""); !name.empty() && !query.group_id)
        query.group_id = TRY(community::actor_by_acct(api.community, name)).id;
    if (const auto name = params.get_or("creator_username", ""); !name.empty() && !query.author_id)
        query.author_id = TRY(community::actor_by_acct(api.community, name)).id;
    const bool anywhere = !query.group_id && !query.thread_id;
    if (anywhere && type == "subscribed") query.follower_id = viewer.actor_id.value_or(0);
    query.local_groups = anywhere && type == "local";
    query.since = since_of(api, params.integer("time_range_seconds"));
    query.limit = limit_of(params, limits::lemmy_comments_page_max);
    return query;
}

void sort_comments(std::vector<CommentItem>& items, std::string_view sort) {
    std::stable_sort(items.begin(), items.end(), [&](const auto& a, const auto& b) { return weight(a, sort) > weight(b, sort); });
}

void write_comment_views(json::Writer& w, const ApiContext& api, const Viewer& viewer, const std::vector<CommentItem>& items) {
    std::map<Id, std::optional<community::ThreadItem>> threads;
    for (const auto& item : items) {
        const auto id = item.comment.view.post.thread_id;
        auto [thread, first] = threads.try_emplace(id);
        // A thread that is not shown is not shown by its comments either.
        if (first)
            if (auto found = community::group_thread(api.community, viewer, id)) thread->second = std::move(*found);
        if (thread->second) write_comment_view(w, api, item, *thread->second);
    }
}

Result<> show_comment(const ApiContext& api, Exchange& exchange) {
    return exchange.json(200, TRY(comment_seen(api, TRY(viewer_of(api, exchange)), comment_asked(*TRY(exchange.params())))));
}

Result<> create_comment(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    community::NewPost draft;
    draft.text = std::string(params.get_or("content", ""));
    draft.content_type = "text/markdown";
    draft.in_reply_to_id = params.id("parent_id") ? params.id("parent_id") : params.id("post_id");
    draft.language = language_of(params.integer("language_id").value_or(0));
    if (!draft.in_reply_to_id) return fail(Code::invalid, "post_id is missing");
    const auto made = TRY(community::create_post(api.community, caller.account_id, draft));
    TRY(community::react(api.community, caller.account_id, made.id, model::ReactionKind::like));
    return answer(api, exchange, Viewer::actor(caller.account_id), made.id);
}

Result<> edit_comment(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto before = TRY(community::visible_post(api.community, Viewer::actor(caller.account_id), comment_asked(params)));
    community::PostChange change;
    change.text = params.has("content") ? std::string(params.get_or("content", "")) : before.source;
    change.summary = before.summary;  // Lemmy has none, and does not take it away
    if (const auto language = params.integer("language_id")) change.language = language_of(*language);
    TRY(community::edit_post(api.community, caller.account_id, comment_asked(params), change));
    return answer(api, exchange, Viewer::actor(caller.account_id), comment_asked(params));
}

Result<> delete_comment(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    if (!params.flag_or("deleted", true)) return fail(Code::unprocessable, "What its author deleted does not come back here");
    const auto viewer = Viewer::actor(caller.account_id);
    auto item = TRY(community::group_comment(api.community, viewer, comment_asked(params)));
    if (item.comment.view.author.id != caller.account_id) return fail(Code::forbidden, "The comment is somebody else's");
    const auto thread = TRY(community::group_thread(api.community, viewer, item.comment.view.post.thread_id));
    TRY(community::delete_post(api.community, caller.account_id, item.comment.view.post.id));
    item.comment.view.post.deleted_at = api.community.clock.now_ms();
    return exchange.json(200, comment_response(api, item, thread));
}

Result<> like_comment(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    TRY(vote(api, caller.account_id, comment_asked(params), params));
    return answer(api, exchange, Viewer::actor(caller.account_id), comment_asked(params));
}

Result<> save_comment(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto change = params.flag_or("save", true) ? community::bookmark : community::unbookmark;
    TRY(change(api.community, caller.account_id, comment_asked(params)));
    return answer(api, exchange, Viewer::actor(caller.account_id), comment_asked(params));
}

void add_comment_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v4/comment", show_comment},
                   {"POST", "/api/v4/comment", create_comment},
                   {"PUT", "/api/v4/comment", edit_comment},
                   {"DELETE", "/api/v4/comment", delete_comment},
                   {"GET", "/api/v4/comment/list", list},
                   {"GET", "/api/v4/comment/list/slim", list_slim},
                   {"POST", "/api/v4/comment/like", like_comment},
                   {"PUT", "/api/v4/comment/save", save_comment}});
}

}  // namespace kith::lemmy
