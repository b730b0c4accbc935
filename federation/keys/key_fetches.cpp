#include "federation/keys/key_fetches.hpp"

#include <utility>

#include "config/limits/keys.hpp"
#include "federation/keys/key_document.hpp"

namespace kith::keys {
namespace {

bool may_pass(Code code) {
    return code == Code::unavailable || code == Code::timeout || code == Code::internal;
}

}  // namespace

KeyFetches::KeyFetches(KeyStore& store, client::Transport& transport, const Clock& clock,
                       const Urls& urls)
    : store_(store),
      transport_(transport),
      clock_(clock),
      urls_(urls),
      hosts_(clock, {limits::key_fetches_per_host_burst, limits::key_fetches_per_host_per_second},
             limits::key_hosts_max),
      memory_(limits::key_urls_remembered_max),
      work_("key-fetch", limits::key_threads) {}

// Why the URL is not asked now. `memory` is what is known of it, or null.
std::optional<Error> KeyFetches::refusal(const Url& url, Memory* memory) const {
    const auto now = clock_.now_ms();
    if (url.host_port() == urls_.host()) return Error(Code::unauthorized, "the key is one of ours");
    if (stopped_) return Error(Code::unavailable, "the node is stopping");
    if (memory && memory->failed_until > now) return memory->error;
    if (memory && memory->found && now - memory->refreshed_at < limits::key_refresh_interval_ms)
        return Error(Code::unauthorized, "the key's owner was asked a moment ago");
    if (flights_.size() >= limits::key_fetches_under_way_max)
        return Error(Code::unavailable, "too many keys are being fetched");
    return std::nullopt;
}

bool KeyFetches::would_fetch(const Url& url) {
    std::lock_guard lock(mutex_);
    if (flights_.contains(url.str())) return true;
    return !refusal(url, memory_.find(url.str())) && hosts_.has_room(url.host_port());
}

void KeyFetches::fetch(const Url& url, Done done) {
    std::shared_ptr<Flight> flight;
    std::optional<Error> error;
    {
        std::lock_guard lock(mutex_);
        const auto under_way = flights_.find(url.str());
        if (under_way != flights_.end())
            return under_way->second->waiters.push_back(std::move(done));
        error = begin(url);
        if (!error) {
            flight = std::make_shared<Flight>(Flight{url, {}});
            flight->waiters.push_back(std::move(done));
            flights_.emplace(url.str(), flight);
        }
    }
    if (error) return done(tl::unexpected(*error));
    fetch_document_later(transport_, urls_, url.str(), limits::key_fetch_timeout_ms,
                         [self = shared_from_this(), flight](Result<FetchedDocument> document) {
                             auto shared =
                                 std::make_shared<Result<FetchedDocument>>(std::move(document));
                             self->work_.post([self = self.get(), flight, shared] {
                                 self->received(flight, std::move(*shared));
                             });
                         });
}

std::optional<Error> KeyFetches::begin(const Url& url) {
    auto* memory = memory_.find(url.str());
    if (auto error = refusal(url, memory)) return error;
    if (hosts_.take(url.host_port()) > 0)
        return Error(Code::unavailable, "too many keys of this host were fetched", url.host_port());
    if (memory && memory->found) memory->refreshed_at = clock_.now_ms();
    return std::nullopt;
}

void KeyFetches::received(std::shared_ptr<Flight> flight, Result<FetchedDocument> document) {
    if (!document) return finish(flight, tl::unexpected(std::move(document).error()));
    auto found = read_key_document(*document);
    if (!found) return finish(flight, tl::unexpected(std::move(found).error()));
    if (const auto* actor = std::get_if<vocab::Actor>(&*found)) return keep(flight, *actor);
    const auto& owner = std::get<ClaimedOwner>(*found).actor_ap_id;
    if (hosts_.take(flight->url.host_port()) > 0)
        return finish(flight, fail(Code::unavailable, "too many keys of this host were fetched"));
    fetch_document_later(
        transport_, urls_, owner, limits::key_fetch_timeout_ms,
        [self = shared_from_this(), flight](Result<FetchedDocument> owner_document) {
            auto shared = std::make_shared<Result<FetchedDocument>>(std::move(owner_document));
            self->work_.post([self = self.get(), flight, shared] {
                self->received_owner(flight, std::move(*shared));
            });
        });
}

void KeyFetches::received_owner(std::shared_ptr<Flight> flight, Result<FetchedDocument> document) {
    if (!document) return finish(flight, tl::unexpected(std::move(document).error()));
    auto actor = read_owner(*document);
    if (!actor) return finish(flight, tl::unexpected(std::move(actor).error()));
    keep(flight, *actor);
}

void KeyFetches::keep(std::shared_ptr<Flight> flight, const vocab::Actor& actor) {
    auto stored = store_.store(actor);
    if (!stored) return finish(flight, tl::unexpected(std::move(stored).error()));
    finish(flight, {});
}

void KeyFetches::finish(std::shared_ptr<Flight> flight, Result<> result) {
    std::vector<Done> waiters;
    {
        std::lock_guard lock(mutex_);
        flights_.erase(flight->url.str());
        waiters.swap(flight->waiters);
        auto* memory = memory_.find(flight->url.str());
        if (!memory) memory = &memory_.put(flight->url.str(), {});
        if (result) {
            memory->found = true;
            memory->failed_until = 0;
        } else {
            const auto& error = result.error();
            memory->error = error;
            memory->failed_until =
                clock_.now_ms() +
                (may_pass(error.code) ? limits::key_outage_ms : limits::key_failure_ms);
        }
    }
    for (const auto& done : waiters) done(result);
}

void KeyFetches::stop() {
    {
        std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    work_.stop();
    std::map<std::string, std::shared_ptr<Flight>> flights;
    {
        std::lock_guard lock(mutex_);
        flights.swap(flights_);
    }
    for (const auto& [url, flight] : flights)
        for (const auto& done : std::exchange(flight->waiters, {}))
            done(fail(Code::unavailable, "the node is stopping"));
}

}  // namespace kith::keys
