#include "node/community/polls.hpp"

#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/polls.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/events.hpp"
#include "node/community/inbound/remote_polls.hpp"
#include "node/community/visibility.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/polls.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>

namespace kith::community {

using model::Poll;
using model::Post;
using sql::Tx;

namespace {

Failure invalid(const std::string& what) {
    return fail(Code::unprocessable, "Validation failed: " + what);
}

Result<> add_poll_job(Tx& tx, const Context& context, std::string_view kind, Id post_id,
                      TimeMs not_before) {
    json::Writer w;
    w.object().member("post", post_id).end();
    return repo::add_job(tx, {.id = context.ids.next(),
                              .kind = std::string(kind),
                              .payload = w.take(),
                              .attempts = 0,
                              .not_before = not_before,
                              .created_at = context.clock.now_ms()});
}

// Once for each poll, however many vote.
Result<> watch_end(Tx& tx, const Context& context, Id post_id, const Poll& poll) {
    const auto end = end_of(poll);
    if (!end || !TRY(repo::raise_end_watched(tx, post_id))) return {};
    return add_poll_job(tx, context, "poll_end", post_id, *end);
}

Result<std::vector<int>> valid_choices(const Poll& poll, std::vector<std::int64_t> choices) {
    std::sort(choices.begin(), choices.end());
    choices.erase(std::unique(choices.begin(), choices.end()), choices.end());
    if (choices.empty()) return invalid("no choice was made");
    if (!poll.multiple && choices.size() > 1) return invalid("this poll has one choice only");
    std::vector<int> out;
    for (auto choice : choices) {
        if (choice < 0 || choice >= std::int64_t(poll.options.size()))
            return invalid("the chosen vote option does not exist");
        out.push_back(int(choice));
    }
    return out;
}

// The votes as the publisher sends them: ids of the Notes, titles of the options.
std::string votes_payload(const std::vector<repo::Vote>& votes, const Poll& poll) {
    json::Writer w;
    w.object().key("votes").array();
    for (const auto& vote : votes)
        w.object()
            .member("id", vote.id)
            .member("name", poll.options[std::size_t(vote.option)].title)
            .end();
    w.end().end();
    return w.take();
}

Result<> vote_in(Tx& tx, const Context& context, Id actor_id, Id post_id,
                 const std::vector<std::int64_t>& choices) {
    const auto post = TRY(seen_post(tx, actor_id, post_id));
    auto polls = TRY(repo::polls_of(tx, std::span(&post_id, 1)));
    if (polls.empty()) return fail(Code::not_found, "Record not found");
    const auto& poll = polls.front().poll;
    const auto now = context.clock.now_ms();
    if (has_ended(poll, now)) return invalid("The poll has already ended");
    if (post.actor_id == actor_id) return invalid("You cannot vote in your own polls");
    if (TRY(repo::either_blocks(tx, actor_id, post.actor_id)))
        return fail(Code::forbidden, "This action is not allowed");
    if (post.group_id && TRY(repo::is_banned(tx, *post.group_id, actor_id, now)))
        return fail(Code::forbidden, "You may not vote in this group");
    if (TRY(repo::has_voted(tx, actor_id, post_id)))
        return invalid("You have already voted on this poll");

    std::vector<repo::Vote> votes;
    for (int option : TRY(valid_choices(poll, choices))) {
        const auto id = context.ids.next();
        repo::Vote vote{id, post_id, actor_id, option, context.urls.activity_part(id, "vote"), now};
        if (!TRY(repo::add_vote(tx, vote,
                                poll.multiple ? repo::Choice::several : repo::Choice::one)))
            return invalid("You have already voted on this poll");
        votes.push_back(std::move(vote));
    }
    TRY(watch_end(tx, context, post_id, poll));
    if (post.local) return results_changed(tx, context, post_id);
    return emit(tx, context,
                {.kind = model::EventKind::vote_added,
                 .actor_id = actor_id,
                 .post_id = post_id,
                 .object_ap_id = post.ap_id,
                 .payload = votes_payload(votes, poll)});
}

Result<Id> post_of(const std::string& payload) {
    auto document = TRY(json::Document::parse(payload));
    return document["post"].integer();
}

Result<> tell_of_end(Tx& tx, const Context& context, Id owner, const Post& post) {
    auto actor = TRY(repo::find_actor(tx, owner));
    if (!actor || !actor->local || actor->is_group() || actor->deleted_at) return {};
    TRY(repo::add_notification(tx, {.id = context.ids.next(),
                                    .owner_id = owner,
                                    .kind = model::NotificationKind::poll,
                                    .from_id = post.actor_id,
                                    .post_id = post.id,
                                    .created_at = context.clock.now_ms()}));
    return {};
}

// The last counts, from the poll's origin. One that cannot be had leaves those that are known.
Result<> fetch_results(Context& context, const Post& post, const FetchDocument& fetch) {
    auto fetched = fetch(post.ap_id);
    if (!fetched) return {};
    auto read = vocab::read_post(fetched->document.root());
    if (!read || read->id != post.ap_id) return {};
    return context.db.write([&](Tx& tx) -> Result<> {
        auto author = TRY(repo::find_actor(tx, post.actor_id));
        if (!author || read->attributed_to != author->ap_id) return {};
        return take_results(tx, post.id, *read);
    });
}

Result<> close_ours(Context& context, const Post& post, const Poll& poll) {
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(repo::close_poll(tx, post.id, *end_of(poll)));
        TRY(tell_of_end(tx, context, post.actor_id, post));
        return emit(tx, context,
                    {.kind = model::EventKind::poll_changed,
                     .actor_id = post.actor_id,
                     .post_id = post.id,
                     .group_id = post.group_id,
                     .object_ap_id = post.ap_id});
    });
}

