#pragma once
#include <string_view>

// The @context of what kith emits, as fixed JSON text. Terms beyond ActivityStreams and security/v1
// are spelled out, because a peer that reads JSON-LD would have to fetch any further document.
namespace kith::vocab {

// Bare ActivityStreams: for what has no extensions.
inline constexpr std::string_view plain_context = R"("https://www.w3.org/ns/activitystreams")";

// The second document holds the terms of integrity proofs (FEP-8b32), which activities have: it is
// the one that everybody names who makes them.
inline constexpr std::string_view activity_context =
    R"(["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v2"])";

// `schema` is http://schema.org# because Mastodon reads profile fields only so. Multikey and its
// members are FEP-521a's, implements is FEP-844e's.
inline constexpr std::string_view actor_context =
    R"(["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",{)"
    R"("manuallyApprovesFollowers":"as:manuallyApprovesFollowers",)"
    R"("alsoKnownAs":{"@id":"as:alsoKnownAs","@type":"@id"},)"
    R"("movedTo":{"@id":"as:movedTo","@type":"@id"},)"
    R"("toot":"http://joinmastodon.org/ns#",)"
    R"("featured":{"@id":"toot:featured","@type":"@id"},)"
    R"("discoverable":"toot:discoverable","indexable":"toot:indexable",)"
    R"("suspended":"toot:suspended","Emoji":"toot:Emoji",)"
    R"("attributionDomains":{"@id":"toot:attributionDomains","@type":"@id"},)"
    R"("schema":"http://schema.org#","PropertyValue":"schema:PropertyValue",)"
    R"("value":"schema:value",)"
    R"("lemmy":"https://join-lemmy.org/ns#",)"
    R"("postingRestrictedToMods":"lemmy:postingRestrictedToMods","Feed":"lemmy:Feed",)"
    R"("sensitive":"as:sensitive","CommunityPostTag":"lemmy:CommunityPostTag","color":"lemmy:color",)"
    R"("description":"schema:description","language":"schema:inLanguage","identifier":"schema:identifier",)"
    R"("archived":"urn:kith:archived",)"
    R"("webfinger":{"@id":"https://purl.archive.org/socialweb/webfinger#webfinger",)"
    R"("@type":"xsd:string"},)"
    R"("Multikey":"sec:Multikey",)"
    R"("assertionMethod":{"@id":"sec:assertionMethod","@type":"@id","@container":"@set"},)"
    R"("controller":{"@id":"sec:controller","@type":"@id"},)"
    R"("publicKeyMultibase":{"@id":"sec:publicKeyMultibase","@type":"sec:multibase"},)"
    R"("implements":{"@id":"https://w3id.org/fep/844e#implements","@type":"@id"}}])";

// The terms of posts, for those that follow.
#define KITH_POST_TERMS                                                                            \
    R"({"sensitive":"as:sensitive","Hashtag":"as:Hashtag",)"                                       \
    R"("ostatus":"http://ostatus.org#","conversation":"ostatus:conversation",)"                    \
    R"("litepub":"http://litepub.social/ns#","ChatMessage":"litepub:ChatMessage",)"                \
    R"("toot":"http://joinmastodon.org/ns#","Emoji":"toot:Emoji","votersCount":"toot:votersCount",)" \
    R"("lemmy":"https://join-lemmy.org/ns#","CommunityPostTag":"lemmy:CommunityPostTag",)"         \
    R"("color":"lemmy:color",)"                                                                    \
    R"("quote":{"@id":"https://w3id.org/fep/044f#quote","@type":"@id"},)"                          \
    R"("quoteAuthorization":{"@id":"https://w3id.org/fep/044f#quoteAuthorization","@type":"@id"},)" \
    R"("QuoteRequest":"https://w3id.org/fep/044f#QuoteRequest",)"                                  \
    R"("quoteUri":"http://fedibird.com/ns#quoteUri",)"                                             \
    R"("_misskey_quote":"https://misskey-hub.net/ns#_misskey_quote",)"                             \
    R"("gts":"https://gotosocial.org/ns#",)"                                                       \
    R"("interactionPolicy":{"@id":"gts:interactionPolicy","@type":"@id"},)"                        \
    R"("canQuote":{"@id":"gts:canQuote","@type":"@id"},)"                                          \
    R"("automaticApproval":{"@id":"gts:automaticApproval","@type":"@id"},)"                        \
    R"("manualApproval":{"@id":"gts:manualApproval","@type":"@id"},)"                              \
    R"("distinguished":"https://join-lemmy.org/ns#distinguished",)"                               \
    R"("blurhash":"toot:blurhash",)"                                                               \
    R"("focalPoint":{"@id":"toot:focalPoint","@container":"@list"}})"

inline constexpr std::string_view post_context =
    R"(["https://www.w3.org/ns/activitystreams",)" KITH_POST_TERMS "]";

// Of an activity that embeds a post, which comes without a context of its own.
inline constexpr std::string_view post_activity_context =
    R"(["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v2",)"
    KITH_POST_TERMS "]";

// What an Event says beside that (FEP-8a8e, DRAFT; Mobilizon).
#define KITH_GATHERING_TERMS                                                                       \
    R"({"fep8a8e":"https://w3id.org/fep/8a8e/","displayEndTime":"fep8a8e:displayEndTime",)"        \
    R"("timezone":"fep8a8e:timezone","joinMode":"fep8a8e:joinMode",)"                              \
    R"("eventStatus":{"@id":"fep8a8e:eventStatus","@type":"@vocab"},)"                             \
    R"("EventScheduled":"fep8a8e:EventScheduled","EventTentative":"fep8a8e:EventTentative",)"      \
    R"("EventCancelled":"fep8a8e:EventCancelled","EventPostponed":"fep8a8e:EventPostponed",)"      \
    R"("externalParticipationUrl":"fep8a8e:externalParticipationUrl",)"                            \
    R"("attendees":{"@id":"fep8a8e:attendees","@type":"@id"},"organizers":"fep8a8e:organizers",)"  \
    R"("sc":"https://schema.org/","address":"sc:address","VirtualLocation":"sc:VirtualLocation",)" \
    R"("maximumAttendeeCapacity":"sc:maximumAttendeeCapacity",)"                                   \
    R"("remainingAttendeeCapacity":"sc:remainingAttendeeCapacity",)"                               \
    R"("mz":"https://joinmobilizon.org/ns#","participantCount":"mz:participantCount",)"            \
    R"("ical":"http://www.w3.org/2002/12/cal/ical#"})"

inline constexpr std::string_view gathering_context =
    R"(["https://www.w3.org/ns/activitystreams",)" KITH_POST_TERMS "," KITH_GATHERING_TERMS "]";
inline constexpr std::string_view gathering_activity_context =
    R"(["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v2",)"
    KITH_POST_TERMS "," KITH_GATHERING_TERMS "]";

#undef KITH_GATHERING_TERMS
#undef KITH_POST_TERMS

// A reaction with an emoji, and an Undo of one (FEP-c0e0, DRAFT).
inline constexpr std::string_view emoji_reaction_context =
    R"(["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v2",{)"
    R"("litepub":"http://litepub.social/ns#","EmojiReact":"litepub:EmojiReact"}])";

// What moderators of a group do beyond ActivityStreams (Lemmy).
inline constexpr std::string_view moderation_context =
    R"(["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v2",{)"
    R"("lemmy":"https://join-lemmy.org/ns#","Lock":"lemmy:Lock","removeData":"lemmy:removeData",)"
    R"("restoreData":"lemmy:restoreData"}])";

// What is said of single comments in a group: PieFed's ChooseAnswer, which has no namespace, and kith's own Fold.
inline constexpr std::string_view thread_context =
    R"(["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v2",{)"
    R"("ChooseAnswer":"urn:kith:ChooseAnswer","Fold":"urn:kith:Fold"}])";
// What somebody says against a moderator's act in a group: of kith alone.
inline constexpr std::string_view appeal_context =
    R"(["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v2",{)"
    R"("Appeal":"urn:kith:Appeal"}])";

// A collection of accounts, and a stamp for it (FEP-7aa9, DRAFT).
inline constexpr std::string_view featured_collection_context =
    R"(["https://www.w3.org/ns/activitystreams",{)"
    R"("fep7aa9":"https://w3id.org/fep/7aa9#","FeaturedCollection":"fep7aa9:FeaturedCollection",)"
    R"("FeaturedItem":"fep7aa9:FeaturedItem","topic":{"@id":"fep7aa9:topic","@type":"@id"},)"
    R"("featuredObject":{"@id":"fep7aa9:featuredObject","@type":"@id"},)"
    R"("featuredObjectType":"fep7aa9:featuredObjectType",)"
    R"("featureAuthorization":{"@id":"fep7aa9:featureAuthorization","@type":"@id"},)"
    R"("Hashtag":"as:Hashtag","sensitive":"as:sensitive",)"
    R"("discoverable":"http://joinmastodon.org/ns#discoverable"}])";
inline constexpr std::string_view feature_authorization_context =
    R"(["https://www.w3.org/ns/activitystreams",{)"
    R"("FeatureAuthorization":"https://w3id.org/fep/7aa9#FeatureAuthorization",)"
    R"("gts":"https://gotosocial.org/ns#",)"
    R"("interactingObject":{"@id":"gts:interactingObject","@type":"@id"},)"
    R"("interactionTarget":{"@id":"gts:interactionTarget","@type":"@id"}}])";

// A stamp (FEP-044f, DRAFT).
inline constexpr std::string_view quote_context =
    R"(["https://www.w3.org/ns/activitystreams",{)"
    R"("QuoteAuthorization":"https://w3id.org/fep/044f#QuoteAuthorization",)"
    R"("gts":"https://gotosocial.org/ns#",)"
    R"("interactingObject":{"@id":"gts:interactingObject","@type":"@id"},)"
    R"("interactionTarget":{"@id":"gts:interactionTarget","@type":"@id"}}])";

}  // namespace kith::vocab
