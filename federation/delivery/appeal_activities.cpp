// Appeal (of kith alone): what somebody here says against a moderator's act in a group elsewhere, to that group; and
// what a group here answers. Both go to one host, and to nobody else.
#include "base/html/escape.hpp"
#include "base/json/view.hpp"
#include "federation/delivery/activity_parts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_team.hpp"

namespace kith::delivery {

using model::Actor;
using model::Event;
using model::GroupAppeal;
using sql::Tx;
using vocab::ActivityToWrite;

namespace {

// An appeal with who speaks of it, here, and who hears it, elsewhere.
struct Parts {
    GroupAppeal appeal;
    std::string act;  // the id of its activity
    Actor from, to;
};

Result<std::optional<Parts>> parts_of(Tx& tx, const Context& context, const Event& event) {
    const auto payload = TRY(json::Document::parse(event.payload));
    const auto appeal = TRY(repo::find_appeal(tx, payload["appeal"].maybe_integer().value_or(0)));
    const auto act = appeal ? TRY(repo::find_group_act(tx, appeal->act_id)) : std::nullopt;
    const auto from = TRY(speaker(tx, event.actor_id));
    const auto to = event.target_id ? TRY(repo::find_actor(tx, *event.target_id)) : std::nullopt;
    if (!act || !from || !to || to->local || to->deleted_at) return std::optional<Parts>{};
    Parts parts{*appeal, act->ap_id, *from, *to};
    // A group's own word for what a moderator elsewhere did not ask for: see group_moderated().
    const auto moderator = TRY(repo::find_actor(tx, act->moderator_id));
    if (from->is_group() && moderator && !moderator->local && TRY(repo::find_proposal_of(tx, from->id, act->id)))
        parts.act = context.urls.activity(act->id);
    return std::optional(std::move(parts));
}

std::vector<Outgoing> send(const Parts& p, const ActivityToWrite& activity) {
    return {outgoing(p.from, activity, {.inboxes = {{p.to.host, p.to.delivery_inbox()}}, .ordering = ordering_of_pair(p.from.id, p.to.id)})};
}

}  // namespace

Activities appeal_made(Tx& tx, const Context& context, const Event& event) {
    const auto p = TRY(parts_of(tx, context, event));
    if (!p) return std::vector<Outgoing>{};
    return send(*p, {.id = event.object_ap_id,
                     .type = "Appeal",
                     .actor = p->from.ap_id,
                     .object_id = p->act,
                     .to = {p->to.ap_id},
                     .audience = p->to.ap_id,
                     .content = html::escape(p->appeal.text),
                     .terms = vocab::Terms::appeal});
}

// The appeal is named by the act and its author: there is one of each.
Activities appeal_decided(Tx& tx, const Context& context, const Event& event) {
    const auto p = TRY(parts_of(tx, context, event));
    if (!p || !p->appeal.decided_at) return std::vector<Outgoing>{};
    const ActivityToWrite appeal{.type = "Appeal", .actor = p->to.ap_id, .object_id = p->act};
    return send(*p, {.id = event.object_ap_id,
                     .type = p->appeal.accepted ? "Accept" : "Reject",
                     .actor = p->from.ap_id,
                     .object_json = vocab::write_activity(appeal, vocab::Context::without),
                     .to = {p->to.ap_id},
                     .audience = p->from.ap_id,
                     .content = html::escape(p->appeal.answer),
                     .terms = vocab::Terms::appeal});
}

}  // namespace kith::delivery
