#include "node/community/group_appeals.hpp"

#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/groups.hpp"
#include "node/community/events.hpp"
#include "node/community/group_team.hpp"
#include "node/community/page_window.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/notifications.hpp"

namespace kith::community {

using model::Actor;
using model::GroupAct;
using model::GroupActKind;
using model::GroupAppeal;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }

Result<AppealView> view_of(Tx& tx, const GroupAppeal& appeal) {
    const auto act = TRY(repo::find_group_act(tx, appeal.act_id));
    if (!act) return not_found();
    AppealView view{appeal, TRY(load_act(tx, *act)), TRY(repo::find_actor(tx, appeal.actor_id)).value_or(Actor{}), {}};
    if (appeal.decided_by_id) view.decided_by = TRY(repo::find_actor(tx, *appeal.decided_by_id));
    return view;
}

// To the other side of an appeal, as an activity.
Result<> send(Tx& tx, const Context& context, model::EventKind kind, const GroupAppeal& appeal, Id from, Id to, Id activity) {
    json::Writer w;
    w.object().member("appeal", appeal.id).end();
    return emit(tx, context,
                {.kind = kind,
                 .actor_id = from,
                 .target_id = to,
                 .group_id = appeal.group_id,
                 .object_ap_id = context.urls.activity(activity),
                 .payload = w.take()});
}

Result<> take_back(Tx& tx, const Context& context, Id moderator, const GroupAct& act, const std::string& answer) {
    if (TRY(load_act(tx, act)).undone) return {};
    NewGroupAct wanted;
    wanted.kind = model::counterpart(act.kind);
    wanted.group_id = act.group_id;
    wanted.post_id = act.post_id;
    wanted.target_id = act.target_id;
    wanted.reason = answer;
    TRY(moderate_in(tx, context, moderator, wanted));
    return {};
}

}  // namespace

bool may_be_appealed(GroupActKind kind) {
    using enum GroupActKind;
    return kind == remove_post || kind == lock_post || kind == ban || kind == warn || kind == fold_post;
}

Result<> check_appeal(Tx& tx, Id person, const GroupAct& act, std::string_view text) {
    if (text.empty()) return fail(Code::unprocessable, "Validation failed: Text can't be blank");
    if (utf8::length(text) > limits::appeal_characters_max) return fail(Code::unprocessable, "Validation failed: Text is too long");
    if (act.target_id != person) return not_found();
    TRY(require_group(tx, act.group_id));
    if (!may_be_appealed(act.kind)) return fail(Code::unprocessable, "Validation failed: nobody appeals against such an act");
    if (TRY(load_act(tx, act)).undone) return fail(Code::conflict, "The act was taken back already");
    if (TRY(repo::find_appeal_of(tx, act.id))) return fail(Code::conflict, "You appealed against it already");
    return {};
}

Result<GroupAppeal> file_appeal(Tx& tx, const Context& context, Id person, const GroupAct& act, std::string text) {
    TRY(check_appeal(tx, person, act, text));
    GroupAppeal made{.id = context.ids.next(), .act_id = act.id, .group_id = act.group_id, .actor_id = person,
                     .text = std::move(text), .at = context.clock.now_ms(), .decided_at = {}, .decided_by_id = {}, .answer = {}};
    if (!TRY(repo::add_appeal(tx, made))) return fail(Code::conflict, "You appealed against it already");
    return made;
}

// Told again of the act, which now has its answer.
Result<> tell_refused(Tx& tx, const Context& context, const GroupAppeal& appeal) {
    const auto person = TRY(repo::find_actor(tx, appeal.actor_id));
    if (!person || !person->local) return {};
    TRY(repo::add_notification(tx, {.id = context.ids.next(),
                                    .owner_id = person->id,
                                    .kind = model::NotificationKind::moderation_warning,
                                    .from_id = appeal.group_id,
                                    .post_id = {},
                                    .created_at = context.clock.now_ms(),
                                    .report_id = {},
                                    .severance_id = {},
                                    .act_id = appeal.act_id}));
    return {};
}

Result<AppealView> appeal(Context& context, Id person, Id act_id, std::string_view wanted) {
    std::string text(text::trim(wanted));
    return context.db.write([&context, person, act_id, text](Tx& tx) -> Result<AppealView> {
        const auto act = TRY(repo::find_group_act(tx, act_id));
        if (!act) return not_found();
        const auto made = TRY(file_appeal(tx, context, person, *act, text));
        const auto group = TRY(require_group(tx, act->group_id));
        if (!group.local) TRY(send(tx, context, model::EventKind::appeal_made, made, person, group.id, made.id));
        return view_of(tx, made);
    });
}

Result<AppealView> appeal_of(Context& context, Id asking, Id act_id) {
    return context.db.read([&](Tx& tx) -> Result<AppealView> {
        const auto made = TRY(repo::find_appeal_of(tx, act_id));
        if (!made) return not_found();
        const auto group = TRY(require_group(tx, made->group_id));
        const bool decides = group.local && may(TRY(team_role(tx, group, asking)), GroupRight::decide_appeals);
        if (made->actor_id != asking && !decides) return not_found();
        return view_of(tx, *made);
    });
}

Result<Page<AppealView>> appeals(Context& context, Id moderator, Id group_id, bool decided, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<AppealView>> {
        const auto group = TRY(require_group_here(tx, group_id));
        TRY(require_right(tx, group, moderator, GroupRight::decide_appeals));
        Page<AppealView> page;
        const auto rows = TRY(repo::appeals_page(tx, group.id, decided, window_of(request)));
        if (!rows.empty()) set_cursors(page, rows.front().id, rows.back().id, rows.size(), request);
        for (const auto& row : rows) page.items.push_back(TRY(view_of(tx, row)));
        return page;
    });
}

Result<AppealView> decide_appeal(Context& context, Id moderator, Id appeal_id, AppealEnd end, std::string_view wanted) {
    std::string answer(text::trim(wanted));
    if (end == AppealEnd::refused && answer.empty()) return fail(Code::unprocessable, "Validation failed: Answer can't be blank");
    if (utf8::length(answer) > limits::moderation_reason_characters_max)
        return fail(Code::unprocessable, "Validation failed: Answer is too long");
    return context.db.write([&context, moderator, appeal_id, end, answer](Tx& tx) -> Result<AppealView> {
        auto made = TRY(repo::find_appeal(tx, appeal_id));
        if (!made) return not_found();
        const auto group = TRY(require_group_here(tx, made->group_id));
        if (!may(TRY(team_role(tx, group, moderator)), GroupRight::decide_appeals) || made->actor_id == moderator) return not_found();
        if (made->decided_at) return fail(Code::conflict, "The appeal is decided already");
        const auto act = TRY(repo::find_group_act(tx, made->act_id));
        if (!act) return not_found();
        made->decided_at = context.clock.now_ms();
        made->decided_by_id = moderator;
        made->accepted = end == AppealEnd::accepted;
        made->answer = answer;
        TRY(repo::decide_appeal(tx, *made));
        if (made->accepted)
            TRY(take_back(tx, context, moderator, *act, answer));
        else
            TRY(tell_refused(tx, context, *made));
        const auto person = TRY(repo::find_actor(tx, made->actor_id));
        if (person && !person->local)
            TRY(send(tx, context, model::EventKind::appeal_decided, *made, group.id, person->id, context.ids.next()));
        return view_of(tx, *made);
    });
}

}  // namespace kith::community
