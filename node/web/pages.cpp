#include "base/html/escape.hpp"
#include "base/html/markdown.hpp"
#include "base/json/view.hpp"
#include "base/text/accept.hpp"
#include "base/text/strings.hpp"
#include "config/limits/community.hpp"
#include "config/limits/gatherings.hpp"
#include "node/community/accounts.hpp"
#include "node/community/gathering_text.hpp"
#include "node/community/gatherings.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/groups.hpp"
#include "node/community/sign_up.hpp"
#include "node/community/statistics.hpp"
#include "node/community/timelines.hpp"
#include "node/http/exchange.hpp"
#include "node/http/middleware.hpp"
#include "node/web/embedded.hpp"
#include "node/web/communities.hpp"
#include "node/web/moved.hpp"
#include "node/web/render.hpp"
#include "node/web/routes.hpp"
#include "storage/repo/group_profiles.hpp"

#include <algorithm>

namespace kith::web {

namespace {

using community::Context;
using community::Viewer;
using http::Exchange;

constexpr int posts_on_a_page = 20;
constexpr std::size_t title_characters = 100;

community::PageRequest page_asked(const http::Params& params) {
    return {.max_id = params.id("max_id"), .since_id = {}, .min_id = {}, .limit = posts_on_a_page};
}

Values fields_of(const Context& context, const model::Actor& actor) {
    Values list{Values::type::list};
    const auto emojis = emojis_of(actor);
    auto document = json::Document::parse(actor.fields);
    if (!document) return list;
    for (auto field : document->root()) {
        Values item;
        item.set("name", with_emojis(context, html::escape(field["name"].string_or("")), emojis));
        item.set("value", with_emojis(context, field["value"].string_or(""), emojis));
        list << item;
    }
    return list;
}

Result<Values> moderators_of(Context& context, const model::Actor& group) {
    Values list{Values::type::list};
    if (!group.is_group() || !group.local) return list;
    for (const auto& moderator : TRY(community::moderators(context, group.id))) {
        Values item;
        item.set("url", moderator.url);
        item.set("acct", "@" + community::acct_of(context, moderator));
        list << item;
    }
    return list;
}

Result<Values> events_of(Context& context, const model::Actor& group) {
    Values list{Values::type::list};
    if (!group.is_group() || !group.local) return list;
    for (const auto& view :
         TRY(community::upcoming_gatherings(context, Viewer::nobody(), {.group_id = group.id, .after_id = {}, .limit = limits::gatherings_on_page_max}))) {
        Values item;
        item.set("url", view.post.url.empty() ? view.post.ap_id : view.post.url);
        item.set("title", view.post.title);
        item.set("time", community::gathering_time(*view.gathering));
        set_if_there(item, "place", community::gathering_place(*view.gathering));
        set_if_there(item, "state", std::string(community::gathering_state(*view.gathering)));
        list << item;
    }
    return list;
}

Result<Values> rules_of(Context& context, const model::Actor& group) {
    Values list{Values::type::list};
    for (const auto& rule : TRY(community::rules_of(context, group.id))) list << Values("html", html::render_markdown(rule.text));
    return list;
}

// What only a group here has.
Result<> set_group(Context& context, const model::Actor& group, Values& values) {
    if (!group.is_group() || !group.local) return {};
    const auto profile = TRY(context.db.read([&](sql::Tx& tx) { return repo::group_profile(tx, group.id); }));
    set_if_there(values, "archived", profile.archived_at ? format_iso8601(*profile.archived_at).substr(0, 10) : "");
    const auto own = TRY(community::directory_place(context, group));
    values.set("seeks", Values(own.seeks_moderators || own.unattended));
    const auto similar = TRY(community::similar_groups(context, Viewer::nobody(), group.id));
    values.set("has_similar", Values(!similar.empty()));
    values.set("similar", places_shown(context, similar));
    auto moderators = TRY(moderators_of(context, group));
    values.set("has_moderators", Values(!moderators.list_value().empty()));
    values.set("moderators", moderators);
    auto rules = TRY(rules_of(context, group));
    values.set("has_rules", Values(!rules.list_value().empty()));
    values.set("rules", rules);
    auto events = TRY(events_of(context, group));
    values.set("has_events", Values(!events.list_value().empty()));
    values.set("events", events);
    return {};
}

Result<> show_actor(Context& context, Exchange& exchange, const model::Actor& actor) {
    auto posts = TRY(community::account_timeline(context, Viewer::nobody(), actor.id,
                                                 {.exclude_replies = true,
                                                  .exclude_boosts = false,
                                                  .only_media = false,
                                                  .pinned = false,
                                                  .tagged = {}},
                                                 page_asked(*TRY(exchange.params()))));
    const auto acct = "@" + actor.username + "@" + context.config.server.account_domain;
    Values values;
    values.set("avatar", avatar_of(context, actor));
    values.set("name", name_html(context, actor));
    values.set("acct", acct);
    values.set("group", Values(actor.is_group()));
    values.set("bot", Values(actor.bot));
    values.set("summary", with_emojis(context, actor.summary, emojis_of(actor)));
    auto fields = fields_of(context, actor);
    values.set("has_fields", Values(!fields.list_value().empty()));
    values.set("fields", fields);
    values.set("posts", actor.is_group() ? counted(TRY(community::count_threads(context, actor.id)), "thread", "threads")
                                         : counted(actor.posts_count, "post", "posts"));
    values.set("followers", actor.is_group() ? counted(actor.followers_count, "member", "members")
                                             : counted(actor.followers_count, "follower", "followers"));
    values.set("since", format_iso8601(actor.created_at).substr(0, 10));
    TRY(set_group(context, actor, values));
    values.set("id", actor.ap_id);
    values.set("has_posts", Values(!posts.items.empty()));
    values.set("posts_html", render_posts(context, posts.items));
    set_if_there(values, "older",
                 posts.next_max_id ? "?max_id=" + std::to_string(*posts.next_max_id) : "");
    Head head{.title = display_name(actor) + " (" + acct + ")",
              .description = excerpt(actor.summary),
              .canonical = actor.url.empty() ? actor.ap_id : actor.url,
              .activity = actor.ap_id,
              .image = avatar_of(context, actor),
              .kind = "profile",
              .feed = actor.is_group() ? actor.ap_id + "/feed.atom" : std::string(),
              .noindex = !actor.indexable.value_or(false)};
    return exchange.html(200, page(context, head, render("actor", values)));
}

// On the page, or its own.
Result<std::string> answer_url_of(Context& context, const community::PostView& view, const community::ThreadView& thread) {
    if (!view.answer) return std::string();
    for (const auto& comment : thread.descendants)
        if (comment.post.id == *view.answer) return "#post-" + std::to_string(comment.post.id);
    const auto answer = TRY(community::load_view(context, Viewer::nobody(), *view.answer));
    return answer.post.url.empty() ? answer.post.ap_id : answer.post.url;
}

// What a link to a post tells of it. Behind a content warning the warning is all.
Head head_of(const Context& context, const community::PostView& view) {
    const auto& post = view.post;
    const auto words = first_words(post);
    const bool is_open = post.summary.empty() && !post.sensitive;
    const auto picture = std::ranges::find_if(view.attachments, [](const auto& a) { return a.media_type.starts_with("image/"); });
    return {.title = line_of(is_open && !post.title.empty() ? post.title : display_name(view.author) + ": " + words, title_characters),
            .description = words,
            .canonical = post.url.empty() ? post.ap_id : post.url,
            .activity = post.ap_id,
            .image = is_open && picture != view.attachments.end() ? context.urls.file(picture->url) : avatar_of(context, view.author),
            .kind = "article",
            .feed = post.local ? post.ap_id + "/feed.atom" : std::string(),
            .noindex = !view.author.indexable.value_or(false)};
}

Result<> show_thread(Context& context, Exchange& exchange, Id post_id) {
    auto view = TRY(community::load_view(context, Viewer::nobody(), post_id));
    if (const auto there = TRY(new_place_of(context, view.post))) return exchange.redirect(*there, moved_for_good);
    auto thread = TRY(community::thread_of(context, Viewer::nobody(), view.post.id));
    auto body = render_posts(context, thread.ancestors) +
                render_post(context, view, PostPlace::main, TRY(answer_url_of(context, view, thread))) +
                render_replies(context, thread.descendants, view.post.id);
    return exchange.html(200, page(context, head_of(context, view), std::move(body)));
}

// /tags/NAME: where the hashtags in posts lead.
Result<> tag_page(Context& context, Exchange& exchange) {
    const auto name = std::string(exchange.param("name"));
    const auto posts = TRY(community::tag_timeline(context, Viewer::nobody(), {.tag = name}, page_asked(*TRY(exchange.params()))));
    Values values;
    values.set("name", name);
    values.set("has_posts", Values(!posts.items.empty()));
    values.set("posts_html", render_posts(context, posts.items));
    set_if_there(values, "older", posts.next_max_id ? "?max_id=" + std::to_string(*posts.next_max_id) : "");
    const Head head{.title = "#" + name, .canonical = context.urls.tag(text::percent_encode(name)), .noindex = true};
    return exchange.html(200, page(context, head, render("tag", values)));
}

// /@name: a person's page; a group's is elsewhere.
Result<> profile(Context& context, Exchange& exchange) {
    auto actor = TRY(community::actor_by_acct(context, exchange.param("name")));
    if (!actor.local) return exchange.redirect(actor.url, 302);
    if (actor.is_group()) {
        const auto group = TRY(group_of_page(context, exchange));
        if (const auto there = new_place_of(context, group)) return exchange.redirect(*there, moved_for_good);
        return exchange.redirect(context.urls.group(group.username), 302);
    }
    return show_actor(context, exchange, actor);
}

Result<> asset(Exchange& exchange, std::string_view name, std::string_view type) {
    auto bytes = embedded(name);
    // The pages of a new version are not shown for long with the style of the one before.
    exchange.set_header("Cache-Control", "public, max-age=3600");
    exchange.set_header("Access-Control-Allow-Origin", "*");
    if (http::answered_not_modified(exchange, http::entity_tag(bytes))) return {};
    return exchange.answer(200, std::string(bytes), type);
}

// Programs get JSON, people a page.
bool prefers_page(const Exchange& exchange) {
    auto accept = Accept::parse(exchange.header("accept"));
    return !exchange.path().starts_with("/api/") && accept.names("text/html");
}

}  // namespace

Result<> node_page(Context& context, Exchange& exchange) {
    auto numbers = TRY(community::statistics(context));
    auto posts = TRY(community::public_timeline(context, Viewer::nobody(), {.local = true},
                                                {.limit = posts_on_a_page}));
    Values values, groups{Values::type::list};
    for (const auto& group :
         TRY(community::groups_here(context, limits::groups_on_front_page_max))) {
        Values item;
        item.set("url", group.url);
        item.set("title", name_html(context, group));
        item.set("acct", "!" + group.username);
        item.set("members", counted(group.followers_count, "member", "members"));
        groups << item;
    }
    values.set("node", context.config.server.title);
    values.set("host", context.config.server.host);
    set_if_there(values, "description", context.config.server.description);
    values.set("users", counted(numbers.users, "person", "people"));
    values.set("posts", counted(numbers.posts, "post", "posts"));
    values.set("sign_up", Values(community::may_sign_up(context.config)));
    values.set("has_groups", Values(!groups.list_value().empty()));
    values.set("groups", groups);
    values.set("has_posts", Values(!posts.items.empty()));
    values.set("posts_html", render_posts(context, posts.items));
    const Head head{.title = {},
                    .description = context.config.server.description,
                    .canonical = context.urls.base() + "/"};
    return exchange.html(200, page(context, head, render("node", values)));
}

Result<> person_page(Context&, Exchange& exchange) {
    return exchange.redirect("/@" + std::string(exchange.param("name")), 302);
}

Result<model::Actor> group_of_page(Context& context, Exchange& exchange) {
    auto group = TRY(community::actor_by_acct(context, exchange.param("name")));
    if (!group.local || !group.is_group() ||
        !TRY(context.db.read([&](sql::Tx& tx) { return community::may_know_group(tx, Viewer::nobody(), group.id); })))
        return fail(Code::not_found, "Record not found");
    return group;
}

Result<> group_page(Context& context, Exchange& exchange) {
    const auto actor = TRY(group_of_page(context, exchange));
    if (const auto there = new_place_of(context, actor)) return exchange.redirect(*there, moved_for_good);
    return show_actor(context, exchange, actor);
}

Result<> post_page(Context& context, Exchange& exchange) {
    return show_thread(context, exchange, TRY(exchange.id_param("id")));
}

void error_page(Context& context, Exchange& exchange, const Error& error) {
    const int status = http::status_of(error.code);
    if (status >= 500 || status == 429) http::answer_error(exchange, error);  // for its log line and Retry-After
    const bool nothing = status == 404 && error.safe_text == "Record not found";  // as http::Router::errors has it
    Values values;
    values.set("heading", nothing         ? "There is nothing here"
                          : status == 410 ? "This is gone"
                          : status < 500  ? "That did not work"
                                          : "Something went wrong");
    values.set("text", nothing         ? "It may never have been, or it is not for everybody's eyes."
                       : status == 410 ? "It was here once, and was deleted."
                       : status < 500  ? error.safe_text
                                       : "It is not your fault. Please try again later.");
    (void)exchange.html(
        status, page(context, {.title = "Error", .noindex = true}, render("error", values)));
}

void add_routes(http::Router& router, Context& context) {
    router.before("/", http::protect_page);
    router.add("GET", "/@:name", [&context](Exchange& x) { return profile(context, x); });
    router.add("GET", "/@:name/:id", [&context](Exchange& x) { return post_page(context, x); });
    router.add("GET", "/tags/:name", [&context](Exchange& x) { return tag_page(context, x); });
    router.add("GET", "/communities", [&context](Exchange& x) { return communities_page(context, x); });
    router.add("GET", "/c/:name/moderation", [&context](Exchange& x) { return modlog_page(context, x); });
    router.add("GET", "/mail/stop", [&context](Exchange& x) { return mail_stop_page(context, x); });
    router.add("POST", "/mail/stop", [&context](Exchange& x) { return mail_stop(context, x); });
    router.add("GET", "/c/:name/feed.atom", [&context](Exchange& x) { return group_feed(context, x); });
    router.add("GET", "/post/:id/feed.atom", [&context](Exchange& x) { return thread_feed(context, x); });
    router.add("GET", "/c/:name/events.ics", [&context](Exchange& x) { return group_calendar(context, x); });
    router.add("GET", "/post/:id/event.ics", [&context](Exchange& x) { return post_calendar(context, x); });
    router.add("GET", "/c/:name/thread", [&context](Exchange& x) { return thread_of_group(context, x); });
    router.add("GET", "/assets/kith.css",
               [](Exchange& x) { return asset(x, "kith.css", "text/css; charset=utf-8"); });
    router.add("GET", "/assets/avatar.png",
               [](Exchange& x) { return asset(x, "avatar.png", "image/png"); });
    router.add("GET", "/assets/header.png",
               [](Exchange& x) { return asset(x, "header.png", "image/png"); });
    router.add("GET", "/assets/icon.svg",
               [](Exchange& x) { return asset(x, "icon.svg", "image/svg+xml"); });
    router.errors("/", [&context](Exchange& x, const Error& e) {
        if (prefers_page(x))
            error_page(context, x, e);
        else
            http::answer_error(x, e);
    });
}

}  // namespace kith::web
