#pragma once
#include "node/community/context.hpp"
#include "node/community/visibility.hpp"
#include "storage/model/actor.hpp"
#include "storage/repo/group_discovery.hpp"

#include <string>
#include <vector>

// How groups are found, and how they find somebody who looks after them.
namespace kith::community {

// Topics and similar groups anew, of those whose turn it is. A job.
Result<> compare_groups(Context&);

struct DirectoryPlace {
    model::Actor group;
    std::string brief;                // a line about it
    std::vector<std::string> topics;  // hashtags, as they are written
    bool seeks_moderators = false;    // its team says so
    bool unattended = false;          // of a group here: no moderator was seen for limits::moderators_unseen_ms
};
struct DirectoryRequest {
    std::string words, topic;
    repo::GroupOrder order = repo::GroupOrder::members;
    bool local = false, seeks_moderators = false;
    int limit = 0, offset = 0;
};
// Groups that anybody may find.
Result<std::vector<DirectoryPlace>> group_directory(Context&, const DirectoryRequest&);
Result<DirectoryPlace> directory_place(Context&, const model::Actor& group);
Result<std::vector<repo::Topic>> group_topics(Context&);
// None of a group that is not public itself. Code::not_found where the viewer may not know it.
Result<std::vector<DirectoryPlace>> similar_groups(Context&, const Viewer&, Id group);

// A member here would help to look after a group here. It is for its team, and where that was not seen for long, for the
// node's moderators. Code::not_found for who may not know the group, Code::forbidden for who is banned or in the team.
Result<> offer_help(Context&, Id member, Id group, const std::string& text);
// By who offered, or by who reads the offers. Code::not_found where there is none.
Result<> end_help_offer(Context&, Id actor, Id group, Id offered_by);
struct HelpOfferView {
    repo::HelpOffer offer;
    model::Actor actor;
};
Result<std::vector<HelpOfferView>> help_offers(Context&, Id reader, Id group);

}  // namespace kith::community
