#include <algorithm>
#include <array>

#include "base/json/view.hpp"
#include "config/limits/delivery.hpp"
#include "federation/delivery/activity_parts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/group_profiles.hpp"

namespace kith::delivery {

using model::Event;
using sql::Tx;

namespace {

// How deep a JSON text nests; it was parsed when it came in.
int depth_of(std::string_view json) {
    int depth = 0, deepest = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_string) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            deepest = std::max(deepest, ++depth);
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return deepest;
}

bool fits_whole(std::string_view json) {
    return json.size() <= limits::announce_bytes_max &&
           depth_of(json) <= limits::announce_depth_max;
}

bool is_deed(std::string_view type) {
    constexpr std::array deeds =
        std::to_array<std::string_view>({"Like", "Dislike", "Announce", "EmojiReact"});
    return std::find(deeds.begin(), deeds.end(), type) != deeds.end();
}

struct Relay {
    std::string type;           // of the activity that is spread
    bool concerns_post = true;  // … or what somebody does to it: a vote
};

Result<Relay> relay_of(std::string_view payload) {
    auto document = TRY(json::Document::parse(payload));
    Relay relay{.type = std::string(document["type"].at(0).string_or(""))};
    const auto acting = relay.type == "Undo"
                            ? document["object"].at(0)["type"].at(0).string_or("Like")
                            : std::string_view(relay.type);
    relay.concerns_post = !is_deed(acting);
    return relay;
}

}  // namespace

namespace {

// What a moderator elsewhere does to a person in the group.
Activities relayed_about_person(Tx& tx, const Context& context, const Event& event) {
    std::vector<Outgoing> out;
    const auto group = TRY(speaker(tx, *event.group_id));
    const auto from = TRY(repo::find_actor(tx, event.actor_id));
    const auto target = TRY(repo::find_actor(tx, *event.target_id));
    if (!group || !from || !target) return out;
    Audience audience{.followers_of = {group->id}, .except_host = from->host, .ordering = ordering_of_pair(group->id, target->id)};
    if (!target->local) audience.inboxes.push_back({target->host, target->delivery_inbox()});
    model::Post about;
    if (TRY(repo::group_profile(tx, group->id)).visibility == model::GroupVisibility::private_) about.visibility = model::Visibility::group;
    out.push_back(announce_activity(*group, context.urls.activity(event.id),
                                    {.json = fits_whole(event.payload) ? event.payload : std::string(), .id = event.object_ap_id},
                                    about, std::move(audience)));
    return out;
}

}  // namespace

Activities group_relayed(Tx& tx, const Context& context, const Event& event) {
    std::vector<Outgoing> out;
    if (event.group_id && !event.post_id && event.target_id) return relayed_about_person(tx, context, event);
    if (!event.group_id || !event.post_id) return out;
    auto group = TRY(speaker(tx, *event.group_id));
    auto from = TRY(repo::find_actor(tx, event.actor_id));
    auto post = TRY(repo::find_post(tx, *event.post_id));
    if (!group || !from || !post) return out;
    const auto relay = TRY(relay_of(event.payload));
    const bool brings = relay.type == "Create" || relay.type == "Update";
    if (brings && post->deleted_at) return out;

    Audience audience{.followers_of = {group->id}, .except_host = from->host, .post_id = post->id};
    audience.ordering =
        relay.concerns_post ? ordering_of_post(post->id) : ordering_of_deed(from->id, post->id);
    if (brings) audience.shows = Shows::post;
    // Who unfollowed the group since has the post all the same; of a private one they are only told that it is to go.
    const bool for_whoever_has_it = post->visibility != model::Visibility::group || relay.type == "Delete";
    if (relay.type != "Create" && relay.concerns_post && for_whoever_has_it) audience.reach_of = post->id;
    // Byte for byte as it came, so that what proves it holds (federation.md 1.4).
    auto id = relay.type == "Create" ? TRY(announced_create_id(tx, context, event, *group, *post))
                                     : context.urls.activity(event.id);
    const bool whole = fits_whole(event.payload);
    out.push_back(
        announce_activity(*group, std::move(id),
                          {.json = whole ? event.payload : std::string(), .id = event.object_ap_id},
                          *post, std::move(audience)));
    if (relay.type != "Create") return out;
    if (auto bare = TRY(announce_post(tx, *group, *post))) out.push_back(std::move(*bare));
    return out;
}

}  // namespace kith::delivery
