#include "node/web/render.hpp"

#include "base/html/escape.hpp"
#include "base/html/to_text.hpp"
#include "base/json/view.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "node/community/accounts.hpp"
#include "node/web/embedded.hpp"

#include <algorithm>
#include <unordered_map>

namespace kith::web {

using community::Context;
using community::PostView;

namespace {

constexpr int depth_max = 6;  // that kith.css has a margin for
constexpr std::size_t excerpt_characters = 200;

Values media_of(const Context& context, const PostView& view) {
    Values list{Values::type::list};
    for (const auto& a : view.attachments) {
        Values item;
        item.set("url", context.urls.file(a.url));
        set_if_there(item, "description", a.description);
        item.set("name", a.description.empty() ? a.url : a.description);
        const bool image = a.media_type.empty() || a.media_type.starts_with("image/");
        const bool video = a.media_type.starts_with("video/"), sound = a.media_type.starts_with("audio/");
        item.set("image", Values(image));
        item.set("video", Values(video));
        item.set("sound", Values(sound));
        item.set("other", Values(!image && !video && !sound));
        set_if_there(item, "preview", a.preview_url.empty() ? "" : context.urls.file(a.preview_url));
        set_if_there(item, "width", a.width && a.height ? std::to_string(*a.width) : "");
        set_if_there(item, "height", a.width && a.height ? std::to_string(*a.height) : "");
        list << item;
    }
    return list;
}

Values options_of(const PostView& view, bool hidden) {
    Values list{Values::type::list};
    if (view.poll)
        for (const auto& option : view.poll->options) {
            Values item;
            item.set("title", option.title);
            set_if_there(item, "votes", hidden ? "" : counted(option.votes, "vote", "votes"));
            list << item;
        }
    return list;
}

// "Ends 2026-11-27 14:00 UTC · 12 people voted"
std::string poll_state_of(const model::Poll& poll, bool hidden, bool ended) {
    const auto end = community::end_of(poll);
    auto text = !end ? std::string("Open") : (ended ? "Ended " : "Ends ") + minute_of(*end);
    if (hidden) return text + " · results are shown then";
    return poll.voters_count ? text + " · " + counted(*poll.voters_count, "person", "people") + " voted" : text;
}

void set_poll(const Context& context, const PostView& view, Values& values) {
    values.set("has_options", Values(view.poll.has_value()));
    if (!view.poll) return;
    const bool ended = community::has_ended(*view.poll, context.clock.now_ms());
    const bool hidden = view.poll->hide_totals && !ended;
    values.set("options", options_of(view, hidden));
    values.set("poll_state", poll_state_of(*view.poll, hidden, ended));
}

// What the post quotes, where everybody may see it: by whom, how it begins, and the way to it (FEP-044f).
void set_quote(const Context& context, const PostView& view, Values& values) {
    const bool shown = view.quote && view.quote->state == community::QuoteView::State::accepted && view.quote->post;
    values.set("has_quote", Values(shown));
    if (!shown) return;
    const auto& quoted = *view.quote->post;
    values.set("quote_author", name_html(context, quoted.author));
    values.set("quote_url", quoted.post.url.empty() ? quoted.post.ap_id : quoted.post.url);
    values.set("quote_words", with_emojis(context, html::escape(first_words(quoted.post)), quoted.emojis));
}

// Of the text, without the mentions that it begins with: a title that only repeats that says nothing new.
bool begins_with_title(const model::Post& post) {
    const auto whole = html::to_text(post.content);
    std::string_view text = whole;
    if (text.starts_with(post.title)) return true;
    while (text.starts_with('@')) text = text::trim(text.substr(std::min(text.find_first_of(" \n"), text.size())));
    return text.starts_with(post.title);
}

// The length of the tag at the start of `html`; its attributes are quoted, as the sanitizer writes them.
std::size_t tag_length(std::string_view html) {
    char quote = 0;
    for (std::size_t i = 0; i < html.size(); ++i) {
        const char c = html[i];
        if (quote != 0)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    return html.size();
}

// "3 people come, of at most 20"
std::string attendance_of(const model::Gathering& g) {
    if (!g.takes_answers()) return {};
    auto text = std::to_string(g.attendees) + (g.attendees == 1 ? " person comes" : " people come");
    if (g.capacity) text += ", of at most " + std::to_string(*g.capacity);
    if (g.join_mode == model::JoinMode::restricted) text += "; its author lets in who asks";
    return text;
}

}  // namespace

std::string render(std::string_view name, const Values& values) {
    // Reading a template takes much longer than filling it in. One that is read fills in for one thread at a time.
    thread_local std::unordered_map<std::string, kainjow::mustache::mustache> read;
    const auto file = std::string(name) + ".mustache";
    return read.try_emplace(file, std::string(embedded(file))).first->second.render(values);
}

std::string page(const Context& context, const Head& head, std::string body) {
    Values values;
    const auto& node = context.config.server.title;
    values.set("title", head.title.empty() ? node : head.title);
    values.set("window", head.title.empty() ? node : head.title + " · " + node);
    values.set("node", node);
    values.set("host", context.config.server.host);
    values.set("version", KITH_VERSION);
    values.set("kind", std::string(head.kind));
    set_if_there(values, "canonical", head.canonical);
    set_if_there(values, "activity", head.activity);
    set_if_there(values, "image", head.image);
    set_if_there(values, "description", head.description);
    set_if_there(values, "feed", head.feed);
    values.set("noindex", Values(head.noindex));
    values.set("body", body);
    return render("shell", values);
}

void set_if_there(Values& values, const std::string& key, const std::string& text) {
    values.set(key, text.empty() ? Values(false) : Values(text));
}

std::string display_name(const model::Actor& actor) {
    return actor.name.empty() ? actor.username : actor.name;
}

std::string avatar_of(const Context& context, const model::Actor& actor) {
    return actor.avatar_url.empty() ? context.urls.default_avatar() : context.urls.file(actor.avatar_url);
}

std::string line_of(std::string_view text, std::size_t characters) {
    std::string line;
    for (const char c : text)
        if (!text::is_space(c))
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    if (line.ends_with(' ')) line.pop_back();
    if (utf8::length(line) <= characters) return line;
    return std::string(text::trim(utf8::truncate(line, characters - 1))) + "…";
}

std::string excerpt(std::string_view html) { return line_of(html::to_text(html), excerpt_characters); }

std::string first_words(const model::Post& post) {
    return post.summary.empty() ? excerpt(post.content) : line_of(post.summary, excerpt_characters);
}

std::string counted(std::int64_t n, std::string_view one, std::string_view many) {
    return std::to_string(n) + " " + std::string(n == 1 ? one : many);
}

std::string minute_of(TimeMs at) { return format_iso8601(at).substr(0, 16).replace(10, 1, " ") + " UTC"; }

Emojis emojis_of(const model::Actor& actor) {
    Emojis out;
    if (const auto emojis = json::Document::parse(actor.emojis))
        for (auto emoji : emojis->root())
            out.push_back({std::string(emoji["shortcode"].string_or("")), std::string(emoji["url"].string_or(""))});
    return out;
}

std::string with_emojis(const Context& context, std::string_view html, const Emojis& emojis) {
    if (emojis.empty()) return std::string(html);
    std::string out;
    for (std::size_t i = 0; i < html.size();) {
        const auto rest = html.substr(i);
        if (rest.front() == '<') {
            const auto length = tag_length(rest);
            out += rest.substr(0, length);
            i += length;
            continue;
        }
        const auto is_here = [&](const PostView::Emoji& e) {
            return !e.shortcode.empty() && rest.starts_with(":" + e.shortcode + ":");
        };
        const auto found = rest.front() == ':' ? std::ranges::find_if(emojis, is_here) : emojis.end();
        if (found == emojis.end()) {
            out += rest.front();
            ++i;
            continue;
        }
        const auto name = html::escape(":" + found->shortcode + ":");
        out += "<img class=\"emoji\" src=\"" + html::escape(context.urls.file(found->url)) + "\" alt=\"" + name + "\" title=\"" + name + "\">";
        i += found->shortcode.size() + 2;
    }
    return out;
}

std::string name_html(const Context& context, const model::Actor& actor) {
    return with_emojis(context, html::escape(display_name(actor)), emojis_of(actor));
}

std::string render_post(const Context& context, const PostView& view, PostPlace place, const std::string& answer_url, int depth) {
    const auto& post = view.post;
    Values values;
    values.set("id", std::to_string(post.id));
    values.set("main", Values(place == PostPlace::main));
    set_if_there(values, "depth", place == PostPlace::reply ? std::to_string(std::clamp(depth, 1, depth_max)) : "");
    set_if_there(values, "boosted_by", view.boost && !view.boost->actor.is_group() ? name_html(context, view.boost->actor) : "");
    values.set("avatar", avatar_of(context, view.author));
    values.set("author", name_html(context, view.author));
    values.set("author_url", view.author.url);
    values.set("acct", "@" + community::acct_of(context, view.author));
    const auto shown = [&](const std::string& text) { return with_emojis(context, html::escape(text), view.emojis); };
    set_if_there(values, "title", begins_with_title(post) ? "" : shown(post.title));
    values.set("is_answer", Values(view.is_answer));
    values.set("is_folded", Values(view.folded.has_value()));
    set_if_there(values, "fold_reason", view.folded.value_or(""));
    set_if_there(values, "answer_url", place == PostPlace::main ? answer_url : "");
    set_if_there(values, "summary", shown(post.summary));
    values.set("covered", Values(post.sensitive && post.summary.empty() && !view.attachments.empty()));
    set_if_there(values, "lang", post.language);
    values.set("content", with_emojis(context, post.content, view.emojis));
    set_if_there(values, "link", post.link_url);
    set_poll(context, view, values);
    set_quote(context, view, values);
    const bool event = place == PostPlace::main && view.gathering && view.gathering->starts_at;
    set_if_there(values, "attendance", event ? attendance_of(*view.gathering) : "");
    set_if_there(values, "calendar", event ? context.urls.post(post.id) + "/event.ics" : "");
    values.set("has_media", Values(!view.attachments.empty()));
    values.set("media", media_of(context, view));
    values.set("url", post.url.empty() ? post.ap_id : post.url);
    values.set("iso", format_iso8601(post.published_at));
    values.set("date", minute_of(post.published_at));
    values.set("edited", Values(post.edited_at.has_value()));
    set_if_there(values, "group", view.group ? name_html(context, *view.group) : "");
    values.set("group_url", view.group ? view.group->url : "");
    values.set("replies", counted(post.replies_count, "reply", "replies"));
    values.set("likes", counted(post.likes_count, "like", "likes"));
    set_if_there(values, "score",
                 view.group ? std::to_string(post.likes_count - post.dislikes_count) : "");
    values.set("boosts", counted(post.boosts_count, "boost", "boosts"));
    return render("post", values);
}

std::string render_posts(const Context& context, const std::vector<PostView>& views) {
    std::string out;
    for (const auto& view : views) out += render_post(context, view, PostPlace::in_list);
    return out;
}

std::string render_replies(const Context& context, const std::vector<PostView>& views, Id root) {
    std::string out;
    std::unordered_map<Id, int> depths{{root, 0}};
    for (const auto& view : views) {
        const auto parent = depths.find(view.post.in_reply_to_id.value_or(root));
        const int depth = parent == depths.end() ? 1 : parent->second + 1;
        depths.emplace(view.post.id, depth);
        out += render_post(context, view, PostPlace::reply, {}, depth);
    }
    return out;
}

}  // namespace kith::web
