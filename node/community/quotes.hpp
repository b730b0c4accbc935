#pragma once
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"
#include "storage/model/quote.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace kith::community {

// A new post quotes another: within the transaction that makes it. Of our own people the quote is
// approved at once; another server's author is asked. Code::not_found where the author may not see
// it, Code::forbidden where it may not be quoted, Code::unprocessable where it would be shown to
// more people than it is for.
Result<> quote_with_new_post(sql::Tx&, const Context&, const model::Post& quoting, Id quoted_id);

// "public", "followers", "nobody" as the audience that may quote without asking.
std::optional<int> quote_policy_from(std::string_view name);
std::string_view quote_policy_name(int audience);
Result<> set_quote_policy(sql::Tx&, const model::Post&, int audience);
// By the post's author; told to all who have the post.
Result<> change_quote_policy(Context&, Id author_id, Id post_id, int audience);

// The quoted post's author takes the approval back.
Result<> revoke_quote(Context&, Id author_id, Id quoted_id, Id quoting_id);

// Posts that quote this one with its author's approval.
Result<Page<PostView>> quotes_of_post(Context&, const Viewer&, Id post_id, const PageRequest&);

// The stamp (QuoteAuthorization) of one accepted quote of a local post, as it is served; the viewer
// must see the quoted post. Code::not_found for all else.
Result<std::string> stamp_document(Context&, const Viewer&, Id quoted_id, Id quoting_id);

}  // namespace kith::community
