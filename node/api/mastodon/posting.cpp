// Writing posts, and what is done to them: favourite, boost, pin.
#include "config/limits/mastodon_api.hpp"
#include "node/api/mastodon/media.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/scheduled.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/community/accounts.hpp"
#include "node/community/posts.hpp"
#include "node/community/quotes.hpp"
#include "node/community/reactions.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>

namespace kith::mastodon {

namespace {

using community::Viewer;
using http::Exchange;
using http::Params;
using model::Visibility;

Result<std::vector<Id>> wanted_media(const Params& params) {
    std::vector<Id> out;
    for (const auto text : params.list("media_ids")) {
        const auto id = parse_id(text);
        if (!id) return fail(Code::unprocessable, "Validation failed: Media with that ID not found");
        if (std::find(out.begin(), out.end(), *id) == out.end()) out.push_back(*id);
    }
    return out;
}

// media_attributes[][id], [description], [focus]: what an edit says of pictures that stay.
Result<std::vector<std::pair<Id, community::PictureText>>> wanted_media_texts(const Params& params) {
    std::vector<std::pair<Id, community::PictureText>> out;
    for (const auto& each : params.children("media_attributes"))
        if (const auto id = each.id("id")) out.emplace_back(*id, TRY(picture_text(each)));
    return out;
}

Result<Visibility> wanted_visibility(const Params& params, std::string_view otherwise) {
    auto name = params.get_or("visibility", "");
    if (name.empty()) name = otherwise;
    auto visibility = visibility_from(name);
    if (!visibility)
        return fail(Code::unprocessable,
                    "Validation failed: Visibility is not included in the list");
    return *visibility;
}

Result<std::string> wanted_content_type(const Params& params) {
    auto type = params.get_or("content_type", "");
    if (type.empty()) type = "text/plain";
    if (type != "text/plain" && type != "text/markdown")
        return fail(Code::unprocessable,
                    "Validation failed: Content type is not included in the list");
    return std::string(type);
}

// The post that a parameter names, by its own id or by that of a boost.
Result<std::optional<Id>> wanted_post(const ApiContext& api, const Params& params,
                                      std::string_view name, Id me) {
    const auto text = params.get_or(name, "");
    if (text.empty()) return std::optional<Id>{};
    auto id = parse_id(text);
    if (!id) return fail(Code::not_found, "Record not found");
    return std::optional<Id>(
        TRY(community::load_view(api.community, Viewer::actor(me), *id)).post.id);
}

// Who may quote the post; nothing where the client does not say.
Result<std::optional<int>> wanted_quote_policy(const Params& params) {
    const auto name = params.get_or("quote_approval_policy", "");
    if (name.empty()) return std::optional<int>{};
    auto audience = community::quote_policy_from(name);
    if (!audience)
        return fail(Code::unprocessable,
                    "Validation failed: Quote approval policy is not included in the list");
    return audience;
}

// Texts longer than an option may be are refused by the domain, so nothing is cut here.
std::optional<community::NewPoll> wanted_poll(const Params& params) {
    const auto given = params.nested("poll");
    if (given.empty()) return std::nullopt;
    community::NewPoll poll;
    for (auto option : given.list("options")) poll.options.emplace_back(option);
    poll.expires_in_s = given.integer("expires_in").value_or(0);
    poll.multiple = given.flag_or("multiple", false);
    poll.hide_totals = given.flag_or("hide_totals", false);
    return poll;
}

// A quote of one's own post for followers is for them at most (Mastodon: methods/statuses, quoted_status_id).
Result<> narrow_to_quoted(const ApiContext& api, Id me, community::NewPost& draft) {
    if (!draft.quoted_id || draft.visibility > Visibility::unlisted) return {};
    const auto quoted = TRY(community::visible_post(api.community, Viewer::actor(me), *draft.quoted_id));
    if (quoted.actor_id == me && quoted.visibility == Visibility::followers) draft.visibility = Visibility::followers;
    return {};
}

Result<community::NewPost> draft_of(const ApiContext& api, Exchange& exchange,
                                    const http::Caller& caller) {
    const auto& params = *TRY(exchange.params());
    auto user = TRY(community::user_by_id(api.community, caller.user_id));
    community::NewPost draft;
    draft.text = params.get_or("status", "");
    draft.content_type = TRY(wanted_content_type(params));
    draft.summary = params.get_or("spoiler_text", "");
    draft.sensitive = params.flag_or("sensitive", user.default_sensitive);
    draft.visibility = TRY(wanted_visibility(params, user.default_visibility));
    draft.in_reply_to_id = TRY(wanted_post(api, params, "in_reply_to_id", caller.account_id));
    draft.quoted_id = TRY(wanted_post(api, params, "quoted_status_id", caller.account_id));
    TRY(narrow_to_quoted(api, caller.account_id, draft));
    draft.quote_audience = TRY(wanted_quote_policy(params));
    draft.poll = wanted_poll(params);
    draft.media_ids = TRY(wanted_media(params));
    const auto language = params.get_or("language", "");
    draft.language = language.empty() ? user.language : std::string(language);
    draft.app_id = caller.app_id;
    const auto key = exchange.header("idempotency-key");
    if (key.size() > limits::idempotency_key_bytes_max)
        return fail(Code::invalid, "The Idempotency-Key is too long");
    draft.idempotency_key = key;
    return draft;
}

// A person who posts sees it as it now is.
Result<> answer_status(const ApiContext& api, Exchange& exchange, Id me, Id status_id) {
    const auto viewer = Viewer::actor(me);
    auto view = TRY(community::load_view(api.community, viewer, status_id));
    return exchange.json(200, status_json(api.community, viewer, view));
}

Result<> post_status(const ApiContext& api, Exchange& exchange) {
    auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"write:statuses"}));
    auto draft = TRY(draft_of(api, exchange, caller));
    if (api.lookup) api.lookup->resolve_mentions(draft.text);
    const auto now = api.community.clock.now_ms();
    if (const auto at = TRY(scheduled_time(*TRY(exchange.params()), now))) {
        json::Writer w;
        write_scheduled(w, api.community, TRY(community::schedule_post(api.community, caller.account_id, draft, *at)));
        return exchange.json(200, w.take());
    }
    auto post = TRY(community::create_post(api.community, caller.account_id, draft));
    return answer_status(api, exchange, caller.account_id, post.id);
}

