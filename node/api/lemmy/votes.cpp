// Who voted on something, for the moderators of the group that it is in and the node's.
#include "node/community/group_moderation.hpp"

#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/community/node_moderation.hpp"
#include "node/community/page_window.hpp"
#include "node/community/reports.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

namespace kith::lemmy {

namespace {

using http::Exchange;

struct VoteItem {
    repo::VoteRow vote;
    bool banned = false;  // from the group
};

Result<community::Page<VoteItem>> votes_on(const ApiContext& api, Id moderator, Id post_id, const community::PageRequest& request) {
    return api.community.db.read([&](sql::Tx& tx) -> Result<community::Page<VoteItem>> {
        const auto post = TRY(repo::find_post(tx, post_id));
        const auto group = post && post->group_id ? TRY(repo::find_actor(tx, *post->group_id)) : std::nullopt;
        if (!group || !TRY(repo::sees_post(tx, moderator, post_id))) return fail(Code::not_found, "Record not found");
        if (!TRY(community::is_group_moderator(tx, *group, moderator)) && !TRY(community::handles_reports(tx, moderator)))
            return fail(Code::forbidden, "Only moderators of the group may do that");
        community::Page<VoteItem> out;
        auto rows = TRY(repo::votes_page(tx, post_id, community::window_of(request)));
        if (!rows.empty()) community::set_cursors(out, rows.front().id, rows.back().id, rows.size(), request);
        for (auto& row : rows) {
            const bool banned = TRY(repo::is_banned(tx, group->id, row.actor.id, api.community.clock.now_ms()));
            out.items.push_back({std::move(row), banned});
        }
        return out;
    });
}

Result<> list(const ApiContext& api, Exchange& exchange, std::string_view key) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto votes = TRY(page_of<VoteItem>(params, [&](const community::PageRequest& request) {
        return votes_on(api, caller.account_id, params.id(key).value_or(0), request);
    }));
    return exchange.json(200, page_json([&](json::Writer& w) {
                             for (const auto& item : votes.items) {
                                 w.object().key("creator");
                                 write_person(w, api, item.vote.actor);
                                 const auto here = community::node_standing(api.community, item.vote.actor);
                                 w.member("creator_banned", here && here->banned);
                                 w.member("creator_banned_from_community", item.banned).member("is_upvote", item.vote.up).end();
                             }
                         }, votes.beside));
}
Result<> on_post(const ApiContext& api, Exchange& x) { return list(api, x, "post_id"); }
Result<> on_comment(const ApiContext& api, Exchange& x) { return list(api, x, "comment_id"); }

}  // namespace

void add_vote_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api, {{"GET", "/api/v4/post/like/list", on_post}, {"GET", "/api/v4/comment/like/list", on_comment}});
}

}  // namespace kith::lemmy
