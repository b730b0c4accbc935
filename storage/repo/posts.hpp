#pragma once
#include "base/core/result.hpp"
#include "storage/model/post.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Posts and what hangs on them. Statements that read for somebody join visible_to().
namespace kith::repo {

// The columns of `post` under alias `p`, in the order post_from() reads them from column `first`.
extern const std::string post_columns;
inline constexpr std::size_t post_column_count = 30;
model::Post post_from(const sql::Rows::Row&, std::size_t first = 0);

// Code::conflict where the id or the ap_id is taken.
Result<> insert_post(sql::Tx&, const model::Post&);
// Where neither is taken; false where one is: for remote posts, whose ids are drawn.
Result<bool> try_insert_post(sql::Tx&, const model::Post&);
// Title, content, source, summary, sensitive, language, link, edited_at. Never owner, audience,
// place.
Result<> update_post(sql::Tx&, const model::Post&);
// A post without a group that a group shows becomes one of its posts.
Result<> set_post_group(sql::Tx&, Id post, Id group);
// Empties the post and marks it deleted; its place in the thread and its audience stay. Takes
// mentions, tags, attachments, poll, event, edits, pins, reactions, boosts, entries and notifications with
// it.
Result<> scrub_post(sql::Tx&, Id, TimeMs at);

Result<std::optional<model::Post>> find_post(sql::Tx&, Id);  // also a deleted one
Result<std::optional<model::Post>> find_post_by_ap_id(sql::Tx&, std::string_view ap_id);
Result<std::optional<model::Post>> find_post_by_url(sql::Tx&,
                                                    std::string_view url);  // ap_id or page
Result<bool> sees_post(sql::Tx&, std::optional<Id> viewer, Id post);
Result<bool> wrote_in_thread(sql::Tx&, Id author, Id thread);
Result<std::vector<model::Post>> visible_posts(sql::Tx&, std::optional<Id> viewer,
                                               std::span<const Id>);

// Of a thread, everything the viewer may see, by id.
Result<std::vector<model::Post>> visible_thread(sql::Tx&, std::optional<Id> viewer, Id thread,
                                                int limit);
// Direct replies that wait for a parent to be known: gives them the parent, its thread, and counts
// those not deleted.
// Those of `outsiders`, who may not write there, stay where they are.
Result<> adopt_orphans(sql::Tx&, const model::Post& parent, const std::vector<Id>& outsiders);
Result<std::vector<Id>> authors_of_orphans(sql::Tx&, std::string_view parent_ap_id);
Result<> move_thread(sql::Tx&, Id from_thread, Id to_thread);

enum class PostCounter { replies, likes, dislikes, boosts };
Result<> add_to_counter(sql::Tx&, Id post, PostCounter, int by);

Result<> add_audience(sql::Tx&, Id post, Id actor);
Result<std::vector<Id>> audience_of(sql::Tx&, Id post);

Result<> add_mention(sql::Tx&, Id post, const model::Mention&);
Result<> clear_mentions(sql::Tx&, Id post);
struct MentionRow {
    Id post_id;
    model::Mention mention;
};
Result<std::vector<MentionRow>> mentions_of(sql::Tx&, std::span<const Id> posts);

// Makes the tag where it is new. `folded` compares, `display` shows.
Result<Id> tag_id(sql::Tx&, Id id_if_new, std::string_view folded, std::string_view display);
Result<std::optional<Id>> find_tag(sql::Tx&, std::string_view folded);
Result<> add_tag(sql::Tx&, Id post, Id tag);
Result<> clear_tags(sql::Tx&, Id post);
struct TagRow {
    Id post_id;
    std::string name, display;
};
Result<std::vector<TagRow>> tags_of(sql::Tx&, std::span<const Id> posts);
// As displayed, those that begin with `folded`, shortest first.
Result<std::vector<std::string>> search_tags(sql::Tx&, std::string_view folded, int limit,
                                             int offset);

Result<> add_attachment(sql::Tx&, Id post, int position, const model::Attachment&);
Result<> clear_attachments(sql::Tx&, Id post);
struct AttachmentRow {
    Id post_id;
    model::Attachment attachment;
};
Result<std::vector<AttachmentRow>> attachments_of(sql::Tx&, std::span<const Id> posts);

Result<> put_poll(sql::Tx&, Id post, const model::Poll&);  // replaces; votes stay
Result<> remove_poll(sql::Tx&, Id post);                   // with all votes
struct PollRow {
    Id post_id;
    model::Poll poll;
};
Result<std::vector<PollRow>> polls_of(sql::Tx&, std::span<const Id> posts);

Result<> add_edit(sql::Tx&, const model::PostEdit&);
Result<std::vector<model::PostEdit>> edits_of(sql::Tx&, Id post);

Result<> pin(sql::Tx&, Id actor, Id post, TimeMs);
Result<> unpin(sql::Tx&, Id actor, Id post);
Result<std::vector<Id>> pinned_by(sql::Tx&, Id actor);  // newest pin first
Result<std::vector<Id>> pinned_among(sql::Tx&, Id actor, std::span<const Id> posts);

struct Tombstone {
    std::string ap_id, former_type, actor_ap_id;
    TimeMs deleted_at = 0;
};
Result<> add_tombstone(sql::Tx&, const Tombstone&);  // the first one stays
Result<std::optional<Tombstone>> find_tombstone(sql::Tx&, std::string_view ap_id);
Result<> remove_tombstone(sql::Tx&, std::string_view ap_id);

Result<std::optional<Id>> find_idempotent(sql::Tx&, Id user, std::string_view key,
                                          TimeMs not_before);
Result<> delete_idempotent_before(sql::Tx&, TimeMs);
Result<> put_idempotent(sql::Tx&, Id user, std::string_view key, Id post, TimeMs);

// Ids of an actor's own posts, newest first, below `max_id`; deleted ones left out.
Result<std::vector<Id>> post_ids_of(sql::Tx&, Id actor, Id max_id, int limit);
Result<std::int64_t> count_local_posts(sql::Tx&);

}  // namespace kith::repo
