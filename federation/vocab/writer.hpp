#pragma once
#include "base/json/writer.hpp"
#include "federation/vocab/objects.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The strict writer: the one form of each document that kith emits. Every text here has a golden
// file in tests/data/golden and is parsed back by another implementation.
namespace kith::vocab {

enum class Context { with, without };  // @context: once, at the top

// Person, Group, Application with both keys, endpoints, collections (FEP-1b12, 521a, 5feb, 2c59).
std::string write_actor(const Actor&);
void write_post(json::Writer&, const Post&, Context);
std::string write_post(const Post&);

// The relation by which a Link tag names the quoted post (FEP-e232).
inline constexpr std::string_view quote_rel = "https://misskey-hub.net/ns#_misskey_quote";

// A CommunityPostTag as a document of its own (Lemmy).
std::string write_group_tag_document(const Tag&);

// FEP-044f (DRAFT): names its parts, embeds none.
std::string write_quote_authorization(const QuoteAuthorization&);

// What the context of an activity must explain, beside posts.
enum class Terms { usual, emoji_reaction, moderation, gathering, threads, appeal };
Terms terms_of(const Post&);  // of an activity that embeds it

// The members of an activity that kith emits; the object is an id or JSON text written before.
struct ActivityToWrite {
    std::string id;
    std::string type;  // "Create", "Announce" …
    std::string actor;
    std::string object_id;    // either this …
    std::string object_json;  // … or this, embedded as it is
    std::string target, origin;
    std::string instrument_json;  // of a QuoteRequest: the quoting post, embedded, or its id as JSON
    std::string result;           // of an Accept of one: the stamp
    std::vector<std::string> to, cc;
    std::string audience;
    std::string summary;
    std::optional<TimeMs> published;
    std::optional<TimeMs> end_time;  // of a Block
    bool remove_data = false;        // likewise, by a group
    bool restore_data = false;       // of an Undo of that
    std::string content;             // of a Flag: the comment, plain text; of an EmojiReact: the emoji
    Terms terms = Terms::usual;
};
// Without its context it is the object of an Undo, Accept or Reject.
std::string write_activity(const ActivityToWrite&, Context = Context::with);

// {"id","type":"Tombstone","formerType","deleted"} (AP 6.4): the body of a 410 and, without its
// context, the object of a Delete.
std::string write_tombstone(std::string_view id, std::string_view former_type, TimeMs deleted_at,
                            Context = Context::with);

// OrderedCollection with only its size (followers: totals, not names), or with its pages.
struct CollectionToWrite {
    std::string id;
    bool ordered = true;
    std::int64_t total_items = 0;
    std::string first, last;                        // URLs of pages
    std::optional<std::vector<std::string>> items;  // JSON values, in place of pages
};
std::string write_collection(const CollectionToWrite&);

struct PageToWrite {
    std::string id, part_of, next, prev;
    std::optional<std::int64_t> total_items;
    std::vector<std::string> items;  // JSON values
    bool ordered = true;
};
std::string write_collection_page(const PageToWrite&);

}  // namespace kith::vocab
