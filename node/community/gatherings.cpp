#include "node/community/gatherings.hpp"

#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "config/limits/gatherings.hpp"
#include "node/community/events.hpp"
#include "node/community/gathering_steps.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/page_window.hpp"
#include "node/community/visibility.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/gatherings.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

#include <unordered_map>

namespace kith::community {

using model::Rsvp;
using model::RsvpState;
using model::EventKind;
using model::Gathering;
using model::Post;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }
Failure invalid(const std::string& what) { return fail(Code::unprocessable, "Validation failed: " + what); }

struct Seen {
    Post post;
    Gathering gathering;
};
Result<Seen> seen_gathering(Tx& tx, Id viewer, Id post_id) {
    auto post = TRY(seen_post(tx, viewer, post_id));
    auto gathering = TRY(repo::find_gathering(tx, post_id));
    if (!gathering) return not_found();
    return Seen{std::move(post), std::move(*gathering)};
}

// Of an event here: its author, and who moderates the group that it is in.
Result<bool> decides(Tx& tx, const Post& post, Id actor_id) {
    if (!post.local) return false;
    if (post.actor_id == actor_id) return true;
    const auto group = post.group_id ? TRY(repo::find_actor(tx, *post.group_id)) : std::optional<model::Actor>{};
    return group ? is_group_moderator(tx, *group, actor_id) : Result<bool>(false);
}

Result<> may_answer(Tx& tx, const Context& context, const Seen& seen, Id actor_id) {
    const auto& [post, gathering] = seen;
    if (post.actor_id == actor_id) return invalid("whose event it is need not answer");
    if (TRY(repo::either_blocks(tx, actor_id, post.actor_id))) return fail(Code::forbidden, "This action is not allowed");
    if (post.group_id && TRY(repo::is_banned(tx, *post.group_id, actor_id, context.clock.now_ms())))
        return fail(Code::forbidden, "You may not take part in this group");
    if (gathering.status == model::GatheringStatus::cancelled) return invalid("the event is cancelled");
    if (is_over(gathering, context.clock.now_ms())) return invalid("the event is over");
    if (gathering.join_mode == model::JoinMode::external)
        return invalid("answers to this event are taken at " + gathering.participation_url);
    if (!gathering.takes_answers()) return invalid("this event takes no answers");
    return {};
}

Rsvp answer_of(const Context& context, Id post_id, Id actor_id, std::string join_ap_id) {
    return {.id = context.ids.next(),
            .post_id = post_id,
            .actor_id = actor_id,
            .join_ap_id = std::move(join_ap_id),
            .created_at = context.clock.now_ms()};
}

Result<Rsvp> join_here(Tx& tx, const Context& context, const Seen& seen, Id actor_id) {
    const auto before = TRY(repo::find_rsvp(tx, seen.post.id, actor_id));
    const auto verdict = TRY(judge_join(tx, context, seen.gathering, before));
    if (verdict == Verdict::refuse)
        return before && before->state == RsvpState::refused ? fail(Code::forbidden, "You were refused")
                                                               : invalid("too many wait to be let in");
    auto answer = answer_of(context, seen.post.id, actor_id, {});
    answer.state = verdict == Verdict::let_in ? RsvpState::going : RsvpState::asked;
    if (!TRY(settle_rsvp(tx, context, seen.post, answer, answer.state))) return invalid("the event is full");
    if (answer.state == RsvpState::asked) TRY(tell_of_request(tx, context, seen.post, actor_id));
    return answer;
}

Result<Rsvp> join_elsewhere(Tx& tx, const Context& context, const Post& post, Id actor_id) {
    const auto id = context.ids.next();
    auto answer = answer_of(context, post.id, actor_id, context.urls.activity(id));
    TRY(repo::put_rsvp(tx, answer));
    TRY(emit(tx, context,
             {.kind = EventKind::join_requested,
              .actor_id = actor_id,
              .post_id = post.id,
              .group_id = post.group_id,
              .object_ap_id = answer.join_ap_id}));
    return answer;
}

