#pragma once
#include "base/core/clock.hpp"
#include "base/json/view.hpp"

#include <optional>
#include <string>
#include <vector>

// What we understand of ActivityStreams 2.0, as plain records. The reader (reader.hpp) fills them
// from the many shapes that peers send; the writer (writer.hpp) emits the one common form.
namespace kith::vocab {

inline constexpr std::string_view public_collection =
    "https://www.w3.org/ns/activitystreams#Public";

// feed: a collection of groups (Lemmy).
enum class ActorType { person, group, application, service, organization, feed };

// Where both texts are empty the actor only names the key: it is a document of its own.
struct Key {
    std::string id, owner;
    std::string public_key_pem;        // RSA (publicKey) …
    std::string public_key_multibase;  // … or a Multikey (FEP-521a)
};

struct Field {  // PropertyValue
    std::string name, value;
};

struct Image {
    std::string url, media_type, description;
};

enum class TagType { mention, hashtag, emoji, link, group_tag };

struct Tag {
    TagType type = TagType::mention;
    std::string href;
    std::string name;  // "@bob@b.example", a hashtag without #, an emoji without colons
    std::string icon_url, media_type;  // emoji
    std::string rel;                   // link (FEP-e232)
    std::optional<TimeMs> updated;     // emoji
    // Of a group_tag (Lemmy: CommunityPostTag), whose id is `href`: its name in the URL; what it is for;
    // and one of Lemmy's names for colours ("color01").
    std::string word, content, color;
};

struct Actor {
    std::string id;
    ActorType type = ActorType::person;
    std::string preferred_username, name, summary, summary_source;
    std::string url;  // the page for people
    std::string inbox, shared_inbox, outbox, followers, following, featured, featured_tags;
    std::string moderators;  // Group: attributedTo where it is a collection URL (FEP-1b12)
    std::optional<Image> icon, image;
    bool locked = false;  // manuallyApprovesFollowers
    bool bot = false;
    std::optional<bool> posting_restricted_to_mods;  // Group
    // Group and Feed, as Lemmy has them: a line about it; the languages that are spoken there; its labels
    // for posts. `archived` is our own.
    std::string brief;
    std::vector<std::string> languages;
    std::optional<bool> sensitive;
    bool archived = false;
    std::vector<Tag> group_tags;
    std::string owner;  // Feed: attributedTo
    std::optional<bool> discoverable, indexable;
    std::vector<Key> keys;
    std::vector<Field> fields;
    std::vector<Tag> emojis;  // that name, summary and fields use (FEP-9098)
    std::vector<std::string> also_known_as;
    std::string moved_to;
    std::string webfinger;  // FEP-2c59
    std::vector<std::string> attribution_domains;  // hosts whose pages may name it as author (toot:)
    std::optional<TimeMs> published, updated;
    bool suspended = false;
    bool verifies_rfc9421 = false;  // FEP-844e: signed requests to it may use RFC 9421
};

struct Attachment {
    std::string type = "Document";  // or Image, Video, Audio, Link
    std::string url, media_type, description, blurhash;
    std::string preview_url;  // a still of a Video, the cover of an Audio
    std::optional<std::int64_t> width, height;
    std::optional<double> focus_x, focus_y, duration_s;
};

struct PollOption {
    std::string title;
    std::int64_t votes = 0;
};

struct Poll {  // Question
    bool multiple = false;
    std::vector<PollOption> options;
    std::optional<TimeMs> end_time, closed;
    std::optional<std::int64_t> voters_count;
};

enum class GatheringStatus { scheduled, tentative, cancelled, postponed };
enum class JoinMode { free, restricted, external, none };

// What an Event says beside its text (FEP-8a8e, DRAFT; Mobilizon, Gancio, WordPress).
struct Gathering {
    std::optional<TimeMs> start, end;
    std::optional<bool> shows_end;  // displayEndTime
    int utc_offset_minutes = 0;     // in which its author wrote the start
    std::string time_zone;          // IANA
    std::string place, address;     // name, and address in one line
    std::optional<double> latitude, longitude;
    std::string place_url;          // where it is held online
    GatheringStatus status = GatheringStatus::scheduled;
    std::optional<JoinMode> join_mode;
    std::string participation_url;  // externalParticipationUrl
    std::optional<std::int64_t> capacity, attendees;
    std::string attendees_id;       // id of the collection: written only
    std::string organizer;          // Mobilizon's `actor`, where attributedTo is a group: read only
};

// Whose interaction is approved without asking and whose after being asked: ids of actors and
// collections (interactionPolicy).
struct Approval {
    std::vector<std::string> automatic, manual;
};

struct InteractionPolicy {
    std::optional<Approval> can_quote, can_like, can_reply, can_announce;
};

// The stamp by which an author approves that a post of theirs is quoted (FEP-044f).
struct QuoteAuthorization {
    std::string id, attributed_to;
    std::string interacting_object;  // the quoting post
    std::string interaction_target;  // the quoted post
};

enum class PostType { note, article, page, question, event, video, image, audio, chat_message };

// Note, Page, Article, Question … : anything a person reads as a post.
struct Post {
    std::string id;
    PostType type = PostType::note;
    std::string attributed_to;  // one actor id; of PeerTube's array the Person
    // Ids; public_collection in whatever spelling is that one. bto and bcc are read into them and
    // never written (AP 6).
    std::vector<std::string> to, cc;
    std::string audience;  // the group (FEP-1b12)
    std::string in_reply_to, context, conversation, url;
    std::string name;     // title, plain text
    std::string content;  // HTML as it came: sanitised where it is stored
    std::string content_source, content_source_type;  // "text/markdown"
    std::string summary;  // content warning; "" where a Page's summary is a preview
    std::string language;
    bool sensitive = false;
    bool distinguished = false;  // a comment by which a moderator speaks as one (Lemmy)
    std::optional<TimeMs> published, updated;
    std::vector<Tag> tags;
    std::vector<Attachment> attachments;
    std::optional<Poll> poll;
    std::optional<Gathering> gathering;  // of an Event
    std::string link_url;                // a link post's target (Lemmy: attachment Link)
    std::string accepted_answer;         // id of the comment that is a thread's answer (schema.org)
    std::string replies, likes, shares;  // ids of the collections, where they are named
    std::string quote;                   // id of the quoted post, in whichever member it came
    std::string quote_authorization;     // id of the stamp; what it says stands at its origin
    InteractionPolicy policy;
};

enum class ActivityType {
    create,
    update,
    delete_,
    follow,
    accept,
    reject,
    undo,
    like,
    dislike,
    announce,
    block,
    flag,
    add,
    remove,
    move,
    other
};

// An activity with whatever its object is. `object` views the Document that the activity was read
// from, so it lives no longer than that.
struct Activity {
    std::string id;
    ActivityType type = ActivityType::other;
    std::string type_name;            // as it came, for `other` and for logs
    std::string actor;                // one actor id
    json::View object;                // absent, a string, an object; of an array the first
    std::vector<json::View> objects;  // all of them (Flag, votes): each is to be judged alone
    std::string object_id;            // its id, or the string itself; "" where it has none
    std::string object_type;          // where it is embedded
    std::string target;               // id
    std::string target_owner;         // where it is embedded: attributedTo (FEP-171b)
    std::string result;               // id: of an Accept, the stamp (FEP-044f)
    json::View instrument;            // of a QuoteRequest, the quoting post
    std::vector<std::string> to, cc;
    std::string audience;
    std::string content;  // of a Like: an emoji
    std::vector<Tag> emojis;  // of a Like or EmojiReact (FEP-c0e0)
    std::string summary;  // of a Delete or Block: the reason
    bool remove_data = false;  // of a Block by a group: what they posted goes, too
    bool restore_data = false;  // of an Undo of that: what went with it comes back (Lemmy)
    std::optional<TimeMs> published, updated, end_time;
};

}  // namespace kith::vocab
