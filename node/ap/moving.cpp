// What is in a group that moves, for its new host (docs/decisions/0029): for the new group alone, by a signed GET of its
// own, from the Offer on and as long as the group has not moved. For everybody else it is not there.
#include "base/core/stop_point.hpp"
#include "base/json/writer.hpp"
#include "config/limits/group_moves.hpp"
#include "federation/delivery/documents.hpp"
#include "federation/vocab/writer.hpp"
#include "node/ap/answers.hpp"
#include "node/ap/asker.hpp"
#include "node/ap/handlers.hpp"
#include "node/ap/local_actors.hpp"
#include "node/community/group_arrival.hpp"
#include "node/community/group_moderation.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_moves.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/posts.hpp"

namespace kith::ap {

using json::Writer;
using model::Actor;
using sql::Tx;

namespace {

// Items of one page, and where the next one begins.
struct Page {
    std::vector<std::string> items;
    std::string next;  // the query of the next page; "" = this was the last one
};

// Where a page begins: after these.
struct After {
    Id one = 0, other = 0;
};

std::string query(Id one) { return "?after=" + std::to_string(one); }

Result<std::string> ap_id_of(Tx& tx, std::optional<Id> actor) {
    const auto found = actor ? TRY(repo::find_actor(tx, *actor)) : std::optional<Actor>{};
    return found ? found->ap_id : std::string();
}

void write_texts(Writer& w, std::string_view name, const std::vector<std::string>& texts) {
    w.key(name).array();
    for (const auto& text : texts) w.value(text);
    w.end();
}

Result<Page> settings(Tx& tx, const Actor& group) {
    const auto settings = TRY(repo::find_group(tx, group.id));
    Writer w;
    w.object().member("name", group.name).member("source", group.source).member("approval", group.locked);
    const auto posting = settings ? settings->posting : model::PostingPolicy::everyone;
    w.member("posting", posting == model::PostingPolicy::everyone ? "everyone" : posting == model::PostingPolicy::members ? "members" : "moderators");
    const auto profile = TRY(repo::group_profile(tx, group.id));
    w.member("visibility", std::int64_t(profile.visibility)).member("brief", profile.brief).member("sensitive", profile.sensitive);
    w.member("archived", profile.archived_at.has_value()).member("welcome", profile.welcome).member("order", profile.default_order);
    write_texts(w, "languages", profile.languages);
    write_texts(w, "questions", profile.questions);
    std::vector<std::string> rules;
    for (const auto& rule : TRY(repo::group_rules(tx, group.id))) rules.push_back(rule.text);
    write_texts(w, "rules", rules);
    w.end();
    return Page{{w.take()}, {}};
}

Result<Page> members(Tx& tx, const Actor& group, After after) {
    static constexpr std::string_view roles[] = {"member", "greeter", "moderator", "owner"};
    Page page;
    const auto rows = TRY(repo::members_page(tx, group.id, after.one, limits::moving_members_page));
    for (const auto& row : rows) {
        Writer w;
        w.object().member("id", row.ap_id).member("role", roles[std::size_t(row.role)]).member("at", row.joined_at).end();
        page.items.push_back(w.take());
    }
    if (int(rows.size()) == limits::moving_members_page) page.next = query(rows.back().actor_id);
    return page;
}

Result<Page> bans(Tx& tx, const Actor& group, After after) {
    Page page;
    const auto rows = TRY(repo::bans_page(tx, group.id, after.one, limits::moving_log_page));
    for (const auto& row : rows) {
        Writer w;
        w.object().member("id", row.person_ap_id).member("block", row.ban.ap_id).member("at", row.ban.at);
        if (row.ban.expires_at) w.member("expires", *row.ban.expires_at);
        w.end();
        page.items.push_back(w.take());
    }
    if (int(rows.size()) == limits::moving_log_page) page.next = query(rows.back().ban.actor_id);
    return page;
}

// What people here wrote is embedded: the new host cannot have it otherwise where it is for members only. What others
// wrote is at their own hosts.
Result<std::string> history_item(Tx& tx, const Urls& urls, const repo::HistoryRow& row) {
    Writer w;
    w.object().member("id", row.post.ap_id).member("thread", row.thread_ap_id).member("removed", row.removed).member("locked", row.locked);
    if (row.entry_id) w.member("entry", std::to_string(*row.entry_id));
    if (row.post.local) {
        w.key("object");
        vocab::write_post(w, TRY(delivery::post_document(tx, urls, row.post)), vocab::Context::without);
    }
    w.end();
    return w.take();
}

Result<Page> posts(Tx& tx, const Urls& urls, const Actor& group, After after) {
    Page page;
    std::size_t bytes = 0;
    const auto rows = TRY(repo::history_page(tx, group.id, after.one, limits::moving_posts_page));
    for (const auto& row : rows) {
        page.items.push_back(TRY(history_item(tx, urls, row)));
        bytes += page.items.back().size();
        const bool full = int(page.items.size()) == limits::moving_posts_page || bytes > limits::moving_page_bytes_max;
        if (!full) continue;
        page.next = query(row.post.id);
        break;
    }
    return page;
}

Result<Page> featured(Tx& tx, const Actor& group) {
    Page page;
    const auto ids = TRY(repo::pinned_by(tx, group.id));
    auto at = group.created_at + TimeMs(ids.size());  // the first one is shown first
    for (const auto id : ids) {
        const auto post = TRY(repo::find_post(tx, id));
        if (!post || post->deleted_at) continue;
        Writer w;
        w.object().member("id", post->ap_id).member("at", at--).end();
        page.items.push_back(w.take());
    }
    return page;
}

Result<Page> votes(Tx& tx, const Actor& group, After after) {
    Page page;
    const auto rows = TRY(repo::group_votes_page(tx, group.id, after.one, after.other,
                                                 limits::moving_votes_page));
    for (const auto& row : rows) {
        Writer w;
        w.object().member("id", row.reaction.ap_id).member("type", row.reaction.kind == model::ReactionKind::like ? "Like" : "Dislike");
        w.member("actor", row.actor_ap_id).member("object", row.post_ap_id).member("at", row.reaction.created_at).end();
        page.items.push_back(w.take());
    }
    if (int(rows.size()) == limits::moving_votes_page)
        page.next = query(rows.back().post_id) + "&actor=" + std::to_string(rows.back().actor_id);
    return page;
}

Result<std::string> log_item(Tx& tx, const model::GroupAct& act) {
    Writer w;
    w.object().member("id", act.ap_id).member("kind", community::group_act_name(act.kind)).member("actor", TRY(ap_id_of(tx, act.moderator_id)));
    w.member_unless_empty("target", TRY(ap_id_of(tx, act.target_id)));
    if (const auto post = act.post_id ? TRY(repo::find_post(tx, *act.post_id)) : std::optional<model::Post>{}) w.member("object", post->ap_id);
    w.member("summary", act.reason).member("withPosts", act.with_posts).member("at", act.at);
    if (act.expires_at) w.member("expires", *act.expires_at);
    if (const auto before = act.undoes_id ? TRY(repo::find_group_act(tx, *act.undoes_id)) : std::optional<model::GroupAct>{})
        w.member("undoes", before->ap_id);
    w.end();
    return w.take();
}

// Oldest first.
Result<Page> log(Tx& tx, const Actor& group, After after) {
    Page page;
    auto acts = TRY(repo::group_acts_page(tx, {.group_id = group.id, .post_id = {}, .target_id = {}, .moderator_id = {}, .with_closed = true},
                                          {.above = after.one, .ascending = true, .limit = limits::moving_log_page}));
    for (auto act = acts.rbegin(); act != acts.rend(); ++act) page.items.push_back(TRY(log_item(tx, *act)));
    if (int(acts.size()) == limits::moving_log_page) page.next = query(acts.front().id);
    return page;
}

Result<Page> page_of(Tx& tx, const Urls& urls, const Actor& group, std::string_view part, After after) {
    if (part == "settings") return settings(tx, group);
    if (part == "members") return members(tx, group, after);
    if (part == "bans") return bans(tx, group, after);
    if (part == "posts") return posts(tx, urls, group, after);
    if (part == "featured") return featured(tx, group);
    if (part == "votes") return votes(tx, group, after);
    if (part == "log") return log(tx, group, after);
    return not_found();
}

}  // namespace

Result<> moving(ApContext& context, http::Exchange& exchange) {
    vary(exchange);
    const auto group = TRY(local_actor(context, exchange));
    const auto asker = asker_of(context, exchange);
    if (!asker || !asker->sender) return not_found();
    const auto& params = *TRY(exchange.params());
    const std::string part(exchange.param("part"));
    const After after{params.id("after").value_or(0), params.id("actor").value_or(0)};
    const auto page = TRY(context.community.db.read([&](Tx& tx) -> Result<Page> {
        const auto move = TRY(repo::find_group_move(tx, group.id));
        const bool may = move && !move->arrives && move->state == model::GroupMoveState::offered && move->other_id == asker->sender->actor_id;
        if (!may) return not_found();
        return page_of(tx, context.community.urls, group, part, after);
    }));
    stop_point("group_move.read");
    const auto url = community::moving_url(group.ap_id, part);
    auto own = url;
    if (after.one) own += query(after.one);
    if (after.other) own += "&actor=" + std::to_string(after.other);
    return answer_activity(exchange,
                           vocab::write_collection_page({.id = own,
                                                         .part_of = url,
                                                         .next = page.next.empty() ? std::string() : url + page.next,
                                                         .prev = {},
                                                         .total_items = {},
                                                         .items = page.items,
                                                         .ordered = true}),
                           Sharing::asker_only);
}

}  // namespace kith::ap