Result<Rsvp> join_in(Tx& tx, const Context& context, Id actor_id, Id post_id) {
    const auto seen = TRY(seen_gathering(tx, actor_id, post_id));
    const auto before = TRY(repo::find_rsvp(tx, post_id, actor_id));
    if (before && (before->state == RsvpState::going || before->state == RsvpState::asked)) return *before;
    TRY(may_answer(tx, context, seen, actor_id));
    return seen.post.local ? join_here(tx, context, seen, actor_id) : join_elsewhere(tx, context, seen.post, actor_id);
}

Result<> leave_in(Tx& tx, const Context& context, Id actor_id, Id post_id) {
    const auto post = TRY(repo::find_post(tx, post_id));
    const auto answer = TRY(repo::find_rsvp(tx, post_id, actor_id));
    if (!answer) {
        TRY(seen_gathering(tx, actor_id, post_id));
        return {};
    }
    if (!post || answer->state == RsvpState::left || answer->state == RsvpState::refused) return {};
    if (!post->local) {
        auto left = *answer;
        left.state = RsvpState::left;
        TRY(repo::put_rsvp(tx, left));
        return emit(tx, context,
                    {.kind = EventKind::join_withdrawn,
                     .actor_id = actor_id,
                     .post_id = post_id,
                     .group_id = post->group_id,
                     .object_ap_id = answer->join_ap_id});
    }
    TRY(settle_rsvp(tx, context, *post, *answer, RsvpState::left));
    return repo::withdraw_notification(tx, post->actor_id, model::NotificationKind::gathering_asked, actor_id, post_id);
}

// Somebody of another host hears it in the author's name, whoever decided.
Result<> tell_asker(Tx& tx, const Context& context, const Post& post, const Rsvp& answer) {
    const auto asker = TRY(repo::find_actor(tx, answer.actor_id));
    if (!asker) return {};
    if (asker->local) return tell_of_news(tx, context, post, asker->id);
    const std::string type = answer.state == RsvpState::going ? "Accept" : "Reject";
    return emit(tx, context,
                {.kind = EventKind::join_answered,
                 .actor_id = post.actor_id,
                 .post_id = post.id,
                 .target_id = asker->id,
                 .group_id = post.group_id,
                 .object_ap_id = answer.join_ap_id,
                 .payload = "{\"type\":\"" + type + "\"}"});
}

Result<Rsvp> decide_in(Tx& tx, const Context& context, Id decider, Id post_id, Id actor_id, Decision decision) {
    const auto seen = TRY(seen_gathering(tx, decider, post_id));
    if (!TRY(decides(tx, seen.post, decider))) return fail(Code::forbidden, "This action is not allowed");
    auto answer = TRY(repo::find_rsvp(tx, post_id, actor_id));
    if (!answer || answer->state == RsvpState::left) return not_found();
    const auto wanted = decision == Decision::let_in ? RsvpState::going : RsvpState::refused;
    if (answer->state == wanted) return *answer;
    if (wanted == RsvpState::going && is_over(seen.gathering, context.clock.now_ms())) return invalid("the event is over");
    if (!TRY(settle_rsvp(tx, context, seen.post, *answer, wanted))) return invalid("the event is full");
    answer->state = wanted;
    TRY(tell_asker(tx, context, seen.post, *answer));
    return *answer;
}

Result<std::vector<RsvpView>> views_of(Tx& tx, const std::vector<Rsvp>& rows) {
    std::vector<Id> ids;
    for (const auto& row : rows) ids.push_back(row.actor_id);
    std::unordered_map<Id, model::Actor> actors;
    for (auto& actor : TRY(repo::actors_by_ids(tx, ids))) actors.emplace(actor.id, std::move(actor));
    std::vector<RsvpView> out;
    for (const auto& row : rows)
        if (const auto actor = actors.find(row.actor_id); actor != actors.end()) out.push_back({row, actor->second});
    return out;
}

