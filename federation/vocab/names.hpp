#pragma once
#include "base/json/view.hpp"
#include "federation/vocab/objects.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

// The names of ActivityStreams' types beside ours: what the reader knows and the writer says.
namespace kith::vocab {

// By its whole name, so that no context has to explain it (docs/decisions/0032).
inline constexpr std::string_view accepted_answer_name = "https://schema.org/acceptedAnswer";

template <class Type>
struct Named {
    std::string_view name;
    Type type;
};

inline constexpr std::array actor_names = {
    Named{"Person", ActorType::person},
    Named{"Group", ActorType::group},
    Named{"Application", ActorType::application},
    Named{"Service", ActorType::service},
    Named{"Organization", ActorType::organization},
    Named{"Feed", ActorType::feed},
};

inline constexpr std::array post_names = {
    Named{"Note", PostType::note},
    Named{"Article", PostType::article},
    Named{"Page", PostType::page},
    Named{"Question", PostType::question},
    Named{"Event", PostType::event},
    Named{"Video", PostType::video},
    Named{"Image", PostType::image},
    Named{"Audio", PostType::audio},
    Named{"ChatMessage", PostType::chat_message},  // LitePub: Pleroma's and Lemmy's direct messages
};

inline constexpr std::array activity_names = {
    Named{"Create", ActivityType::create},   Named{"Update", ActivityType::update},
    Named{"Delete", ActivityType::delete_},  Named{"Follow", ActivityType::follow},
    Named{"Accept", ActivityType::accept},   Named{"Reject", ActivityType::reject},
    Named{"Undo", ActivityType::undo},       Named{"Like", ActivityType::like},
    Named{"Dislike", ActivityType::dislike}, Named{"Announce", ActivityType::announce},
    Named{"Block", ActivityType::block},     Named{"Flag", ActivityType::flag},
    Named{"Add", ActivityType::add},         Named{"Remove", ActivityType::remove},
    Named{"Move", ActivityType::move},
};

inline constexpr std::array gathering_status_names = {
    Named{"EventScheduled", GatheringStatus::scheduled}, Named{"EventTentative", GatheringStatus::tentative},
    Named{"EventCancelled", GatheringStatus::cancelled}, Named{"EventPostponed", GatheringStatus::postponed},
};

inline constexpr std::array join_mode_names = {
    Named{"free", JoinMode::free},         Named{"restricted", JoinMode::restricted},
    Named{"external", JoinMode::external}, Named{"none", JoinMode::none},
    Named{"invite", JoinMode::restricted},  // Mobilizon
};

// Activities that peers send and that we know by name only (ActivityType::other).
inline constexpr std::array other_activity_names = std::to_array<std::string_view>({
    "EmojiReact",      "Lock",         "Warn",        "Resolve",
    "ResolveReport",   "QuoteRequest", "LikeRequest", "ReplyRequest",
    "AnnounceRequest", "Invite",       "Join",        "Leave",
    "Ignore",          "View",         "Read",        "Listen",
    "Arrive",          "Travel",       "Offer",       "TentativeAccept",
    "TentativeReject", "ChooseAnswer", "PollVote",
    "Fold", "Appeal",
});

inline constexpr std::array tag_names = {
    Named{"Mention", TagType::mention},
    Named{"Hashtag", TagType::hashtag},
    Named{"Emoji", TagType::emoji},
    Named{"Link", TagType::link},
    Named{"CommunityPostTag", TagType::group_tag},
};

// The first type of an object (one-or-many) that the table knows.
template <class Type, std::size_t count>
std::optional<Type> find_type(json::View object, const std::array<Named<Type>, count>& names) {
    for (json::View type : object["type"]) {
        const auto text = type.string_or({});
        for (const auto& known : names)
            if (known.name == text) return known.type;
    }
    return std::nullopt;
}

template <class Type, std::size_t count>
constexpr std::string_view name_of(Type type, const std::array<Named<Type>, count>& names) {
    for (const auto& known : names)
        if (known.type == type) return known.name;
    return {};
}

}  // namespace kith::vocab
