#include "node/community/group_arrival.hpp"

#include "base/core/log.hpp"
#include "base/core/stop_point.hpp"
#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "config/limits/group_moves.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/events.hpp"
#include "node/community/follow_steps.hpp"
#include "node/community/group_arrival_items.hpp"
#include "node/community/inbound/authors.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_moves.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>
#include <iterator>

namespace kith::community {

using model::Actor;
using model::GroupMove;
using model::GroupMoveState;
using sql::Tx;

namespace {

constexpr int parts_count = int(std::size(moving_parts));

Result<> add_arrival_job(Tx& tx, const Context& context, Id group) {
    json::Writer w;
    w.object().member("group", group).end();
    const auto now = context.clock.now_ms();
    return repo::add_job(tx, {.id = context.ids.next(), .kind = std::string(arrival_job), .payload = w.take(), .not_before = now, .created_at = now});
}

// A page of the part that is being read, of the old group's own.
bool is_page_of(const std::string& url, const std::string& part_url) { return url == part_url || url.starts_with(part_url + "?"); }

TimeMs pause_after(int attempts) {
    return std::min<TimeMs>(limits::arrival_retry_ms << std::min(attempts, 20), limits::arrival_retry_ms_max);
}

// All that is done for one group in one go.
class Arrival {
public:
    Arrival(Context& context, const FetchAs& fetch, GroupMove move, Actor group, Actor old, std::string payload)
        : context_(context), move_(std::move(move)), group_(std::move(group)), old_(std::move(old)), payload_(std::move(payload)),
          fetcher_(fetch, group_.id) {}

    Result<std::optional<ArrivalMore>> go_on() {
        if (move_.state == GroupMoveState::copying) return read_page();
        if (move_.state == GroupMoveState::copied) return ask_again();
        return std::optional<ArrivalMore>{};
    }

private:
    std::optional<ArrivalMore> again(TimeMs at) const { return ArrivalMore{payload_, at}; }

    Result<> save() {
        return context_.db.write([move = move_](Tx& tx) -> Result<> {
            // The old host may have offered it anew meanwhile.
            const auto now = TRY(repo::find_group_move(tx, move.group_id));
            return now && now->ap_id == move.ap_id && now->state == GroupMoveState::copying ? repo::put_group_move(tx, move) : Result<>{};
        });
    }

    Result<std::optional<ArrivalMore>> failed(const Error& error) {
        move_.error = error.safe_text;
        ++move_.attempts;
        TRY(save());
        log::info("group_move.waits", {{"group", group_.username}, {"reason", error.safe_text}, {"detail", error.detail}});
        if (move_.attempts >= limits::arrival_attempts_max) return std::optional<ArrivalMore>{};
        return again(context_.clock.now_ms() + pause_after(move_.attempts - 1));
    }

    Result<std::optional<ArrivalMore>> read_page() {
        const auto part = moving_parts[move_.part];
        const auto part_url = moving_url(old_.ap_id, part);
        const auto page = fetcher_.fetch(move_.page.empty() ? part_url : move_.page);
        if (!page) return failed(page.error());
        if (!of_one_origin(page->id, old_.ap_id)) return failed(Error{Code::forbidden, "the page is of another origin", page->id});
        int number = 0;
        for (const auto item : page->document["orderedItems"]) {
            if (++number > limits::arrival_items_per_page_max) break;
            const auto taken = take_item(part, item);
            if (taken) continue;
            if (passes_later(taken.error()) && move_.attempts < limits::arrival_impatient_after) return failed(taken.error());
            log::info("group_move.left_out", {{"group", group_.username}, {"part", part}, {"reason", taken.error().safe_text}, {"detail", taken.error().detail}});
        }
        const auto next = vocab::id_of(page->document["next"]);
        move_.attempts = 0;
        move_.error.clear();
        move_.copied += number;
        const bool goes_on = number > 0 && move_.copied < limits::arrival_items_max;
        if (goes_on && is_page_of(next, part_url) && next != move_.page) {
            move_.page = next;
        } else {
            move_.page.clear();
            ++move_.part;
        }
        if (move_.part == parts_count) return finish();
        TRY(save());
        stop_point("group_move.page");
        return again(context_.clock.now_ms());
    }

    Result<> take_item(std::string_view part, json::View item) {
        const ArrivalScene scene{context_, group_, old_};
        if (part == "settings") return take_settings(scene, item);
        if (part == "members") return take_member(scene, item);
        if (part == "bans") return take_ban(scene, item, fetcher_);
        if (part == "posts") return take_post(scene, item, fetcher_, Patience::keep);
        if (part == "featured") return take_featured(scene, item);
        if (part == "votes") return take_vote(scene, item);
        return take_act(scene, item, fetcher_);
    }

    // Everything was read: the old host may tell everybody.
    Result<std::optional<ArrivalMore>> finish() {
        move_.state = GroupMoveState::copied;
        move_.part = 0;
        TRY(context_.db.write([this](Tx& tx) -> Result<> {
            const auto now = TRY(repo::find_group_move(tx, move_.group_id));
            if (!now || now->ap_id != move_.ap_id || now->state != GroupMoveState::copying) return {};
            TRY(repo::put_group_move(tx, move_));
            return emit(tx, context_,
                        {.kind = model::EventKind::group_taken, .actor_id = group_.id, .target_id = old_.id, .object_ap_id = move_.ap_id});
        }));
        stop_point("group_move.copied");
        log::info("group_move.copied", {{"group", group_.username}, {"from", old_.ap_id}, {"items", move_.copied}});
        return again(context_.clock.now_ms() + limits::arrival_again_ms);
    }

