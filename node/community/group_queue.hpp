#pragma once
#include "node/community/automod.hpp"
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"
#include "storage/repo/group_queue.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Posts that wait before a group shows them, and the rules by which they do. Until a post is let out only its
// author and the team see it, and nobody is told of it; then all happens that happens when somebody posts.
namespace kith::community {

// Judges a post that was just stored in a group here: by the group's rules and by whether it is one of its
// author's first. True where it is kept back (waiting, or taken out by a rule): then the steps that make a
// post public are left to release_post(). The team's own posts always go out.
Result<bool> keep_back(sql::Tx&, const Context&, const model::Actor& group, const model::Post&);
// The same for what an edit made of a post that is out: it is taken out or reported; it does not wait again.
Result<> judge_edit(sql::Tx&, const Context&, const model::Post&);
// Lets it out: timelines, notifications, events; of a remote author the Create that came.
Result<> release_post(sql::Tx&, const Context&, Id post);
Result<bool> is_kept_back(sql::Tx&, Id post);

struct QueueItem {
    model::HeldPost held;
    model::Post post;
    model::Actor author;
    std::vector<model::Attachment> attachments = {};
};
// Of a team: what waits. Of anybody else: what they wrote themselves there, also what was refused.
Result<Page<QueueItem>> waiting_posts(Context&, Id asking, Id group, const PageRequest&);

struct GroupCare {
    int first_posts_held = 0;
    std::int64_t waiting = 0;
    std::vector<model::AutoRule> rules;
};
Result<GroupCare> group_care(Context&, Id moderator, Id group);
Result<> set_first_posts_held(Context&, Id moderator, Id group, int posts);

// Switched off; a change switches it off, and it has to be tried again. Code::unprocessable: what cannot be.
Result<model::AutoRule> put_auto_rule(Context&, Id moderator, Id group, std::optional<Id> rule, const NewAutoRule&);
Result<> remove_auto_rule(Context&, Id moderator, Id group, Id rule);

struct RuleTrial {
    int looked_at = 0, met = 0;
    std::vector<QueueItem> examples;  // the newest of them
    model::AutoRule rule;             // as it is now: tried
};
// What it would have met in limits::auto_rule_trial_ms.
Result<RuleTrial> try_auto_rule(Context&, Id moderator, Id group, Id rule);
// Code::unprocessable where nobody tried it as it is.
Result<model::AutoRule> switch_auto_rule(Context&, Id moderator, Id group, Id rule, bool on);

inline constexpr std::array<std::string_view, 3> auto_rule_kinds{"words", "domains", "newcomers"};
inline constexpr std::array<std::string_view, 3> auto_rule_actions{"hold", "remove", "report"};

}  // namespace kith::community
