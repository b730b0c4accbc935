#pragma once
#include "config/limits/group_moves.hpp"
#include "federation/inbox/sink.hpp"
#include "node/community/group_arrival.hpp"

#include <string>

// One item each of what the old host of a group gives (group_arrival.hpp), put into its place in the new one.
namespace kith::community {

struct ArrivalScene {
    Context& context;
    const model::Actor& group;  // here
    const model::Actor& old;
};

// Fetches as the new group, within the budget of one page.
class ArrivalFetcher final : public inbox::Fetcher {
public:
    ArrivalFetcher(const FetchAs& fetch, Id as) : fetch_(fetch), as_(as) {}

    Result<inbox::Fetched> fetch(const std::string& id) override;
    int fetches_left() const override { return left_; }

private:
    const FetchAs& fetch_;
    const Id as_;
    int left_ = limits::arrival_fetches_per_page;
};

bool of_one_origin(const std::string& a, const std::string& b);

Result<> take_settings(const ArrivalScene&, json::View);
Result<> take_member(const ArrivalScene&, json::View);
Result<> take_ban(const ArrivalScene&, json::View, inbox::Fetcher&);
// Of a post of another host than the old one only its place is believed; the post comes from its own origin.
// keep: what cannot be had now is asked for again later.
enum class Patience { keep, none };
Result<> take_post(const ArrivalScene&, json::View, inbox::Fetcher&, Patience);
Result<> take_featured(const ArrivalScene&, json::View);
Result<> take_vote(const ArrivalScene&, json::View);
Result<> take_act(const ArrivalScene&, json::View, inbox::Fetcher&);

}  // namespace kith::community
