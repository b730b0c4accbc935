#include "federation/keys/knocking_transport.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "base/core/clock.hpp"
#include "config/limits/keys.hpp"
#include "federation/signature/accept_signature.hpp"

namespace kith::keys {
namespace {

using client::Method;
using client::SignatureFlavour;

// A request with all its tries; whichever is under way keeps it alive.
class Visit : public std::enable_shared_from_this<Visit> {
public:
    Visit(client::Transport& inner, PeerFlavours& peers, client::Request request,
          client::Transport::Done done)
        : inner_(inner),
          peers_(peers),
          request_(std::move(request)),
          done_(std::move(done)),
          deadline_(steady_ms() + request_.timeout_ms) {}

    void knock(Knock how) {
        auto request = request_;
        request.identity->flavour = how.flavour;
        request.identity->asked = how.asked;
        request.timeout_ms = std::max<TimeMs>(deadline_ - steady_ms(), 1);
        made_.push_back(std::move(how));
        inner_.send(std::move(request), [self = shared_from_this()](client::Outcome outcome) {
            self->answered(std::move(outcome));
        });
    }

private:
    void answered(client::Outcome outcome) {
        if (!outcome) return done_(std::move(outcome));
        if (steady_ms() < deadline_)
            if (auto again = next_knock(request_, made_, *outcome)) return knock(std::move(*again));
        const bool is_hosts_own = outcome->final_url.host_port() == request_.url.host_port();
        if (made_.size() > 1 && outcome->status / 100 == 2 && is_hosts_own)
            peers_.remember(request_.url.host_port(), made_.back().flavour);
        done_(std::move(outcome));
    }

    client::Transport& inner_;
    PeerFlavours& peers_;
    const client::Request request_;
    const client::Transport::Done done_;
    const std::int64_t deadline_;
    std::vector<Knock> made_;
};

}  // namespace

bool may_be_about_signature(const client::Request& request, int status) {
    if (request.method == Method::get) return status == 401;
    return status == 400 || status == 401 || status == 403 || status == 406;
}

std::optional<Knock> next_knock(const client::Request& request, std::span<const Knock> made,
                                const client::Response& response) {
    if (!may_be_about_signature(request, response.status) ||
        int(made.size()) >= limits::signed_attempts_max)
        return std::nullopt;
    const auto asked = response.headers.get("Accept-Signature");
    const bool may_honour = response.status == 401 && asked &&
                            signature::parse_accept_signature(*asked) &&
                            std::none_of(made.begin(), made.end(),
                                         [](const Knock& knock) { return !knock.asked.empty(); });
    if (may_honour) return Knock{SignatureFlavour::rfc9421, std::string(*asked)};

    constexpr std::array order = {SignatureFlavour::cavage, SignatureFlavour::rfc9421,
                                  SignatureFlavour::cavage_without_query};
    const bool has_query = request.method == Method::get && !request.url.query().empty();
    for (const auto flavour : std::span(order).first(has_query ? 3 : 2))
        if (std::none_of(made.begin(), made.end(),
                         [flavour](const Knock& knock) { return knock.flavour == flavour; }))
            return Knock{flavour, {}};
    return std::nullopt;
}

void KnockingTransport::send(client::Request request, Done done) {
    if (may_reach_ && !may_reach_(request.url.host_port()))
        return done(client::fault(client::TransportFault::url_refused,
                                  "the host is blocked here: " + request.url.host_port()));
    request.may_reach = may_reach_;
    if (!request.identity) return inner_.send(std::move(request), std::move(done));
    const auto first = peers_.first_for(request.url.host_port());
    std::make_shared<Visit>(inner_, peers_, std::move(request), std::move(done))
        ->knock({first, {}});
}

}  // namespace kith::keys
