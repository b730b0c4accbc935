#pragma once
#include "node/community/catch_up.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/post.hpp"

#include <set>
#include <string>
#include <vector>

namespace kith::community {

// One host's turn in a CatchUp: asks for its subjects one after the other, one request at a time,
// within one budget.
class HostCatchUp final : public inbox::Fetcher, public discovery::DocumentSource {
public:
    HostCatchUp(CatchUpParts& parts, repo::CatchUpHost& host) : parts_(parts), host_(host) {}

    // All of it. An error where the host does not answer, or the budget is spent: what is left stays
    // queued.
    Result<> run();

    // Counted, and refused beyond the budget: also what a post makes us fetch (parents, authors).
    Result<keys::FetchedDocument> get(const std::string& id);
    Result<inbox::Fetched> fetch(const std::string& id) override;
    Result<keys::FetchedDocument> fetch(std::string_view id) override {
        return get(std::string(id));
    }
    int fetches_left() const override;

private:
    Result<> ask_actor(const repo::CatchUpSubject&);
    Result<> ask_thread(const repo::CatchUpSubject&);
    Result<> ask_profile(const repo::CatchUpSubject&);
    Result<> ask(const repo::CatchUpSubject&);
    Result<> take_featured(const model::Actor&, const std::string& collection);
    Result<> take_counts(const model::Actor&, const std::string& followers, const std::string& following);
    std::optional<std::int64_t> total_of(const std::string& collection);
    Result<> take_outbox(const model::Actor& group, const std::string& collection);
    Result<bool> was_given(const model::Actor& group, const std::string& id);
    Result<> show_entry(const model::Actor& group, json::View item);
    Result<> take_moderators(const model::Actor& group, const std::string& collection);
    Result<> take_groups(const model::Actor& feed, const std::string& collection);
    Result<> take_featured_tags(const model::Actor&, const std::string& collection);
    // The post of an item of a conversation: itself, or what an activity in it is about (FEP-171b).
    Result<std::string> post_of_item(json::View item);
    Result<> take_entry(const model::Actor&, const std::string& item);
    Result<std::string> collection_of(const model::Post&);
    Result<> take_post(const std::string& id);
    void hold(json::View item);

    CatchUpParts& parts_;
    repo::CatchUpHost& host_;
    int spent_ = 0;  // requests of this turn
    // A post that the host itself embedded in what it was asked for: its origin's word, so that it
    // is not asked for once more.
    std::string held_id_, held_;
};

// What failed because the host was not there may work another time.
bool may_pass(const Error&);
bool of_host(const std::string& url, const std::string& host);

}  // namespace kith::community
