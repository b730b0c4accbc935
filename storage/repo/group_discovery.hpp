#pragma once
#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// How groups are found: the directory, what they are about, which are like which, and who would help to look after
// them. Only public groups have topics or are like others.
namespace kith::repo {

// Public groups that were not compared since then, the longest ago first.
Result<std::vector<Id>> groups_to_compare(sql::Tx&, TimeMs before, int limit);
Result<> set_group_compared(sql::Tx&, Id group, TimeMs);

struct TopicBounds {
    Id since = 0;        // the oldest thread that counts
    int threads_max = 0, people_min = 0, kept = 0;
};
// The hashtags of a group's threads by how many people use them there, anew; without those who opted out of what is
// computed about them.
Result<> refresh_topics(sql::Tx&, Id group, const TopicBounds&);
struct GroupTopic {
    Id group_id = 0;
    std::string name;  // as it is written
};
Result<std::vector<GroupTopic>> topics_of_groups(sql::Tx&, std::span<const Id> groups);
struct Topic {
    std::string name;
    std::int64_t groups = 0;
};
// Those of most groups first, where anybody may find them.
Result<std::vector<Topic>> common_topics(sql::Tx&, int limit);

struct GroupLine {
    Id group_id = 0;
    std::string brief;
    bool seeks_moderators = false;
};
// What these groups say of themselves in a list; nothing of who says nothing.
Result<std::vector<GroupLine>> lines_of_groups(sql::Tx&, std::span<const Id> groups);

struct CommonCount {
    Id group_id = 0;
    std::int64_t common = 0, members = 0;  // of the other group, as is known here
};
// Public groups that at least `common_min` members follow, too. Who opted out of what is computed about them, in either
// group, is not counted; of a large group its newest members are.
Result<std::vector<CommonCount>> groups_by_common_members(sql::Tx&, Id group, int members_max, int common_min, int limit);
Result<std::vector<CommonCount>> groups_by_common_topics(sql::Tx&, Id group, int common_min, int limit);

struct Likeness {
    Id other_id = 0;
    double likeness = 0;
};
Result<> put_similar_groups(sql::Tx&, Id group, std::span<const Likeness>);
// The likest first, of those that anybody may find now.
Result<std::vector<model::Actor>> similar_groups(sql::Tx&, Id group, int limit);

enum class GroupOrder { members, active, newest, name };
struct DirectoryAsked {
    std::string_view words;  // in name or title, in lower case
    std::string_view topic;  // a folded hashtag; "" = any
    GroupOrder order = GroupOrder::members;
    bool local = false;
    bool seeks_moderators = false;  // says so, or whose team was not seen since `unseen_since`
    TimeMs unseen_since = 0;
    int limit = 0, offset = 0;
};
// Groups that anybody may find.
Result<std::vector<model::Actor>> group_directory(sql::Tx&, const DirectoryAsked&);
// Which of these groups here have no moderator of their own who posted or moderated since then.
Result<std::vector<Id>> unattended_groups(sql::Tx&, std::span<const Id> groups, TimeMs since);

struct HelpOffer {
    Id group_id = 0, actor_id = 0;
    std::string text;
    TimeMs at = 0;
};
Result<> put_help_offer(sql::Tx&, const HelpOffer&);  // in place of an earlier one
Result<bool> remove_help_offer(sql::Tx&, Id group, Id actor);
Result<std::vector<HelpOffer>> help_offers(sql::Tx&, Id group, int limit);  // the oldest first; none of a moderator

}  // namespace kith::repo
