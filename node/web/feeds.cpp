// What a group shows, and a thread, for feed readers (Atom: RFC 4287; threads: RFC 4685).
#include "base/html/to_text.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/web.hpp"
#include "node/community/accounts.hpp"
#include "node/community/timelines.hpp"
#include "node/http/exchange.hpp"
#include "node/http/middleware.hpp"
#include "node/web/render.hpp"
#include "node/web/routes.hpp"

#include <algorithm>
#include <ranges>

namespace kith::web {

namespace {

using community::Context;
using community::PostView;
using community::Viewer;
using http::Exchange;

// Characters that no XML 1.0 document may hold (XML 1.0, 2.2) are left out: one would make the whole feed unreadable.
std::string xml_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') continue;
        const auto three = text.substr(i, 3);
        if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
            i += 2;
            continue;
        }
        out += char(c);
    }
    return out;
}

struct Feed {
    std::string self, page, title, subtitle, icon;
    TimeMs updated = 0;
    std::vector<PostView> posts;   // newest first
};

TimeMs changed_at(const PostView& view) { return std::max(view.post.published_at, view.post.edited_at.value_or(0)); }

std::string title_of(const PostView& view) {
    // Behind a content warning the warning is all that a list shows: a Note's title is its first line.
    if (!view.post.summary.empty()) return xml_text(utf8::truncate(view.post.summary, limits::feed_title_characters));
    if (!view.post.title.empty()) return xml_text(view.post.title);
    return xml_text(utf8::truncate(html::to_text(view.post.content), limits::feed_title_characters));
}

Values media_of(const PostView& view) {
    Values list{Values::type::list};
    for (const auto& a : view.attachments) {
        Values item;
        item.set("url", xml_text(a.url));
        set_if_there(item, "type", xml_text(a.media_type));
        list << item;
    }
    return list;
}

Values entry_of(const Context& context, const PostView& view, const std::vector<PostView>& all) {
    const auto& post = view.post;
    Values entry, categories{Values::type::list};
    entry.set("id", xml_text(post.ap_id));
    entry.set("title", title_of(view));
    entry.set("published", format_iso8601(post.published_at));
    entry.set("updated", format_iso8601(changed_at(view)));
    entry.set("url", xml_text(post.url.empty() ? post.ap_id : post.url));
    set_if_there(entry, "link", xml_text(post.link_url));
    entry.set("media", media_of(view));
    const auto parent = std::ranges::find_if(all, [&](const PostView& other) { return other.post.id == post.in_reply_to_id; });
    set_if_there(entry, "parent", parent == all.end() ? "" : xml_text(parent->post.ap_id));
    entry.set("author", xml_text(display_name(view.author) + " (@" + community::acct_of(context, view.author) + ")"));
    entry.set("author_url", xml_text(view.author.url));
    for (const auto& tag : view.tags) {
        Values item;
        item.set("tag", xml_text(tag));
        categories << item;
    }
    entry.set("categories", categories);
    set_if_there(entry, "summary", xml_text(post.summary));
    entry.set("content", xml_text(post.content));
    return entry;
}

Result<> answer_feed(const Context& context, Exchange& exchange, Feed feed) {
    for (const auto& view : feed.posts) feed.updated = std::max(feed.updated, changed_at(view));
    Values values, entries{Values::type::list};
    for (const auto& view : feed.posts) entries << entry_of(context, view, feed.posts);
    values.set("self", xml_text(feed.self));
    values.set("page", xml_text(feed.page));
    values.set("title", xml_text(feed.title));
    set_if_there(values, "subtitle", xml_text(feed.subtitle));
    set_if_there(values, "icon", xml_text(feed.icon));
    values.set("updated", format_iso8601(feed.updated));
    values.set("version", KITH_VERSION);
    values.set("entries", entries);
    auto body = render("feed", values);
    exchange.set_header("Cache-Control", "public, max-age=" + std::to_string(limits::feed_max_age_s));
    if (http::answered_not_modified(exchange, http::entity_tag(body))) return {};
    return exchange.answer(200, std::move(body), "application/atom+xml; charset=utf-8");
}

}  // namespace

Result<> group_feed(Context& context, Exchange& exchange) {
    const auto group = TRY(group_of_page(context, exchange));
    auto posts = TRY(community::account_timeline(context, Viewer::nobody(), group.id,
                                                 {.exclude_replies = true, .exclude_boosts = false, .only_media = false, .pinned = false, .tagged = {}},
                                                 {.limit = limits::feed_entries}));
    return answer_feed(context, exchange,
                       {.self = context.urls.group(group.username) + "/feed.atom",
                        .page = group.url,
                        .title = display_name(group),
                        .subtitle = html::to_text(group.summary),
                        .icon = avatar_of(context, group),
                        .updated = group.created_at,
                        .posts = std::move(posts.items)});
}

Result<> thread_feed(Context& context, Exchange& exchange) {
    const auto id = TRY(exchange.id_param());
    auto root = TRY(community::load_view(context, Viewer::nobody(), id));
    auto posts = std::move(TRY(community::thread_of(context, Viewer::nobody(), id)).descendants);
    std::ranges::sort(posts, std::greater(), [](const PostView& view) { return view.post.id; });
    if (int(posts.size()) >= limits::feed_entries) posts.resize(std::size_t(limits::feed_entries) - 1);
    Feed feed{.self = context.urls.post(id) + "/feed.atom",
              .page = root.post.url.empty() ? root.post.ap_id : root.post.url,
              .title = title_of(root),
              .subtitle = {},
              .icon = root.group ? avatar_of(context, *root.group) : avatar_of(context, root.author),
              .posts = std::move(posts)};
    feed.posts.push_back(std::move(root));
    return answer_feed(context, exchange, std::move(feed));
}

}  // namespace kith::web
