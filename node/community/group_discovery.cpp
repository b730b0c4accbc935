#include "node/community/group_discovery.hpp"

#include "base/text/fold.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/groups.hpp"
#include "node/community/group_move.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/group_team.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_profiles.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace kith::community {

using model::Actor;
using repo::Likeness;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }

// The share of members in common (cosine of the two sets), and of topics.
Result<std::vector<Likeness>> likenesses(Tx& tx, const Actor& group) {
    std::unordered_map<Id, double> found;
    for (const auto& row : TRY(repo::groups_by_common_members(tx, group.id, limits::compared_members_max, limits::common_members_min,
                                                              limits::compared_groups_max))) {
        // What is known of a group elsewhere may be fewer than those who were counted.
        const auto mine = double(std::max(group.followers_count, row.common)), theirs = double(std::max(row.members, row.common));
        found[row.group_id] += double(row.common) / std::sqrt(mine * theirs);
    }
    for (const auto& row : TRY(repo::groups_by_common_topics(tx, group.id, limits::common_topics_min, limits::compared_groups_max)))
        found[row.group_id] += double(row.common) / limits::group_topics_max;
    std::vector<Likeness> out;
    for (const auto& [id, likeness] : found) out.push_back({id, likeness});
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return a.likeness != b.likeness ? a.likeness > b.likeness : a.other_id < b.other_id;
    });
    if (out.size() > limits::similar_groups_max) out.resize(limits::similar_groups_max);
    return out;
}

Result<std::vector<DirectoryPlace>> places_of(Tx& tx, const Context& context, std::vector<Actor> groups) {
    std::vector<Id> ids;
    for (const auto& group : groups) ids.push_back(group.id);
    const auto unattended = TRY(repo::unattended_groups(tx, ids, context.clock.now_ms() - limits::moderators_unseen_ms));
    std::unordered_map<Id, std::vector<std::string>> topics;
    for (auto& row : TRY(repo::topics_of_groups(tx, ids))) topics[row.group_id].push_back(std::move(row.name));
    std::unordered_map<Id, repo::GroupLine> lines;
    for (auto& line : TRY(repo::lines_of_groups(tx, ids))) lines.emplace(line.group_id, std::move(line));
    std::vector<DirectoryPlace> out;
    for (auto& group : groups) {
        const auto id = group.id;
        out.push_back({.group = std::move(group),
                       .brief = std::move(lines[id].brief),
                       .topics = std::move(topics[id]),
                       .seeks_moderators = lines[id].seeks_moderators,
                       .unattended = std::find(unattended.begin(), unattended.end(), id) != unattended.end()});
    }
    return out;
}

// Whoever may make moderators; the node's moderators are among them.
Result<> may_read_offers(Tx& tx, const Actor& group, Id reader) {
    TRY(require_right(tx, group, reader, GroupRight::appoint_moderators));
    return {};
}

Result<Actor> group_here(Tx& tx, Id viewer, Id id) {
    auto group = TRY(repo::find_actor(tx, id));
    if (!group || !group->is_group() || !group->local || group->deleted_at || !TRY(may_know_group(tx, Viewer::actor(viewer), id)))
        return not_found();
    return std::move(*group);
}

}  // namespace

Result<> compare_groups(Context& context) {
    const auto now = context.clock.now_ms();
    const auto due = TRY(context.db.read([now](Tx& tx) {
        return repo::groups_to_compare(tx, now - limits::groups_compared_every_ms, limits::groups_compared_at_once);
    }));
    const repo::TopicBounds bounds{.since = first_id_at(now - limits::topic_ms),
                                   .threads_max = limits::topic_threads_max,
                                   .people_min = limits::topic_people_min,
                                   .kept = limits::group_topics_max};
    // Topics first: each group is compared with what the others are about now.
    for (const auto id : due)
        TRY(context.db.write([=, &bounds](Tx& tx) -> Result<> {
            TRY(repo::refresh_topics(tx, id, bounds));
            return repo::set_group_compared(tx, id, now);
        }));
    for (const auto id : due) {
        const auto similar = TRY(context.db.read([id](Tx& tx) -> Result<std::vector<Likeness>> {
            const auto group = TRY(repo::find_actor(tx, id));
            return group ? likenesses(tx, *group) : Result<std::vector<Likeness>>{};
        }));
        TRY(context.db.write([&](Tx& tx) { return repo::put_similar_groups(tx, id, similar); }));
    }
    return {};
}

