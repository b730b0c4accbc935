// Reading posts: one, several, what is around them, who reacted.
#include "base/html/to_text.hpp"
#include "config/limits/mastodon_api.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/community/posts.hpp"
#include "node/community/reactions.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

using community::PostView;
using community::Viewer;
using http::Exchange;

// The post that a path names, by its own id or by that of a boost or group entry of it.
struct Asked {
    Viewer viewer;
    PostView view;
};

Result<Asked> asked(const ApiContext& api, Exchange& exchange) {
    auto viewer = TRY(viewer_of(api, exchange, {"read:statuses"}));
    auto view = TRY(community::load_view(api.community, viewer, TRY(exchange.id_param())));
    return Asked{viewer, std::move(view)};
}

Result<> show_status(const ApiContext& api, Exchange& exchange) {
    auto it = TRY(asked(api, exchange));
    return exchange.json(200, status_json(api.community, it.viewer, it.view));
}

Result<> show_statuses(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {"read:statuses"}));
    std::vector<PostView> found;
    for (auto id : TRY(ids_asked(exchange, limits::ids_asked_max)))
        if (auto view = community::load_view(api.community, viewer, id))
            found.push_back(std::move(*view));
    return exchange.json(200, statuses_json(api.community, viewer, found));
}

Result<> context(const ApiContext& api, Exchange& exchange) {
    auto it = TRY(asked(api, exchange));
    auto thread = TRY(community::thread_of(api.community, it.viewer, it.view.post.id));
    const auto& first = thread.ancestors.empty() ? it.view.post : thread.ancestors.front().post;
    if (it.viewer.actor_id && api.lookup && !first.local)
        api.lookup->conversation_opened(first.thread_id);
    json::Writer w;
    w.object().key("ancestors").raw(statuses_json(api.community, it.viewer, thread.ancestors));
    w.key("descendants").raw(statuses_json(api.community, it.viewer, thread.descendants)).end();
    return exchange.json(200, w.take());
}

// What a peer sent has no source but its HTML.
Result<> source(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:statuses"}));
    auto view =
        TRY(community::load_view(api.community, Viewer::actor(me), TRY(exchange.id_param())));
    const auto& post = view.post;
    json::Writer w;
    w.object().member("id", std::to_string(post.id));
    w.member("text", post.source.empty() ? html::to_text(post.content) : post.source);
    w.member("spoiler_text", post.summary).end();
    return exchange.json(200, w.take());
}

Result<> history(const ApiContext& api, Exchange& exchange) {
    auto it = TRY(asked(api, exchange));
    auto edits = TRY(community::history_of(api.community, it.viewer, it.view.post.id));
    return exchange.json(200, history_json(api.community, it.view, edits));
}

using Reactors = Result<community::Page<model::Actor>> (*)(community::Context&, const Viewer&, Id,
                                                           const community::PageRequest&);

Result<> reactors(const ApiContext& api, Exchange& exchange, Reactors list) {
    auto it = TRY(asked(api, exchange));
    auto page = TRY(list(api.community, it.viewer, it.view.post.id,
                         TRY(page_request(exchange, accounts_per_page))));
    set_link(exchange, api.community.urls, page);
    return exchange.json(200, accounts_json(api.community, page.items));
}

Result<> favourited_by(const ApiContext& api, Exchange& exchange) {
    return reactors(api, exchange, community::favourited_by);
}

Result<> reblogged_by(const ApiContext& api, Exchange& exchange) {
    return reactors(api, exchange, community::boosted_by);
}

}  // namespace

void add_status_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/statuses", show_statuses},
                   {"GET", "/api/v1/statuses/:id", show_status},
                   {"GET", "/api/v1/statuses/:id/context", context},
                   {"GET", "/api/v1/statuses/:id/source", source},
                   {"GET", "/api/v1/statuses/:id/history", history},
                   {"GET", "/api/v1/statuses/:id/favourited_by", favourited_by},
                   {"GET", "/api/v1/statuses/:id/reblogged_by", reblogged_by}});
}

}  // namespace kith::mastodon
