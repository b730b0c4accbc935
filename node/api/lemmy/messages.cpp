// Messages between two: direct posts, in which the other is named first.
#include "node/api/lemmy/messages.hpp"

#include "base/text/strings.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/fields.hpp"
#include "node/api/lemmy/handlers.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/api/lemmy/shape.hpp"
#include "node/community/accounts.hpp"
#include "node/community/preferences.hpp"

#include <algorithm>

namespace kith::lemmy {

namespace {

using community::Viewer;
using http::Exchange;

Result<> answer(const ApiContext& api, Exchange& exchange, Id me, Id message) {
    json::Writer w;
    w.object().key("private_message_view");
    write_message_view(w, api, TRY(community::load_view(api.community, Viewer::actor(me), message)), me);
    w.end();
    return exchange.json(200, w.take());
}

Result<community::PostView> own_message(const ApiContext& api, Id me, Id message) {
    auto view = TRY(community::load_view(api.community, Viewer::actor(me), message));
    if (view.post.visibility != model::Visibility::direct || view.author.id != me) return fail(Code::not_found, "Record not found");
    return view;
}

// "@bob" or "@bob@example.org" of somebody who got it, as it stands before what is said.
bool names_receiver(const community::PostView& view, std::string_view word) {
    const auto named = text::to_lower_ascii(word);
    return std::any_of(view.mentions.begin(), view.mentions.end(), [&](const auto& mention) {
        const auto name = text::to_lower_ascii(std::string_view(mention.name));
        return named == name || name.starts_with(named + "@") || named.starts_with(name + "@");
    });
}

// What is more than a line of plain text may begin with a list or a heading: the names stand above it.
std::string addressed(const std::string& names, std::string_view content) {
    const bool plain = content.find('\n') == content.npos && content.find_first_of("#>-*+`|~0123456789") != 0;
    return names + (plain ? " " : "\n\n") + std::string(content);
}

}  // namespace

std::string message_text(const community::PostView& view) {
    const auto whole = body_of(view.post);
    auto rest = text::trim(whole);
    for (std::size_t names = 0; names < view.mentions.size(); ++names) {
        const auto end = rest.find_first_of(" \n");
        if (end == rest.npos || !names_receiver(view, rest.substr(0, end))) break;
        rest = text::trim(rest.substr(end));
    }
    return std::string(rest);
}

const model::Actor& recipient_of(const community::PostView& view, Id viewer) {
    for (const auto& mention : view.mentions)
        if (mention.actor.id == viewer) return mention.actor;
    return view.mentions.empty() ? view.author : view.mentions.front().actor;
}

void write_message(json::Writer& w, const community::PostView& view, Id viewer) {
    const auto& post = view.post;
    w.object().member("id", post.id).member("creator_id", post.actor_id).member("recipient_id", recipient_of(view, viewer).id);
    w.member("content", message_text(view)).member("deleted", post.deleted_at.has_value());
    w.member("published_at", format_iso8601(post.published_at));
    if (post.edited_at) w.member("updated_at", format_iso8601(*post.edited_at));
    w.member("ap_id", post.ap_id).member("local", post.local).member("removed", false).member("deleted_by_recipient", false).end();
}

void write_message_view(json::Writer& w, const ApiContext& api, const community::PostView& view, Id viewer, std::string_view type) {
    if (api.shape) return api.shape->message_view(w, api, view, viewer);
    w.object();
    if (!type.empty()) w.member("type_", type);
    w.key("private_message");
    write_message(w, view, viewer);
    w.key("creator");
    write_person(w, api, view.author);
    w.key("recipient");
    write_person(w, api, recipient_of(view, viewer));
    w.end();
}

Result<> create_message(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto to = TRY(community::actor_by_id(api.community, params.id("recipient_id").value_or(0)));
    if (to.is_group()) return fail(Code::unprocessable, "A message goes to a person");
    if (to.local && to.id != caller.account_id && !TRY(community::preferences(api.community, to.id)).flag("private_messages_enabled"))
        return fail(Code::forbidden, "They take no messages");
    if (text::trim(params.get_or("content", "")).empty()) return fail(Code::unprocessable, "Validation failed: Text can't be blank");
    community::NewPost draft;
    draft.text = addressed("@" + community::acct_of(api.community, to), params.get_or("content", ""));
    draft.content_type = "text/markdown";
    draft.visibility = model::Visibility::direct;
    draft.to_first_named = true;
    const auto made = TRY(community::create_post(api.community, caller.account_id, draft));
    return answer(api, exchange, caller.account_id, made.id);
}

Result<> edit_message(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto view = TRY(own_message(api, caller.account_id, params.id("private_message_id").value_or(0)));
    community::PostChange change;
    std::string names;
    for (const auto& mention : view.mentions) names += (names.empty() ? "" : " ") + mention.name;  // who got it
    change.text = addressed(names, params.get_or("content", ""));
    TRY(community::edit_post(api.community, caller.account_id, view.post.id, change));
    return answer(api, exchange, caller.account_id, view.post.id);
}

Result<> delete_message(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    auto view = TRY(own_message(api, caller.account_id, params.id("private_message_id").value_or(0)));
    if (!params.flag_or("deleted", true)) return fail(Code::unprocessable, "What its author deleted does not come back here");
    TRY(community::delete_post(api.community, caller.account_id, view.post.id));
    view.post.deleted_at = api.community.clock.now_ms();
    json::Writer w;
    w.object().key("private_message_view");
    write_message_view(w, api, view, caller.account_id);
    w.end();
    return exchange.json(200, w.take());
}

void add_message_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v4/private_message", create_message}, {"PUT", "/api/v4/private_message", edit_message}, {"DELETE", "/api/v4/private_message", delete_message}});
}

}  // namespace kith::lemmy
