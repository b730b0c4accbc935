#pragma once
#include "federation/inbox/document_cache.hpp"
#include "federation/inbox/domain_blocks.hpp"
#include "federation/inbox/sink.hpp"
#include "federation/keys/fetch_document.hpp"

namespace kith::inbox {

// From when on a fetched document is young enough to decide about an activity: what announces a
// change must not be judged by what was there before.
TimeMs fetched_since(const Inbound&);

// Where fetched documents come from, for all activities together.
struct FetchSources {
    keys::Documents& documents;
    DocumentCache& cache;
    DomainBlocks& blocks;
    const Clock& clock;
};

// Serves what was fetched a moment ago and never goes to the network, so that the thread that
// decides about activities is never held up by a slow host. `wanted()` tells that it had to refuse.
class CacheOnlyFetcher final : public Fetcher {
public:
    CacheOnlyFetcher(DocumentCache& cache, TimeMs since) : cache_(cache), since_(since) {}

    Result<Fetched> fetch(const std::string& id) override;
    int fetches_left() const override;
    bool wanted() const { return wanted_; }

private:
    DocumentCache& cache_;
    TimeMs since_;
    bool wanted_ = false;
};

// Goes to the network within the budget of one activity (security checklist, line 28).
// Code::invalid when the budget is spent, Code::forbidden for ids of blocked hosts.
class BudgetFetcher final : public Fetcher {
public:
    BudgetFetcher(const FetchSources&, TimeMs since);

    Result<Fetched> fetch(const std::string& id) override;
    int fetches_left() const override { return left_; }

private:
    const FetchSources& sources_;
    TimeMs since_;
    TimeMs deadline_;
    int left_;
};

}  // namespace kith::inbox
