#include "node/api/mastodon/filter.hpp"

#include <array>
#include <string>
#include <utility>

namespace kith::mastodon {

using json::Writer;
using model::Filter;
using model::FilterAction;
using model::FilterContext;

namespace {

constexpr std::array<std::pair<FilterContext, std::string_view>, 5> contexts{
    {{model::filter_home, "home"},
     {model::filter_notifications, "notifications"},
     {model::filter_public, "public"},
     {model::filter_thread, "thread"},
     {model::filter_account, "account"}}};
constexpr std::array<std::pair<FilterAction, std::string_view>, 3> actions{
    {{FilterAction::warn, "warn"}, {FilterAction::hide, "hide"}, {FilterAction::blur, "blur"}}};

void write_contexts(Writer& w, const Filter& filter) {
    w.key("context").array();
    for (const auto& [bit, name] : contexts)
        if (filter.contexts & bit) w.value(name);
    w.end();
}

void write_expiry(Writer& w, const Filter& filter) {
    if (filter.expires_at)
        w.member("expires_at", format_iso8601(*filter.expires_at));
    else
        w.null_member("expires_at");
}

void write_head(Writer& w, const Filter& filter) {
    w.member("id", std::to_string(filter.id)).member("title", filter.title);
    write_contexts(w, filter);
    write_expiry(w, filter);
    for (const auto& [action, name] : actions)
        if (action == filter.action) w.member("filter_action", name);
}

}  // namespace

std::optional<FilterAction> filter_action(std::string_view name) {
    for (const auto& [action, each] : actions)
        if (each == name) return action;
    return {};
}

Result<> read_filter_contexts(const http::Params& params, std::optional<int>& to) {
    for (const auto name : params.list("context")) {
        int bits = 0;
        for (const auto& [bit, each] : contexts)
            if (each == name) bits = bit;
        if (bits == 0) return fail(Code::unprocessable, "Validation failed: Context None or invalid context supplied");
        to = to.value_or(0) | bits;
    }
    return {};
}

// Null and empty are never. Of a filter that is over clients send what is left of it, less than nothing.
Result<> read_filter_expiry(const http::Params& params, std::optional<std::int64_t>& to) {
    const auto text = params.get("expires_in");
    if (params.is_null("expires_in")) to = 0;
    if (!text) return {};
    to = text->empty() ? 0 : params.integer("expires_in");
    if (!to) return fail(Code::unprocessable, "Validation failed: Expires in is not a number of seconds");
    return {};
}

void write_filter(Writer& w, const Filter& filter) {
    w.object();
    write_head(w, filter);
    w.key("keywords").array();
    for (const auto& keyword : filter.keywords) write_filter_keyword(w, keyword);
    w.end().key("statuses").array();
    for (const auto& post : filter.posts) write_filter_post(w, post);
    w.end().end();
}

void write_filter_keyword(Writer& w, const model::FilterKeyword& keyword) {
    w.object().member("id", std::to_string(keyword.id)).member("keyword", keyword.keyword);
    w.member("whole_word", keyword.whole_word).end();
}

void write_filter_post(Writer& w, const model::FilterPost& post) {
    w.object().member("id", std::to_string(post.id)).member("status_id", std::to_string(post.post_id)).end();
}

void write_v1_filter(Writer& w, const Filter& filter, const model::FilterKeyword& keyword) {
    w.object().member("id", std::to_string(keyword.id)).member("phrase", keyword.keyword);
    write_contexts(w, filter);
    w.member("whole_word", keyword.whole_word);
    write_expiry(w, filter);
    w.member("irreversible", filter.action == FilterAction::hide).end();
}

void write_filtered(Writer& w, const community::PostView& view, TimeMs now) {
    w.key("filtered").array();
    for (const auto& match : view.filtered) {
        if (!match.filter->holds(now)) continue;
        w.object().key("filter").object();
        write_head(w, *match.filter);
        w.end();
        if (match.keywords.empty()) {
            w.null_member("keyword_matches");
        } else {
            w.key("keyword_matches").array();
            for (const auto& keyword : match.keywords) w.value(keyword);
            w.end();
        }
        if (match.by_post)
            w.key("status_matches").array().value(std::to_string(view.post.id)).end();
        else
            w.null_member("status_matches");
        w.end();
    }
    w.end();
}

}  // namespace kith::mastodon
