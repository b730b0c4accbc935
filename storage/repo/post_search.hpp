#pragma once
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <vector>

// Full-text search of posts, by words that text::search_tokens has cut.
namespace kith::repo {

Result<> put_post_words(sql::Tx&, Id post, const std::vector<std::string>& words);  // in the place of those before
Result<> remove_post_words(sql::Tx&, Id post);
Result<bool> has_post_words(sql::Tx&, Id post);

// Where a post must be found: what is open to all and whose author lets it be searched (FEP-5feb), what
// concerns the viewer (their own, or one that they react to, boost, keep, or are named in), or either.
enum class SearchScope { everywhere, open, library };

// A condition on a post "p": that the viewer ($1) may find it by its words.
std::string found_by_words();

struct PostSearch {
    std::vector<std::string> words;  // all of them; none: the rest decides
    std::vector<std::string> without;  // none of them
    SearchScope scope = SearchScope::everywhere;
    std::optional<Id> author, not_author, group;
    Id since = 0, until = INT64_MAX;  // ids, both exclusive
    // Given: it must be so, or must not.
    std::optional<bool> media, poll, reply, sensitive, link, quote;
    std::string language, not_language;  // "" = any; a base language fits all of its kinds
    std::string link_url = {};           // about this page
};
// Ids of posts that the viewer may see, newest first.
Result<std::vector<Id>> search_posts(sql::Tx&, Id viewer, const PostSearch&, int limit, int offset);

}  // namespace kith::repo
