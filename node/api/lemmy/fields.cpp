#include "node/api/lemmy/fields.hpp"

#include "base/html/to_text.hpp"
#include "node/community/gathering_text.hpp"
#include "storage/repo/threads.hpp"

#include <span>

namespace kith::lemmy {

using json::Writer;

namespace {

const model::Attachment* picture_of(const community::ThreadItem& item) {
    return item.view.attachments.empty() ? nullptr : &item.view.attachments.front();
}

std::string link_of(const community::ThreadItem& item) {
    if (!item.view.post.link_url.empty()) return item.view.post.link_url;
    return item.view.card ? item.view.card->link.url : std::string();
}

}  // namespace

void text_unless_empty(Writer& w, std::string_view name, const std::string& text) {
    if (!text.empty()) w.member(name, text);
}

void time_if(Writer& w, std::string_view name, const std::optional<TimeMs>& at) {
    if (at) w.member(name, format_iso8601(*at));
}

void picture_if(Writer& w, const ApiContext& api, std::string_view name, const std::string& stored) {
    if (!stored.empty()) w.member(name, api.community.urls.file(stored));
}

std::string body_of(const model::Post& post) { return !post.source.empty() ? post.source : html::to_text(post.content); }

namespace {

// What the source does not say; content does already.
std::string lead_of(const community::PostView& view) {
    if (!view.gathering || view.post.source.empty()) return {};
    const auto lead = html::to_text(community::gathering_html(*view.gathering));
    return lead.empty() ? lead : lead + "\n\n";
}

}  // namespace

std::string body_of(const community::PostView& view) { return lead_of(view) + body_of(view.post); }

std::string body_sent_back(const community::PostView& view, std::string body) {
    const auto lead = lead_of(view);
    if (!lead.empty() && body.starts_with(lead)) body.erase(0, lead.size());
    return body;
}

std::string about(const model::Actor& actor) { return !actor.source.empty() ? actor.source : html::to_text(actor.summary); }

std::string title_of(const model::Post& post) { return post.title.empty() ? html::to_text(post.content) : post.title; }

std::string url_of(const ApiContext& api, const community::ThreadItem& item) {
    auto link = link_of(item);
    if (!link.empty()) return link;
    const auto* picture = picture_of(item);
    return picture ? api.community.urls.file(picture->url) : std::string();
}

void write_embed(Writer& w, const ApiContext& api, const community::ThreadItem& item) {
    const auto* picture = picture_of(item);
    if (item.view.card) {
        const auto& link = item.view.card->link;
        text_unless_empty(w, "embed_title", link.title);
        text_unless_empty(w, "embed_description", link.description);
        text_unless_empty(w, "thumbnail_url", api.community.urls.file(link.image_url));
    } else if (picture && picture->media_type.starts_with("image")) {
        w.member("thumbnail_url", api.community.urls.file(picture->preview_url.empty() ? picture->url : picture->preview_url));
    }
    if (picture) text_unless_empty(w, "url_content_type", picture->media_type);
    if (picture) text_unless_empty(w, "alt_text", picture->description);
}

void write_image_details(Writer& w, const ApiContext& api, const community::ThreadItem& item, bool with_blurhash) {
    const auto* picture = picture_of(item);
    if (!picture || !picture->width || !picture->height || !picture->media_type.starts_with("image")) return;
    w.key("image_details").object().member("link", api.community.urls.file(picture->url)).member("width", *picture->width);
    w.member("height", *picture->height).member("content_type", picture->media_type);
    if (with_blurhash) text_unless_empty(w, "blurhash", picture->blurhash);
    w.end();
}

repo::PersonNumbers numbers_of(const ApiContext& api, Id actor) {
    const auto found = api.community.db.read([&](sql::Tx& tx) { return repo::person_numbers(tx, std::span(&actor, 1)); });
    return found && !found->empty() ? found->front() : repo::PersonNumbers{.actor_id = actor};
}

}  // namespace kith::lemmy
