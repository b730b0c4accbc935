#pragma once
#include "base/json/writer.hpp"
#include "node/community/posts.hpp"

namespace kith::mastodon {

// Members of a Status: `quote` (Quote; ShallowQuote in a post that is itself shown as quoted),
// `quotes_count` and `quote_approval`.
void write_quote_members(json::Writer&, const community::Context&, const community::Viewer&,
                         const community::PostView&);

// HTML of ours without the lines that stand in for a quote in other software (FEP-044f).
std::string without_quote_inline(std::string html);

}  // namespace kith::mastodon