Result<Id> post_of(const json::Document& payload) { return payload["post"].integer(); }

}  // namespace

Result<Rsvp> join_gathering(Context& context, Id actor_id, Id post_id) {
    return context.db.write([&context, actor_id, post_id](Tx& tx) { return join_in(tx, context, actor_id, post_id); });
}

Result<> leave_gathering(Context& context, Id actor_id, Id post_id) {
    return context.db.write([&context, actor_id, post_id](Tx& tx) { return leave_in(tx, context, actor_id, post_id); });
}

Result<Rsvp> decide_answer(Context& context, Id decider, Id post_id, Id actor_id, Decision decision) {
    return context.db.write(
        [&context, decider, post_id, actor_id, decision](Tx& tx) { return decide_in(tx, context, decider, post_id, actor_id, decision); });
}

Result<Page<RsvpView>> answers(Context& context, Id viewer, Id post_id, RsvpState state, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<RsvpView>> {
        const auto seen = TRY(seen_gathering(tx, viewer, post_id));
        Page<RsvpView> page;
        if (!TRY(decides(tx, seen.post, viewer))) {
            const auto own = TRY(repo::find_rsvp(tx, post_id, viewer));
            if (own && own->state == state) page.items = TRY(views_of(tx, {*own}));
            return page;
        }
        const auto rows = TRY(repo::rsvps_page(tx, post_id, state, window_of(request)));
        if (!rows.empty()) set_cursors(page, rows.front().id, rows.back().id, rows.size(), request);
        page.items = TRY(views_of(tx, rows));
        return page;
    });
}

Result<std::vector<PostView>> upcoming_gatherings(Context& context, const Viewer& viewer, const UpcomingRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<PostView>> {
        if (request.group_id && !TRY(may_know_group(tx, viewer, *request.group_id))) return not_found();
        std::vector<Entry> entries;
        for (const auto id : TRY(repo::upcoming_gatherings(tx, viewer.actor_id,
                                                           {.group_id = request.group_id,
                                                            .member_id = viewer.actor_id,
                                                            .now = context.clock.now_ms(),
                                                            .after_id = request.after_id,
                                                            .limit = request.limit})))
            entries.push_back({.id = id, .post_id = id, .boost_id = {}, .group_id = {}});
        return load_views(tx, viewer, entries);
    });
}

Result<> send_attendees(Context& context, const std::string& payload) {
    const auto post_id = TRY(post_of(TRY(json::Document::parse(payload))));
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(repo::lower_count_due(tx, post_id));
        const auto post = TRY(repo::find_post(tx, post_id));
        if (!post || post->deleted_at) return {};
        return emit(tx, context,
                    {.kind = EventKind::attendees_changed,
                     .actor_id = post->actor_id,
                     .post_id = post_id,
                     .group_id = post->group_id,
                     .object_ap_id = post->ap_id});
    });
}

Result<std::optional<std::string>> tell_attendees(Context& context, const std::string& payload) {
    const auto document = TRY(json::Document::parse(payload));
    const auto post_id = TRY(post_of(document));
    const auto after = document["after"].maybe_integer().value_or(0);
    const auto told = TRY(context.db.write([&](Tx& tx) -> Result<std::vector<Id>> {
        const auto post = TRY(repo::find_post(tx, post_id));
        if (!post || post->deleted_at) return std::vector<Id>{};
        auto people = TRY(repo::local_attendees(tx, post_id, after, limits::gathering_told_max));
        for (const auto id : people) TRY(tell_of_news(tx, context, *post, id));
        return people;
    }));
    if (told.size() < std::size_t(limits::gathering_told_max)) return std::optional<std::string>{};
    json::Writer w;
    w.object().member("post", post_id).member("after", told.back()).end();
    return std::optional(w.take());
}

}  // namespace kith::community
