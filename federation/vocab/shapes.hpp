#pragma once
#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "base/json/view.hpp"
#include "federation/vocab/objects.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Readings of single properties that the parts of the reader share. All are total: what has a wrong
// type reads as nothing.
namespace kith::vocab {

// A string, cut to so many bytes at a code point; of several the first. Else "".
std::string text_of(json::View, std::size_t bytes_max);
// The same for a short word (media type, language, handle): whole or "", never cut.
std::string word_of(json::View);
// name, or where a peer sends only nameMap, one of its translations.
std::string text_or_map(json::View object, std::string_view name, std::string_view map_name,
                        std::size_t bytes_max);

// RFC 3339 in all spellings; anything else is nothing.
std::optional<TimeMs> time_of(json::View);

// A count: also as text and as a float, never negative.
std::optional<std::int64_t> count_of(json::View);

// The object's own id: "" where it has none, Code::invalid where it is something else than a URL.
Result<std::string> own_id(json::View object);
// The first of one-or-many ids that is one: for inReplyTo, target and the like, where a second one
// changes nothing about who may do what.
std::string first_id(json::View);
// The first type name without a prefix; "" where there is none.
std::string type_name_of(json::View object);

// The page for people behind `url`: string | Link | array of them; a Link with text/html wins
// (PeerTube lists its video files beside it).
std::string page_url_of(json::View url);

// A file behind `url`: string | Link | array of them.
struct FileLink {
    std::string url, media_type;
    json::View link;  // the Link it was read from: absent where it was a string
};
// The first whose media type begins so; where none says so, the first of all.
FileLink file_link_of(json::View url, std::string_view media_type_beginning);

// icon, image: object | array (the first) | string.
std::optional<Image> image_of(json::View);

// to and bto into `to`, cc and bcc into `cc`. Code::invalid for more than
// limits::vocab_recipients_max.
Result<> read_recipients(json::View object, std::vector<std::string>& to,
                         std::vector<std::string>& cc);

}  // namespace kith::vocab
