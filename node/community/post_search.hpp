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
    bool in_title = false;  // all the words are in the title
    bool link = false;      // the query is a URL: posts about that page
};
// Whether all the words of a query are in a text.
bool has_words(std::string_view text, std::string_view query);
struct FoundPosts {
    std::vector<PostView> items;
    bool full = false;  // there may be more behind them
};
// Words, all of which must be there, and operators, each also with a minus before it: from:me,
// from:name@host, before:, after: and during:2026-11-25, has:media|poll|link|quote, is:reply|sensitive,
// language:de, in:all|public|library. What is no operator is a word. Newest first; not whom the viewer
// blocks or mutes.
Result<FoundPosts> find_posts(Context&, Id viewer, std::string_view query, const PostSearchPage&);
Result<std::vector<PostView>> search_posts(Context&, Id viewer, std::string_view query, const PostSearchPage&);

}  // namespace kith::community
