#pragma once
#include "node/community/context.hpp"
#include "node/community/visibility.hpp"
#include "storage/model/actor.hpp"
#include "storage/repo/directory.hpp"

#include <vector>

// People and groups that want to be found, and whom a member might like to follow.
namespace kith::community {

struct DirectoryQuery {
    repo::DirectoryOrder order = repo::DirectoryOrder::active;
    bool local_only = false;
    int limit = 0, offset = 0;
};
Result<std::vector<model::Actor>> directory(Context&, const Viewer&, const DirectoryQuery&);

// Why somebody is suggested.
enum class SuggestionSource { friends_of_friends, most_followed };
struct Suggestion {
    SuggestionSource source;
    model::Actor account;
};
Result<std::vector<Suggestion>> suggestions(Context&, Id actor, int limit);
Result<> dismiss_suggestion(Context&, Id actor, Id target);

}  // namespace kith::community
