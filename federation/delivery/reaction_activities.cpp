#include "base/json/view.hpp"
#include "federation/delivery/activity_parts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/emoji.hpp"
#include "storage/repo/relations.hpp"

namespace kith::delivery {

using model::Actor;
using model::Event;
using model::Visibility;
using sql::Tx;

namespace {

// A deed of a local actor on a post that still stands.
struct Deed {
    Scene scene;
    Actor actor;
};

Result<std::optional<Deed>> deed_of(Tx& tx, const Event& event) {
    auto scene = TRY(scene_of(tx, event));
    auto actor = TRY(speaker(tx, event.actor_id));
    if (!scene || !actor || scene->post.deleted_at) return std::optional<Deed>{};
    return std::optional<Deed>(Deed{std::move(*scene), std::move(*actor)});
}

void add_inbox(Audience& audience, const Actor& actor) {
    if (!actor.local && !actor.deleted_at)
        audience.inboxes.push_back({actor.host, actor.delivery_inbox()});
}

// To the post's author, and to the remote group that spreads it.
Audience audience_of_vote(const Deed& deed) {
    Audience a{.ordering = ordering_of_deed(deed.actor.id, deed.scene.post.id)};
    add_inbox(a, deed.scene.author);
    if (deed.scene.to.group) add_inbox(a, *deed.scene.to.group);
    return a;
}

// Like, Dislike, or EmojiReact with its emoji (FEP-c0e0).
struct Vote {
    std::string type = "Like", emoji;
};

Vote vote_of(const Event& event) {
    const auto payload = json::Document::parse(event.payload);
    const auto kind = payload ? (*payload)["kind"].string_or("") : std::string_view();
    if (kind == "emoji")
        return {"EmojiReact", std::string((*payload)["content"].string_or(""))};
    return {kind == "dislike" ? "Dislike" : "Like", {}};
}

vocab::ActivityToWrite vote(const Deed& deed, const Event& event) {
    auto [type, emoji] = vote_of(event);
    const auto terms = emoji.empty() ? vocab::Terms::usual : vocab::Terms::emoji_reaction;
    return {.id = event.object_ap_id,
            .type = std::move(type),
            .actor = deed.actor.ap_id,
            .object_id = deed.scene.post.ap_id,
            .to = {deed.scene.author.ap_id},
            .audience = deed.scene.group_ap_id(),
            .content = std::move(emoji),
            .terms = terms};
}

// Whether it holds still: what was taken back meanwhile is not sent at all.
Result<bool> stands(Tx& tx, const Event& event) {
    if (!vote_of(event).emoji.empty())
        return TRY(repo::find_emoji_reaction_by_ap_id(tx, event.object_ap_id)).has_value();
    auto now = TRY(repo::find_reaction(tx, event.actor_id, *event.post_id));
    return now && now->ap_id == event.object_ap_id;
}

// A vote in a local group goes out with its announcement.
std::vector<Outgoing> with_announcement(const Context& context, const Event& event,
                                        const Deed& deed, Outgoing inner) {
    std::vector<Outgoing> out;
    if (deed.scene.in_local_group())
        out.push_back(announce_activity(
            *deed.scene.to.group, context.urls.activity_part(event.id, announce_part),
            {.json = inner.body}, deed.scene.post,
            {.followers_of = {deed.scene.to.group->id}, .ordering = inner.audience.ordering}));
    out.insert(out.begin(), std::move(inner));
    return out;
}

struct Openness {
    std::vector<std::string> to, cc;
};
Openness address_boost(const Deed& deed, Visibility visibility) {
    const std::string everyone(vocab::public_collection);
    switch (visibility) {
        case Visibility::public_:
            return {{everyone}, {deed.actor.followers_url, deed.scene.author.ap_id}};
        case Visibility::unlisted:
            return {{deed.actor.followers_url}, {everyone, deed.scene.author.ap_id}};
        default:
            return {{deed.actor.followers_url}, {deed.scene.author.ap_id}};
    }
}

Audience audience_of_boost(const Deed& deed) {
    Audience a{.followers_of = {deed.actor.id},
               .ordering = ordering_of_deed(deed.actor.id, deed.scene.post.id),
               .post_id = deed.scene.post.id};
    add_inbox(a, deed.scene.author);
    return a;
}

vocab::ActivityToWrite boost_activity(const Deed& deed, const Event& event,
                                      const Openness& openness) {
    return {.id = event.object_ap_id,
            .type = "Announce",
            .actor = deed.actor.ap_id,
            .object_id = deed.scene.post.ap_id,
            .to = openness.to,
            .cc = openness.cc};
}

vocab::ActivityToWrite undo(const Context& context, const Event& event,
                            const vocab::ActivityToWrite& inner) {
    return {.id = context.urls.activity(event.id),
            .type = "Undo",
            .actor = inner.actor,
            .object_json = vocab::write_activity(inner, vocab::Context::without),
            .to = inner.to,
            .cc = inner.cc,
            .audience = inner.audience,
            .terms = inner.terms};
}

}  // namespace

Activities reaction_added(Tx& tx, const Context& context, const Event& event) {
    auto deed = TRY(deed_of(tx, event));
    if (!deed || !TRY(stands(tx, event))) return std::vector<Outgoing>{};
    return with_announcement(context, event, *deed,
                             outgoing(deed->actor, vote(*deed, event), audience_of_vote(*deed)));
}

Activities reaction_removed(Tx& tx, const Context& context, const Event& event) {
    auto deed = TRY(deed_of(tx, event));
    if (!deed) return std::vector<Outgoing>{};
    return with_announcement(
        context, event, *deed,
        outgoing(deed->actor, undo(context, event, vote(*deed, event)), audience_of_vote(*deed)));
}

Activities boost_added(Tx& tx, const Context&, const Event& event) {
    auto deed = TRY(deed_of(tx, event));
    if (!deed) return std::vector<Outgoing>{};
    auto now = TRY(repo::find_boost(tx, event.actor_id, *event.post_id));
    if (!now || now->ap_id != event.object_ap_id) return std::vector<Outgoing>{};
    auto activity = boost_activity(*deed, event, address_boost(*deed, now->visibility));
    activity.published = now->created_at;
    auto audience = audience_of_boost(*deed);
    audience.shows = Shows::pointer;
    return std::vector{outgoing(deed->actor, activity, std::move(audience))};
}

Activities boost_removed(Tx& tx, const Context& context, const Event& event) {
    auto deed = TRY(deed_of(tx, event));
    if (!deed) return std::vector<Outgoing>{};
    const auto restricted = deed->scene.post.visibility == Visibility::followers;
    auto inner = boost_activity(
        *deed, event,
        address_boost(*deed, restricted ? Visibility::followers : Visibility::public_));
    auto audience = audience_of_boost(*deed);
    audience.reach_of = deed->scene.post.id;
    return std::vector{outgoing(deed->actor, undo(context, event, inner), std::move(audience))};
}

}  // namespace kith::delivery
