#pragma once
#include "node/community/context.hpp"
#include "storage/model/domain.hpp"

#include <functional>
#include <string>
#include <vector>

// Subscriptions to lists of domain blocks that others keep. What a list names is blocked as long as
// some list names it; what was set by hand no list changes; a host that a list stops naming is
// unblocked. Leaving a list is its undo: what it alone blocked is unblocked.
namespace kith::community {

// Gets the text at a URL, within the bounds of a list. Nothing calls it within a transaction.
using FetchList = std::function<Result<std::string>(const std::string& url)>;

struct ListEffect {
    struct Line {
        model::DomainBlock block;
        std::int64_t follows_ended = 0;
    };
    std::vector<Line> blocked;           // new, or blocked more strictly than before
    std::vector<std::string> unblocked;  // hosts that nothing names any more
    std::vector<std::string> unreadable;
};

// What subscribing would do; nothing is changed. Code::invalid for what is no http URL.
Result<ListEffect> preview_blocklist(Context&, const FetchList&, const std::string& url,
                                     model::BlockSeverity severity_max);
// Code::conflict where the node follows it already; errors of the fetch, and then nothing is changed.
Result<ListEffect> subscribe_blocklist(Context&, const FetchList&, const std::string& url,
                                       model::BlockSeverity severity_max);
// Code::not_found where the node does not follow it.
Result<ListEffect> preview_leaving(Context&, const std::string& url);
Result<ListEffect> leave_blocklist(Context&, const std::string& url);

// Asks for every list whose time has come. A list that cannot be read keeps what it said.
Result<> refresh_blocklists(Context&, const FetchList&);

}  // namespace kith::community
