#include "node/community/group_answers.hpp"

#include "base/json/writer.hpp"
#include "config/limits/groups.hpp"
#include "node/community/events.hpp"
#include "node/community/group_move.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/group_team.hpp"
#include "node/community/notifications.hpp"
#include "node/community/visibility.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/threads.hpp"

#include <algorithm>
#include <unordered_map>

namespace kith::community {

using model::Actor;
using model::Post;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }

// Its author, or the team of its group, as long as anything may be done there.
Result<> may_choose(Tx& tx, const Context& context, const Post& first, Id who) {
    const auto group = TRY(require_group(tx, *first.group_id));
    TRY(refuse_leaving(tx, group));
    TRY(check_group_open(tx, group.id, {}));
    if (TRY(repo::is_banned(tx, group.id, who, context.clock.now_ms()))) return fail(Code::forbidden, "You may not post in this group");
    if (first.actor_id != who) TRY(require_right(tx, group, who, GroupRight::choose_answer));
    return {};
}

// A word of somebody here, and on its way to others.
Result<> say(Tx& tx, const Context& context, const Post& comment, const Post& first, AnswerWord word) {
    const auto before = TRY(repo::find_answer(tx, first.id));
    // Later than what is known, whatever somebody elsewhere took for the time.
    word.at = std::max(context.clock.now_ms(), before ? before->at + 1 : 0);
    word.ap_id = context.urls.activity(context.ids.next());
    TRY(apply_answer(tx, context, comment, first, word));
    json::Writer w;
    w.object().member("at", word.at);
    if (!word.chosen) w.member("undone", true);
    w.end();
    return emit(tx, context,
                {.kind = model::EventKind::answer_chosen,
                 .actor_id = word.by,
                 .post_id = comment.id,
                 .group_id = first.group_id,
                 .object_ap_id = word.ap_id,
                 .payload = w.take()});
}

// Who speaks in a thread of somebody else does it for the group.
Result<> log_line(Tx& tx, const Context& context, const Post& comment, const Post& first, const AnswerWord& word) {
    const auto group = TRY(repo::find_actor(tx, *first.group_id));
    model::GroupAct act;
    act.id = context.ids.next();
    act.kind = word.chosen ? model::GroupActKind::choose_answer : model::GroupActKind::unchoose_answer;
    act.group_id = *first.group_id;
    act.moderator_id = word.by;
    act.post_id = comment.id;
    act.target_id = comment.actor_id;
    act.ap_id = word.ap_id;
    act.at = context.clock.now_ms();
    if (group) act.role = TRY(team_role(tx, *group, word.by));
    if (!word.chosen)
        if (const auto done = TRY(repo::last_counterpart(tx, act))) act.undoes_id = done->id;
    TRY(repo::add_group_act(tx, act));
    return {};
}

Result<std::vector<PostView>> views_of(Tx& tx, const Viewer& viewer, const std::vector<Id>& ids) {
    std::vector<Entry> entries;
    for (const auto id : ids) entries.push_back({.id = id, .post_id = id, .boost_id = {}, .group_id = {}});
    return load_views(tx, viewer, entries);
}

}  // namespace

Result<bool> apply_answer(Tx& tx, const Context& context, const Post& comment, const Post& first, const AnswerWord& word) {
    if (!TRY(repo::set_answer(tx, {first.id, word.chosen ? comment.ap_id : std::string(), word.by, word.at}))) return false;
    if (word.by != first.actor_id) TRY(log_line(tx, context, comment, first, word));
    if (word.chosen) TRY(notify(tx, context, comment.actor_id, model::NotificationKind::answer_chosen, word.by, comment.id));
    return true;
}

Result<> note_answer(Tx& tx, const Post& first, const std::string& answer_ap_id) {
    if (answer_ap_id.empty() || !first.group_id || first.is_reply() || TRY(repo::find_answer(tx, first.id))) return {};
    // The oldest word that there can be: every other one counts more.
    TRY(repo::set_answer(tx, {first.id, answer_ap_id, first.actor_id, std::min(first.published_at, first.received_at)}));
    return {};
}

