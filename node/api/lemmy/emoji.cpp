// The node's own emoji, as its admins look after them.
#include "base/json/view.hpp"
#include "config/limits/emoji.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/community/custom_emoji.hpp"

namespace kith::lemmy {

namespace {

using http::Exchange;
using http::Params;
using json::Writer;
using model::CustomEmoji;
using model::UserRole;

void write_emoji(Writer& w, const CustomEmoji& emoji) {
    w.object().key("custom_emoji").object().member("id", emoji.id).member("shortcode", emoji.shortcode).member("image_url", emoji.url);
    w.member("alt_text", emoji.alt_text).member("category", emoji.category);
    w.member("published_at", format_iso8601(emoji.updated_at)).end().key("keywords").array();
    if (const auto words = json::Document::parse(emoji.keywords))
        for (const auto& word : words->root())
            w.object().member("custom_emoji_id", emoji.id).member("keyword", word.string_or("")).end();
    w.end().end();
}

Result<> answer(Exchange& exchange, const CustomEmoji& emoji) {
    Writer w;
    w.object().key("custom_emoji");
    write_emoji(w, emoji);
    w.end();
    return exchange.json(200, w.take());
}

// A copy, of an emoji's size, of a picture that was uploaded here: the upload may go.
Result<std::string> picture_of(const ApiContext& api, std::string_view url) {
    constexpr std::string_view below = "/media/";
    auto path = api.community.urls.path_of(url);
    if (!path.starts_with(below) || !api.files || !api.pictures || !blob::is_name(path.substr(below.size())))
        return fail(Code::unprocessable, "Validation failed: image_url is no picture that was uploaded here");
    const auto bytes = TRY(api.files->get(path.substr(below.size())));
    return std::string(below) + TRY(api.pictures->take_cut(bytes, limits::emoji_side, limits::emoji_side)).name;
}

community::EmojiChange change_of(const Params& params) {
    community::EmojiChange change{.shortcode = params.text("shortcode"), .category = params.text("category"), .alt_text = params.text("alt_text"), .keywords = {}, .file = {}};
    if (const auto words = params.list("keywords"); !words.empty() || params.has("keywords")) change.keywords.emplace(words.begin(), words.end());
    return change;
}

Result<> create(const ApiContext& api, Exchange& exchange) {
    TRY(require_team(api, exchange, UserRole::admin));
    const auto& params = *TRY(exchange.params());
    const auto shortcode = params.get_or("shortcode", "");
    if (community::custom_emoji(api.community, shortcode)) return fail(Code::conflict, "There is an emoji of this shortcode");
    TRY(community::add_custom_emoji(api.community, shortcode, TRY(picture_of(api, params.get_or("image_url", ""))), params.get_or("category", "")));
    // It may have come back, and then keeps its number.
    const auto made = TRY(community::custom_emoji(api.community, shortcode));
    return answer(exchange, TRY(community::change_custom_emoji(api.community, made.id, change_of(params))));
}

Result<> edit(const ApiContext& api, Exchange& exchange) {
    TRY(require_team(api, exchange, UserRole::admin));
    const auto& params = *TRY(exchange.params());
    const auto before = TRY(community::custom_emoji(api.community, params.id("id").value_or(0)));
    auto change = change_of(params);
    if (const auto url = params.get("image_url"); url && *url != before.url) change.file = TRY(picture_of(api, *url));
    return answer(exchange, TRY(community::change_custom_emoji(api.community, before.id, change)));
}

Result<> remove(const ApiContext& api, Exchange& exchange) {
    TRY(require_team(api, exchange, UserRole::admin));
    const auto emoji = TRY(community::custom_emoji(api.community, TRY(exchange.params())->id("id").value_or(0)));
    TRY(community::retire_custom_emoji(api.community, emoji.shortcode));
    return exchange.json(200, success());
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto category = TRY(exchange.params())->text("category");
    Writer w;
    w.object().key("custom_emojis").array();
    for (const auto& emoji : TRY(community::custom_emojis(api.community)))
        if (!category || emoji.category == *category) write_emoji(w, emoji);
    w.end().end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_emoji_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v4/custom_emoji", create},
                   {"PUT", "/api/v4/custom_emoji", edit},
                   {"POST", "/api/v4/custom_emoji/delete", remove},
                   {"GET", "/api/v4/custom_emoji/list", list}});
}

}  // namespace kith::lemmy
