#include "config/limits/mastodon_api.hpp"
#include "node/community/personal.hpp"
#include "node/community/post_search.hpp"
#include "node/community/search.hpp"

#include "base/text/strings.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/community/accounts.hpp"
#include "node/community/posts.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace kith::mastodon {

namespace {

using community::PostView;
using community::Viewer;
using http::Exchange;
using model::Actor;

struct Query {
    Viewer viewer;
    std::string text;
    bool accounts = true, statuses = true, hashtags = true;
    bool resolve = false, following = false;
    int limit = 0, offset = 0;
    Id max_id = std::numeric_limits<Id>::max(), min_id = 0;
    std::optional<Id> author;  // of posts

    bool is_url() const {
        return text::starts_with_i(text, "https://") || text::starts_with_i(text, "http://");
    }
    // "name@host", with or without an @ before it.
    bool is_handle() const {
        const auto at = text.find('@', 1);
        if (text.find(' ') != text.npos || text.starts_with("from:") || text.starts_with("-from:")) return false;
        return !is_url() && at != text.npos && at + 1 < text.size();
    }
};

Result<Query> query_of(const ApiContext& api, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    Query query;
    query.viewer = TRY(viewer_of(api, exchange, {"read:search"}));
    query.text = text::trim(params.get_or("q", ""));
    if (query.text.empty()) return fail(Code::invalid, "param is missing or the value is empty: q");
    query.resolve = params.flag_or("resolve", false);
    query.following = params.flag_or("following", false);
    query.limit = limit_of(params, results_per_page);
    query.offset = int(std::clamp<std::int64_t>(params.integer("offset").value_or(0), 0,
                                                limits::search_offset_max));
    query.max_id = params.id("max_id").value_or(query.max_id);
    query.min_id = params.id("min_id").value_or(0);
    query.author = params.id("account_id");
    // Both cost others work: a fetch from a peer, a long walk through the index.
    if (!query.viewer.actor_id && (query.resolve || query.offset > 0))
        return fail(Code::unauthorized, "This method requires an authenticated user");
    if (const auto type = params.get_or("type", ""); !type.empty()) {
        query.accounts = type == "accounts";
        query.statuses = type == "statuses";
        query.hashtags = type == "hashtags";
    }
    return query;
}

struct Found {
    std::vector<Actor> accounts;
    std::vector<PostView> statuses;
    std::vector<std::string> hashtags;
};

// What cannot be found or fetched is no error of a search.
void find_status(const ApiContext& api, const Query& query, Found& found) {
    auto id = Id(0);
    if (auto known = community::visible_post(api.community, query.viewer, query.text))
        id = known->id;
    else if (query.resolve && api.lookup)
        id = api.lookup->resolve_status(query.text).value_or(0);
    if (id == 0) return;
    if (auto view = community::load_view(api.community, query.viewer, id))
        found.statuses.push_back(std::move(*view));
}

void find_exact_account(const ApiContext& api, const Query& query, Found& found) {
    auto known = query.is_url() ? community::actor_by_ap_id(api.community, query.text)
                                : community::actor_by_acct(api.community, query.text);
    if (!known && query.resolve && api.lookup)
        if (auto id = api.lookup->resolve_account(query.text))
            known = community::actor_by_id(api.community, *id);
    if (known) found.accounts.push_back(std::move(*known));
}

// A URL names one thing: a post or an account.
void find_url(const ApiContext& api, const Query& query, Found& found) {
    auto known = query;
    known.resolve = false;
    if (query.statuses) find_status(api, known, found);
    if (found.statuses.empty() && query.accounts) find_exact_account(api, known, found);
    if (!found.statuses.empty() || !found.accounts.empty() || !query.resolve) return;
    if (query.accounts) find_exact_account(api, query, found);
    if (found.accounts.empty() && query.statuses) find_status(api, query, found);
}

Result<> find_words(const ApiContext& api, const Query& query, Found& found) {
    if (query.accounts && query.is_handle() && query.offset == 0)
        find_exact_account(api, query, found);
    if (query.accounts && found.accounts.empty())
        found.accounts = TRY(community::search_accounts(api.community, query.viewer,
                                                        {.query = query.text,
                                                         .following = query.following,
                                                         .limit = query.limit,
                                                         .offset = query.offset}));
    // Whose posts are searched wants to know who asks: nobody finds none.
    if (query.statuses && query.viewer.actor_id && !query.is_handle())
        found.statuses = TRY(community::search_posts(api.community, *query.viewer.actor_id, query.text,
                                                     {.limit = query.limit,
                                                      .offset = query.offset,
                                                      .max_id = query.max_id,
                                                      .min_id = query.min_id,
                                                      .author = query.author}));
    if (query.hashtags && query.text.find('@') == query.text.npos)
        found.hashtags =
            TRY(community::search_tags(api.community, query.text, query.limit, query.offset));
    return {};
}

Result<> search(const ApiContext& api, Exchange& exchange) {
    const auto query = TRY(query_of(api, exchange));
    Found found;
    if (!query.is_url())
        TRY(find_words(api, query, found));
    else if (query.offset == 0)
        find_url(api, query, found);
    json::Writer w;
    w.object().key("accounts").raw(accounts_json(api.community, found.accounts));
    w.key("statuses").raw(statuses_json(api.community, query.viewer, found.statuses));
    w.key("hashtags").array();
    for (const auto& name : found.hashtags) {
        const auto tag = TRY(community::tag_by_name(api.community, query.viewer.actor_id, name));
        write_tag(w, api.community, name,
                  query.viewer.actor_id ? std::optional(TagStanding{tag.following, tag.featuring})
                                        : std::nullopt);
    }
    w.end().end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_search_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api, {{"GET", "/api/v2/search", search}});
}

}  // namespace kith::mastodon