    // Posts of hosts that did not answer, or that give them to the new group only after they heard of the Move.
    Result<std::optional<ArrivalMore>> ask_again() {
        const ArrivalScene scene{context_, group_, old_};
        const auto waiting = TRY(context_.db.read([this](Tx& tx) { return repo::awaited_posts(tx, group_.id, move_.page, limits::moving_posts_page); }));
        const bool from_the_start = move_.page.empty();
        if (waiting.empty() && from_the_start) return end();
        const bool too_late = context_.clock.now_ms() > move_.started_at + limits::arrival_wait_ms;
        for (const auto& post : waiting) {
            const auto item = TRY(json::Document::parse(post.item));
            const auto taken = take_post(scene, item.root(), fetcher_, Patience::none);
            if (taken || too_late || taken.error().code == Code::gone)
                TRY(context_.db.write([this, &post](Tx& tx) { return repo::forget_awaited_post(tx, group_.id, post.ap_id); }));
        }
        const bool more = int(waiting.size()) == limits::moving_posts_page;
        if (!more) ++move_.attempts;
        move_.page = more ? waiting.back().ap_id : std::string();
        TRY(context_.db.write([this](Tx& tx) -> Result<> {
            auto now = TRY(repo::find_group_move(tx, group_.id));
            if (!now || now->ap_id != move_.ap_id) return {};
            now->page = move_.page;
            now->attempts = move_.attempts;
            return repo::put_group_move(tx, *now);
        }));
        return again(context_.clock.now_ms() + (more ? 0 : limits::arrival_again_ms << std::min(move_.attempts, 10)));
    }

    // The rest is done when the Move has come: group_move.cpp.
    Result<std::optional<ArrivalMore>> end() {
        TRY(context_.db.write([this](Tx& tx) -> Result<> {
            auto now = TRY(repo::find_group_move(tx, group_.id));
            if (!now || now->state != GroupMoveState::copied || old_.moved_to.empty()) return {};
            now->state = GroupMoveState::done;
            return repo::put_group_move(tx, *now);
        }));
        return std::optional<ArrivalMore>{};
    }

    Context& context_;
    GroupMove move_;
    const Actor group_, old_;
    const std::string payload_;
    ArrivalFetcher fetcher_;
};

}  // namespace

std::string moving_url(const std::string& old_group, std::string_view part) { return old_group + "/moving/" + std::string(part); }

Result<> take_offer(Tx& tx, const Context& context, const Actor& group, const Actor& old, const std::string& offer_ap_id) {
    const auto known = TRY(repo::find_group_move(tx, group.id));
    if (known && known->ap_id == offer_ap_id) return {};
    GroupMove move;
    move.group_id = group.id;
    move.arrives = true;
    move.other_id = old.id;
    move.state = GroupMoveState::copying;
    move.ap_id = offer_ap_id;
    move.started_at = context.clock.now_ms();
    TRY(repo::put_group_move(tx, move));
    return add_arrival_job(tx, context, group.id);
}

Result<std::optional<ArrivalMore>> continue_arrival(Context& context, const FetchAs& fetch, const std::string& payload) {
    const auto document = TRY(json::Document::parse(payload));
    const auto id = TRY(document["group"].integer());
    std::optional<GroupMove> move;
    std::optional<Actor> group, old;
    TRY(context.db.read([&](Tx& tx) -> Result<> {
        move = TRY(repo::find_group_move(tx, id));
        group = TRY(repo::find_actor(tx, id));
        if (move) old = TRY(repo::find_actor(tx, move->other_id));
        return {};
    }));
    if (!move || !move->arrives || !group || !group->local || group->deleted_at || !old) return std::optional<ArrivalMore>{};
    return Arrival(context, fetch, std::move(*move), std::move(*group), std::move(*old), payload).go_on();
}

Result<bool> is_awaited_member(Tx& tx, const Actor& group, const Actor& person) {
    if (!group.local || !group.is_group()) return false;
    return repo::is_expected_member(tx, group.id, person.ap_id);
}

Result<> restore_membership(Tx& tx, const Context& context, const Actor& group, const Actor& person) {
    const auto kept = TRY(repo::take_expected_member(tx, group.id, person.ap_id));
    const auto now = kept ? TRY(repo::find_membership(tx, group.id, person.id)) : std::optional<model::Membership>{};
    if (!now) return {};
    // The new group has its owner; the old one's looks after it, too.
    const auto was = std::min(kept->role, model::GroupRole::moderator);
    const auto role = now->role == model::GroupRole::owner ? now->role : std::max(now->role, was);
    TRY(repo::set_membership(tx, group.id, person.id, role, std::min(kept->joined_at, now->joined_at)));
    if (role < model::GroupRole::moderator || role == now->role) return {};
    return emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = group.id});
}

Result<> meet_carried_vote(Tx& tx, const Context& context, const Actor& voter, const std::string& post_ap_id, const std::string& vote_ap_id) {
    auto vote = vote_ap_id.empty() ? std::optional<repo::CarriedVote>{} : TRY(repo::find_carried_vote_by_ap_id(tx, vote_ap_id));
    if (!vote && !post_ap_id.empty()) vote = TRY(repo::find_carried_vote(tx, post_ap_id, voter.ap_id));
    if (!vote || vote->actor_ap_id != voter.ap_id || !vote->counted) return {};
    TRY(repo::remove_carried_vote(tx, *vote));
    const auto post = TRY(repo::find_post_by_ap_id(tx, vote->post_ap_id));
    if (!post || post->deleted_at) return {};
    const bool liked = vote->kind == model::ReactionKind::like;
    TRY(repo::add_to_counter(tx, post->id, liked ? repo::PostCounter::likes : repo::PostCounter::dislikes, -1));
    TRY(repo::put_reaction(tx, {voter.id, post->id, vote->kind, vote->ap_id, vote->at}, context.ids.next()));
    return {};
}

}  // namespace kith::community
