#pragma once
#include "base/json/writer.hpp"
#include "node/api/lemmy/api_context.hpp"
#include "node/community/group_threads.hpp"

#include <optional>
#include <string>
#include <string_view>

// What the records of every version of Lemmy's API say alike.
namespace kith::lemmy {

void text_unless_empty(json::Writer&, std::string_view name, const std::string& text);
void time_if(json::Writer&, std::string_view name, const std::optional<TimeMs>&);
// A stored picture's URL.
void picture_if(json::Writer&, const ApiContext&, std::string_view name, const std::string& stored);

// What its author wrote, else the text of what came.
std::string body_of(const model::Post&);
// Of a thread that is an event with when and where before it, which apps have no other place for; and what an app that
// lets it be edited sends back, without that.
std::string body_of(const community::PostView&);
std::string body_sent_back(const community::PostView&, std::string body);
std::string about(const model::Actor&);  // a bio, a sidebar
std::string title_of(const model::Post&);
// The link of a thread, else its first picture; "" for none.
std::string url_of(const ApiContext&, const community::ThreadItem&);
// embed_title, embed_description, thumbnail_url, url_content_type and alt_text of its link or first picture.
void write_embed(json::Writer&, const ApiContext&, const community::ThreadItem&);
// image_details of its first picture, where its size is known.
void write_image_details(json::Writer&, const ApiContext&, const community::ThreadItem&, bool with_blurhash);

repo::PersonNumbers numbers_of(const ApiContext&, Id actor);

}  // namespace kith::lemmy