Result<> choose_answer(Context& context, Id who, Id thread, Id comment_id) {
    return context.db.write([&context, who, thread, comment_id](Tx& tx) -> Result<> {
        const auto first = TRY(seen_thread(tx, who, thread));
        const auto comment = TRY(seen_post(tx, who, comment_id));
        if (comment.thread_id != first.id || !comment.is_reply()) return not_found();
        if (TRY(repo::post_state(tx, comment.id)).removed) return not_found();
        TRY(may_choose(tx, context, first, who));
        const auto before = TRY(repo::find_answer(tx, first.id));
        if (before && before->answer_ap_id == comment.ap_id) return {};
        return say(tx, context, comment, first, {.by = who, .chosen = true, .ap_id = {}});
    });
}

Result<> take_back_answer(Context& context, Id who, Id thread) {
    return context.db.write([&context, who, thread](Tx& tx) -> Result<> {
        const auto first = TRY(seen_thread(tx, who, thread));
        TRY(may_choose(tx, context, first, who));
        const auto before = TRY(repo::find_answer(tx, first.id));
        const auto comment = before && !before->answer_ap_id.empty() ? TRY(repo::find_post_by_ap_id(tx, before->answer_ap_id)) : std::nullopt;
        if (!comment || comment->thread_id != first.id) return fail(Code::unprocessable, "Validation failed: the thread has no answer");
        return say(tx, context, *comment, first, {.by = who, .chosen = false, .ap_id = {}});
    });
}

Result<ThreadSummary> thread_summary(Context& context, const Viewer& viewer, Id thread) {
    return context.db.read([&](Tx& tx) -> Result<ThreadSummary> {
        const auto first = TRY(seen_thread(tx, viewer.actor_id, thread));
        auto threads = TRY(views_of(tx, viewer, {first.id}));
        if (threads.empty()) return not_found();
        ThreadSummary out{.thread = std::move(threads.front()), .answer = {}, .chosen_by = {}, .chosen_at = {}, .folded = {}};
        out.folded = TRY(repo::folded_in_thread(tx, viewer.actor_id, first.id, limits::folded_shown_max));
        if (!out.thread.answer) return out;
        auto answers = TRY(views_of(tx, viewer, {*out.thread.answer}));
        if (answers.empty()) return out;
        out.answer = std::move(answers.front());
        if (const auto said = TRY(repo::find_answer(tx, first.id))) {
            out.chosen_at = said->at;
            if (said->by_id) out.chosen_by = TRY(repo::find_actor(tx, *said->by_id));
        }
        return out;
    });
}

Result<std::vector<AnsweredThread>> threads_by_answer(Context& context, const Viewer& viewer, const AnsweredQuery& asked) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<AnsweredThread>> {
        TRY(require_group(tx, asked.group_id));
        repo::ThreadQuery query;
        query.group_id = asked.group_id;
        query.tag_id = asked.tag_id;
        query.answered = asked.answered;
        query.order = repo::ThreadOrder::new_;
        query.with_hidden = true;
        query.now = context.clock.now_ms();
        query.limit = asked.limit;
        if (asked.max_id) {
            query.after = double(*asked.max_id);
            query.after_id = *asked.max_id;
        }
        std::vector<AnsweredThread> out;
        std::vector<Id> ids, answers;
        for (const auto& row : TRY(repo::threads_page(tx, viewer.actor_id, query))) ids.push_back(row.post_id);
        for (auto& view : TRY(views_of(tx, viewer, ids))) {
            if (view.answer) answers.push_back(*view.answer);
            out.push_back({std::move(view), {}});
        }
        std::unordered_map<Id, PostView> by_id;
        for (auto& view : TRY(views_of(tx, viewer, answers))) by_id.emplace(view.post.id, std::move(view));
        for (auto& item : out)
            if (item.thread.answer)
                if (const auto found = by_id.find(*item.thread.answer); found != by_id.end()) item.answer = found->second;
        return out;
    });
}

}  // namespace kith::community
