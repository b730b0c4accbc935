// Appeal: what somebody elsewhere says against a moderator's act in a group here, and how a group elsewhere
// decided on one of ours (docs/moderation.md). Of kith alone; other software does not know it.
#include "base/html/to_text.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/groups.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/group_appeals.hpp"
#include "node/community/group_team.hpp"
#include "node/community/inbound/handlers.hpp"
#include "storage/repo/actors.hpp"

namespace kith::community {

using model::GroupAct;
using model::GroupAppeal;
using sql::Tx;

namespace {

std::string plain(const std::string& html) { return std::string(text::trim(html::to_text(html))); }

// Where the group spoke for a moderator elsewhere, its activity is named by the act (delivery: parts_of).
Result<std::optional<GroupAct>> act_named(Tx& tx, const Context& context, std::string_view ap_id) {
    auto act = TRY(repo::find_group_act_by_ap_id(tx, ap_id));
    if (act) return act;
    constexpr std::string_view activities = "/activity/";
    const auto path = context.urls.path_of(ap_id);
    const auto id = path.starts_with(activities) ? parse_id(path.substr(activities.size())) : std::nullopt;
    return id ? repo::find_group_act(tx, *id) : std::optional<GroupAct>{};
}

Result<GroupAct> appealed(Tx& tx, const Context& context, const Deed& deed) {
    auto act = TRY(act_named(tx, context, deed.activity.object_id));
    if (!act || act->target_id != deed.actor.id)
        return fail(Code::forbidden, "there is no such act about the actor", deed.activity.object_id);
    TRY(require_group_here(tx, act->group_id));
    return std::move(*act);
}

// The appeal of somebody here that a group answers: by the act, from that group, not decided yet.
Result<GroupAppeal> answered(Tx& tx, const Deed& deed) {
    const auto inner = deed.activity.object;
    const auto act = TRY(repo::find_group_act_by_ap_id(tx, vocab::id_of(inner["object"])));
    auto appeal = act ? TRY(repo::find_appeal_of(tx, act->id)) : std::optional<GroupAppeal>{};
    if (!appeal || appeal->group_id != deed.actor.id)
        return fail(Code::forbidden, "it answers no Appeal of ours to this actor", vocab::id_of(inner["object"]));
    const auto person = TRY(repo::find_actor(tx, appeal->actor_id));
    if (!person || !person->local || person->ap_id != vocab::id_of(inner["actor"]))
        return fail(Code::forbidden, "the Appeal is somebody else's", vocab::id_of(inner["actor"]));
    if (appeal->decided_at) return fail(Code::conflict, "the Appeal is decided already");
    return std::move(*appeal);
}

}  // namespace

bool appeals(const vocab::Activity& a) { return a.type_name == "Appeal"; }

bool answers_appeal(const vocab::Activity& a) { return a.object.is_object() && vocab::has_type(a.object, "Appeal"); }

Result<> authorize_appeal(Tx& tx, const Context& context, const Deed& deed) {
    return check_appeal(tx, deed.actor.id, TRY(appealed(tx, context, deed)), plain(deed.activity.content));
}

Result<> apply_appeal(Tx& tx, const Context& context, const Deed& deed) {
    TRY(file_appeal(tx, context, deed.actor.id, TRY(appealed(tx, context, deed)), plain(deed.activity.content)));
    return {};
}

Result<> authorize_appeal_answer(Tx& tx, const Context&, const Deed& deed) {
    TRY(answered(tx, deed));
    return {};
}

Result<> apply_appeal_answer(Tx& tx, const Context& context, const Deed& deed) {
    auto appeal = TRY(answered(tx, deed));
    appeal.decided_at = context.clock.now_ms();
    appeal.decided_by_id = deed.actor.id;  // who of its team did is not said
    appeal.accepted = deed.activity.type == vocab::ActivityType::accept;
    appeal.answer = std::string(utf8::truncate(plain(deed.activity.content), limits::moderation_reason_characters_max));
    TRY(repo::decide_appeal(tx, appeal));
    // Of an accepted one the undoing tells.
    return appeal.accepted ? Result<>{} : tell_refused(tx, context, appeal);
}

}  // namespace kith::community
