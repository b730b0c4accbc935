// Posts that wait to be looked at, and the rules of a group that act by themselves.
#include "base/core/clock.hpp"
#include "base/json/writer.hpp"
#include "config/limits/groups.hpp"
#include "node/api/kith/groups.hpp"
#include "node/api/kith/handlers.hpp"
#include "node/api/kith/json_groups.hpp"
#include "node/community/group_queue.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>

namespace kith::own_api {

namespace {

using community::QueueItem;
using http::Exchange;
using http::Params;
using json::Writer;
using model::AutoRule;

// Whole, since it is seen nowhere else. Of remote pictures the address is given, and nothing is fetched.
void write_item(Writer& w, const ApiContext& api, const QueueItem& item) {
    w.object().member("id", std::to_string(item.post.id)).member("uri", item.post.ap_id).member("title", item.post.title);
    w.member("content", item.post.content).member("spoiler_text", item.post.summary).member("link", item.post.link_url);
    w.member("at", format_iso8601(item.post.received_at)).member("why", item.held.why).member("refused", item.held.refused);
    w.key("in_reply_to_id");
    if (item.post.in_reply_to_id)
        w.value(std::to_string(*item.post.in_reply_to_id));
    else
        w.null();
    w.key("media_attachments").array();
    for (const auto& picture : item.attachments)
        w.object().member("url", api.community.urls.file(picture.url)).member("description", picture.description).end();
    w.end();
    write_actor(w, api, "account", item.author);
    w.end();
}

Result<> list_waiting(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(reader(api, exchange));
    const auto page = TRY(community::waiting_posts(api.community, me, TRY(exchange.id_param()),
                                                   TRY(page_of(exchange, limits::team_queue_page, limits::team_queue_page_max))));
    return answer_list(exchange, page.items, [&](Writer& w, const QueueItem& item) { write_item(w, api, item); });
}

void write_rule(Writer& w, const AutoRule& rule) {
    w.object().member("id", std::to_string(rule.id)).member("kind", community::auto_rule_kinds[std::size_t(rule.kind)]);
    w.member("action", community::auto_rule_actions[std::size_t(rule.action)]).key("terms").array();
    for (const auto& term : rule.terms) w.value(term);
    w.end().member("days", rule.days).member("posts", rule.posts).member("reason", rule.reason);
    w.member("enabled", rule.enabled);
    write_time(w, "tried_at", rule.tried_at);
    w.end();
}

Result<> answer_rule(Exchange& exchange, const AutoRule& rule) {
    Writer w;
    write_rule(w, rule);
    return exchange.json(200, w.take());
}

Result<> answer_care(const ApiContext& api, Exchange& exchange, Id me) {
    const auto care = TRY(community::group_care(api.community, me, TRY(exchange.id_param())));
    Writer w;
    w.object().member("first_posts_held", care.first_posts_held).member("waiting", care.waiting).key("rules").array();
    for (const auto& rule : care.rules) write_rule(w, rule);
    w.end().end();
    return exchange.json(200, w.take());
}

Result<> show_care(const ApiContext& api, Exchange& exchange) { return answer_care(api, exchange, TRY(reader(api, exchange))); }

Result<> change_care(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto posts = TRY(exchange.params())->integer("first_posts_held");
    if (!posts) return fail(Code::unprocessable, "Validation failed: First posts held can't be blank");
    const auto bounded = int(std::clamp<std::int64_t>(*posts, -1, limits::newcomer_posts_max + 1));
    TRY(community::set_first_posts_held(api.community, me, TRY(exchange.id_param()), bounded));
    return answer_care(api, exchange, me);
}

template <std::size_t n>
std::optional<int> index_of(const std::array<std::string_view, n>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::nullopt : std::optional(int(found - names.begin()));
}

Result<community::NewAutoRule> wanted_rule(const Params& params) {
    const auto kind = index_of(community::auto_rule_kinds, params.get_or("kind", ""));
    const auto action = index_of(community::auto_rule_actions, params.get_or("action", ""));
    if (!kind) return fail(Code::unprocessable, "Validation failed: Kind is not included in the list");
    if (!action) return fail(Code::unprocessable, "Validation failed: Action is not included in the list");
    community::NewAutoRule wanted;
    wanted.kind = model::AutoRuleKind(*kind);
    wanted.action = model::AutoRuleAction(*action);
    for (const auto term : params.list("terms")) wanted.terms.emplace_back(term);
    wanted.days = int(std::clamp<std::int64_t>(params.integer("days").value_or(0), -1, limits::newcomer_days_max + 1));
    wanted.posts = int(std::clamp<std::int64_t>(params.integer("posts").value_or(0), -1, limits::newcomer_posts_max + 1));
    wanted.reason = std::string(params.get_or("reason", ""));
    return wanted;
}

Result<> add_rule(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto wanted = TRY(wanted_rule(*TRY(exchange.params())));
    return answer_rule(exchange, TRY(community::put_auto_rule(api.community, me, TRY(exchange.id_param()), {}, wanted)));
}

Result<> change_rule(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto wanted = TRY(wanted_rule(*TRY(exchange.params())));
    return answer_rule(exchange, TRY(community::put_auto_rule(api.community, me, TRY(exchange.id_param()), TRY(exchange.id_param("rule")), wanted)));
}

Result<> remove_rule(const ApiContext& api, Exchange& exchange) {
    TRY(community::remove_auto_rule(api.community, TRY(writer(api, exchange)), TRY(exchange.id_param()), TRY(exchange.id_param("rule"))));
    return exchange.json(200, "{}");
}

Result<> try_rule(const ApiContext& api, Exchange& exchange) {
    const auto trial =
        TRY(community::try_auto_rule(api.community, TRY(writer(api, exchange)), TRY(exchange.id_param()), TRY(exchange.id_param("rule"))));
    Writer w;
    w.object().member("looked_at", trial.looked_at).member("met", trial.met).key("examples").array();
    for (const auto& item : trial.examples) write_item(w, api, item);
    w.end().key("rule");
    write_rule(w, trial.rule);
    w.end();
    return exchange.json(200, w.take());
}

Result<> switch_rule(const ApiContext& api, Exchange& exchange, bool on) {
    const auto me = TRY(writer(api, exchange));
    return answer_rule(exchange, TRY(community::switch_auto_rule(api.community, me, TRY(exchange.id_param()), TRY(exchange.id_param("rule")), on)));
}
Result<> enable_rule(const ApiContext& api, Exchange& exchange) { return switch_rule(api, exchange, true); }
Result<> disable_rule(const ApiContext& api, Exchange& exchange) { return switch_rule(api, exchange, false); }

}  // namespace

void add_queue_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/kith/v1/groups/:id/queue", list_waiting},
                   {"GET", "/api/kith/v1/groups/:id/care", show_care},
                   {"PUT", "/api/kith/v1/groups/:id/care", change_care},
                   {"POST", "/api/kith/v1/groups/:id/auto_rules", add_rule},
                   {"PUT", "/api/kith/v1/groups/:id/auto_rules/:rule", change_rule},
                   {"DELETE", "/api/kith/v1/groups/:id/auto_rules/:rule", remove_rule},
                   {"POST", "/api/kith/v1/groups/:id/auto_rules/:rule/try", try_rule},
                   {"POST", "/api/kith/v1/groups/:id/auto_rules/:rule/enable", enable_rule},
                   {"POST", "/api/kith/v1/groups/:id/auto_rules/:rule/disable", disable_rule}});
}

}  // namespace kith::own_api
