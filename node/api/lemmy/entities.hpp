#pragma once
#include "base/json/writer.hpp"
#include "node/api/lemmy/api_context.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_threads.hpp"
#include "node/community/multi_communities.hpp"
#include "node/community/node_moderation.hpp"

#include <string>

// The records of Lemmy's API. Members that Lemmy leaves out where they have no value are left out.
namespace kith::lemmy {

void write_person(json::Writer&, const ApiContext&, const model::Actor&);
void write_community(json::Writer&, const ApiContext&, const community::GroupView&);
void write_post(json::Writer&, const ApiContext&, const community::ThreadItem&);
void write_comment(json::Writer&, const ApiContext&, const community::CommentItem&);

// PersonView, CommunityView, PostView, CommentView; `type` is said where there may be several ("post").
// As somebody stands here; a viewer reads their own note about them.
void write_person_view(json::Writer&, const ApiContext&, const model::Actor&, std::string_view type = {}, const community::Viewer& = {});
// {"person_view"}
std::string person_response(const ApiContext&, const model::Actor&);
// "banned" or another name, and until when.
void write_banned(json::Writer&, std::string_view name, const community::NodeStanding&);
void write_community_view(json::Writer&, const ApiContext&, const community::GroupView&, std::string_view type = {});
void write_post_view(json::Writer&, const ApiContext&, const community::ThreadItem&, std::string_view type = {});
void write_comment_view(json::Writer&, const ApiContext&, const community::CommentItem&, const community::ThreadItem& thread,
                        std::string_view type = {});
void write_comment_slim(json::Writer&, const ApiContext&, const community::CommentItem&);  // CommentSlimView
// ModlogView; false, and nothing, for acts that Lemmy does not have (modlog.cpp).
bool write_log_line(json::Writer&, const ApiContext&, const community::GroupActView&, std::string_view type);
// A thread or a comment, with its type; false, and nothing, where the viewer does not see it or it is not of
// the kind asked for ("all", "posts", "comments").
bool write_either(json::Writer&, const ApiContext&, const community::Viewer&, Id post, std::string_view only);

void write_tag(json::Writer&, const model::GroupTag&);
// `tags` of a form: nothing where it is left out.
Result<std::optional<std::vector<Id>>> tags_asked(const http::Params&);
void write_multi_view(json::Writer&, const ApiContext&, const community::MultiView&, std::string_view type = {});
// A collection by its number or name; nothing where neither is given.
Result<std::optional<Id>> multi_asked(const ApiContext&, const http::Params&, std::string_view id_key, std::string_view name_key);
void write_discussion_languages(json::Writer&, const community::GroupView&);

// The upload of this person's that a URL names, with its new alt text; nothing where it names none.
Result<std::optional<Id>> upload_at(const ApiContext&, Id owner, std::string_view url, const std::optional<std::string>& alt);

// {"community_view", "discussion_languages"}, {"post_view"}, {"comment_view"}.
std::string community_response(const ApiContext&, const community::GroupView&);
std::string post_response(const ApiContext&, const community::ThreadItem&);
std::string comment_response(const ApiContext&, const community::CommentItem&, const community::ThreadItem& thread);
Result<std::string> comment_response(const ApiContext&, const community::Viewer&, Id comment);
std::string success();
// Of `expires_at` (in v3 `expires`), in seconds; nothing for none and for what is no time.
std::optional<TimeMs> expiry_of(const http::Params&);

void write_moderators(json::Writer&, const ApiContext&, std::string_view name, const community::GroupView&,
                      const std::vector<model::Actor>&);

// Lemmy's number of a language (0 = undetermined), and back ("" for 0).
int language_id(std::string_view tag);
std::string language_of(std::int64_t id);
void write_languages(json::Writer&, std::string_view name);
// This node and others, by a number that stays: of its name.
Id instance_id(std::string_view host);
void write_instance(json::Writer&, std::string_view host);  // of another host

}  // namespace kith::lemmy
