// Of which communities and threads a member wants to hear.
#include "node/community/notices.hpp"

#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/routes.hpp"

namespace kith::lemmy {

namespace {

using community::Notice;
using http::Exchange;

Failure unknown() { return fail(Code::invalid, "mode is not one of those that there are"); }

Result<> of_community(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto mode = params.get_or("mode", "");
    std::optional<Notice> wanted;
    if (mode == "all_posts") wanted = Notice::all_posts;
    else if (mode == "all_posts_and_comments") wanted = Notice::all_posts_and_comments;
    else if (mode == "mute") wanted = Notice::mute;
    else if (mode != "replies_and_mentions") return unknown();
    TRY(community::set_group_notice(api.community, caller.account_id, params.id("community_id").value_or(0), wanted));
    return exchange.json(200, success());
}

Result<> of_post(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto mode = params.get_or("mode", "");
    std::optional<Notice> wanted;
    if (mode == "all_comments") wanted = Notice::all_comments;
    else if (mode == "mute") wanted = Notice::mute;
    else if (mode != "replies_and_mentions") return unknown();
    const auto post = params.id("post_id").value_or(0);
    TRY(community::group_thread(api.community, community::Viewer::actor(caller.account_id), post));
    TRY(community::set_thread_notice(api.community, caller.account_id, post, wanted));
    return exchange.json(200, success());
}

}  // namespace

void add_notice_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api, {{"PUT", "/api/v4/community/notifications", of_community}, {"PUT", "/api/v4/post/notifications", of_post}});
}

}  // namespace kith::lemmy
