#pragma once
#include "node/insight/snapshot.hpp"

namespace kith::insight {

struct Response {
    TimeMs at = 0;
    Index responder = no_index;
};

// Who came first to each post. Another human's reply is a response; one's own, a bot's, and a
// deleted one are not. Shapes: one entry a post of the snapshot.
struct Responses {
    // Anywhere in the thread below a root; nothing for posts that are no roots.
    std::vector<std::optional<Response>> in_thread;
    // The same, by a member of M.
    std::vector<std::optional<Response>> in_thread_by_member;
    // Directly to the post.
    std::vector<std::optional<Response>> direct;
};

Responses first_responses(const Snapshot&);

// How long a post waited for `response`; a reply from a clock that runs behind waited 0.
inline TimeMs waited_ms(TimeMs posted_at, const Response& response) {
    return response.at > posted_at ? response.at - posted_at : 0;
}

}  // namespace kith::insight
