// How rows go out.
#include <utility>

#include "base/core/log.hpp"
#include "base/text/url.hpp"
#include "config/limits/delivery.hpp"
#include "federation/delivery/lanes.hpp"
#include "federation/vocab/followers_sync.hpp"

namespace kith::delivery {

using repo::WaitingDelivery;
using sql::Tx;

namespace {

constexpr TimeMs pause_ms = second_ms;  // of a lane, where our own side fails
constexpr std::size_t batch_rows_max = std::size_t(limits::delivery_rows_per_write_max);

client::Request request_for(const WaitingDelivery& row, Url inbox,
                            std::shared_ptr<const std::string> body) {
    client::Request request;
    request.method = client::Method::post;
    request.url = std::move(inbox);
    request.headers.add("Content-Type", "application/activity+json");
    request.body = std::move(body);
    request.identity = client::SigningIdentity{.actor_id = row.actor_id};
    request.response_bytes_max = limits::delivery_answer_bytes_max;
    request.oversize = client::Oversize::cut;
    request.redirects_max = 0;
    return request;
}

}  // namespace

void Lanes::make_ready(const std::string& host) {
    if (in_ready_.insert(host).second) ready_.push_back(host);
}

// One row of each lane in turn. Where outcomes cannot be stored, nothing more is begun.
void Lanes::send_ready(TimeMs now) {
    while (!ready_.empty() && in_flight_ < limits::delivery_in_flight_max &&
           batch_.rows() < batch_rows_max) {
        const auto host = std::move(ready_.front());
        ready_.pop_front();
        in_ready_.erase(host);
        const auto held = lanes_.find(host);
        if (held == lanes_.end()) continue;
        touched_.insert(host);
        if (auto* row = next_row(held->second, now)) {
            send(held->second, *row, now);
            make_ready(host);
        }
    }
}

Lane::Row* Lanes::next_row(Lane& lane, TimeMs now) {
    for (;;) {
        if (auto* row = lane.choose(now)) return row;
        if (!lane.has_place(now) || !lane.may_read() || !load_page(lane, now)) return nullptr;
    }
}

// What is older than 30 days expires here: every peer's turn comes at least once a day.
bool Lanes::load_page(Lane& lane, TimeMs now) {
    const auto& host = lane.peer().host;
    auto page = context_.db.read([&](Tx& tx) {
        return repo::waiting_deliveries(tx, host, lane.read_up_to(), limits::delivery_page_rows);
    });
    if (!page) {
        log::warn("delivery.read_failed", {{"host", host}, {"detail", page.error().detail}});
        lane.pause(now + pause_ms);
        return false;
    }
    const bool full = int(page->size()) == limits::delivery_page_rows;
    const Id up_to = page->empty() ? lane.read_up_to() : page->back().delivery.id;
    std::vector<Id> activities;
    std::erase_if(*page, [&](const WaitingDelivery& row) {
        const bool expired = now - row.created_at >= limits::delivery_keep_ms;
        if (expired)
            finish(lane, row, model::DeliveryOutcome::expired, row.delivery.last_error);
        else
            activities.push_back(row.delivery.activity_id);
        return expired;
    });
    lane.load(std::move(*page), up_to, full);
    if (auto prepared = cache_.prepare(activities); !prepared)
        log::warn("delivery.read_failed", {{"host", host}, {"detail", prepared.error().detail}});
    return true;
}

// FEP-8fcf. The activity goes out without it where it cannot be had.
void Lanes::add_followers_state(client::Request& request, const WaitingDelivery& row) {
    const auto header = followers_.header_for(row.actor_id, row.delivery.host);
    if (!header)
        return log::warn("delivery.read_failed",
                         {{"host", row.delivery.host}, {"detail", header.error().detail}});
    if (!header->empty())
        request.headers.add(std::string(vocab::collection_synchronization), *header);
}

void Lanes::send(Lane& lane, Lane::Row& row, TimeMs now) {
    const auto& delivery = row.waiting.delivery;
    auto inbox = Url::parse(delivery.inbox);
    if (!inbox)
        return finish(lane, row.waiting, model::DeliveryOutcome::given_up,
                      "the inbox is not a URL");
    auto bytes = cache_.get(delivery.activity_id);
    if (!bytes) return lane.pause(now + pause_ms);
    lane.start(row);
    ++in_flight_;
    auto request = request_for(row.waiting, std::move(*inbox), bytes->body);
    if (bytes->synchronizes) add_followers_state(request, row.waiting);
    transport_.send(std::move(request), [mailbox = mailbox_, host = delivery.host,
                                         id = delivery.id](client::Outcome outcome) {
        mailbox->answer({.host = host, .delivery = id, .outcome = std::move(outcome)});
    });
}

}  // namespace kith::delivery
