// The caller's own account: what it shows, and how it posts by default.
#include "config/limits/mastodon_api.hpp"
#include "config/limits/media.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/community/accounts.hpp"
#include "node/community/featured_tags.hpp"
#include "node/community/media.hpp"
#include "node/community/quotes.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

using http::Exchange;
using http::Params;

Result<> answer_credentials(const ApiContext& api, Exchange& exchange, const http::Caller& caller) {
    auto actor = TRY(community::actor_by_id(api.community, caller.account_id));
    auto user = TRY(community::user_by_id(api.community, caller.user_id));
    auto requests = TRY(community::follow_requests(api.community, actor.id,
                                                   {.limit = limits::follow_requests_counted_max}));
    const auto settings = TRY(community::profile_settings(api.community, actor.id));
    return exchange.json(200, credential_account_json(api.community, actor, user, requests.items.size(), settings));
}

Result<> verify_credentials(const ApiContext& api, Exchange& exchange) {
    auto caller =
        TRY(oauth::require_user(api.authenticator, exchange, {"read:accounts", "profile"}));
    return answer_credentials(api, exchange, caller);
}

struct ProfileSlot {
    std::string_view name;
    community::ProfilePicture which;
    int width, height;
};
constexpr ProfileSlot slots[] = {
    {"avatar", community::ProfilePicture::avatar, limits::media_avatar_side, limits::media_avatar_side},
    {"header", community::ProfilePicture::header, limits::media_header_width, limits::media_header_height}};

// Pictures come as files. Made before anything is changed: one that cannot be read changes nothing.
Result<std::vector<std::pair<community::ProfilePicture, std::string>>> pictures_of(const ApiContext& api,
                                                                                   const Params& params) {
    std::vector<std::pair<community::ProfilePicture, std::string>> out;
    for (const auto& slot : slots) {
        const auto* file = params.file(slot.name);
        if (!file && params.get_or(slot.name, "").empty()) continue;
        if (!file || !api.pictures)
            return fail(Code::unprocessable,
                        "Validation failed: " + std::string(slot.name) + " is not a file");
        out.emplace_back(slot.which,
                         TRY(api.pictures->take_cut(file->bytes, slot.width, slot.height)).name);
    }
    return out;
}

Result<community::ProfileChange> change_of(const Params& params) {
    community::ProfileChange change;
    change.display_name = params.text("display_name");
    change.note = params.text("note");
    change.locked = params.flag("locked");
    change.bot = params.flag("bot");
    change.discoverable = params.flag("discoverable");
    change.indexable = params.flag("indexable");
    change.avatar_description = params.text("avatar_description");
    change.header_description = params.text("header_description");
    change.show_media = params.flag("show_media");
    change.show_media_replies = params.flag("show_media_replies");
    change.show_featured = params.flag("show_featured");
    if (params.has("attribution_domains") || params.has("attribution_domains[]") || !params.list("attribution_domains").empty()) {
        const auto domains = params.list("attribution_domains");
        change.attribution_domains.emplace(domains.begin(), domains.end());
    }
    // An empty array or object takes the last one away.
    if (auto fields = params.children("fields_attributes"); !fields.empty() || params.has("fields_attributes")) {
        change.fields.emplace();
        for (const auto& field : fields)
            change.fields->emplace_back(field.get_or("name", ""), field.get_or("value", ""));
    }
    if (params.flag_or("hide_collections", false))
        return fail(Code::unprocessable, "Validation failed: followers and whom one follows cannot be hidden on this node");
    const auto source = params.nested("source");
    if (const auto policy = source.get_or("quote_policy", ""); !policy.empty()) {
        change.quote_audience = community::quote_policy_from(policy);
        if (!change.quote_audience)
            return fail(Code::unprocessable, "Validation failed: Quote policy is not included in the list");
    }
    change.default_sensitive = source.flag("sensitive");
    change.language = source.text("language");
    if (auto privacy = source.get_or("privacy", ""); !privacy.empty()) {
        if (!visibility_from(privacy))
            return fail(Code::unprocessable,
                        "Validation failed: Privacy is not included in the list");
        change.default_visibility = privacy;
    }
    return change;
}

Result<> change_account(const ApiContext& api, Exchange& exchange, const http::Caller& caller) {
    const auto& params = *TRY(exchange.params());
    const auto change = TRY(change_of(params));
    const auto pictures = TRY(pictures_of(api, params));
    TRY(community::update_profile(api.community, caller.account_id, change));
    for (const auto& [which, name] : pictures)
        TRY(community::set_profile_picture(api.community, caller.account_id, which, name));
    return {};
}

Result<> update_credentials(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"write:accounts"}));
    TRY(change_account(api, exchange, caller));
    return answer_credentials(api, exchange, caller);
}

Result<> answer_profile(const ApiContext& api, Exchange& exchange, Id me) {
    const auto actor = TRY(community::actor_by_id(api.community, me));
    const auto settings = TRY(community::profile_settings(api.community, me));
    const auto featured = TRY(community::featured_tags(api.community, me));
    return exchange.json(200, profile_json(api.community, actor, settings, featured));
}

Result<> show_profile(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"read:accounts", "profile"}));
    return answer_profile(api, exchange, caller.account_id);
}

Result<> update_profile(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"write:accounts"}));
    TRY(change_account(api, exchange, caller));
    return answer_profile(api, exchange, caller.account_id);
}

Result<> remove_picture(const ApiContext& api, Exchange& exchange, community::ProfilePicture which) {
    const auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"write:accounts"}));
    TRY(community::set_profile_picture(api.community, caller.account_id, which, ""));
    return answer_credentials(api, exchange, caller);
}
Result<> remove_avatar(const ApiContext& api, Exchange& x) {
    return remove_picture(api, x, community::ProfilePicture::avatar);
}
Result<> remove_header(const ApiContext& api, Exchange& x) {
    return remove_picture(api, x, community::ProfilePicture::header);
}

Result<> preferences(const ApiContext& api, Exchange& exchange) {
    auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"read:accounts"}));
    auto user = TRY(community::user_by_id(api.community, caller.user_id));
    const auto settings = TRY(community::profile_settings(api.community, caller.account_id));
    json::Writer w;
    w.object();
    w.member("posting:default:visibility", user.default_visibility);
    w.member("posting:default:sensitive", user.default_sensitive);
    w.key("posting:default:language");
    if (user.language.empty())
        w.null();
    else
        w.value(user.language);
    w.member("posting:default:quote_policy", community::quote_policy_name(settings.quote_audience));
    w.member("reading:expand:media", "default").member("reading:expand:spoilers", false);
    w.member("reading:autoplay:gifs", false).end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_profile_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/accounts/verify_credentials", verify_credentials},
                   {"PATCH", "/api/v1/accounts/update_credentials", update_credentials},
                   {"PUT", "/api/v1/accounts/update_credentials", update_credentials},
                   {"GET", "/api/v1/profile", show_profile},
                   {"PATCH", "/api/v1/profile", update_profile},
                   {"PUT", "/api/v1/profile", update_profile},
                   {"DELETE", "/api/v1/profile/avatar", remove_avatar},
                   {"DELETE", "/api/v1/profile/header", remove_header},
                   {"GET", "/api/v1/preferences", preferences}});
}

}  // namespace kith::mastodon
