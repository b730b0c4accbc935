#pragma once
#include "federation/client/transport.hpp"
#include "federation/keys/peer_flavours.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace kith::keys {

// One try of a signed request: in which flavour, and what the peer had asked for.
struct Knock {
    client::SignatureFlavour flavour = client::SignatureFlavour::cavage;
    std::string asked;  // its Accept-Signature
};

// Whether the answer may be about the signature: of a POST 400, 401, 403 and 406, of a GET 401. Never
// a 5xx: a peer that is in trouble must not be asked twice as often.
bool may_be_about_signature(const client::Request&, int status);

// How to try again after that answer: as the peer asks (RFC 9421 section 5), which is honoured once;
// else in the first flavour that was not tried. Nothing where the answer stands, or after
// limits::signed_attempts_max tries. Pure.
std::optional<Knock> next_knock(const client::Request&, std::span<const Knock> made,
                                const client::Response&);

// A transport that speaks to each peer in the flavour of HTTP signatures that it reads: "double
// knocking" (SWICG report "ActivityPub and HTTP Signatures"). What worked is remembered. All tries
// together have the time of the request.
class KnockingTransport final : public client::Transport {
public:
    using MayReach = std::function<bool(const std::string& host_port)>;

    // All outlive it. Hosts that `may_reach` does not allow are reached neither at first nor by a
    // redirect (security checklist, line 18); empty allows all.
    KnockingTransport(client::Transport& inner, PeerFlavours& peers, MayReach may_reach = {})
        : inner_(inner), peers_(peers), may_reach_(std::move(may_reach)) {}

    // An unsigned request goes out as it is; of a signed one the flavour is decided here.
    void send(client::Request, Done) override;

private:
    client::Transport& inner_;
    PeerFlavours& peers_;
    const MayReach may_reach_;
};

}  // namespace kith::keys
