// Posts in another language (Mastodon: methods/statuses, translate; methods/instance,
// translation_languages; entities/Translation).
#include "base/html/sanitize.hpp"
#include "base/json/writer.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/community/accounts.hpp"
#include "node/community/posts.hpp"
#include "node/http/exchange.hpp"
#include "storage/repo/accounts.hpp"

namespace kith::mastodon {

namespace {

using community::PostView;
using http::Exchange;
using json::Writer;

Failure unavailable() { return fail(Code::unavailable, "Translation is not available here"); }

// "de" of "de-AT".
std::string base_language(std::string_view tag) { return std::string(tag.substr(0, tag.find('-'))); }

Result<std::string> target_language(const ApiContext& api, Exchange& exchange, Id me) {
    if (const auto asked = TRY(exchange.params())->get_or("lang", ""); !asked.empty()) return base_language(asked);
    const auto user = TRY(api.community.db.read([me](sql::Tx& tx) { return repo::find_user_by_actor(tx, me); }));
    if (user && !user->language.empty()) return base_language(user->language);
    return base_language(api.community.config.server.languages.front());
}

// All that is read of a post: its text, its warning, what can be chosen, what is seen on pictures.
std::vector<std::string> texts_of(const PostView& view) {
    std::vector<std::string> out{content_of(view), view.post.summary};
    if (view.poll)
        for (const auto& option : view.poll->options) out.push_back(option.title);
    for (const auto& attachment : view.attachments) out.push_back(attachment.description);
    return out;
}

std::string translation_json(const PostView& view, const Translated& translated, std::string_view language,
                             std::string_view provider) {
    auto text = translated.texts.begin();
    Writer w;
    // What comes from elsewhere is cleaned like a peer's post.
    w.object().member("content", html::sanitize(*text++)).member("spoiler_text", *text++);
    w.member("language", language).member("visibility", visibility_name(view.post.visibility)).key("poll");
    if (view.poll) {
        w.object().member("id", std::to_string(view.post.id)).key("options").array();
        for (std::size_t i = 0; i < view.poll->options.size(); ++i) w.object().member("title", *text++).end();
        w.end().end();
    } else {
        w.null();
    }
    w.key("media_attachments").array();
    for (const auto& attachment : view.attachments)
        w.object().member("id", std::to_string(attachment.id)).member("description", *text++).end();
    w.end().member("detected_source_language", translated.source_language).member("provider", provider).end();
    return w.take();
}

Result<> translate(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:statuses"}));
    const auto view = TRY(community::load_view(api.community, community::Viewer::actor(me), TRY(exchange.id_param())));
    if (!api.translator) return unavailable();
    // What is not for everybody is not told to another server.
    if (view.post.visibility > model::Visibility::unlisted) return fail(Code::forbidden, "This action is not allowed");
    const auto language = TRY(target_language(api, exchange, me));
    const auto texts = texts_of(view);
    const auto translated = TRY(api.translator->translate(texts, base_language(view.post.language), language));
    if (translated.texts.size() != texts.size()) return fail(Code::upstream, "The translation is not whole");
    return exchange.json(200, translation_json(view, translated, language, api.translator->name()));
}

Result<> languages(const ApiContext& api, Exchange& exchange) {
    Writer w;
    w.object();
    if (api.translator)
        for (const auto& [source, targets] : TRY(api.translator->languages())) {
            w.key(source).array();
            for (const auto& target : targets) w.value(target);
            w.end();
        }
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_translation_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v1/statuses/:id/translate", translate},
                   {"GET", "/api/v1/instance/translation_languages", languages}});
}

}  // namespace kith::mastodon
