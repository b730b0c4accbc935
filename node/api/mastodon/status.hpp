#pragma once
#include "base/json/writer.hpp"
#include "node/community/posts.hpp"
#include "node/community/trends.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith::mastodon {

// Mastodon's word for who may see a post; a group's members are "private" too.
std::string_view visibility_name(model::Visibility);
// "public", "unlisted", "private", "direct"; nothing for another word.
std::optional<model::Visibility> visibility_from(std::string_view name);

// A post's HTML as clients show it: a title that is not the text's own first line, and the target
// of a link post, stand in it, since a Status has no place for them.
std::string content_of(const community::PostView&);

// Status (Mastodon: entities/Status). A boost and a group's entry are a status of their own whose
// `reblog` is the post. What is of the viewer (`favourited` …) is written where there is one.
void write_status(json::Writer&, const community::Context&, const community::Viewer&,
                  const community::PostView&);
std::string status_json(const community::Context&, const community::Viewer&,
                        const community::PostView&);
std::string statuses_json(const community::Context&, const community::Viewer&,
                          std::span<const community::PostView>);
// With `text`, from which the author may write it again.
std::string deleted_status_json(const community::Context&, const community::Viewer&,
                                const community::PostView&);

// StatusEdit, an array of them, oldest first.
std::string history_json(const community::Context&, const community::PostView& present,
                         std::span<const model::PostEdit>);

// MediaAttachment.
void write_attachment(json::Writer&, const community::Context&, const model::Attachment&);
// One whose file is still to be made: without its URL.
void write_waiting_attachment(json::Writer&, const community::Context&, const model::Attachment&);

// Tag, as search results and statuses show it.
void write_tag_members(json::Writer&, const community::Context&, std::string_view name);
// A hashtag alone (entities/Tag), and how whoever looks stands to it.
struct TagStanding {
    bool following = false, featuring = false;
};
void write_tag(json::Writer&, const community::Context&, std::string_view name, std::optional<TagStanding>,
               const std::vector<community::TagDay>& history = {});

}  // namespace kith::mastodon
