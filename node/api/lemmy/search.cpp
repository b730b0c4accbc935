#include "base/text/fold.hpp"
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/queries.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/community/accounts.hpp"
#include "node/community/post_search.hpp"
#include "node/community/search.hpp"

#include <algorithm>

namespace kith::lemmy {

namespace {

using community::Viewer;
using http::Exchange;

Result<> search(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto words = std::string(params.get_or("search_term", ""));
    const auto type = params.get_or("type_", "all");
    const auto listing = params.get_or("listing_type", "all");
    const auto stretch = TRY(stretch_of(params, limit_of(params)));
    const auto limit = stretch.limit, offset = stretch.offset;
    std::size_t most = 0;  // of each kind
    const auto wants = [&](std::string_view name) { return type == "all" || type == name; };
    json::Writer w;
    w.object().key("comments").array();
    std::vector<Id> found;
    if (viewer.actor_id && (wants("posts") || wants("comments"))) {
        const auto within = TRY(comment_query(api, params, viewer, "all"));  // community_id, community_name, creator_id, creator_username
        community::PostSearchPage page{.limit = limit, .offset = offset};
        page.author = within.author_id;
        page.group = within.group_id;
        page.in_title = params.flag_or("title_only", false);
        page.link = params.flag_or("post_url_only", false);
        const auto posts = TRY(community::find_posts(api.community, *viewer.actor_id, words, page));
        for (const auto& view : posts.items) found.push_back(view.post.id);
        if (posts.full) most = std::size_t(limit);
    }
    if (wants("comments"))
        for (const auto id : found) write_either(w, api, viewer, id, "comments");
    w.end().key("posts").array();
    if (wants("posts"))
        for (const auto id : found) write_either(w, api, viewer, id, "posts");
    w.end().key("communities").array();
    if (wants("communities")) {
        community::GroupQuery query{.follower_id = {}, .moderator_id = {}, .local = listing == "local", .words = text::fold(words), .limit = limit, .offset = offset};
        if (listing == "subscribed") query.follower_id = viewer.actor_id.value_or(0);
        const auto groups = TRY(community::find_groups(api.community, viewer, query));
        most = std::max(most, groups.size());
        for (const auto& group : groups) write_community_view(w, api, group);
    }
    w.end().key("persons").array();
    if (wants("users")) {
        const auto people = TRY(community::search_accounts(api.community, viewer, {.query = words, .following = false, .limit = limit, .offset = offset}));
        most = std::max(most, people.size());
        for (const auto& actor : people)
            if (!actor.is_group() && (actor.local || listing != "local")) write_person_view(w, api, actor, {}, viewer);
    }
    w.end().key("multi_communities").array();
    if (wants("multi_communities") && offset == 0) {
        repo::MultiQuery query;
        const auto folded = text::fold(words);
        query.words = folded;
        query.limit = limit;
        for (const auto& view : TRY(community::find_multis(api.community, viewer, query))) write_multi_view(w, api, view);
    }
    w.end();
    write_beside(w, beside(stretch, int(most) == limit));
    w.end();
    return exchange.json(200, w.take());
}

// Members only: it makes us ask other nodes.
Result<> resolve(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto viewer = Viewer::actor(caller.account_id);
    const auto named = TRY(resolve_text(api, std::string(TRY(exchange.params())->get_or("q", ""))));
    json::Writer w;
    if (named.post) {
        if (!write_either(w, api, viewer, *named.post, "all")) return fail(Code::not_found, "Record not found");
        return exchange.json(200, w.take());
    }
    const auto& actor = *named.actor;
    if (auto multi = community::multi_view(api.community, viewer, actor.id)) {
        if (!actor.local) api.lookup->profile_opened(actor.id);
        write_multi_view(w, api, *multi, "multi_community");
    } else if (actor.is_group())
        write_community_view(w, api, TRY(community::group_view(api.community, viewer, actor.id)), "community");
    else
        write_person_view(w, api, actor, "person");
    return exchange.json(200, w.take());
}

}  // namespace

Result<Named> resolve_text(const ApiContext& api, std::string text) {
    if (!api.lookup || text.empty()) return fail(Code::not_found, "Record not found");
    if (text.starts_with("http"))
        if (const auto post = api.lookup->resolve_status(text)) return Named{.post = *post, .actor = {}};
    if (text.starts_with('!') || text.starts_with('@')) text.erase(0, 1);
    const auto actor = api.lookup->resolve_account(text);
    // An URL of ours that leads to neither is not fetched from ourselves.
    if (!actor && actor.error().code == Code::forbidden) return fail(Code::not_found, "Record not found");
    return Named{.post = {}, .actor = TRY(community::actor_by_id(api.community, TRY(Result<Id>(actor))))};
}

void add_search_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api, {{"GET", "/api/v4/search", search}, {"GET", "/api/v4/resolve_object", resolve}});
}

}  // namespace kith::lemmy
