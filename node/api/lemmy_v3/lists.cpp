// Threads, comments and communities, page by page.
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy_v3/routes.hpp"
#include "node/api/lemmy_v3/words.hpp"
#include "node/community/personal.hpp"

#include <algorithm>

namespace kith::lemmy::v3 {

namespace {

using community::CommentItem;
using community::Viewer;
using http::Exchange;
using http::Params;
using json::Writer;

// Of saved_only, liked_only and disliked_only: what the member keeps, the last first. Nothing where neither is asked for.
Result<std::optional<std::vector<Id>>> kept(const ApiContext& api, Exchange& exchange, const Params& params, bool comments) {
    const bool saved = params.flag_or("saved_only", false), liked = params.flag_or("liked_only", false);
    if (!saved && !liked && !params.flag_or("disliked_only", false)) return std::optional<std::vector<Id>>{};
    const auto caller = TRY(require_member(api, exchange));
    const auto read = saved ? community::bookmarks : liked ? community::favourites : community::dislikes;
    const auto views = TRY(numbered_page<community::PostView>(
        params, [&](const community::PageRequest& request) { return read(api.community, caller.account_id, request); },
        [&](const community::PostView& view) { return view.group && view.post.is_reply() == comments; }));
    std::vector<Id> ids;
    for (const auto& view : views) ids.push_back(view.post.id);
    return std::optional(std::move(ids));
}

Result<> posts(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    Writer w;
    w.object().key("posts").array();
    std::optional<std::string> next;
    if (const auto ids = TRY(kept(api, exchange, params, false))) {
        for (const auto id : *ids) write_either(w, api, viewer, id, "posts");
    } else {
        const auto wish = wish_of(params);
        auto query = TRY(thread_query(api, params, viewer, wish.thread()));
        if (!query.after) query.offset = TRY(offset_of(params, query.limit));
        const auto mine = viewer.actor_id ? TRY(community::preferences(api.community, *viewer.actor_id)) : community::Preferences();
        query.with_read = params.flag_or("show_read", query.group_id || mine.flag("show_read_posts"));
        query.with_sensitive = show_sensitive(params, viewer, mine, query.group_id.has_value());
        auto page = TRY(community::group_threads(api.community, viewer, query, community::FeaturedThreads::first));
        if (viewer.actor_id && !query.group_id)
            std::erase_if(page.items, [&](const auto& item) { return unwanted(item, mine, mine.flag("hide_posts_with_media")); });
        for (const auto& item : page.items) write_post_view(w, api, item);
        if (page.next) next = cursor_text({page.next->rank, page.next->id});
    }
    w.end();
    if (next) w.member("next_page", *next);
    w.end();
    return exchange.json(200, w.take());
}

// Of one conversation all are read and put into order. A tree (max_depth) is given whole, up to the most
// that a page holds: what is cut off is the deepest.
Result<std::vector<CommentItem>> of_thread(const ApiContext& api, const Viewer& viewer, repo::CommentQuery query, const Params& params) {
    const auto limit = params.integer("max_depth") ? limits::lemmy_comments_page_max : query.limit;
    const auto items = TRY(comments_of_thread(api, viewer, query, params, small_words(params.get_or("sort", "Hot"))));
    const auto begin = std::min(std::size_t(TRY(offset_of(params, limit))), items.size());
    const auto end = std::min(begin + std::size_t(limit), items.size());
    return std::vector<CommentItem>(items.begin() + std::ptrdiff_t(begin), items.begin() + std::ptrdiff_t(end));
}

Result<> comments(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    Writer w;
    w.object().key("comments").array();
    const auto wish = wish_of(params);
    auto query = TRY(comment_query(api, params, viewer, wish.type));
    if (const auto ids = TRY(kept(api, exchange, params, true))) {
        for (const auto id : *ids) write_either(w, api, viewer, id, "comments");
    } else if (query.thread_id) {
        write_comment_views(w, api, viewer, TRY(of_thread(api, viewer, query, params)));
    } else {
        query.oldest_first = wish.sort == "old";
        query.offset = TRY(offset_of(params, query.limit));
        write_comment_views(w, api, viewer, TRY(community::group_comments(api.community, viewer, query)).items);
    }
    w.end().end();
    return exchange.json(200, w.take());
}

Result<> communities(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto wish = wish_of(params);
    community::GroupQuery query;
    query.local = wish.type == "local";
    if (wish.type == "subscribed") query.follower_id = viewer.actor_id.value_or(0);
    if (wish.type == "moderator_view") query.moderator_id = viewer.actor_id.value_or(0);
    query.limit = limit_of(params);
    query.offset = TRY(offset_of(params, query.limit));
    Writer w;
    w.object().key("communities").array();
    for (const auto& group : TRY(community::find_groups(api.community, viewer, query))) write_community_view(w, api, group);
    w.end().end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_list_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v3/post/list", posts}, {"GET", "/api/v3/comment/list", comments}, {"GET", "/api/v3/community/list", communities}});
}

}  // namespace kith::lemmy::v3
