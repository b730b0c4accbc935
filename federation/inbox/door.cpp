#include "federation/inbox/door.hpp"

#include <utility>

#include "base/text/strings.hpp"
#include "base/text/url.hpp"
#include "config/limits/inbox.hpp"
#include "federation/inbox/proven.hpp"
#include "federation/vocab/reader.hpp"

namespace kith::inbox {

using signature::header_value;
using signature::RequestSignature;

namespace {

// Both of ActivityPub's, whatever the parameters: the signature says whose word it is, not the
// type.
bool is_activity_type(std::string_view content_type) {
    const auto type = text::trim(content_type.substr(0, content_type.find(';')));
    return text::iequals(type, "application/activity+json") ||
           text::iequals(type, "application/ld+json");
}

}  // namespace

Result<> framed(const Request& request) {
    if (request.body.size() > limits::inbox_body_bytes_max)
        return fail(Code::too_large, "the body is longer than 1 MiB");
    const auto encoding = header_value(request.head, "content-encoding");
    if (encoding && !text::iequals(*encoding, "identity"))
        return fail(Code::unsupported, "an encoded body is not taken", *encoding);
    const auto type = header_value(request.head, "content-type");
    if (!type || !is_activity_type(*type))
        return fail(Code::unsupported, "the content type is not ActivityPub's",
                    type.value_or("none"));
    return {};
}

Result<RequestSignature> screened(const Request& request, DomainBlocks& blocks,
                                 RateLimiter* addresses) {
    if (addresses && addresses->take(request.client_address) > 0)
        return fail(Code::rate_limited, "too many requests from this address");
    auto signature = TRY(signature::read_signature(request.head));
    const auto key_url = Url::parse(signature::key_id_of(signature));
    if (!key_url) return fail(Code::unauthorized, "the key id is not a URL");
    if (TRY(blocks.suspended(key_url->host_port())))
        return fail(Code::forbidden, "the host is blocked");
    return signature;
}

Result<Parsed> parsed(std::string_view body) {
    auto document = TRY(json::Document::parse(body));
    auto activity = TRY(vocab::read_activity(document.root()));
    return Parsed{std::move(document), std::move(activity)};
}

Result<> digested(const Request& request, const RequestSignature& signature, const Urls& urls,
                  TimeMs now_ms) {
    const auto own = signature::origin_of(urls.base());
    TRY(signature::check_coverage(request.head, signature, own, now_ms));
    return signature::check_body(request.head, signature, request.body);
}

Result<keys::Sender> keyed(keys::KeyCache& keys, const RequestSignature& signature) {
    return keys.find(signature::key_id_of(signature), keys::Refresh::no);
}

Result<keys::Sender> verified(const Request& request, const RequestSignature& signature,
                              const Parsed& parsed, keys::Sender sender, keys::KeyCache& keys,
                              const Urls& urls, TimeMs now_ms) {
    const auto own = signature::origin_of(urls.base());
    auto holds = signature::verify(request.head, signature, own, sender.key);
    if (!holds) {
        auto renewed = keys.find(signature::key_id_of(signature), keys::Refresh::yes);
        if (!renewed || !signature::verify(request.head, signature, own, renewed->key))
            return tl::unexpected(std::move(holds).error());
        sender = std::move(*renewed);
    }
    const auto document = parsed.document.root();
    const auto actor = TRY(proven(document, parsed.activity, sender, keys, now_ms));
    TRY(has_authority(document, parsed.activity, actor, urls));
    return sender;
}

namespace {

// Of a Create or Update: one of the objects that it embeds. A mere id is fetched from its origin
// later.
Result<> is_of_actor(json::View object, const Url& actor) {
    if (!object.is_object()) return {};
    const auto id = vocab::id_of(object);
    if (!object["id"].is_nothing()) {  // a vote may have none
        const auto url = Url::parse(id);
        if (!url) return fail(Code::invalid, "the object's id is not a URL");
        if (!same_origin(*url, actor))
            return fail(Code::unauthorized, "the object is of another origin", id);
        if (id == actor.str()) return {};  // an actor changes itself
    }
    std::string author;
    if (vocab::is_post_type(object)) {
        author = TRY(vocab::read_post(object)).attributed_to;
    } else {
        if (object["attributedTo"].size() > 1)
            return fail(Code::unauthorized, "the object is attributed to several");
        author = vocab::id_of(object["attributedTo"]);
    }
    if (author != actor.str())
        return fail(Code::unauthorized, "the object is attributed to somebody else", author);
    return {};
}

// A group here, as one of its moderators elsewhere wants it (groups.md 1.3): whether they are one is asked
// where the group is known. The type is one word, so that nothing else can be made of it later.
bool is_group_of_ours(const vocab::Activity& activity, json::View object, const Urls& urls) {
    return activity.type == vocab::ActivityType::update && object["type"].string_or("") == "Group" &&
           urls.is_ours(vocab::id_of(object));
}

}  // namespace

Result<> has_authority(json::View document, const vocab::Activity& activity,
                       std::string_view signer, const Urls& urls) {
    if (activity.actor != signer)
        return fail(Code::unauthorized, "the signer is not the actor", std::string(signer));
    const auto actor = TRY(Url::parse(activity.actor));
    const auto id = TRY(Url::parse(activity.id));
    if (actor.host_port() == urls.host())
        return fail(Code::unauthorized, "the actor is one of ours");
    if (!same_origin(id, actor))
        return fail(Code::unauthorized, "the activity's id is of another origin", id.str());
    const bool creates = activity.type == vocab::ActivityType::create ||
                         activity.type == vocab::ActivityType::update;
    if (!creates) return {};
    for (const auto object : document["object"])
        if (!is_group_of_ours(activity, object, urls)) TRY(is_of_actor(object, actor));
    return {};
}

bool is_farewell(const vocab::Activity& activity) {
    return activity.type == vocab::ActivityType::delete_ && activity.object_id == activity.actor;
}

}  // namespace kith::inbox
