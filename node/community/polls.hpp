#pragma once
#include "federation/keys/fetch_document.hpp"
#include "node/community/context.hpp"
#include "storage/model/post.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

// Polls (FEP-9967): made here, voted in, counted, told of, ended.
namespace kith::community {

struct NewPoll {
    std::vector<std::string> options;  // plain text
    std::int64_t expires_in_s = 0;
    bool multiple = false;
    bool hide_totals = false;  // until it has ended
};

// Code::unprocessable where there are too few, too many, empty, long or equal options, or it would
// end too soon or too late.
Result<> validate_poll(const NewPoll&);
// Stores the poll of a post that is being made, and sees to its end.
Result<> open_poll(sql::Tx&, const Context&, const model::Post&, const NewPoll&);

// What an edit says of the poll of a local post (Mastodon: methods/statuses#edit): a new one is opened; of one that
// is there the votes are reset where the options are others or there are more or fewer choices. One that has ended is
// open again.
Result<> edit_poll(sql::Tx&, const Context&, const model::Post&, const NewPoll&);
// The same options in the same order, of which as many may be chosen: votes mean what they meant.
bool same_choices(const model::Poll&, const model::Poll&);
// To be called where the end of a poll became another, so that those who wait for it are told in time.
Result<> note_end(sql::Tx&, const Context&, Id post_id, const model::Poll& before, const model::Poll& now);

// When it ends or ended, if it ever does.
std::optional<TimeMs> end_of(const model::Poll&);
bool has_ended(const model::Poll&, TimeMs now);

// A member votes, in a local or a remote poll; the choices are positions of options.
// Code::not_found where the post is not visible or no poll; Code::unprocessable for choices that
// are not there, a second vote, one's own poll, and after the end.
Result<> vote(Context&, Id actor_id, Id post_id, const std::vector<std::int64_t>& choices);

// Results of a local poll changed: the hosts that have it are told, together with what else changes
// within limits::poll_results_pause_ms.
Result<> results_changed(sql::Tx&, const Context&, Id post_id);

// ---- jobs ---------------------------------------------------------------------------------------

// What a job leaves: the next piece, and when.
struct PollRest {
    std::string payload;
    TimeMs not_before = 0;
};
// "poll_results": tells of the counts of now.
Result<> send_results(Context&, const std::string& payload);

// Gets a document from its origin.
using FetchDocument = std::function<Result<keys::FetchedDocument>(const std::string& id)>;
// "poll_end": a local poll is closed, a remote one's results are fetched a last time; then its
// author and all who voted here are told, piece by piece.
Result<std::optional<PollRest>> end_poll(Context&, const std::string& payload,
                                         const FetchDocument&);

}  // namespace kith::community
