#pragma once
#include <cstddef>
#include <string_view>

namespace kith::inbox {

// The way of an inbound activity (architecture.md, section 2). The first seven come before the
// answer; the next three in a lane; the last two are done by consumers of the event stream.
enum class Phase {
    framed,      // size, encoding, content type
    screened,    // address limit, domain block of the key's host
    parsed,      // JSON within bounds; type, actor and id
    digested,    // the digest holds for the bytes; what must be signed is, and is of now
    keyed,       // the key is here
    verified,    // the signature holds; signer, actor and what is created are of one hand
    accepted,    // on disk
    authorized,  // against what is stored
    resolved,    // what it refers to is here
    applied,     // its effects, in one transaction
    surfaced,    // streams and push
    forwarded,   // a group's Announce, inbox forwarding
};
inline constexpr std::size_t phase_count = 12;

std::string_view to_string(Phase);

}  // namespace kith::inbox
