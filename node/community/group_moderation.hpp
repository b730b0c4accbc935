#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"
#include "storage/model/group_act.hpp"
#include "storage/repo/group_acts.hpp"

#include <optional>
#include <string>
#include <vector>

// Moderation of groups, in the open: every act has its line in the log that everybody may read, and can
// be taken back. Groups of other hosts are moderated by the same acts, sent to their host (groups.md 1.3).
namespace kith::community {

struct NewGroupAct {
    model::GroupActKind kind = model::GroupActKind::remove_post;
    Id group_id = 0;
    std::optional<Id> post_id, target_id;  // of what the kind is about
    std::string reason;                    // asked for where somebody loses something
    std::optional<TimeMs> expires_at;      // of a ban
    bool with_posts = false;               // of a ban; of its end: those come back
    std::string rule = {};                 // the rule that was broken, as it is worded; kept with the act
    model::TeamRole given_role = model::TeamRole::none;  // of give_role
    bool open = false;                     // of a warning: a line that everybody may read
};

// Code::forbidden: no right to it (group_roles.hpp), or against somebody of older standing.
// Code::not_found: no such group, post in it, or person. Code::unprocessable: no reason, or it is so
// already, or what it is about is missing. Code::conflict: a ban for good that waits for somebody else.
Result<model::GroupAct> moderate(Context&, Id moderator, const NewGroupAct&);
Result<model::GroupAct> moderate_in(sql::Tx&, const Context&, Id moderator, const NewGroupAct&);

struct ToldAct {
    Id by = 0;               // whose activity it is: a moderator's, or the group's own
    std::string ap_id;       // of that activity
    bool privately = false;  // to whom it is about only; what is quiet is told so anyway
};
// Has what was done in a group sent to the hosts that it concerns.
Result<> tell_hosts(sql::Tx&, const Context&, const model::GroupAct&, ToldAct);

// A moderator speaks as one in a comment of their own. Code::not_found for what they do not see or is no comment in
// a group, Code::forbidden for somebody else's, or where they do not moderate.
Result<> distinguish_comment(Context&, Id moderator, Id comment, bool on);

// Its effects and its line in the log; false where nothing was written. Where it is so already that is of
// no interest, but what another host says about its own group is recorded all the same. The caller has
// judged who may do it.
enum class SoAlready { leave, record };
Result<bool> apply_group_act(sql::Tx&, const Context&, model::GroupAct&, SoAlready);

// Nobody acts against a moderator of longer standing, and helpers against no moderator. Code::forbidden.
Result<> respect_standing(sql::Tx&, const model::Actor& group, Id moderator, const model::GroupAct&, model::TeamRole);

// A member's or remote person's right: by membership in a group here, by what its host says elsewhere.
Result<bool> is_group_moderator(sql::Tx&, const model::Actor& group, Id actor);
Result<std::vector<model::Actor>> group_moderators_of(sql::Tx&, const model::Actor& group);  // by seniority

struct GroupActView {
    model::GroupAct act;
    model::Actor group, moderator;
    std::optional<model::Actor> target;
    std::optional<model::Post> post;
    bool undone = false;
    std::optional<model::GroupAppeal> appeal;
};
// Without a group: of all groups here. Anybody may read it, that of a private group its members; what is quiet is
// shown to the group's team and to whom it is about.
Result<Page<GroupActView>> moderation_log(Context&, repo::GroupActFilter, const PageRequest&,
                                          std::optional<Id> asking = {});
Result<GroupActView> load_act(sql::Tx&, const model::GroupAct&);

// An author changed a post: who asked for that has it.
Result<> close_edit_requests(sql::Tx&, const Context&, const model::Post&);

// For whom it is about, as one plain text: "Garden: your post was removed. Because."
std::string sentence_of(const GroupActView&);
std::string_view appeal_state(const model::GroupAppeal&);  // "pending", "approved", "rejected"
std::string_view group_act_name(model::GroupActKind);  // "remove_post"
std::optional<model::GroupActKind> group_act_from(std::string_view name);

}  // namespace kith::community
