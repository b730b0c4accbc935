#include "node/api/mastodon/card.hpp"

#include "node/api/mastodon/account.hpp"

#include <array>

namespace kith::mastodon {

using community::Card;
using json::Writer;

namespace {

void write_authors(Writer& w, const community::Context& context, const Card& card) {
    const auto& link = card.link;
    w.key("authors").array();
    if (card.author || !link.author_name.empty()) {
        w.object().member("name", card.author ? card.author->name : link.author_name);
        w.member("url", card.author ? card.author->url : link.author_url).key("account");
        if (card.author)
            write_account(w, context, *card.author);
        else
            w.null();
        w.end();
    }
    w.end();
}

}  // namespace

void begin_card(Writer& w, const community::Context& context, const Card& card) {
    static constexpr std::array<std::string_view, 3> kinds{"link", "photo", "video"};
    const auto& link = card.link;
    w.object().member("url", link.url).member("title", link.title).member("description", link.description);
    w.member("language", link.language).member("type", kinds[std::size_t(link.kind)]);
    write_authors(w, context, card);
    w.member("author_name", link.author_name).member("author_url", link.author_url);
    w.member("provider_name", link.provider_name).member("provider_url", link.provider_url);
    w.member("html", link.html).member("width", link.width).member("height", link.height);
    if (link.image_url.empty())
        w.null_member("image");
    else
        w.member("image", context.urls.file(link.image_url));
    w.member("image_description", link.image_description);
    // Of a photo it is the picture itself; of a video its player, which is a page.
    w.member("embed_url", link.kind == model::LinkKind::photo ? context.urls.file(link.embed_url) : link.embed_url);
    if (link.image_blurhash.empty())
        w.null_member("blurhash");
    else
        w.member("blurhash", link.image_blurhash);
    if (link.published_at)
        w.member("published_at", format_iso8601(*link.published_at));
    else
        w.null_member("published_at");
}

void write_card(Writer& w, const community::Context& context, const std::optional<Card>& card) {
    if (!card) return void(w.null());
    begin_card(w, context, *card);
    w.end();
}

}  // namespace kith::mastodon
