// Join and Leave of events here, and what our own Joins are answered with (FEP-8a8e, DRAFT; Mobilizon).
#include "federation/vocab/reader.hpp"
#include "node/community/events.hpp"
#include "node/community/gathering_steps.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/relay.hpp"
#include "node/community/inbound/stamps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/gatherings.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

namespace kith::community {

using model::Rsvp;
using model::RsvpState;
using model::EventKind;
using model::Post;
using sql::Tx;

namespace {

bool joins(const vocab::Activity& a) { return a.type_name == "Join"; }

// An event of ours that the actor may see; whoever may not learns nothing of it.
Result<Post> event_here(Tx& tx, const Deed& deed) {
    auto post = TRY(repo::find_post_by_ap_id(tx, deed.activity.object_id));
    if (!post || !post->local || post->deleted_at || !TRY(repo::find_gathering(tx, post->id)))
        return fail(Code::not_found, "the object is no event here", deed.activity.object_id);
    if (joins(deed.activity) && !TRY(repo::sees_post(tx, deed.actor.id, post->id)))
        return fail(Code::not_found, "the event is not for this actor", post->ap_id);
    return *post;
}

Result<> reply(Tx& tx, const Context& context, const Deed& deed, const Post& post, std::string_view type) {
    return emit(tx, context,
                {.kind = EventKind::join_answered,
                 .actor_id = post.actor_id,
                 .post_id = post.id,
                 .target_id = deed.actor.id,
                 .group_id = post.group_id,
                 .object_ap_id = deed.activity.id,
                 .payload = "{\"type\":\"" + std::string(type) + "\"}"});
}

// Asked again, perhaps because our answer was lost: the newest id counts, and is answered.
Result<> ask_again(Tx& tx, const Context& context, const Deed& deed, const Post& post, Rsvp answer) {
    answer.join_ap_id = deed.activity.id;
    TRY(repo::put_rsvp(tx, answer));
    return answer.state == RsvpState::going ? reply(tx, context, deed, post, "Accept") : Result<>{};
}

Result<> take_join(Tx& tx, const Context& context, const Deed& deed, const Post& post) {
    const auto before = TRY(repo::find_rsvp(tx, post.id, deed.actor.id));
    if (before && before->join_ap_id == deed.activity.id) return {};  // a replay
    if (before && (before->state == RsvpState::going || before->state == RsvpState::asked))
        return ask_again(tx, context, deed, post, *before);
    const auto gathering = TRY(repo::find_gathering(tx, post.id));
    if (!gathering) return {};
    const auto verdict = TRY(judge_join(tx, context, *gathering, before));
    if (verdict == Verdict::not_taken) return reply(tx, context, deed, post, "Ignore");
    if (verdict == Verdict::refuse) return reply(tx, context, deed, post, "Reject");
    const Rsvp answer{.id = context.ids.next(),
                        .post_id = post.id,
                        .actor_id = deed.actor.id,
                        .join_ap_id = deed.activity.id,
                        .created_at = context.clock.now_ms()};
    const auto state = verdict == Verdict::let_in ? RsvpState::going : RsvpState::asked;
    if (!TRY(settle_rsvp(tx, context, post, answer, state))) return reply(tx, context, deed, post, "Reject");
    // What becomes of the event is told there, too.
    TRY(note_reach(tx, context, post, deed.actor));
    if (state == RsvpState::asked) return tell_of_request(tx, context, post, deed.actor.id);
    return reply(tx, context, deed, post, "Accept");
}

}  // namespace

bool joins_or_leaves(const vocab::Activity& a) { return joins(a) || a.type_name == "Leave"; }

bool ignores_join(const vocab::Activity& a) { return a.type_name == "Ignore"; }

Result<> authorize_join(Tx& tx, const Context& context, const Deed& deed) {
    // Between who comes and the author: no group speaks for them.
    if (deed.group) return fail(Code::forbidden, "answers to events are not announced", deed.activity.id);
    const auto post = TRY(event_here(tx, deed));
    if (!joins(deed.activity)) {
        const auto answer = TRY(repo::find_rsvp(tx, post.id, deed.actor.id));
        return answer ? Result<>{} : fail(Code::not_found, "the actor did not join the event", post.ap_id);
    }
    if (TRY(repo::either_blocks(tx, post.actor_id, deed.actor.id)))
        return fail(Code::forbidden, "blocked by the event's author", deed.actor.ap_id);
    if (post.group_id && TRY(repo::is_banned(tx, *post.group_id, deed.actor.id, context.clock.now_ms())))
        return fail(Code::forbidden, "whoever is banned from a group does not join its events", deed.actor.ap_id);
    return {};
}

Result<> apply_join(Tx& tx, const Context& context, const Deed& deed) {
    const auto post = TRY(event_here(tx, deed));
    if (joins(deed.activity)) return take_join(tx, context, deed, post);
    if (const auto answer = TRY(repo::find_rsvp(tx, post.id, deed.actor.id))) TRY(leave_remotely(tx, context, deed, *answer));
    return {};
}

Result<bool> leave_remotely(Tx& tx, const Context& context, const Deed& deed, const Rsvp& answer) {
    const auto post = TRY(repo::find_post(tx, answer.post_id));
    // Who was refused stays so, also by leaving and asking again.
    if (!post || !post->local || answer.state == RsvpState::left || answer.state == RsvpState::refused) return false;
    TRY(settle_rsvp(tx, context, *post, answer, RsvpState::left));
    TRY(repo::withdraw_notification(tx, post->actor_id, model::NotificationKind::gathering_asked, deed.actor.id, post->id));
    return true;
}

Result<bool> undo_join_by_shape(Tx& tx, const Context& context, const Deed& deed, const Post& post) {
    const auto answer = TRY(repo::find_rsvp(tx, post.id, deed.actor.id));
    return answer ? leave_remotely(tx, context, deed, *answer) : Result<bool>(false);
}

Result<std::optional<Rsvp>> answered_join(Tx& tx, const Deed& deed) {
    const auto& a = deed.activity;
    auto answer = TRY(repo::find_rsvp_by_join(tx, a.object_id));
    if (!answer && a.object.is_object() && vocab::has_type(a.object, "Join")) {
        const auto member = TRY(repo::find_actor_by_ap_id(tx, vocab::id_of(a.object["actor"])));
        const auto post = TRY(repo::find_post_by_ap_id(tx, vocab::id_of(a.object["object"])));
        if (member && post) answer = TRY(repo::find_rsvp(tx, post->id, member->id));
    }
    if (!answer) return answer;
    const auto member = TRY(repo::find_actor(tx, answer->actor_id));
    const auto post = TRY(repo::find_post(tx, answer->post_id));
    if (!member || !member->local || !post || post->local) answer.reset();
    return answer;
}

Result<> authorize_join_answer(Tx& tx, const Deed& deed, const Rsvp& answer) {
    const auto post = TRY(repo::find_post(tx, answer.post_id));
    const auto gathering = TRY(repo::find_gathering(tx, answer.post_id));
    const bool author = post && post->actor_id == deed.actor.id;
    // Mobilizon: of a group's event whoever made it, whom its host names there.
    const bool organizer = post && gathering && gathering->organizer == deed.actor.ap_id && one_origin(post->ap_id, deed.actor.ap_id);
    if (deed.group || (!author && !organizer)) return fail(Code::forbidden, "only the author of an event answers to a Join", deed.activity.id);
    // Who was refused may be let in later; who took it back may not.
    if (answer.state == RsvpState::left) return fail(Code::forbidden, "the Join was taken back", answer.join_ap_id);
    return {};
}

Result<> apply_join_answer(Tx& tx, const Context& context, const Deed& deed, const Rsvp& answered) {
    auto answer = answered;
    const bool accepted = deed.activity.type == vocab::ActivityType::accept;
    answer.state = accepted ? RsvpState::going : RsvpState::refused;
    if (answer.state == answered.state) return {};
    TRY(repo::put_rsvp(tx, answer));
    const auto post = TRY(repo::find_post(tx, answer.post_id));
    return post ? tell_of_news(tx, context, *post, answer.actor_id) : Result<>{};
}

}  // namespace kith::community
