#pragma once
#include "base/core/result.hpp"
#include "base/json/view.hpp"
#include "federation/vocab/objects.hpp"

#include <optional>
#include <vector>

// The parts of read_post() that have files of their own.
namespace kith::vocab {

// Mention, Hashtag, Emoji, Link (FEP-e232) and CommunityPostTag (Lemmy); others are passed over. Code::invalid for more
// than limits::vocab_tags_max.
Result<std::vector<Tag>> read_tags(json::View tag);
// Those of one type; none where there are too many tags. For what is not refused for its tags.
std::vector<Tag> read_tags_of(json::View tag, TagType);

// Media and Links, at most limits::vocab_attachments_max.
std::vector<Attachment> read_attachments(json::View attachment);

// The file that a Video, Audio or Image is itself, from its `url`; its `icon` is the preview. A
// Video of which there are only pages and streams is its preview (read_media.cpp).
std::optional<Attachment> read_own_file(json::View object, PostType);
// The picture of a Page, Article or Event that has none attached: `image`.
std::optional<Attachment> read_lead_picture(json::View object);
// Sizes, focus, blurhash and length: of the object, else of the Link that leads to its file.
Attachment read_measures(json::View object, json::View link);
// "image/*" and so on where neither mediaType nor the URL's ending says more; "" for other types.
std::string media_type_by_name(std::string_view url, std::string_view attachment_type);

// When and where; nothing where neither is told.
std::optional<Gathering> read_gathering(json::View event);

// A Question's options and state (FEP-9967); nothing where it has no option.
std::optional<Poll> read_poll(json::View question);

// The quoted post and its stamp; the tags are read before (read_quote.cpp).
void read_quote(json::View from, Post&);

// Both spellings of GoToSocial (read_policy.cpp). What is absent stays nothing.
InteractionPolicy read_interaction_policy(json::View policy);

}  // namespace kith::vocab
