#pragma once
#include "base/core/result.hpp"
#include "federation/delivery/context.hpp"
#include "storage/model/federation.hpp"
#include "storage/repo/delivery.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace kith::delivery {

// What has happened to rows and peers and is not stored yet. Stored in one transaction for many: a
// transaction for each delivery would cost more than the delivery.
class OutcomeBatch {
public:
    void finish(repo::FinishedDelivery row) { finished_.push_back(std::move(row)); }
    void postpone(model::Delivery row) { postponed_.push_back(std::move(row)); }
    // Its rows come from there to an end, or up to an error: "" = of all inboxes.
    void give_up(const std::string& host, const std::string& inbox, const std::string& error) {
        given_up_.push_back({host, inbox, error});
    }
    void save(model::Peer peer) { peers_.insert_or_assign(peer.host, std::move(peer)); }
    void release(model::Peer peer, Id seen) {
        released_.insert_or_assign(peer.host, seen);
        save(std::move(peer));
    }

    bool empty() const {
        return finished_.empty() && postponed_.empty() && given_up_.empty() && peers_.empty();
    }
    std::size_t rows() const { return finished_.size() + postponed_.size(); }

    // Stores all of it, in as many transactions as it takes; a lease ends in the last one, after
    // what happened under it. What could not be stored stays for the next time.
    Result<> store(const Context&);

private:
    struct GivenUp {
        std::string host, inbox, error;
    };
    Result<> store_rows(const Context&);
    Result<> store_given_up(const Context&);
    Result<> store_peers(const Context&);

    std::vector<repo::FinishedDelivery> finished_;
    std::vector<model::Delivery> postponed_;
    std::vector<GivenUp> given_up_;
    std::map<std::string, model::Peer> peers_;  // in order of host
    std::map<std::string, Id> released_;
};

}  // namespace kith::delivery
