#pragma once
#include "node/community/context.hpp"
#include "storage/model/filter.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// A member's filters. Everything gives Code::not_found for what is not the member's, and
// Code::unprocessable for what cannot be: no title, no context, an empty keyword, too many of them.
namespace kith::community {

struct KeywordChange {
    std::optional<Id> id;  // of one that is there
    std::optional<std::string> keyword;
    std::optional<bool> whole_word;
    bool remove = false;
};

struct FilterChange {
    std::optional<std::string> title;
    std::optional<int> contexts;
    std::optional<model::FilterAction> action;
    // Not given: as it is. 0: never. Less than that, of one that is there: it is over.
    std::optional<std::int64_t> expires_in_s;
    std::vector<KeywordChange> keywords;
};

Result<model::Filter> create_filter(Context&, Id owner, const FilterChange&);
Result<model::Filter> change_filter(Context&, Id owner, Id filter, const FilterChange&);
Result<> delete_filter(Context&, Id owner, Id filter);
Result<model::Filter> filter_by_id(Context&, Id owner, Id filter);
Result<std::vector<model::Filter>> filters(Context&, Id owner);

Result<model::FilterKeyword> add_filter_keyword(Context&, Id owner, Id filter, const KeywordChange&);
Result<model::FilterKeyword> change_filter_keyword(Context&, Id owner, Id keyword, const KeywordChange&);
Result<> remove_filter_keyword(Context&, Id owner, Id keyword);
Result<model::FilterKeyword> filter_keyword_by_id(Context&, Id owner, Id keyword);

// A post that the member sees; once in a filter.
Result<model::FilterPost> add_filter_post(Context&, Id owner, Id filter, Id post);
Result<> remove_filter_post(Context&, Id owner, Id id);
Result<model::FilterPost> filter_post_by_id(Context&, Id owner, Id id);

}  // namespace kith::community
