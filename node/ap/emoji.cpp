// The node's own emoji as objects (FEP-9098).
#include "base/json/writer.hpp"
#include "federation/vocab/contexts.hpp"
#include "node/ap/answers.hpp"
#include "node/ap/handlers.hpp"
#include "node/community/custom_emoji.hpp"
#include "node/http/exchange.hpp"

namespace kith::ap {

Result<> emoji(ApContext& context, http::Exchange& exchange) {
    const auto found = TRY(community::custom_emoji(context.community, exchange.param("shortcode")));
    json::Writer w;
    w.object().key("@context").raw(vocab::post_context);
    w.member("id", context.community.urls.emoji(found.shortcode)).member("type", "Emoji");
    w.member("name", ":" + found.shortcode + ":").member("updated", format_iso8601(found.updated_at));
    w.key("icon").object().member("type", "Image").member("mediaType", "image/png").member("url", found.url).end();
    w.end();
    return answer_activity(exchange, w.take(), Sharing::everyone);
}

}  // namespace kith::ap
