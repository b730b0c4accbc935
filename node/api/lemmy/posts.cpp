#include "base/text/fold.hpp"
#include "base/text/strings.hpp"
#include "base/text/tokenizer.hpp"
#include "config/limits/lemmy_api.hpp"
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/fields.hpp"
#include "node/api/lemmy/handlers.hpp"
#include "node/api/lemmy/queries.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/api/lemmy/vote.hpp"
#include "node/community/accounts.hpp"
#include "node/community/personal.hpp"
#include "node/community/post_search.hpp"
#include "node/community/preferences.hpp"
#include "node/community/reactions.hpp"
#include "node/community/site_settings.hpp"

#include <algorithm>
#include <array>

namespace kith::lemmy {

namespace {

using community::Viewer;
using http::Exchange;
using http::Params;
using repo::ThreadOrder;

constexpr std::array<std::pair<std::string_view, ThreadOrder>, 9> orders{{{"active", ThreadOrder::active},
                                                                          {"hot", ThreadOrder::hot},
                                                                          {"new", ThreadOrder::new_},
                                                                          {"old", ThreadOrder::old},
                                                                          {"top", ThreadOrder::top},
                                                                          {"most_comments", ThreadOrder::most_comments},
                                                                          {"new_comments", ThreadOrder::new_comments},
                                                                          {"controversial", ThreadOrder::controversial},
                                                                          {"scaled", ThreadOrder::scaled}}};

Result<> answer(const ApiContext& api, Exchange& exchange, const Viewer& viewer, Id post) {
    return exchange.json(200, post_response(api, TRY(community::group_thread(api.community, viewer, post))));
}

Id post_asked(const Params& params) { return params.id("post_id").value_or(params.id("id").value_or(0)); }

// What is not said is as the member set it, else as the node has it.
struct Defaults {
    community::Preferences mine;
    std::string sort, listing;
    int page = limits::lemmy_page;
};
Result<Defaults> defaults_of(const ApiContext& api, const Viewer& viewer) {
    const auto site = TRY(community::site_settings(api.community));
    Defaults out{.mine = {}, .sort = site.default_post_sort, .listing = site.default_listing, .page = site.default_page};
    if (!viewer.actor_id) {
        if (out.listing != "local") out.listing = "all";
        return out;
    }
    out.mine = TRY(community::preferences(api.community, *viewer.actor_id));
    if (out.mine.is_set("default_post_sort_type")) out.sort = out.mine.text("default_post_sort_type");
    if (out.mine.is_set("default_listing_type")) out.listing = out.mine.text("default_listing_type");
    if (out.mine.is_set("default_items_per_page")) out.page = int(out.mine.number("default_items_per_page").value_or(out.page));
    return out;
}

Result<repo::ThreadQuery> query_of(const ApiContext& api, const Params& params, const Viewer& viewer, const Defaults& otherwise) {
    auto query = TRY(thread_query(api, params, viewer,
                                  {.sort = params.get_or("sort", ""),
                                   .type = params.get_or("type_", otherwise.listing),
                                   .seconds = params.integer("time_range_seconds"),
                                   .usual_sort = otherwise.sort}));
    query.with_read = params.flag_or("show_read", query.group_id || otherwise.mine.flag("show_read_posts"));
    query.with_sensitive = show_sensitive(params, viewer, otherwise.mine, query.group_id.has_value());
    query.limit = params.has("limit") ? limit_of(params) : otherwise.page;
    const auto term = params.get_or("search_term", "");
    if (params.flag_or("search_url_only", false)) query.link = text::trim(term);
    else query.words = text::query_tokens(term);
    return query;
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto otherwise = TRY(defaults_of(api, viewer));
    const auto query = TRY(query_of(api, *TRY(exchange.params()), viewer, otherwise));
    const auto& params = *TRY(exchange.params());
    const auto term = params.get_or("search_term", "");
    // Words are searched for by members only, as everywhere here; and of signs alone nothing is found.
    if (!text::trim(term).empty() && (!viewer.actor_id || (query.words.empty() && query.link.empty())))
        return exchange.json(200, page_json([](json::Writer&) {}, {}));
    const auto featured = term.empty() ? community::FeaturedThreads::first : community::FeaturedThreads::in_place;
    auto page = TRY(community::group_threads(api.community, viewer, query, featured));
    if (!query.words.empty() && params.flag_or("search_title_only", false))
        std::erase_if(page.items, [&](const auto& item) { return !community::has_words(item.view.post.title, term); });
    // Within one group a member's settings do not hold.
    const auto mine = query.group_id ? community::Preferences() : otherwise.mine;
    const bool without_media = params.flag_or("hide_posts_with_media", mine.flag("hide_posts_with_media"));
    std::erase_if(page.items, [&](const auto& item) { return unwanted(item, mine, without_media); });
    if (viewer.actor_id && params.flag_or("mark_as_read", otherwise.mine.flag("auto_mark_fetched_posts_as_read")))
        for (const auto& item : page.items)
            if (!item.read_at) TRY(community::mark_thread(api.community, *viewer.actor_id, item.view.post.id, community::Mark::read, true));
    return exchange.json(200, page_json([&](json::Writer& w) {
                             for (const auto& item : page.items) write_post_view(w, api, item);
                         }, beside_ranked(page)));
}

}  // namespace

bool show_sensitive(const Params& params, const Viewer& viewer, const community::Preferences& mine, bool in_group) {
    return params.flag_or("show_nsfw", in_group || !viewer.actor_id || mine.flag("show_nsfw"));
}

bool unwanted(const community::ThreadItem& item, const community::Preferences& mine, bool without_media) {
    const auto& post = item.view.post;
    if (item.view.author.bot && !mine.flag("show_bot_accounts")) return true;
    if (without_media && (!item.view.attachments.empty() || item.view.card)) return true;
    const auto words = text::fold(post.title + " " + post.source + " " + post.link_url);
    const auto blocked = mine.list("blocking_keywords");
    return std::any_of(blocked.begin(), blocked.end(), [&](const auto& word) { return words.find(text::fold(word)) != words.npos; });
}

Result<> show_post(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    auto id = params.id("id").value_or(0);
    if (const auto comment = params.id("comment_id"); id == 0 && comment)
        id = TRY(community::visible_post(api.community, viewer, *comment)).thread_id;
    auto item = TRY(thread_seen(api, viewer, id));
    if (api.lookup) api.lookup->conversation_opened(id);
    // Whoever opens a thread has read it, as Lemmy has it; what is unread in this answer was so until now.
    if (const auto reader = require_member(api, exchange); reader && !item.state.removed && (!item.read_at || item.unread > 0)) {
        TRY(community::mark_thread(api.community, reader->account_id, id, community::Mark::read, true));
        item.read_at = api.community.clock.now_ms();
    }
    const auto moderators =
        TRY(api.community.db.read([&](sql::Tx& tx) { return community::group_moderators_of(tx, item.group.group); }));
    json::Writer w;
    w.object().key("post_view");
    write_post_view(w, api, item);
    w.key("community_view");
    write_community_view(w, api, item.group);
    w.key("cross_posts").array();
    for (const auto& other : TRY(community::cross_posts(api.community, viewer, item.view.post.id))) write_post_view(w, api, other);
    w.end();
    write_moderators(w, api, "moderators", item.group, moderators);
    w.end();
    return exchange.json(200, w.take());
}

Result<> create_post(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    // A field that people do not see, and programs fill in.
    if (!params.get_or("honeypot", "").empty()) return fail(Code::invalid, "This form is for people");
    if (params.integer("scheduled_publish_time_at").value_or(0) > 0)
        return fail(Code::unprocessable, "Threads are not posted later here: this one was not posted");
    const auto picture = TRY(upload_at(api, caller.account_id, params.get_or("url", ""), params.text("alt_text")));
    const auto made = TRY(community::start_thread(api.community, caller.account_id, params.id("community_id").value_or(0),
                                                  {.title = std::string(params.get_or("name", "")),
                                                   .body = std::string(params.get_or("body", "")),
                                                   .link = picture ? std::string() : std::string(params.get_or("url", "")),
                                                   .sensitive = params.flag_or("nsfw", false),
                                                   .language = language_of(params.integer("language_id").value_or(0)),
                                                   .idempotency_key = {},
                                                   .tags = TRY(tags_asked(params)).value_or(std::vector<Id>{}),
                                                   .picture = picture}));
    TRY(community::react(api.community, caller.account_id, made.id, model::ReactionKind::like));
    return answer(api, exchange, Viewer::actor(caller.account_id), made.id);
}

Result<> edit_post(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto id = post_asked(params);
    const auto picture = TRY(upload_at(api, caller.account_id, params.get_or("url", ""), params.text("alt_text")));
    community::ThreadChange change{.title = params.text("name"), .body = params.text("body"), .link = params.text("url"), .sensitive = params.flag("nsfw")};
    if (const auto language = params.integer("language_id")) change.language = language_of(*language);
    change.tags = TRY(tags_asked(params));
    change.picture = picture;
    // Sent along unchanged, as clients do, the URL of its picture is no link.
    const auto before = TRY(community::group_thread(api.community, Viewer::actor(caller.account_id), id));
    if (change.body) change.body = body_sent_back(before.view, std::move(*change.body));
    const auto& pictures = before.view.attachments;
    if (change.link && !pictures.empty() && *change.link == api.community.urls.file(pictures.front().url)) change.link.reset();
    TRY(community::change_thread(api.community, caller.account_id, id, change));
    return answer(api, exchange, Viewer::actor(caller.account_id), id);
}

Result<> delete_post(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    if (!params.flag_or("deleted", true)) return fail(Code::unprocessable, "What its author deleted does not come back here");
    const auto viewer = Viewer::actor(caller.account_id);
    auto item = TRY(community::group_thread(api.community, viewer, post_asked(params)));
    if (item.view.author.id != caller.account_id) return fail(Code::forbidden, "The post is somebody else's");
    TRY(community::delete_post(api.community, caller.account_id, item.view.post.id));
    item.view.post.deleted_at = api.community.clock.now_ms();
    return exchange.json(200, post_response(api, item));
}

TimeMs since_of(const ApiContext& api, std::optional<std::int64_t> seconds) {
    if (!seconds || *seconds <= 0) return 0;
    return api.community.clock.now_ms() - std::min<std::int64_t>(*seconds, 100LL * 366 * 24 * 3600) * 1000;
}

Result<repo::ThreadQuery> thread_query(const ApiContext& api, const Params& params, const Viewer& viewer, const ThreadWish& wish) {
    repo::ThreadQuery query;
    query.group_id = params.id("community_id");
    if (const auto name = params.get_or("community_name", ""); !name.empty() && !query.group_id)
        query.group_id = TRY(community::actor_by_acct(api.community, name)).id;
    auto sort = std::string(wish.sort);
    // A group's own order, where the reader asks for none.
    if (sort.empty() && query.group_id) sort = TRY(community::group_view(api.community, viewer, *query.group_id)).profile.default_order;
    if (sort.empty()) sort = wish.usual_sort;
    const auto known = std::find_if(orders.begin(), orders.end(), [&](const auto& each) { return each.first == sort; });
    if (known == orders.end()) return fail(Code::invalid, "sort is not one of those that there are");
    query.order = known->second;
    if (!query.group_id) query.multi_id = TRY(multi_asked(api, params, "multi_community_id", "multi_community_name"));
    query.tag_id = params.id("tag_id");
    if (query.multi_id) TRY(community::multi_view(api.community, viewer, *query.multi_id));
    const bool anywhere = !query.group_id && !query.multi_id;
    if (anywhere && wish.type == "subscribed") query.follower_id = viewer.actor_id.value_or(0);
    if (anywhere && wish.type == "moderator_view") query.moderator_id = viewer.actor_id.value_or(0);
    query.local_groups = anywhere && wish.type == "local";
    query.since = since_of(api, wish.seconds);
    query.author_id = params.id("creator_id");
    if (const auto name = params.get_or("creator_username", ""); !name.empty() && !query.author_id)
        query.author_id = TRY(community::actor_by_acct(api.community, name)).id;
    query.without_comments = params.flag_or("no_comments_only", false);
    query.with_hidden = params.flag_or("show_hidden", false);
    query.with_read = params.flag_or("show_read", true);
    query.limit = limit_of(params);
    if (const auto from = TRY(cursor_of(params))) {
        query.after = from->rank;
        query.after_id = from->id;
        query.backwards = from->back;
    }
    return query;
}

Result<> vote(const ApiContext& api, Id actor, Id post, const Params& params) {
    const auto up = params.flag("is_upvote");
    const auto score = params.integer("score");  // v3's
    if (params.has("score") && (!score || *score < -1 || *score > 1)) return fail(Code::invalid, "A vote is 1, 0 or -1");
    if (up || (score && *score != 0))
        return community::react(api.community, actor, post,
                                up.value_or(score.value_or(0) > 0) ? model::ReactionKind::like : model::ReactionKind::dislike);
    return community::unreact(api.community, actor, post);
}

Result<> like_post(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    TRY(vote(api, caller.account_id, post_asked(params), params));
    return answer(api, exchange, Viewer::actor(caller.account_id), post_asked(params));
}

Result<> save_post(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto change = params.flag_or("save", true) ? community::bookmark : community::unbookmark;
    TRY(change(api.community, caller.account_id, post_asked(params)));
    return answer(api, exchange, Viewer::actor(caller.account_id), post_asked(params));
}

void add_post_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v4/post", show_post},
                   {"POST", "/api/v4/post", create_post},
                   {"PUT", "/api/v4/post", edit_post},
                   {"DELETE", "/api/v4/post", delete_post},
                   {"GET", "/api/v4/post/list", list},
                   {"POST", "/api/v4/post/like", like_post},
                   {"PUT", "/api/v4/post/save", save_post}});
}

}  // namespace kith::lemmy
