#include "node/community/search.hpp"

#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy_v3/routes.hpp"
#include "node/api/lemmy_v3/words.hpp"
#include "node/community/accounts.hpp"
#include "node/community/post_search.hpp"

namespace kith::lemmy::v3 {

namespace {

using community::Viewer;
using http::Exchange;
using http::Params;
using json::Writer;

struct Found {
    std::vector<Id> posts;  // threads and comments
    std::vector<community::GroupView> groups;
    std::vector<model::Actor> people;
};

// Posts are searched for members only, as everywhere here.
Result<Found> find(const ApiContext& api, const Viewer& viewer, const Params& params, std::string_view type) {
    const auto words = std::string(params.get_or("q", ""));
    const auto listing = small_words(params.get_or("listing_type", "All"));
    const int limit = limit_of(params);
    const int offset = TRY(offset_of(params, limit));
    const auto wants = [&](std::string_view name) { return type == "all" || type == name; };
    Found out;
    if (viewer.actor_id && (wants("posts") || wants("comments") || type == "url")) {
        community::PostSearchPage page{.limit = limit, .offset = offset};
        const auto within = TRY(comment_query(api, params, viewer, "all"));  // community_id, community_name, creator_id
        page.author = within.author_id;
        page.group = within.group_id;
        page.in_title = params.flag_or("title_only", params.flag_or("post_title_only", false));
        page.link = params.flag_or("post_url_only", type == "url");
        for (const auto& view : TRY(community::search_posts(api.community, *viewer.actor_id, words, page))) out.posts.push_back(view.post.id);
    }
    if (wants("communities"))
        out.groups = TRY(community::find_groups(api.community, viewer,
                                                {.follower_id = listing == "subscribed" ? std::optional(viewer.actor_id.value_or(0)) : std::nullopt,
                                                 .moderator_id = {},
                                                 .local = listing == "local",
                                                 .words = words,
                                                 .limit = limit,
                                                 .offset = offset}));
    if (wants("users"))
        for (auto& actor : TRY(community::search_accounts(api.community, viewer, {.query = words, .following = false, .limit = limit, .offset = offset})))
            if (!actor.is_group() && (listing != "local" || actor.local)) out.people.push_back(std::move(actor));
    return out;
}

Result<> search(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto asked = params.get_or("type_", "All");
    const auto type = small_words(asked);
    const bool known = type == "all" || type == "comments" || type == "posts" || type == "communities" || type == "users" || type == "url";
    if (!known) return fail(Code::invalid, "type_ is not one of those that there are");
    const auto found = TRY(find(api, viewer, params, type));
    Writer w;
    w.object().member("type_", asked).key("comments").array();
    if (type == "all" || type == "comments")
        for (const auto id : found.posts) write_either(w, api, viewer, id, "comments");
    w.end().key("posts").array();
    if (type != "comments")
        for (const auto id : found.posts) write_either(w, api, viewer, id, "posts");
    w.end().key("communities").array();
    for (const auto& group : found.groups) write_community_view(w, api, group);
    w.end().key("users").array();
    for (const auto& person : found.people) write_person_view(w, api, person);
    w.end().end();
    return exchange.json(200, w.take());
}

// Members only: it makes us ask other nodes.
Result<> resolve(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto viewer = Viewer::actor(caller.account_id);
    const auto named = TRY(resolve_text(api, std::string(TRY(exchange.params())->get_or("q", ""))));
    Writer w;
    w.object();
    if (named.post) {
        Writer view;
        const bool thread = write_either(view, api, viewer, *named.post, "posts");
        if (!thread && !write_either(view, api, viewer, *named.post, "comments")) return fail(Code::not_found, "Record not found");
        w.key(thread ? "post" : "comment").raw(view.take());
    } else if (named.actor->is_group()) {
        w.key("community");
        write_community_view(w, api, TRY(community::group_view(api.community, viewer, named.actor->id)));
    } else {
        w.key("person");
        write_person_view(w, api, *named.actor);
    }
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_search_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api, {{"GET", "/api/v3/search", search}, {"GET", "/api/v3/resolve_object", resolve}});
}

}  // namespace kith::lemmy::v3
