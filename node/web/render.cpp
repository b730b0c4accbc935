#include "node/web/render.hpp"

#include "base/html/to_text.hpp"
#include "node/community/accounts.hpp"
#include "node/web/embedded.hpp"

namespace kith::web {

using community::Context;
using community::PostView;

namespace {

std::string date_of(TimeMs at) { return format_iso8601(at).substr(0, 16).replace(10, 1, " "); }

Values media_of(const Context& context, const PostView& view) {
    Values list{Values::type::list};
    for (const auto& a : view.attachments) {
        Values item;
        item.set("url", context.urls.file(a.url));
        item.set("description", a.description);
        item.set("name", a.description.empty() ? a.url : a.description);
        const bool image = a.media_type.empty() || a.media_type.starts_with("image/");
        const bool video = a.media_type.starts_with("video/"), sound = a.media_type.starts_with("audio/");
        item.set("image", Values(image));
        item.set("video", Values(video));
        item.set("sound", Values(sound));
        item.set("other", Values(!image && !video && !sound));
        item.set("preview", a.preview_url.empty() ? "" : context.urls.file(a.preview_url));
        list << item;
    }
    return list;
}

Values options_of(const PostView& view) {
    Values list{Values::type::list};
    if (view.poll)
        for (const auto& option : view.poll->options) {
            Values item;
            item.set("title", option.title);
            item.set("votes", std::to_string(option.votes));
            list << item;
        }
    return list;
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
    kainjow::mustache::mustache parsed{std::string(embedded(std::string(name) + ".mustache"))};
    return parsed.render(values);
}

std::string page(const Context& context, const Head& head, std::string body) {
    Values values;
    values.set("title", head.title);
    values.set("node", context.config.server.title);
    values.set("host", context.config.server.host);
    values.set("lang", head.language);
    values.set("version", KITH_VERSION);
    set_if_there(values, "canonical", head.canonical);
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

std::string render_post(const Context& context, const PostView& view, PostPlace place, const std::string& answer_url) {
    const auto& post = view.post;
    Values values;
    values.set("id", std::to_string(post.id));
    values.set("main", Values(place == PostPlace::main));
    values.set("reply", Values(place == PostPlace::reply));
    set_if_there(
        values, "boosted_by",
        view.boost && !view.boost->actor.is_group() ? display_name(view.boost->actor) : "");
    values.set("avatar", avatar_of(context, view.author));
    values.set("author", display_name(view.author));
    values.set("author_url", view.author.url);
    values.set("acct", "@" + community::acct_of(context, view.author));
    // A title that only repeats the text's beginning says nothing new.
    set_if_there(values, "title",
                 html::to_text(post.content).starts_with(post.title) ? "" : post.title);
    values.set("is_answer", Values(view.is_answer));
    values.set("is_folded", Values(view.folded.has_value()));
    set_if_there(values, "fold_reason", view.folded.value_or(""));
    set_if_there(values, "answer_url", place == PostPlace::main ? answer_url : "");
    set_if_there(values, "summary", post.summary);
    set_if_there(values, "lang", post.language);
    values.set("content", post.content);
    set_if_there(values, "link", post.link_url);
    values.set("has_options", Values(view.poll.has_value()));
    values.set("options", options_of(view));
    const bool event = place == PostPlace::main && view.gathering && view.gathering->starts_at;
    set_if_there(values, "attendance", event ? attendance_of(*view.gathering) : "");
    set_if_there(values, "calendar", event ? context.urls.post(post.id) + "/event.ics" : "");
    values.set("has_media", Values(!view.attachments.empty()));
    values.set("media", media_of(context, view));
    values.set("url", post.url.empty() ? post.ap_id : post.url);
    values.set("iso", format_iso8601(post.published_at));
    values.set("date", date_of(post.published_at));
    values.set("edited", Values(post.edited_at.has_value()));
    set_if_there(values, "group", view.group ? display_name(*view.group) : "");
    values.set("group_url", view.group ? view.group->url : "");
    values.set("replies", std::to_string(post.replies_count));
    values.set("likes", std::to_string(post.likes_count));
    set_if_there(values, "score",
                 view.group ? std::to_string(post.likes_count - post.dislikes_count) : "");
    values.set("boosts", std::to_string(post.boosts_count));
    return render("post", values);
}

std::string render_posts(const Context& context, const std::vector<PostView>& views,
                         PostPlace place) {
    std::string out;
    for (const auto& view : views) out += render_post(context, view, place);
    return out;
}

}  // namespace kith::web
