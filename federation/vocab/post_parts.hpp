#pragma once
#include "base/core/result.hpp"
#include "base/json/view.hpp"
#include "federation/vocab/objects.hpp"

#include <optional>
#include <vector>

// The parts of read_post() that have files of their own.
namespace kith::vocab {

// Mention, Hashtag, Emoji and Link (FEP-e232); other tags are passed over. Code::invalid for more
// than limits::vocab_tags_max.
Result<std::vector<Tag>> read_tags(json::View tag);

// Media and Links, at most limits::vocab_attachments_max.
std::vector<Attachment> read_attachments(json::View attachment);

// A Question's options and state (FEP-9967); nothing where it has no option.
std::optional<Poll> read_poll(json::View question);

// The quoted post and its stamp; the tags are read before (read_quote.cpp).
void read_quote(json::View from, Post&);

// Both spellings of GoToSocial (read_policy.cpp). What is absent stays nothing.
InteractionPolicy read_interaction_policy(json::View policy);

}  // namespace kith::vocab
