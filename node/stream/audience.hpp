#pragma once
#include "node/community/posts.hpp"
#include "node/stream/message.hpp"
#include "node/stream/voice.hpp"

#include <set>
#include <string_view>
#include <vector>

namespace kith::stream {

// What it takes to show one timeline entry to those who listen.
struct Showing {
    sql::Tx& tx;
    const community::Context& context;
    Listeners& listeners;
    Voice& voice;
    Outlet& outlet;
};

// Sends an entry to those of these accounts that listen to the channel and may see it, each as they see
// it: not whom its author or booster is hidden from, nor where a filter hides it. Who sees it as
// everybody does gets the same bytes.
Result<> show(const Showing&, const Channel&, std::string_view event, const community::Entry&,
              const model::Post&, std::vector<Id> accounts);

// All channels that this post belongs to: homes, public timelines, hashtags, lists.
Result<> show_everywhere(const Showing&, std::string_view event, const model::Post&);
// Those who have this entry in their homes.
Result<> show_in_homes(const Showing&, std::string_view event, const community::Entry&, const model::Post&);

}  // namespace kith::stream
