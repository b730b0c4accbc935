#include "node/community/inbound/remote_polls.hpp"

#include "base/html/to_text.hpp"
#include "base/text/strings.hpp"
#include "config/limits/community.hpp"
#include "config/limits/polls.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/inbound/relay.hpp"
#include "node/community/polls.hpp"
#include "storage/repo/polls.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>

namespace kith::community {

using model::Poll;
using sql::Tx;

namespace {

Result<std::optional<Poll>> stored_poll(Tx& tx, Id post_id) {
    auto polls = TRY(repo::polls_of(tx, std::span(&post_id, 1)));
    if (polls.empty()) return std::optional<Poll>{};
    return std::optional<Poll>(std::move(polls.front().poll));
}

std::optional<int> option_named(const Poll& poll, std::string_view name) {
    for (std::size_t i = 0; i < poll.options.size(); ++i)
        if (text::trim(poll.options[i].title) == text::trim(name)) return int(i);
    return std::nullopt;
}

// Every object of the Create is judged by itself: only the first one's id was looked at before.
Result<std::vector<vocab::Post>> read_all(const vocab::Activity& activity) {
    std::vector<vocab::Post> out;
    for (auto object : activity.objects)
        if (object.is_object()) out.push_back(TRY(vocab::read_post(object)));
    return out;
}

Result<> may_vote(Tx& tx, const Context& context, const Deed& deed, const model::Post& post,
                  const Poll& poll) {
    if (!post.local) return fail(Code::forbidden, "the poll is not one of ours", post.ap_id);
    if (!TRY(repo::sees_post(tx, deed.actor.id, post.id)))
        return fail(Code::not_found, "the poll is not for this actor", post.ap_id);
    if (TRY(repo::either_blocks(tx, post.actor_id, deed.actor.id)))
        return fail(Code::forbidden, "blocked by the poll's author", deed.actor.ap_id);
    if (post.group_id && TRY(repo::is_banned(tx, *post.group_id, deed.actor.id, deed.received_at)))
        return fail(Code::forbidden, "whoever is banned from a group does not vote there", deed.actor.ap_id);
    if (has_ended(poll, context.clock.now_ms()))
        return fail(Code::forbidden, "the poll has ended", post.ap_id);
    return {};
}

// Sums of what a peer says, and one vote more, stay numbers.
std::int64_t believed(std::int64_t count) { return std::min(count, limits::poll_count_max); }

}  // namespace

Poll poll_from(const vocab::Poll& v) {
    Poll poll{.multiple = v.multiple,
              .hide_totals = false,
              .closes_at = v.end_time,
              .closed_at = v.closed,
              .voters_count = v.voters_count,
              .options = {}};
    if (poll.voters_count) poll.voters_count = believed(*poll.voters_count);
    for (const auto& option : v.options) {
        if (poll.options.size() == limits::post_poll_options_max) break;
        poll.options.push_back({html::to_text(option.title), believed(option.votes)});
    }
    return poll;
}

Result<> store_remote_poll(Tx& tx, Id post_id, const vocab::Post& v) {
    return v.poll ? repo::put_poll(tx, post_id, poll_from(*v.poll)) : Result<>{};
}

Result<> take_results(Tx& tx, const Context& context, Id post_id, const vocab::Post& v) {
    auto stored = TRY(stored_poll(tx, post_id));
    if (!stored || !v.poll) return {};
    const auto poll = poll_from(*v.poll);
    if (!same_choices(*stored, poll)) return {};
    TRY(repo::refresh_poll(tx, post_id, poll));
    return note_end(tx, context, post_id, *stored, poll);
}

Result<> take_edited_poll(Tx& tx, const Context& context, Id post_id, const vocab::Post& v) {
    if (!v.poll) return v.type == vocab::PostType::question ? Result<>{} : repo::remove_poll(tx, post_id);
    auto stored = TRY(stored_poll(tx, post_id));
    const auto poll = poll_from(*v.poll);
    if (stored && same_choices(*stored, poll)) return take_results(tx, context, post_id, v);
    TRY(repo::clear_votes(tx, post_id));
    TRY(repo::put_poll(tx, post_id, poll));
    return stored ? note_end(tx, context, post_id, *stored, poll) : Result<>{};
}

bool looks_like_vote(const vocab::Post& v) {
    return v.type == vocab::PostType::note && !v.name.empty() && v.content.empty() &&
           !v.in_reply_to.empty() && v.attachments.empty();
}

Result<std::optional<Votes>> votes_of(Tx& tx, const Context& context, const Deed& deed) {
    // Nearly every Create brings a text: it is not read twice for that.
    const auto& first = deed.activity.object;
    if (first["name"].is_nothing() || !first["content"].string_or({}).empty())
        return std::optional<Votes>{};
    auto notes = TRY(read_all(deed.activity));
    if (notes.empty() || !looks_like_vote(notes.front())) return std::optional<Votes>{};
    const auto& asked = notes.front().in_reply_to;
    auto post = TRY(repo::find_post_by_ap_id(tx, asked));
    auto poll = post && !post->deleted_at ? TRY(stored_poll(tx, post->id)) : std::optional<Poll>{};
    // A vote without its poll is nothing for anybody to read.
    if (!poll && (context.urls.is_ours(asked) || (post && post->deleted_at)))
        return fail(Code::not_found, "there is no such poll", asked);
    if (!poll) return std::optional<Votes>{};
    TRY(may_vote(tx, context, deed, *post, *poll));

    Votes votes{.poll_post = *post, .options = {}};
    for (const auto& note : notes) {
        if (!looks_like_vote(note) || note.in_reply_to != asked)
            return fail(Code::forbidden, "votes in several polls in one activity", asked);
        if (note.attributed_to != deed.actor.ap_id)
            return fail(Code::forbidden, "the vote is attributed to somebody else",
                        note.attributed_to);
        auto option = option_named(*poll, note.name);
        if (!option) return fail(Code::unprocessable, "the poll has no such option", note.name);
        votes.options.push_back(*option);
    }
    if (poll->multiple) return std::optional<Votes>(std::move(votes));
    const bool same = std::all_of(votes.options.begin(), votes.options.end(),
                                  [&](int option) { return option == votes.options.front(); });
    if (!same) return fail(Code::forbidden, "several votes where there is one choice", asked);
    for (const auto& own : TRY(repo::votes_among(tx, deed.actor.id, std::span(&post->id, 1))))
        if (own.option != votes.options.front())
            return fail(Code::forbidden, "the actor has voted already", asked);
    return std::optional<Votes>(std::move(votes));
}

Result<> apply_votes(Tx& tx, const Context& context, const Deed& deed, const Votes& votes) {
    auto poll = TRY(stored_poll(tx, votes.poll_post.id));
    if (!poll) return {};
    bool counted = false;
    for (int option : votes.options) {
        const repo::Vote vote{.id = context.ids.next(),
                              .post_id = votes.poll_post.id,
                              .actor_id = deed.actor.id,
                              .option = option,
                              .ap_id = deed.activity.id,
                              .created_at = context.clock.now_ms()};
        counted |= TRY(
            repo::add_vote(tx, vote, poll->multiple ? repo::Choice::several : repo::Choice::one));
    }
    if (!counted) return {};
    TRY(note_reach(tx, context, votes.poll_post, deed.actor));
    return results_changed(tx, context, votes.poll_post.id);
}

}  // namespace kith::community
