#pragma once
#include "base/core/rate_limiter.hpp"
#include "base/json/view.hpp"
#include "config/urls.hpp"
#include "federation/inbox/domain_blocks.hpp"
#include "federation/keys/key_cache.hpp"
#include "federation/signature/request_signature.hpp"
#include "federation/vocab/objects.hpp"

#include <string>
#include <string_view>

// The phases before the answer, one function each (architecture.md, section 2). None stores
// anything. An error's code is the answer's status: invalid 400, unauthorized 401, forbidden 403,
// too_large 413, unsupported 415, rate_limited 429, unavailable and timeout 503; its safe_text is
// the reason that operators read.
namespace kith::inbox {

// An HTTP request to an inbox, whole, as it came over the wire. Views memory of the caller's.
struct Request {
    signature::RequestView head;
    std::string_view body;            // raw bytes
    std::string_view client_address;  // whose the request is, behind trusted proxies
};

// A document and the activity it is; `activity` views `document`, also after both were moved.
struct Parsed {
    json::Document document;
    vocab::Activity activity;
};

// 1: at most limits::inbox_body_bytes_max, no Content-Encoding, an ActivityPub content type.
Result<> framed(const Request&);

// 2: the signature, whose key's host is not blocked. `addresses` null: no limit. Nothing else is
// decided by the key id, which anybody can write.
Result<signature::RequestSignature> screened(const Request&, DomainBlocks&, RateLimiter* addresses);

// 3: JSON within its bounds, and an activity with a type, one actor and an id.
Result<Parsed> parsed(std::string_view body);

// 4: all that must be signed is, for this host and this hour, and the digest is that of the body.
Result<> digested(const Request&, const signature::RequestSignature&, const Urls&, TimeMs now_ms);

// 5: the key, fetched where it must be.
Result<keys::Sender> keyed(keys::KeyCache&, const signature::RequestSignature&);

// 6: the signature holds (where it does not with a key that was known, the key is fetched once
// more), so does the activity's integrity proof (proven.hpp), and has_authority(). Gives who signed
// the request: of an activity that is forwarded not its actor.
Result<keys::Sender> verified(const Request&, const signature::RequestSignature&, const Parsed&,
                              keys::Sender, keys::KeyCache&, const Urls&, TimeMs now_ms);

// The signer is the actor; the activity's id is of the actor's origin and not ours; what a Create
// or Update embeds is of that actor: id of its origin, attributedTo it and nobody else. Pure.
Result<> has_authority(json::View document, const vocab::Activity&, std::string_view signer,
                       const Urls&);

// Whether the actor says that it is itself deleted: not worth a fetch where it is not known.
bool is_farewell(const vocab::Activity&);

}  // namespace kith::inbox
