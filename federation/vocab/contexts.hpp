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
    R"("suspended":"toot:suspended",)"
    R"("schema":"http://schema.org#","PropertyValue":"schema:PropertyValue",)"
    R"("value":"schema:value",)"
    R"("lemmy":"https://join-lemmy.org/ns#",)"
    R"("postingRestrictedToMods":"lemmy:postingRestrictedToMods",)"
    R"("webfinger":{"@id":"https://purl.archive.org/socialweb/webfinger#webfinger",)"
    R"("@type":"xsd:string"},)"
    R"("Multikey":"sec:Multikey",)"
    R"("assertionMethod":{"@id":"sec:assertionMethod","@type":"@id","@container":"@set"},)"
    R"("controller":{"@id":"sec:controller","@type":"@id"},)"
    R"("publicKeyMultibase":{"@id":"sec:publicKeyMultibase","@type":"sec:multibase"},)"
    R"("implements":{"@id":"https://w3id.org/fep/844e#implements","@type":"@id"}}])";

// The terms of posts, for the two that follow.
#define KITH_POST_TERMS                                                                            \
    R"({"sensitive":"as:sensitive","Hashtag":"as:Hashtag",)"                                       \
    R"("ostatus":"http://ostatus.org#","conversation":"ostatus:conversation",)"                    \
    R"("litepub":"http://litepub.social/ns#","ChatMessage":"litepub:ChatMessage",)"                \
    R"("toot":"http://joinmastodon.org/ns#","Emoji":"toot:Emoji","votersCount":"toot:votersCount",)" \
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
    R"("blurhash":"toot:blurhash",)"                                                               \
    R"("focalPoint":{"@id":"toot:focalPoint","@container":"@list"}})"

inline constexpr std::string_view post_context =
    R"(["https://www.w3.org/ns/activitystreams",)" KITH_POST_TERMS "]";

// Of an activity that embeds a post, which comes without a context of its own.
inline constexpr std::string_view post_activity_context =
    R"(["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v2",)"
    KITH_POST_TERMS "]";

#undef KITH_POST_TERMS

// A reaction with an emoji, and an Undo of one (FEP-c0e0, DRAFT).
inline constexpr std::string_view emoji_reaction_context =
    R"(["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v2",{)"
    R"("litepub":"http://litepub.social/ns#","EmojiReact":"litepub:EmojiReact"}])";

// A stamp (FEP-044f, DRAFT).
inline constexpr std::string_view quote_context =
    R"(["https://www.w3.org/ns/activitystreams",{)"
    R"("QuoteAuthorization":"https://w3id.org/fep/044f#QuoteAuthorization",)"
    R"("gts":"https://gotosocial.org/ns#",)"
    R"("interactingObject":{"@id":"gts:interactingObject","@type":"@id"},)"
    R"("interactionTarget":{"@id":"gts:interactionTarget","@type":"@id"}}])";

}  // namespace kith::vocab
