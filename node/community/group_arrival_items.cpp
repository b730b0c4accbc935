#include "node/community/group_arrival_items.hpp"

#include "base/json/writer.hpp"
#include "base/text/url.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/groups.hpp"
#include "federation/keys/actor_store.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/follow_steps.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/groups.hpp"
#include "node/community/inbound/authors.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/remote_posts.hpp"
#include "node/community/inbound/stamps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_moves.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/threads.hpp"

#include <algorithm>
#include <charconv>
#include <memory>

namespace kith::community {

using model::Actor;
using model::GroupRole;
using model::Post;
using sql::Tx;

namespace {

constexpr int votes_settled_max = 500;

std::string str(json::View item, std::string_view name) { return std::string(item[name].string_or("")); }
bool flag(json::View item, std::string_view name) { return item[name].maybe_boolean().value_or(false); }
std::optional<TimeMs> time(json::View item, std::string_view name) { return item[name].maybe_integer(); }

GroupRole role_from(std::string_view name) {
    if (name == "owner" || name == "moderator") return GroupRole::moderator;
    return name == "greeter" ? GroupRole::greeter : GroupRole::member;
}

std::optional<model::GroupActKind> kind_from(std::string_view name) {
    for (const auto kind : {model::GroupActKind::move_thread_away, model::GroupActKind::move_thread_here, model::GroupActKind::change_group,
                            model::GroupActKind::choose_answer, model::GroupActKind::unchoose_answer})
        if (name == group_act_name(kind)) return kind;
    return group_act_from(name);
}

Failure malformed(std::string_view what) { return fail(Code::invalid, "an item of the old host is not understood", std::string(what)); }

using Plan = std::shared_ptr<DeedPlan>;  // shared, because a write may run its closure more than once

Result<> store_actors(Tx& tx, const Context& context, const Plan& plan) {
    for (const auto& actor : plan->actors) TRY(keys::store_actor(tx, context.ids, context.clock.now_ms(), actor));
    return {};
}

// An actor that an item names, known or fetched. Code::not_found where it cannot be had.
Result<Plan> plan_with(Context& context, std::initializer_list<std::string> actors, inbox::Fetcher& fetcher) {
    auto plan = std::make_shared<DeedPlan>();
    for (const auto& id : actors) {
        if (id.empty()) continue;
        if (!TRY(fetch_author(context, id, fetcher, *plan))) return fail(Code::not_found, "an actor cannot be found", id);
    }
    return plan;
}

// Of people who are known by now a reaction; of others the post's counters know.
Result<> settle_votes(Tx& tx, const Context& context, const Post& post) {
    for (const auto& vote : TRY(repo::uncounted_votes(tx, post.ap_id, votes_settled_max))) {
        const auto voter = TRY(repo::find_actor_by_ap_id(tx, vote.actor_ap_id));
        // What people here did is known at first hand.
        if (voter && !voter->local) TRY(repo::put_reaction(tx, {voter->id, post.id, vote.kind, vote.ap_id, vote.at}, context.ids.next()));
        if (voter || context.urls.is_ours(vote.actor_ap_id)) {
            TRY(repo::remove_carried_vote(tx, vote));
            continue;
        }
        const bool liked = vote.kind == model::ReactionKind::like;
        TRY(repo::add_to_counter(tx, post.id, liked ? repo::PostCounter::likes : repo::PostCounter::dislikes, 1));
        TRY(repo::set_vote_counted(tx, vote));
    }
    return repo::rank_thread(tx, post.id);
}

// The number that its entry had at the old host, so that the order stays; another one where it is taken here.
Result<Id> entry_id(Tx& tx, const Context& context, json::View item) {
    const auto text = item["entry"].string_or("");
    Id wanted = 0;
    std::from_chars(text.data(), text.data() + text.size(), wanted);
    if (wanted < first_id_at(id_earliest_ms) || wanted > first_id_at(context.clock.now_ms())) wanted = context.ids.next();
    while (TRY(repo::find_post(tx, wanted)) || TRY(repo::find_boost_by_id(tx, wanted)) || TRY(repo::find_group_entry(tx, wanted)))
        wanted = context.ids.next();
    return wanted;
}

Result<> enter(Tx& tx, const ArrivalScene& scene, const Post& post, json::View item) {
    const auto& context = scene.context;
    TRY(repo::remove_entry_of(tx, scene.old.id, post.id));
    if (!TRY(repo::find_group_entry_of(tx, scene.group.id, post.id))) {
        repo::GroupEntry entry{.id = TRY(entry_id(tx, context, item)), .group_id = scene.group.id, .post_id = post.id, .ap_id = {}};
        entry.ap_id = context.urls.activity(entry.id);
        TRY(repo::add_group_entry(tx, entry));
    }
    TRY(repo::add_thread(tx, post, scene.group.id));
    return repo::recount_thread(tx, post.id);
}

// What the old host says is in its group may be only what is there as far as is known here, or is shown by it only.
Result<bool> belongs(Tx& tx, const ArrivalScene& scene, const Post& post) {
    if (post.group_id) return post.group_id == scene.old.id || post.group_id == scene.group.id;
    const auto named = TRY(repo::audience_of(tx, post.id));
    return !post.local && std::find(named.begin(), named.end(), scene.old.id) != named.end();
}

// From the old group into the new one, with all that the old host says of its place.
Result<> place(Tx& tx, const ArrivalScene& scene, const Post& post, json::View item) {
    if (post.deleted_at || !TRY(belongs(tx, scene, post))) return {};
    TRY(repo::set_place(tx, post.id, scene.group.id));
    if (!post.is_reply()) TRY(enter(tx, scene, post, item));
    if (!post.in_reply_to_ap_id.empty())
        if (const auto first = TRY(repo::find_post_by_ap_id(tx, str(item, "thread"))); first && first->id != post.id) {
            TRY(repo::place_orphan(tx, post.id, first->thread_id));
            TRY(repo::recount_thread(tx, first->thread_id));
        }
    if (flag(item, "removed")) TRY(repo::set_post_removed(tx, post.id, scene.context.clock.now_ms()));
    if (flag(item, "locked")) TRY(repo::set_post_locked(tx, post.id, true));
    return settle_votes(tx, scene.context, post);
}

// The post from its own origin: the old host itself, or another one.
Result<vocab::Post> post_of(const ArrivalScene& scene, json::View item, const std::string& id, inbox::Fetcher& fetcher) {
    vocab::Post post;
    if (item["object"].is_object() && of_one_origin(id, scene.old.ap_id)) {
        post = TRY(vocab::read_post(item["object"]));
    } else {
        if (scene.context.urls.is_ours(id)) return fail(Code::gone, "the post is not here any more", id);
        const auto fetched = TRY(fetcher.fetch(id));
        post = TRY(vocab::read_post(fetched.document.root()));
    }
    if (post.id != id || !of_one_origin(post.attributed_to, id))
        return fail(Code::forbidden, "the post is attributed to another origin than its own", id);
    return post;
}

Result<> fetch_and_place(const ArrivalScene& scene, json::View item, const std::string& id, inbox::Fetcher& fetcher) {
    auto post = TRY(post_of(scene, item, id, fetcher));
    const auto plan = TRY(plan_with(scene.context, {post.attributed_to}, fetcher));
    TRY(resolve_post(scene.context, post, fetcher, *plan));
    return scene.context.db.write([&scene, plan, post, item](Tx& tx) -> Result<> {
        const auto& context = scene.context;
        const auto now = context.clock.now_ms();
        TRY(store_actors(tx, context, plan));
        for (const auto& ancestor : plan->ancestors) TRY(store_remote_post(tx, context, ancestor, now, nullptr));
        const auto stored = TRY(store_remote_post(tx, context, post, now, &scene.old));
        if (!stored) return fail(Code::gone, "the post was deleted before it came", post.id);
        TRY(settle_quote(tx, context, *stored, post, *plan, now, Turn::forbidden));
        return place(tx, scene, *stored, item);
    });
}

Result<> wait_for(const ArrivalScene& scene, json::View item, const std::string& id) {
    json::Writer w;
    w.object();
    for (const auto name : {"id", "thread", "entry", "removed", "locked"}) w.member(name, item[name]);
    w.end();
    repo::AwaitedPost post{.group_id = scene.group.id, .ap_id = id, .item = w.take(), .at = scene.context.clock.now_ms()};
    if (post.item.size() > limits::arrival_item_bytes_max) return malformed(id);
    return scene.context.db.write([post](Tx& tx) { return repo::await_post(tx, post); });
}

}  // namespace

Result<inbox::Fetched> ArrivalFetcher::fetch(const std::string& id) {
    if (left_-- <= 0) return fail(Code::rate_limited, "more would have to be asked than one page may", id);
    auto found = TRY(fetch_(as_, id));
    return inbox::Fetched{std::move(found.id), std::move(found.raw), std::move(found.document)};
}

bool of_one_origin(const std::string& a, const std::string& b) { return one_origin(a, b); }

namespace {

std::vector<std::string> texts(json::View list) {
    std::vector<std::string> out;
    for (const auto text : list) out.emplace_back(text.string_or(""));
    return out;
}

// Once only: when the page is read again they are there.
Result<> take_rules(Tx& tx, const ArrivalScene& scene, const std::vector<std::string>& rules) {
    if (!TRY(repo::group_rules(tx, scene.group.id)).empty()) return {};
    int position = 0;
    for (const auto& text : rules) {
        if (position == int(limits::group_rules_max)) break;
        TRY(repo::put_group_rule(tx, {.id = scene.context.ids.next(),
                                      .group_id = scene.group.id,
                                      .position = position++,
                                      .text = std::string(utf8::truncate(text, limits::group_rule_text_characters_max))}));
    }
    return {};
}

}  // namespace

Result<> take_settings(const ArrivalScene& scene, json::View item) {
    GroupChange change;
    change.title = str(item, "name");
    change.description = str(item, "source");
    change.approval = flag(item, "approval");
    const auto posting = item["posting"].string_or("");
    change.posting = posting == "members"      ? model::PostingPolicy::members
                     : posting == "moderators" ? model::PostingPolicy::moderators
                                               : model::PostingPolicy::everyone;
    const auto visibility = item["visibility"].maybe_integer().value_or(0);
    if (visibility < 0 || visibility > int(model::GroupVisibility::private_)) return malformed("visibility");
    change.visibility = model::GroupVisibility(visibility);
    change.brief = str(item, "brief");
    change.sensitive = flag(item, "sensitive");
    change.archived = flag(item, "archived");
    change.welcome = str(item, "welcome");
    change.default_order = str(item, "order");
    change.languages = texts(item["languages"]);
    change.questions = texts(item["questions"]);
    return scene.context.db.write([&scene, change, rules = texts(item["rules"])](Tx& tx) -> Result<> {
        const auto group = TRY(repo::find_actor(tx, scene.group.id));
        if (!group) return {};
        TRY(apply_group_change(tx, scene.context, *group, group->id, change, scene.context.clock.now_ms()));
        return take_rules(tx, scene, rules);
    });
}

Result<> take_member(const ArrivalScene& scene, json::View item) {
    repo::MemberRow member{.actor_id = 0, .ap_id = str(item, "id"), .role = role_from(item["role"].string_or("")), .joined_at = time(item, "at").value_or(0)};
    if (!Url::parse(member.ap_id)) return malformed(member.ap_id);
    return scene.context.db.write([&scene, member](Tx& tx) -> Result<> {
        TRY(repo::expect_member(tx, scene.group.id, member));
        // Who is there already.
        const auto person = TRY(repo::find_actor_by_ap_id(tx, member.ap_id));
        const auto follow = person ? TRY(repo::find_follow(tx, person->id, scene.group.id)) : std::optional<model::Follow>{};
        if (!follow) return {};
        if (follow->state == model::FollowState::pending) return grant_follow(tx, scene.context, *follow);
        return restore_membership(tx, scene.context, scene.group, *person);
    });
}

Result<> take_ban(const ArrivalScene& scene, json::View item, inbox::Fetcher& fetcher) {
    const auto person = str(item, "id"), block = str(item, "block");
    const auto expires = time(item, "expires"), at = time(item, "at");
    const auto plan = TRY(plan_with(scene.context, {person}, fetcher));
    return scene.context.db.write([&scene, plan, person, block, expires, at](Tx& tx) -> Result<> {
        TRY(store_actors(tx, scene.context, plan));
        const auto actor = TRY(repo::find_actor_by_ap_id(tx, person));
        if (!actor) return {};
        return repo::put_group_ban(tx, {scene.group.id, actor->id, block, expires, at.value_or(scene.context.clock.now_ms())});
    });
}

Result<> take_post(const ArrivalScene& scene, json::View item, inbox::Fetcher& fetcher, Patience patience) {
    const auto id = str(item, "id");
    if (!Url::parse(id)) return malformed(id);
    const auto known = TRY(scene.context.db.read([&id](Tx& tx) { return repo::find_post_by_ap_id(tx, id); }));
    if (known) return scene.context.db.write([&scene, known, item](Tx& tx) { return place(tx, scene, *known, item); });
    const auto taken = fetch_and_place(scene, item, id, fetcher);
    if (taken || patience == Patience::none || taken.error().code == Code::gone) return taken;
    // It may be for members only, and its host hears later that this is the group.
    const bool refused = taken.error().code == Code::not_found || taken.error().code == Code::forbidden;
    return refused || passes_later(taken.error()) ? wait_for(scene, item, id) : taken;
}

Result<> take_featured(const ArrivalScene& scene, json::View item) {
    const auto id = str(item, "id");
    const auto at = time(item, "at").value_or(scene.context.clock.now_ms());
    return scene.context.db.write([&scene, id, at](Tx& tx) -> Result<> {
        const auto post = TRY(repo::find_post_by_ap_id(tx, id));
        if (!post || post->group_id != scene.group.id || post->deleted_at) return {};
        return repo::pin(tx, scene.group.id, post->id, at);
    });
}

Result<> take_vote(const ArrivalScene& scene, json::View item) {
    repo::CarriedVote vote{.post_ap_id = str(item, "object"),
                           .actor_ap_id = str(item, "actor"),
                           .kind = item["type"].string_or("") == "Dislike" ? model::ReactionKind::dislike : model::ReactionKind::like,
                           .ap_id = str(item, "id"),
                           .at = time(item, "at").value_or(scene.context.clock.now_ms()),
                           .counted = false};
    if (!Url::parse(vote.post_ap_id) || !Url::parse(vote.actor_ap_id)) return malformed(vote.ap_id);
    return scene.context.db.write([&scene, vote](Tx& tx) -> Result<> {
        const auto post = TRY(repo::find_post_by_ap_id(tx, vote.post_ap_id));
        if (post && post->group_id != scene.group.id) return {};
        TRY(repo::carry_vote(tx, vote));
        return post && !post->deleted_at ? settle_votes(tx, scene.context, *post) : Result<>{};
    });
}

Result<> take_act(const ArrivalScene& scene, json::View item, inbox::Fetcher& fetcher) {
    const auto kind = kind_from(item["kind"].string_or(""));
    model::GroupAct act;
    act.ap_id = str(item, "id");
    if (!kind || !Url::parse(act.ap_id)) return malformed(act.ap_id);
    act.kind = *kind;
    act.group_id = scene.group.id;
    act.reason = utf8::truncate(str(item, "summary"), limits::moderation_reason_characters_max);
    act.expires_at = time(item, "expires");
    act.with_posts = flag(item, "withPosts");
    act.at = time(item, "at").value_or(scene.context.clock.now_ms());
    const auto moderator = str(item, "actor"), target = str(item, "target"), post = str(item, "object"), undoes = str(item, "undoes");
    const auto plan = TRY(plan_with(scene.context, {moderator, target}, fetcher));
    return scene.context.db.write([&scene, plan, act, moderator, target, post, undoes](Tx& tx) mutable -> Result<> {
        TRY(store_actors(tx, scene.context, plan));
        auto line = act;
        line.id = scene.context.ids.next();
        const auto who = TRY(repo::find_actor_by_ap_id(tx, moderator));
        if (!who) return {};
        line.moderator_id = who->id;
        if (const auto whom = TRY(repo::find_actor_by_ap_id(tx, target))) line.target_id = whom->id;
        // Of what is in another group, or in none, a line here would tell.
        const auto what = TRY(repo::find_post_by_ap_id(tx, post));
        if (what && (what->group_id == scene.group.id || what->group_id == scene.old.id)) line.post_id = what->id;
        if (const auto before = TRY(repo::find_group_act_by_ap_id(tx, undoes))) line.undoes_id = before->id;
        // It may have been heard of as the old group's.
        return TRY(repo::add_group_act(tx, line)) ? Result<>{} : repo::move_act(tx, line.ap_id, scene.old.id, scene.group.id);
    });
}

}  // namespace kith::community
