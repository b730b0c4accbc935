#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy_v3/routes.hpp"
#include "node/api/lemmy_v3/words.hpp"
#include "node/community/personal.hpp"

namespace kith::lemmy::v3 {

namespace {

using community::Viewer;
using http::Exchange;
using http::Params;
using json::Writer;

// Threads and comments together, the newest first; with saved_only what they keep, for themselves alone.
Result<std::vector<Id>> content_of(const ApiContext& api, const Viewer& viewer, const model::Actor& person, const Params& params) {
    std::vector<Id> out;
    if (params.flag_or("saved_only", false)) {
        if (viewer.actor_id != person.id) return out;
        for (const auto& view : TRY(numbered_page<community::PostView>(
                 params, [&](const community::PageRequest& request) { return community::bookmarks(api.community, person.id, request); },
                 [](const community::PostView& each) { return each.group.has_value(); })))
            out.push_back(view.post.id);
        return out;
    }
    const int limit = limit_of(params), wanted = TRY(page_number(params));
    for (int page = 1; page <= wanted; ++page) {
        const auto below = out.empty() ? Id(1) << 60 : out.back();
        out = TRY(api.community.db.read([&](sql::Tx& tx) {
            return repo::group_posts_of(tx, viewer.actor_id, person.id, params.id("community_id"), repo::Window{.below = below, .limit = limit});
        }));
        if (out.empty()) break;
    }
    return out;
}

Result<> details(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto person = TRY(person_asked(api, params));
    const auto ids = TRY(content_of(api, viewer, person, params));
    Writer w;
    w.object().key("person_view");
    write_person_view(w, api, person);
    for (const std::string_view kind : {"comments", "posts"}) {
        w.key(kind).array();
        for (const auto id : ids) write_either(w, api, viewer, id, kind);
        w.end();
    }
    w.key("moderates").array();
    for (const auto& group : TRY(moderated_by(api, viewer, person.id))) {
        w.object().key("community");
        write_community(w, api, group);
        w.key("moderator");
        write_person(w, api, person);
        w.end();
    }
    w.end().end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_person_routes(http::Router& router, const ApiContext& api) { add_endpoints(router, api, {{"GET", "/api/v3/user", details}}); }

}  // namespace kith::lemmy::v3
