// Labels of a group's threads.
#include "node/community/group_tags.hpp"

#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/routes.hpp"

#include <charconv>

namespace kith::lemmy {

namespace {

using http::Exchange;
using http::Params;

// "color01" to "color10"; 0 for anything else, which is refused where it is kept.
Result<community::GroupTagChange> change_of(const Params& params) {
    community::GroupTagChange change;
    change.display_name = params.text("display_name");
    change.summary = params.text("summary");
    if (const auto color = params.get("color")) {
        int number = 0;
        if (color->size() == 7 && color->starts_with("color")) std::from_chars(color->data() + 5, color->data() + 7, number);
        change.color = number;
    }
    return change;
}

Result<> answer(Exchange& exchange, const model::GroupTag& tag) {
    json::Writer w;
    write_tag(w, tag);
    return exchange.json(200, w.take());
}

Result<> create(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    return answer(exchange, TRY(community::add_group_tag(api.community, caller.account_id, params.id("community_id").value_or(0),
                                                         std::string(params.get_or("name", "")), TRY(change_of(params)))));
}

Result<> edit(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    return answer(exchange, TRY(community::change_group_tag(api.community, caller.account_id, params.id("tag_id").value_or(0),
                                                            TRY(change_of(params)))));
}

Result<> remove(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    return answer(exchange, TRY(community::delete_group_tag(api.community, caller.account_id, params.id("tag_id").value_or(0),
                                                            params.flag_or("delete", true))));
}

Result<> mod_edit(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto post = params.id("post_id").value_or(0);
    community::ThreadMarks marks{.tags = TRY(tags_asked(params)), .sensitive = params.flag("nsfw")};
    if (!marks.tags && !marks.sensitive) marks.tags.emplace();  // an empty list is as none: all are taken away
    TRY(community::mark_for_author(api.community, caller.account_id, post, marks));
    return exchange.json(200, post_response(api, TRY(community::group_thread(api.community, community::Viewer::actor(caller.account_id), post))));
}

}  // namespace

Result<std::optional<std::vector<Id>>> tags_asked(const Params& params) {
    const auto asked = params.list("tags");
    if (asked.empty() && !params.has("tags") && !params.has("tags[]")) return std::optional<std::vector<Id>>{};
    std::vector<Id> ids;
    for (const auto text : asked) {
        if (text.empty()) continue;
        const auto id = parse_id(text);
        if (!id) return fail(Code::invalid, "A tag is given by its number");
        ids.push_back(*id);
    }
    return std::optional(std::move(ids));
}

void write_tag(json::Writer& w, const model::GroupTag& tag) {
    w.object().member("id", tag.id).member("ap_id", tag.ap_id).member("name", tag.name);
    if (!tag.display_name.empty()) w.member("display_name", tag.display_name);
    if (!tag.summary.empty()) w.member("summary", tag.summary);
    w.member("community_id", tag.group_id).member("published_at", format_iso8601(tag.created_at));
    if (tag.updated_at) w.member("updated_at", format_iso8601(*tag.updated_at));
    w.member("deleted", tag.deleted_at.has_value());
    w.member("color", std::string("color") + (tag.color < 10 ? "0" : "") + std::to_string(tag.color)).end();
}

void add_tag_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v4/community/tag", create},
                   {"PUT", "/api/v4/community/tag", edit},
                   {"DELETE", "/api/v4/community/tag", remove},
                   {"PUT", "/api/v4/post/mod_edit", mod_edit}});
}

}  // namespace kith::lemmy
