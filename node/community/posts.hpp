#pragma once
#include "node/community/context.hpp"
#include "node/community/gathering_steps.hpp"
#include "node/community/media.hpp"
#include "node/community/polls.hpp"
#include "node/community/visibility.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/filter.hpp"
#include "storage/model/link.hpp"
#include "node/community/quote_steps.hpp"
#include "storage/model/post.hpp"
#include "storage/model/quote.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kith::community {

struct NewPost {
    std::string text;                         // as typed
    std::string content_type = "text/plain";  // or text/markdown
    std::string summary;                      // content warning
    std::string title;                        // of a group's thread; else the first line
    std::string link;                         // of a group's thread that is about a page
    bool sensitive = false;
    model::Visibility visibility = model::Visibility::public_;
    std::optional<Id> in_reply_to_id;
    std::optional<Id> group_id;  // else found from a mention of a group, or the parent's group
    std::string language;
    std::optional<NewPoll> poll;
    std::optional<GatheringChange> gathering;  // what makes it an event, with a title
    std::string idempotency_key;  // the same key within an hour gives the same post
    Id app_id = 0;
    std::optional<Id> quoted_id;
    std::optional<int> quote_audience;  // who may quote it (model::Audience); else everybody
    std::vector<Id> media_ids;          // uploads of the author; with them the text may be empty
    std::vector<Id> group_tags;         // of a group's thread
    // A message to the one whom it names first: other names in it stay text, and nobody else gets it.
    bool to_first_named = false;
};

// All that happens when a person posts, up to the events: scope, validation, rendering, one
// transaction with post, audience, mentions, tags, own timeline, home rows, notifications,
// counters. Mentions of accounts not known here are left as text; `resolve_mentions` in discovery
// comes first. Code::unprocessable (empty, too long, a poll that cannot be), Code::not_found (parent not
// visible), Code::forbidden (blocked by the parent's author; the group's posting policy).
Result<model::Post> create_post(Context&, Id author_id, const NewPost&);
// The same as a step of something greater, where who posts was asked before.
Result<model::Post> create_post_within(sql::Tx&, const Context&, Id author_id, const NewPost&);

struct PostChange {
    std::string text, summary;
    std::optional<bool> sensitive;
    std::optional<std::string> language;
    std::optional<int> quote_audience;
    std::optional<std::vector<Id>> media_ids;  // all pictures that it has from now on
    std::vector<std::pair<Id, PictureText>> media_texts;
    std::optional<std::string> title, link;  // of a group's thread
    std::optional<std::vector<Id>> group_tags;  // likewise: all that it has from now on
    std::optional<GatheringChange> gathering;   // of an event
    struct Poll {
        std::optional<NewPoll> all;  // that it has from now on
    };
    std::optional<Poll> poll;  // where nothing is said of it, it stays
};
Result<model::Post> edit_post(Context&, Id author_id, Id post_id, const PostChange&);
// Code::unprocessable for a text that is longer than a post may be, by the rule of counted_length().
Result<> validate_length(const Context&, std::string_view text, std::string_view summary);
// By its author, or by a moderator of the local group it was posted to. Gives the post as it was.
enum class FilesOfDeleted { deleted, given_back };  // given back: to be used in another post of the author's
Result<model::Post> delete_post(Context&, Id actor_id, Id post_id, FilesOfDeleted files = FilesOfDeleted::deleted);

Result<model::Post> visible_post(Context&, const Viewer&,
                                 Id post_id);  // Code::not_found for all else
Result<model::Post> visible_post(Context&, const Viewer&, std::string_view ap_id);

Result<> pin_post(Context&, Id actor_id, Id post_id);
Result<> unpin_post(Context&, Id actor_id, Id post_id);

struct PostView;

// What the page says to which a post links.
struct Card {
    model::Link link;
    std::optional<model::Actor> author;  // who is named there, and agrees
};

// What a post quotes, as one viewer is shown it.
struct QuoteView {
    enum class State { pending, accepted, rejected, revoked, deleted, unauthorized, blocked } state;
    std::optional<Id> quoted_id;         // only where it may be shown
    std::optional<TimeMs> muted_until;   // of its author by the viewer
    // The quoted post. Of a post that is itself shown as quoted there is only the id.
    std::shared_ptr<const PostView> post;
};

// A post with everything around it that a page or an API answer shows.
struct PostView {
    model::Post post;
    model::Actor author;
    std::optional<model::Actor> group;
    struct Mentioned {
        model::Actor actor;
        std::string name;
    };
    std::vector<Mentioned> mentions;
    std::vector<std::string> tags;  // as displayed, without #
    std::vector<model::Attachment> attachments;
    std::optional<model::Poll> poll;
    std::vector<int> own_votes;  // of the viewer: positions of options
    // When and where it is stands also at the beginning of post.content, for all who show posts.
    std::optional<model::Gathering> gathering;
    std::optional<model::RsvpState> rsvp;  // of the viewer
    struct Emoji {
        std::string shortcode, url;
    };
    std::vector<Emoji> emojis;
    // How many react with an emoji (FEP-c0e0), the most used first.
    struct EmojiCount {
        std::string name, url;  // ":shortcode:" and its picture where it is a custom one
        std::int64_t count = 0;
        bool mine = false;
    };
    std::vector<EmojiCount> emoji_counts;
    std::string app_name, app_website;
    // Of the viewer; false without one.
    bool favourited = false, boosted = false, pinned = false, muted = false, bookmarked = false;
    std::optional<model::ReactionKind> reaction;
    // The viewer's filters that the post meets; which of them hold now is for who shows it to ask.
    struct FilterMatch {
        std::shared_ptr<const model::Filter> filter;
        std::vector<std::string> keywords;  // of it, as written
        bool by_post = false;               // the post itself is in the filter
    };
    std::vector<FilterMatch> filtered;
    // In a group: the comment that answers this thread, whether this one does, and the reason for which it is shown
    // folded (which may be empty).
    std::optional<Id> answer;
    bool is_answer = false;
    std::optional<std::string> folded;
    // Set where this is an entry "X boosted" or "group G shows": the wrapper's id, actor and time.
    struct Wrapper {
        Id id = 0;
        model::Actor actor;
        TimeMs created_at = 0;
        std::string ap_id;
        model::Visibility visibility = model::Visibility::public_;
    };
    std::optional<Wrapper> boost;
    std::optional<Card> card;
    std::optional<QuoteView> quote;
    std::int64_t quotes_count = 0;
    model::InteractionRule quote_rule;                   // who may quote it …
    Permission may_quote = Permission::denied;           // … and whether the viewer may
};

// One row of a timeline: `id` is what it pages by.
struct Entry {
    Id id = 0;
    Id post_id = 0;
    std::optional<Id> boost_id;  // a person's boost
    std::optional<Id> group_id;  // a group's entry
};

// Loads what the entries name, in their order and with a fixed number of statements however many
// there are; entries that the viewer may not see (any more) are left out.
Result<std::vector<PostView>> load_views(sql::Tx&, const Viewer&, std::span<const Entry>);
Result<PostView> load_view(Context&, const Viewer&, Id post_id);

struct ThreadView {
    std::vector<PostView> ancestors;    // root first
    std::vector<PostView> descendants;  // depth first, siblings by id
};
// Everything visible above and below; nobody sees at most 40 ancestors and 60 descendants.
Result<ThreadView> thread_of(Context&, const Viewer&, Id post_id);

Result<std::vector<model::PostEdit>> history_of(Context&, const Viewer&,
                                                Id post_id);  // oldest first, with the present one

}  // namespace kith::community
