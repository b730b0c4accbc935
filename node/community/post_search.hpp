#pragma once
#include "node/community/posts.hpp"

#include <string_view>
#include <vector>

// Posts by their words and by what they are.
namespace kith::community {

// In the transaction of a post that was stored or changed: its words can be searched for. Called for
// posts of ours, for those that name somebody here, and for those whose author lets them be searched.
Result<> index_post(sql::Tx&, const model::Post&);
// Somebody here keeps a post of others: it can be found among what concerns them.
Result<> index_kept_post(sql::Tx&, Id post);

struct PostSearchPage {
    int limit = 20, offset = 0;
    Id max_id = INT64_MAX, min_id = 0;
    std::optional<Id> author, group;
};
// Words, all of which must be there, and operators, each also with a minus before it: from:me,
// from:name@host, before:, after: and during:2026-11-25, has:media|poll|link|quote, is:reply|sensitive,
// language:de, in:all|public|library. What is no operator is a word. Newest first; not whom the viewer
// blocks or mutes.
Result<std::vector<PostView>> search_posts(Context&, Id viewer, std::string_view query, const PostSearchPage&);

}  // namespace kith::community