// An edit says the whole post, as in Mastodon: clients leave out what it is to have no longer, a warning, pictures or
// a poll. Only the language stays.
Result<> edit_status(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:statuses"}));
    const auto& params = *TRY(exchange.params());
    const auto viewer = Viewer::actor(me);
    auto view = TRY(community::load_view(api.community, viewer, TRY(exchange.id_param())));
    const auto& before = view.post;
    community::PostChange change;
    change.text = params.get_or("status", "");
    change.summary = params.get_or("spoiler_text", "");
    change.sensitive = params.flag_or("sensitive", false);
    change.quote_audience = TRY(wanted_quote_policy(params));
    change.poll = community::PostChange::Poll{wanted_poll(params)};
    change.media_ids = TRY(wanted_media(params));
    change.media_texts = TRY(wanted_media_texts(params));
    if (auto language = params.get_or("language", ""); !language.empty())
        change.language = language;
    if (api.lookup) api.lookup->resolve_mentions(change.text);
    TRY(community::edit_post(api.community, me, before.id, change));
    return answer_status(api, exchange, me, before.id);
}

// Deleting one's boost by its own id takes the boost back, not the post.
Result<> delete_status(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:statuses"}));
    const auto viewer = Viewer::actor(me);
    auto view = TRY(community::load_view(api.community, viewer, TRY(exchange.id_param())));
    using community::FilesOfDeleted;
    const auto files = TRY(exchange.params())->flag_or("delete_media", false) ? FilesOfDeleted::deleted : FilesOfDeleted::given_back;
    if (view.boost && view.boost->actor.id == me)
        TRY(community::unboost(api.community, me, view.post.id));
    else
        TRY(community::delete_post(api.community, me, view.post.id, files));
    return exchange.json(200, deleted_status_json(api.community, viewer, view));
}

using Action = Result<> (*)(community::Context&, Id me, Id post_id);

// An endpoint that does one thing to the post of its path, and answers with it.
template <Action action>
Result<> act(const ApiContext& api, Exchange& exchange, std::string_view scope) {
    const auto me = TRY(acting_account(api, exchange, {scope}));
    auto view =
        TRY(community::load_view(api.community, Viewer::actor(me), TRY(exchange.id_param())));
    TRY(action(api.community, me, view.post.id));
    return answer_status(api, exchange, me, view.post.id);
}

Result<> like(community::Context& context, Id me, Id post_id) {
    return community::react(context, me, post_id, model::ReactionKind::like);
}

Result<> favourite(const ApiContext& api, Exchange& x) {
    return act<like>(api, x, "write:favourites");
}
Result<> unfavourite(const ApiContext& api, Exchange& x) {
    return act<community::unreact>(api, x, "write:favourites");
}
Result<> unreblog(const ApiContext& api, Exchange& x) {
    return act<community::unboost>(api, x, "write:statuses");
}
Result<> pin(const ApiContext& api, Exchange& x) {
    return act<community::pin_post>(api, x, "write:accounts");
}
Result<> unpin(const ApiContext& api, Exchange& x) {
    return act<community::unpin_post>(api, x, "write:accounts");
}

// Answers with the boost, a status of its own.
Result<> reblog(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:statuses"}));
    const auto visibility = TRY(wanted_visibility(*TRY(exchange.params()), "public"));
    if (visibility == Visibility::direct)
        return fail(Code::unprocessable,
                    "Validation failed: Visibility is not included in the list");
    auto view =
        TRY(community::load_view(api.community, Viewer::actor(me), TRY(exchange.id_param())));
    auto boost = TRY(community::boost(api.community, me, view.post.id, visibility));
    return answer_status(api, exchange, me, boost.id);
}

}  // namespace

void add_posting_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v1/statuses", post_status},
                   {"PUT", "/api/v1/statuses/:id", edit_status},
                   {"PATCH", "/api/v1/statuses/:id", edit_status},
                   {"DELETE", "/api/v1/statuses/:id", delete_status},
                   {"POST", "/api/v1/statuses/:id/favourite", favourite},
                   {"POST", "/api/v1/statuses/:id/unfavourite", unfavourite},
                   {"POST", "/api/v1/statuses/:id/reblog", reblog},
                   {"POST", "/api/v1/statuses/:id/unreblog", unreblog},
                   {"POST", "/api/v1/statuses/:id/pin", pin},
                   {"POST", "/api/v1/statuses/:id/unpin", unpin}});
}

}  // namespace kith::mastodon
