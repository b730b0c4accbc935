#pragma once
#include "federation/inbox/sink.hpp"
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/emoji.hpp"
#include "storage/model/gathering.hpp"
#include "storage/model/group_act.hpp"
#include "storage/model/post.hpp"
#include "storage/model/quote.hpp"
#include "storage/model/relay.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

// The handlers behind CommunitySink. An activity is judged as its parts, so that one that a group
// announces takes the same way as one that came directly.
namespace kith::community {

// An activity as handlers see it: who does what, and with which authority.
struct Deed {
    const vocab::Activity& activity;
    model::Actor actor;                   // whoever does it; stored here
    std::string raw;                      // the bytes as they came: what a local group spreads
    const model::Actor* group = nullptr;  // the group that announced it, if one did
    TimeMs received_at = 0;
    std::string origin = {};              // of a Move or Remove: the id of where its object was
};

// What was found out before the transaction: documents fetched from their own origins.
struct DeedPlan final : inbox::Plan {
    std::vector<vocab::Actor> actors;    // to be stored before they are named
    std::vector<vocab::Post> ancestors;  // of a reply, root first
    std::optional<vocab::Post>
        post;                     // the object: as it came with its author's signature, or fetched
    std::optional<vocab::Post> quoted;  // what the object quotes, where it was not known
    std::string quote_stamp;            // id of the stamp that was found to approve the quote
    bool object_is_gone = false;  // its origin answered 410 or a Tombstone
    bool ignored = false;         // nothing here is concerned: applied without effect
    bool host_agrees = false;     // of a thread that is moved: its group's host has it where it is said to be
    // Of an announced activity: what is believed of it.
    std::unique_ptr<json::Document> inner_document;
    std::unique_ptr<vocab::Activity> inner;
    std::unique_ptr<DeedPlan> inner_plan;
};

// ---- posts: Create, Update, Delete of what people read (posts.cpp, deletes.cpp) -----------------
Result<> authorize_create(sql::Tx&, const Context&, const Deed&);
Result<> authorize_update(sql::Tx&, const Context&, const Deed&);
// The same for what somebody else than its author brought: the post as its origin serves it. Votes are none.
Result<> authorize_post(sql::Tx&, const Context&, const Deed&, const vocab::Post&);
Result<> authorize_edit(sql::Tx&, const Deed&, const vocab::Post&);
Result<> authorize_delete(sql::Tx&, const Context&, const Deed&);
// Parents up to the root, as far as the budget goes; authors of what was fetched.
Result<> resolve_post(Context&, const vocab::Post&, inbox::Fetcher&, DeedPlan&);
Result<> resolve_delete(Context&, const Deed&, inbox::Fetcher&, DeedPlan&);
Result<> apply_create(sql::Tx&, const Context&, const Deed&, const DeedPlan&);
Result<> apply_post(sql::Tx&, const Context&, const Deed&, const DeedPlan&);  // the plan's, and no votes
Result<> apply_update(sql::Tx&, const Context&, const Deed&, const DeedPlan&);
Result<> apply_delete(sql::Tx&, const Context&, const Deed&, const DeedPlan&);
Result<> apply_actor_update(sql::Tx&, const Context&, const Deed&);

// ---- relations: Follow, Accept, Reject, Block and their Undo (relations.cpp)
// -------------------------
Result<> authorize_follow(sql::Tx&, const Context&, const Deed&);
Result<> authorize_answer(sql::Tx&, const Context&, const Deed&);  // Accept, Reject
Result<> authorize_block(sql::Tx&, const Context&, const Deed&);
Result<> apply_follow(sql::Tx&, const Context&, const Deed&);
Result<> apply_accept(sql::Tx&, const Context&, const Deed&, const DeedPlan&);
Result<> apply_reject(sql::Tx&, const Context&, const Deed&, const DeedPlan&);
Result<> apply_block(sql::Tx&, const Context&, const Deed&);

// ---- reactions: Like, Dislike, Announce of an object, and their Undo (reactions.cpp)
// ----------------
Result<> authorize_reaction(sql::Tx&, const Context&, const Deed&);
Result<> apply_reaction(sql::Tx&, const Context&, const Deed&, model::ReactionKind);
Result<> apply_boost(sql::Tx&, const Context&, const Deed&, const DeedPlan&);
Result<> apply_undo(sql::Tx&, const Context&, const Deed&);

// ---- emoji reactions: EmojiReact, Like with `content` (emoji_reactions.cpp; FEP-c0e0, DRAFT)
// ----------------
bool reacts_with_emoji(const vocab::Activity&);  // an EmojiReact
Result<> authorize_emoji_reaction(sql::Tx&, const Context&, const Deed&);
Result<> apply_emoji_reaction(sql::Tx&, const Context&, const Deed&);
// Keeps what a Like or EmojiReact reacts with. False where it is no emoji, is there already, or is one
// more than a person may leave at one post.
Result<bool> keep_emoji(sql::Tx&, const Context&, const Deed&, const model::Post&);
Result<> undo_emoji_reaction(sql::Tx&, const Context&, const Deed&, const model::EmojiReaction&);
// The actor's reaction to the post with the emoji that `inner` names; false where there is none.
Result<bool> undo_emoji_reaction_by_shape(sql::Tx&, const Context&, const Deed&, json::View inner,
                                          const model::Post&);

// ---- quotes: QuoteRequest, its answers, stamps (quotes.cpp, quote_requests.cpp; FEP-044f, DRAFT)
// ----------------
// The quoted post and the stamp, each from its own origin, as far as the budget goes.
Result<> resolve_quote(Context&, const vocab::Post&, inbox::Fetcher&, DeedPlan&);
enum class Turn { allowed, forbidden };  // whether the post may come to quote another one
// Stores what `v` quotes and whether that is approved. A later call never takes an approval back.
Result<> settle_quote(sql::Tx&, const Context&, const model::Post& stored, const vocab::Post& v,
                      const DeedPlan&, TimeMs received_at, Turn);
Result<> authorize_quote_request(sql::Tx&, const Context&, const Deed&);
Result<> resolve_quote_request(Context&, const Deed&, inbox::Fetcher&, DeedPlan&);
Result<> apply_quote_request(sql::Tx&, const Context&, const Deed&, const DeedPlan&);
// The quote of ours that an Accept or Reject answers, whoever it is from.
Result<std::optional<model::Quote>> answered_quote(sql::Tx&, const Deed&);
Result<> authorize_quote_answer(const Deed&, const model::Quote&);
Result<> resolve_quote_answer(Context&, const Deed&, inbox::Fetcher&, DeedPlan&);
Result<> apply_quote_answer(sql::Tx&, const Context&, const Deed&, const DeedPlan&,
                            const model::Quote&);
Result<> apply_quote_revocation(sql::Tx&, const Context&, const model::Quote&);
// ---- events: Join, Leave and their answers (joins.cpp; FEP-8a8e, DRAFT; Mobilizon) --------------------------------
bool joins_or_leaves(const vocab::Activity&);
Result<> authorize_join(sql::Tx&, const Context&, const Deed&);
Result<> apply_join(sql::Tx&, const Context&, const Deed&);
// Undo of a Join, and a Leave: false where the actor had not answered.
Result<bool> leave_remotely(sql::Tx&, const Context&, const Deed&, const model::Rsvp&);
Result<bool> undo_join_by_shape(sql::Tx&, const Context&, const Deed&, const model::Post&);
bool ignores_join(const vocab::Activity&);
// The Join of ours that an Accept, Reject or Ignore answers, whoever it is from.
Result<std::optional<model::Rsvp>> answered_join(sql::Tx&, const Deed&);
Result<> authorize_join_answer(sql::Tx&, const Deed&, const model::Rsvp&);
Result<> apply_join_answer(sql::Tx&, const Context&, const Deed&, const model::Rsvp&);

// ---- reports: Flag, and Resolve of one (reports.cpp; groups.md 1.3) -----------------------------------
// Announced by a group: about its own posts, and its word; the actor of the deed is the group then.
Result<> authorize_flag(sql::Tx&, const Context&, const Deed&);
Result<> apply_flag(sql::Tx&, const Context&, const Deed&);
bool resolves_report(const vocab::Activity&);
Result<> authorize_resolve(sql::Tx&, const Context&, const Deed&);
Result<> apply_resolve(sql::Tx&, const Context&, const Deed&);

// ---- appeals: Appeal, and its Accept or Reject (appeals.cpp; docs/moderation.md) ------------------------
bool appeals(const vocab::Activity&);
// By whom the act is about, to a group here; once, bounded, with words.
Result<> authorize_appeal(sql::Tx&, const Context&, const Deed&);
Result<> apply_appeal(sql::Tx&, const Context&, const Deed&);
bool answers_appeal(const vocab::Activity&);  // an Accept or Reject of an embedded Appeal
Result<> authorize_appeal_answer(sql::Tx&, const Context&, const Deed&);
Result<> apply_appeal_answer(sql::Tx&, const Context&, const Deed&);

// ---- featured posts: Add and Remove (featured.cpp) -----------------------------------------------
Result<> authorize_featured(sql::Tx&, const Context&, const Deed&);
Result<> resolve_featured(Context&, const Deed&, inbox::Fetcher&, DeedPlan&);
Result<> apply_featured(sql::Tx&, const Context&, const Deed&, const DeedPlan&);

// ---- what moderators do in groups (moderation.cpp; groups.md 1.3): Delete of others' posts, Lock, Block with
// the group as its target, Add and Remove in a group's collections, and their Undo ------------------
// What is meant, where it is that; nothing for other activities. Of whoever it names the record is here.
Result<std::optional<model::GroupAct>> moderation_of(sql::Tx&, const Context&, const Deed&);
// By a moderator of a group here, or announced by the group itself.
Result<> authorize_moderation(sql::Tx&, const Deed&, const model::GroupAct&);
Result<> apply_moderation(sql::Tx&, const Context&, const Deed&, model::GroupAct);
bool may_moderate_by(const vocab::Activity&);  // whether an activity has such a form
// Who is named and not known yet, from their own host.
Result<> resolve_moderation(Context&, const vocab::Activity&, inbox::Fetcher&, DeedPlan&);

// ---- what moderators make of a group: Update of it (group_updates.cpp; groups.md 1.3) -------------
Result<> authorize_group_update(sql::Tx&, const Deed&);
Result<> apply_group_update(sql::Tx&, const Context&, const Deed&);
// Announced by a group of another host: the group as its host serves it now.
Result<> resolve_announced_group(const std::string& id, inbox::Fetcher&, DeedPlan&);

// ---- accounts that move: Move (moves.cpp; FEP-7628, DRAFT) ---------------------------------------
Result<> authorize_move(sql::Tx&, const Context&, const Deed&);
Result<> resolve_move(Context&, const Deed&, inbox::Fetcher&, DeedPlan&);
Result<> apply_move(sql::Tx&, const Context&, const Deed&);

// ---- groups that move to another host: Offer and its Accept; threads that move between groups of one host: Move
// with an origin (group_moves.cpp, thread_moves.cpp; docs/decisions/0029, 0030) ------------------------------------
bool offers_group(const vocab::Activity&);
Result<> authorize_group_offer(sql::Tx&, const Deed&);
Result<> apply_group_offer(sql::Tx&, const Context&, const Deed&);

std::string origin_in(json::View activity);  // thread_moves.cpp
bool moves_thread(const vocab::Activity&, const std::string& origin);
Result<> authorize_thread_move(sql::Tx&, const Context&, const Deed&);
Result<bool> takes_thread_out(sql::Tx&, const Deed&);  // Remove of a conversation from a group
Result<> authorize_thread_removal(sql::Tx&, const Context&, const Deed&);
Result<> resolve_thread_removal(Context&, const Deed&, inbox::Fetcher&, DeedPlan&);
Result<> apply_thread_removal(sql::Tx&, const Context&, const Deed&, const DeedPlan&);
Result<> resolve_thread_move(Context&, const Deed&, inbox::Fetcher&, DeedPlan&);
Result<> apply_thread_move(sql::Tx&, const Context&, const Deed&, const DeedPlan&);

// ---- what is said of a group's threads: ChooseAnswer and its Undo, Add to and Remove from a label (thread_words.cpp;
// docs/decisions/0032) ----------------------------------------------------------------------------------------------
bool chooses_answer(const vocab::Activity&);
Result<> authorize_answer_choice(sql::Tx&, const Context&, const Deed&);
Result<> apply_answer_choice(sql::Tx&, const Context&, const Deed&);
Result<bool> labels_thread(sql::Tx&, const vocab::Activity&);
Result<> authorize_label(sql::Tx&, const Context&, const Deed&);
Result<> apply_label(sql::Tx&, const Context&, const Deed&);

// ---- relays (relays.cpp; FEP-ae0c) ----------------------------------------------------------------
// The subscription of ours that an Accept or Reject answers: by the Follow's id, from the relay's host.
Result<std::optional<model::Relay>> answered_relay(sql::Tx&, const Deed&);
Result<> apply_relay_answer(sql::Tx&, const Context&, const Deed&, const model::Relay&);
// The post of the plan, which its origin served: where it is open to all, as if it had been sent to us.
Result<> take_relayed_post(sql::Tx&, const Context&, const Deed&, const DeedPlan&);

// ---- what the owner of a conversation adds to it (containers.cpp; FEP-171b, DRAFT) ---------------
bool adds_activity(const vocab::Activity&);
Result<> authorize_contained(sql::Tx&, const Context&, const Deed&);
Result<> apply_contained(sql::Tx&, const Context&, const Deed&, const DeedPlan&);

// ---- announced activities (announced.cpp)
// -------------------------------------------------------------
Result<> authorize_announce(sql::Tx&, const Context&, const Deed&);
// Believes, or finds out for itself at the origin (architecture: What is believed of an announced
// activity).
Result<> resolve_announce(Context&, const Deed&, inbox::Fetcher&, DeedPlan&);
Result<> apply_announced(sql::Tx&, const Context&, const Deed&, const DeedPlan&);

}  // namespace kith::community
