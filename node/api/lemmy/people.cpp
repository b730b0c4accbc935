#include "base/html/to_text.hpp"
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/handlers.hpp"
#include "node/api/lemmy/queries.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/community/accounts.hpp"
#include "node/community/page_window.hpp"
#include "node/community/personal.hpp"
#include "node/community/post_search.hpp"
#include "node/community/relations.hpp"

namespace kith::lemmy {

namespace {

using community::Viewer;
using http::Exchange;
using http::Params;

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto actor = TRY(person_asked(api, *TRY(exchange.params())));
    const auto moderated = TRY(moderated_by(api, viewer, actor.id));
    json::Writer w;
    w.object().key("person_view");
    write_person_view(w, api, actor, {}, viewer);
    w.key("moderates").array();
    for (const auto& group : moderated) {
        w.object().key("community");
        write_community(w, api, group);
        w.key("moderator");
        write_person(w, api, actor);
        w.end();
    }
    w.end().key("multi_communities_created").array().end().end();
    return exchange.json(200, w.take());
}

// What they said in groups, the newest first: threads and comments by their ids.
Result<> content(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto actor = TRY(person_asked(api, params));
    auto group = params.id("community_id");
    if (const auto name = params.get_or("community_name", ""); !name.empty() && !group)
        group = TRY(community::actor_by_acct(api.community, name)).id;
    const auto page = TRY(page_of<Id>(params, [&](const community::PageRequest& request) {
        return api.community.db.read([&](sql::Tx& tx) -> Result<community::Page<Id>> {
            community::Page<Id> ids;
            ids.items = TRY(repo::group_posts_of(tx, viewer.actor_id, actor.id, group, community::window_of(request)));
            if (!ids.items.empty()) community::set_cursors(ids, ids.items.front(), ids.items.back(), ids.items.size(), request);
            return ids;
        });
    }));
    const auto type = params.get_or("type_", "all");
    return exchange.json(200, page_json([&](json::Writer& w) {
                             for (const auto id : page.items) write_either(w, api, viewer, id, type);
                         }, page.beside));
}

Result<> note(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    TRY(community::set_note(api.community, caller.account_id, params.id("person_id").value_or(0), params.get_or("note", "")));
    return exchange.json(200, success());
}

std::string words_of(const model::Post& post) { return post.title + "\n" + post.summary + "\n" + html::to_text(post.content); }

template <class Read>
Result<> answer_kept(const ApiContext& api, Exchange& exchange, Read read) {
    const auto caller = TRY(require_member(api, exchange));
    const auto viewer = Viewer::actor(caller.account_id);
    const auto& params = *TRY(exchange.params());
    const auto term = params.get_or("search_term", "");
    const auto page = TRY(page_of<community::PostView>(
        params, [&](const community::PageRequest& request) { return read(api.community, caller.account_id, request); }));
    return exchange.json(200, page_json([&](json::Writer& w) {
                             for (const auto& view : page.items)
                                 if (view.group && (term.empty() || community::has_words(words_of(view.post), term)))
                                     write_either(w, api, viewer, view.post.id, params.get_or("type_", "all"));
                         }, page.beside));
}
Result<> saved(const ApiContext& api, Exchange& exchange) { return answer_kept(api, exchange, community::bookmarks); }
Result<> liked(const ApiContext& api, Exchange& exchange) {
    const auto type = TRY(exchange.params())->get_or("like_type", "all");
    return answer_kept(api, exchange, type == "liked_only" ? community::favourites : type == "disliked_only" ? community::dislikes : community::voted);
}

}  // namespace

Result<model::Actor> person_asked(const ApiContext& api, const Params& params) {
    const auto id = params.id("person_id");
    const auto name = std::string(params.get_or("username", ""));
    if (!id && name.empty()) return fail(Code::invalid, "Neither person_id nor username is given");
    auto actor = id ? community::actor_by_id(api.community, *id) : community::actor_by_acct(api.community, name);
    if (!actor && !id && api.lookup && name.find('@') != name.npos)
        actor = community::actor_by_id(api.community, TRY(api.lookup->resolve_account(name)));
    if (!actor) return tl::unexpected(actor.error());
    if (actor->is_group()) return fail(Code::not_found, "Record not found");
    return std::move(*actor);
}

Result<std::vector<community::GroupView>> moderated_by(const ApiContext& api, const Viewer& viewer, Id person) {
    return community::find_groups(api.community, viewer,
                                  {.follower_id = {}, .moderator_id = person, .local = false, .words = {}, .limit = 50, .offset = 0});
}

bool write_either(json::Writer& w, const ApiContext& api, const Viewer& viewer, Id id, std::string_view only) {
    if (only != "comments")
        if (const auto thread = community::group_thread(api.community, viewer, id)) {
            write_post_view(w, api, *thread, "post");
            return true;
        }
    if (only == "posts") return false;
    const auto comment = community::group_comment(api.community, viewer, id);
    if (!comment) return false;
    const auto thread = community::group_thread(api.community, viewer, comment->comment.view.post.thread_id);
    if (!thread) return false;
    write_comment_view(w, api, *comment, *thread, "comment");
    return true;
}

Result<> answer_person(const ApiContext& api, Exchange& exchange, const model::Actor& actor, std::string_view state, bool holds) {
    const auto viewer = TRY(viewer_of(api, exchange));
    json::Writer w;
    w.object().key("person_view");
    write_person_view(w, api, actor, {}, viewer);
    w.member(state, holds).end();
    return exchange.json(200, w.take());
}

Result<> block_person(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto actor = TRY(person_asked(api, params));
    const bool blocks = params.flag_or("block", true);
    const auto change = blocks ? community::block : community::unblock;
    TRY(change(api.community, caller.account_id, actor.id));
    return answer_person(api, exchange, actor, "blocked", blocks);
}

void add_person_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v4/person", show},
                   {"GET", "/api/v4/person/content", content},
                   {"POST", "/api/v4/person/note", note},
                   {"POST", "/api/v4/account/block/person", block_person},
                   {"GET", "/api/v4/account/saved", saved},
                   {"GET", "/api/v4/account/liked", liked}});
}

}  // namespace kith::lemmy
