#pragma once
#include "base/json/writer.hpp"
#include "node/community/posts.hpp"
#include "node/http/params.hpp"
#include "storage/model/filter.hpp"

#include <optional>
#include <string_view>

namespace kith::mastodon {

std::optional<model::FilterAction> filter_action(std::string_view name);
// `context[]` as bits, where it is given. Code::unprocessable for a name that is none.
Result<> read_filter_contexts(const http::Params&, std::optional<int>& to);
// `expires_in` in seconds, where it is given; 0 where it is empty. Code::unprocessable for no number.
Result<> read_filter_expiry(const http::Params&, std::optional<std::int64_t>& to);

// Filter (entities/Filter), FilterKeyword, FilterStatus.
void write_filter(json::Writer&, const model::Filter&);
void write_filter_keyword(json::Writer&, const model::FilterKeyword&);
void write_filter_post(json::Writer&, const model::FilterPost&);
// A keyword of a filter as the first version of filters had it (entities/V1_Filter).
void write_v1_filter(json::Writer&, const model::Filter&, const model::FilterKeyword&);

// The member `filtered` of a Status: the FilterResults that hold at this time.
void write_filtered(json::Writer&, const community::PostView&, TimeMs now);

}  // namespace kith::mastodon
