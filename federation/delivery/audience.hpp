#pragma once
#include "base/core/result.hpp"
#include "federation/delivery/context.hpp"
#include "storage/repo/relations.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::delivery {

// What an activity says about where its post is (post_reach).
enum class Shows {
    nothing,
    post,     // brings the post: queued, then delivered to N of M
    pointer,  // points at it, so that hosts will come for it: they are known to have it
};

// Where an activity goes, as it is kept with it (activity.audience): rows for a peer that comes
// back after a long time are made from it, with those who follow then.
struct Audience {
    std::vector<Id> followers_of;         // remote followers' inboxes
    std::vector<repo::InboxRow> inboxes;  // of actors addressed by name
    std::optional<Id> reach_of;           // every host that has this post
    bool sent_only = false;               // … but of those only the ones that we sent it to
    bool every_peer = false;
    std::string except_host;    // where it came from
    std::string ordering;       // of its rows (architecture, Delivery)
    std::optional<Id> post_id;  // the post it is about
    Shows shows = Shows::nothing;
};

std::string write_audience(const Audience&);
Result<Audience> read_audience(std::string_view json);

// The distinct inboxes, by host: without our own host, suspended ones and those without an inbox.
// With `only_host` what of it is there.
Result<std::vector<repo::InboxRow>> recipients_of(sql::Tx&, const Context&, const Audience&,
                                                  std::string_view only_host = {});

// Whether the domain, or one above it, is suspended here.
Result<bool> is_suspended(sql::Tx&, std::string_view host);

}  // namespace kith::delivery