Result<std::vector<DirectoryPlace>> group_directory(Context& context, const DirectoryRequest& request) {
    const auto words = text::fold(text::trim(request.words));
    const auto topic = text::fold(request.topic);
    return context.db.read([&](Tx& tx) -> Result<std::vector<DirectoryPlace>> {
        return places_of(tx, context, TRY(repo::group_directory(tx, {.words = words,
                                                                      .topic = topic,
                                                                      .order = request.order,
                                                                      .local = request.local,
                                                                      .seeks_moderators = request.seeks_moderators,
                                                                      .unseen_since = context.clock.now_ms() - limits::moderators_unseen_ms,
                                                                      .limit = request.limit,
                                                                      .offset = request.offset})));
    });
}

Result<DirectoryPlace> directory_place(Context& context, const Actor& group) {
    return context.db.read([&](Tx& tx) -> Result<DirectoryPlace> { return std::move(TRY(places_of(tx, context, {group})).front()); });
}

Result<std::vector<repo::Topic>> group_topics(Context& context) {
    return context.db.read([](Tx& tx) { return repo::common_topics(tx, limits::common_topics_shown_max); });
}

Result<std::vector<DirectoryPlace>> similar_groups(Context& context, const Viewer& viewer, Id group) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<DirectoryPlace>> {
        const auto found = TRY(repo::find_actor(tx, group));
        if (!found || !found->is_group() || !TRY(may_know_group(tx, viewer, group))) return not_found();
        if (TRY(repo::group_profile(tx, group)).visibility != model::GroupVisibility::public_) return std::vector<DirectoryPlace>{};
        return places_of(tx, context, TRY(repo::similar_groups(tx, group, int(limits::similar_groups_max))));
    });
}

Result<> offer_help(Context& context, Id member, Id group_id, const std::string& text) {
    const auto words = std::string(text::trim(text));
    if (words.empty()) return fail(Code::unprocessable, "Validation failed: say in a line or two how you would help");
    if (utf8::length(words) > limits::help_offer_characters_max)
        return fail(Code::unprocessable, "Validation failed: an offer is at most " + std::to_string(limits::help_offer_characters_max) + " characters");
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto group = TRY(group_here(tx, member, group_id));
        TRY(refuse_leaving(tx, group));
        if (TRY(repo::is_banned(tx, group.id, member, context.clock.now_ms())))
            return fail(Code::forbidden, "Who is banned from a group does not look after it");
        if (TRY(team_role(tx, group, member)) >= model::TeamRole::moderator) return fail(Code::forbidden, "You look after this group already");
        return repo::put_help_offer(tx, {group.id, member, words, context.clock.now_ms()});
    });
}

Result<> end_help_offer(Context& context, Id actor, Id group_id, Id offered_by) {
    return context.db.write([=, &context](Tx& tx) -> Result<> {
        const auto group = TRY(group_here(tx, actor, group_id));
        if (actor != offered_by) TRY(may_read_offers(tx, group, actor));
        return TRY(repo::remove_help_offer(tx, group_id, offered_by)) ? Result<>{} : not_found();
    });
}

Result<std::vector<HelpOfferView>> help_offers(Context& context, Id reader, Id group_id) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<HelpOfferView>> {
        TRY(may_read_offers(tx, TRY(group_here(tx, reader, group_id)), reader));
        std::vector<HelpOfferView> out;
        for (auto& offer : TRY(repo::help_offers(tx, group_id, limits::help_offers_shown_max)))
            if (auto actor = TRY(repo::find_actor(tx, offer.actor_id))) out.push_back({std::move(offer), std::move(*actor)});
        return out;
    });
}

}  // namespace kith::community