struct OpenPoll {
    Post post;
    Poll poll;
};
Result<std::optional<OpenPoll>> stored_poll(Context& context, Id post_id) {
    return context.db.read([post_id](Tx& tx) -> Result<std::optional<OpenPoll>> {
        auto post = TRY(repo::find_post(tx, post_id));
        auto polls = TRY(repo::polls_of(tx, std::span(&post_id, 1)));
        if (!post || post->deleted_at || polls.empty()) return std::optional<OpenPoll>{};
        return std::optional<OpenPoll>(OpenPoll{std::move(*post), std::move(polls.front().poll)});
    });
}

}  // namespace

Result<> validate_poll(const NewPoll& poll) {
    if (poll.options.size() < limits::poll_options_min)
        return invalid("a poll must have more than one item");
    if (poll.options.size() > limits::poll_options_max)
        return invalid("a poll cannot have more than " + std::to_string(limits::poll_options_max) +
                       " items");
    auto sorted = poll.options;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
        return invalid("a poll cannot have the same item twice");
    for (const auto& option : poll.options) {
        if (text::trim(option).empty()) return invalid("an item of a poll can't be blank");
        if (utf8::length(option) > limits::poll_option_characters_max)
            return invalid("an item of a poll cannot be longer than " +
                           std::to_string(limits::poll_option_characters_max) + " characters");
    }
    if (poll.expires_in_s < limits::poll_seconds_min) return invalid("the poll ends too soon");
    if (poll.expires_in_s > limits::poll_seconds_max) return invalid("the poll ends too late");
    return {};
}

Result<> open_poll(Tx& tx, const Context& context, const Post& post, const NewPoll& draft) {
    Poll poll{.multiple = draft.multiple,
              .hide_totals = draft.hide_totals,
              .closes_at = post.published_at + draft.expires_in_s * second_ms,
              .closed_at = {},
              .voters_count = 0,
              .options = {}};
    for (const auto& option : draft.options)
        poll.options.push_back({std::string(text::trim(option)), 0});
    TRY(repo::put_poll(tx, post.id, poll));
    return watch_end(tx, context, post.id, poll);
}

std::optional<TimeMs> end_of(const Poll& poll) {
    return poll.closed_at ? poll.closed_at : poll.closes_at;
}

bool has_ended(const Poll& poll, TimeMs now) {
    const auto end = end_of(poll);
    return end && *end <= now;
}

Result<> vote(Context& context, Id actor_id, Id post_id, const std::vector<std::int64_t>& choices) {
    return context.db.write(
        [&](Tx& tx) { return vote_in(tx, context, actor_id, post_id, choices); });
}

Result<> results_changed(Tx& tx, const Context& context, Id post_id) {
    if (!TRY(repo::raise_results_due(tx, post_id))) return {};
    return add_poll_job(tx, context, "poll_results", post_id,
                        context.clock.now_ms() + limits::poll_results_pause_ms);
}

Result<> send_results(Context& context, const std::string& payload) {
    const auto post_id = TRY(post_of(payload));
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(repo::lower_results_due(tx, post_id));
        auto post = TRY(repo::find_post(tx, post_id));
        if (!post || post->deleted_at) return {};
        return emit(tx, context,
                    {.kind = model::EventKind::poll_changed,
                     .actor_id = post->actor_id,
                     .post_id = post_id,
                     .group_id = post->group_id,
                     .object_ap_id = post->ap_id});
    });
}

Result<std::optional<PollRest>> end_poll(Context& context, const std::string& payload,
                                         const FetchDocument& fetch) {
    const auto nothing_left = std::optional<PollRest>{};
    const auto post_id = TRY(post_of(payload));
    auto open = TRY(stored_poll(context, post_id));
    if (!open) return nothing_left;
    const auto now = context.clock.now_ms();
    const auto end = end_of(open->poll);
    if (!end) return nothing_left;
    if (*end > now)  // it was put off meanwhile
        return std::optional<PollRest>({.payload = payload, .not_before = *end});

    const auto after = TRY(json::Document::parse(payload))["after"].maybe_integer().value_or(0);
    if (after == 0) {
        if (open->post.local)
            TRY(close_ours(context, open->post, open->poll));
        else
            TRY(fetch_results(context, open->post, fetch));
    }
    auto told = TRY(context.db.write([&](Tx& tx) -> Result<std::vector<Id>> {
        auto voters = TRY(repo::local_voters(tx, post_id, after, limits::poll_voters_told_max));
        for (auto voter : voters)
            if (voter != open->post.actor_id) TRY(tell_of_end(tx, context, voter, open->post));
        return voters;
    }));
    if (told.size() < std::size_t(limits::poll_voters_told_max)) return nothing_left;
    json::Writer w;
    w.object().member("post", post_id).member("after", told.back()).end();
    return std::optional<PollRest>({.payload = w.take(), .not_before = now});
}

}  // namespace kith::community
