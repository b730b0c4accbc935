#pragma once
#include "federation/vocab/objects.hpp"
#include "node/community/context.hpp"
#include "node/community/inbound/handlers.hpp"
#include "storage/model/post.hpp"

#include <optional>
#include <vector>

// What peers say about polls (FEP-9967): their own polls and results, and votes in ours.
namespace kith::community {

// A Question's poll as it is kept: bounded, titles as plain text.
model::Poll poll_from(const vocab::Poll&);
Result<> store_remote_poll(sql::Tx&, Id post_id, const vocab::Post&);

// Results of a poll that is known: its times and counts. Nothing where the options are others.
Result<> take_results(sql::Tx&, const Context&, Id post_id, const vocab::Post&);
// An edit may change the options too; then the votes that were given here mean nothing any more. It may bring a poll
// to a post, or take it away.
Result<> take_edited_poll(sql::Tx&, const Context&, Id post_id, const vocab::Post&);

// A Note with a name and without content that answers something: whether it is a vote hangs on what
// it answers.
bool looks_like_vote(const vocab::Post&);

// The votes of a Create, one or (GoToSocial) an array of them, where what they answer is a poll
// that is known here; else nothing, and the Create is one of a post. They are no posts: nobody sees
// them.
struct Votes {
    model::Post poll_post;
    std::vector<int> options;
};
// Errors refuse: the poll is somebody else's or not for the voter, it has ended, a second choice
// where there is one, an option that is not there, votes for others or in several polls.
Result<std::optional<Votes>> votes_of(sql::Tx&, const Context&, const Deed&);
Result<> apply_votes(sql::Tx&, const Context&, const Deed&, const Votes&);

}  // namespace kith::community
