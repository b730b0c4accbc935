// What is said of a group's threads (docs/decisions/0032): which comment is the answer, by the thread's author or a
// moderator, and which labels a thread has, by a moderator. A group here judges who says it; of other groups it counts
// what the group itself announces.
#include "config/limits/groups.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/events.hpp"
#include "node/community/group_answers.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_move.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/group_tags.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/relay.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_tags.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>

namespace kith::community {

using model::Post;
using sql::Tx;
using vocab::ActivityType;

namespace {

constexpr std::string_view choose_answer_type = "ChooseAnswer";  // PieFed

// The group itself speaks, or it is here and a moderator of it does, or the author where that is enough.
Result<> authorize_word(Tx& tx, const Context& context, const Deed& deed, Id group_id, std::optional<Id> author) {
    if (deed.group) return deed.group->id == group_id ? Result<>{} : fail(Code::forbidden, "a group speaks of its own threads only", deed.group->ap_id);
    const auto group = TRY(repo::find_actor(tx, group_id));
    if (!group || group->deleted_at) return fail(Code::not_found, "the group is not here any more");
    if (!group->local) return fail(Code::forbidden, "the group's host announces what is done in it", group->ap_id);
    TRY(refuse_leaving(tx, *group));
    TRY(check_group_open(tx, group->id, {}));
    if (TRY(repo::is_banned(tx, group->id, deed.actor.id, context.clock.now_ms())))
        return fail(Code::forbidden, "the actor is banned from the group", deed.actor.ap_id);
    if (author == deed.actor.id || TRY(is_group_moderator(tx, *group, deed.actor.id))) return {};
    return fail(Code::forbidden, author ? "only its author and moderators choose a thread's answer" : "the actor does not moderate the group",
                deed.actor.ap_id);
}

struct Answered {
    Post comment, first;
    bool chosen = true;
};

Result<Answered> answered_by(Tx& tx, const Deed& deed) {
    const auto& a = deed.activity;
    const bool undone = a.type == ActivityType::undo;
    const auto id = undone ? vocab::id_of(a.object["object"]) : a.object_id;
    auto comment = TRY(repo::find_post_by_ap_id(tx, id));
    if (!comment || comment->deleted_at || !comment->group_id || !comment->is_reply())
        return fail(Code::not_found, "no comment of a group that is known here", id);
    auto first = TRY(repo::find_post(tx, comment->thread_id));
    if (!first || first->deleted_at || first->is_reply() || first->group_id != comment->group_id)
        return fail(Code::not_found, "the comment's thread is not known here", id);
    if (!undone && TRY(repo::post_state(tx, comment->id)).removed) return fail(Code::not_found, "the comment was taken out", id);
    return Answered{std::move(*comment), std::move(*first), !undone};
}

struct Labelled {
    Post post;
    model::GroupTag tag;
};

// Nothing where the target is no label that is known here.
Result<std::optional<Labelled>> labelled_by(Tx& tx, const vocab::Activity& a) {
    if ((a.type != ActivityType::add && a.type != ActivityType::remove) || a.target.empty()) return std::optional<Labelled>{};
    auto tag = TRY(repo::find_group_tag_by_ap_id(tx, a.target));
    if (!tag) return std::optional<Labelled>{};
    auto post = TRY(repo::find_post_by_ap_id(tx, a.object_id));
    if (!post || post->deleted_at || post->is_reply() || post->group_id != tag->group_id)
        return fail(Code::not_found, "no thread of the label's group that is known here", a.object_id);
    return std::optional(Labelled{std::move(*post), std::move(*tag)});
}

}  // namespace

bool chooses_answer(const vocab::Activity& a) {
    return a.type_name == choose_answer_type ||
           (a.type == ActivityType::undo && a.object.is_object() && vocab::has_type(a.object, choose_answer_type));
}

Result<> authorize_answer_choice(Tx& tx, const Context& context, const Deed& deed) {
    const auto answered = TRY(answered_by(tx, deed));
    return authorize_word(tx, context, deed, *answered.first.group_id, answered.first.actor_id);
}

Result<> apply_answer_choice(Tx& tx, const Context& context, const Deed& deed) {
    const auto answered = TRY(answered_by(tx, deed));
    // Nobody speaks from the future: that would keep all others from speaking.
    const auto at = std::min(deed.activity.published.value_or(deed.received_at), deed.received_at);
    if (!TRY(apply_answer(tx, context, answered.comment, answered.first,
                          {.by = deed.actor.id, .chosen = answered.chosen, .ap_id = deed.activity.id, .at = at})))
        return {};
    return relay_in_group(tx, context, deed, answered.comment);
}

Result<bool> labels_thread(Tx& tx, const vocab::Activity& a) {
    if ((a.type != ActivityType::add && a.type != ActivityType::remove) || a.target.empty()) return false;
    return TRY(repo::find_group_tag_by_ap_id(tx, a.target)).has_value();
}

Result<> authorize_label(Tx& tx, const Context& context, const Deed& deed) {
    const auto labelled = TRY(labelled_by(tx, deed.activity));
    if (!labelled) return fail(Code::not_found, "the label is not known here", deed.activity.target);
    if (deed.activity.type == ActivityType::add && labelled->tag.deleted_at)
        return fail(Code::not_found, "the group has this label no more", deed.activity.target);
    return authorize_word(tx, context, deed, labelled->tag.group_id, {});
}

Result<> apply_label(Tx& tx, const Context& context, const Deed& deed) {
    const auto labelled = TRY(labelled_by(tx, deed.activity));
    if (!labelled) return {};
    const auto& post = labelled->post;
    std::vector<Id> tags;
    for (const auto& row : TRY(repo::group_tags_of(tx, std::span(&post.id, 1)))) tags.push_back(row.tag.id);
    const auto found = std::find(tags.begin(), tags.end(), labelled->tag.id);
    const bool adds = deed.activity.type == ActivityType::add;
    if (adds == (found != tags.end())) return {};
    if (adds)
        tags.push_back(labelled->tag.id);
    else
        tags.erase(found);
    if (tags.size() > limits::post_group_tags_max) return fail(Code::unprocessable, "the thread has as many labels as it can", post.ap_id);
    TRY(repo::set_tags_of_post(tx, post.id, tags));
    TRY(log_labels(tx, context, deed.actor.id, post));
    if (deed.group || !post.local) return relay_in_group(tx, context, deed, post);
    // Whose author is here says it as an edit, which every server takes.
    auto edited = post;
    edited.edited_at = context.clock.now_ms();
    TRY(repo::update_post(tx, edited));
    return emit(tx, context,
                {.kind = model::EventKind::post_updated,
                 .actor_id = edited.actor_id,
                 .post_id = edited.id,
                 .group_id = edited.group_id,
                 .object_ap_id = edited.ap_id});
}

}  // namespace kith::community
