#pragma once
#include "federation/inbox/sink.hpp"
#include "node/community/context.hpp"

#include <string>
#include <string_view>

namespace kith::community {

bool one_origin(std::string_view a, std::string_view b);

// What a stamp must say, in ids.
struct Approved {
    std::string stamp, author;    // of the quoted post
    std::string quoting, quoted;  // posts
};

// Fetches the stamp from the quoted author's origin and compares every part (FEP-044f, Verifying a
// QuoteAuthorization). Code::forbidden where it approves something else; errors of the fetch.
Result<> fetch_stamp(Context&, inbox::Fetcher&, const Approved&);

}  // namespace kith::community
