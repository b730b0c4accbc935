#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::model {

// Numbers are stored; a released one never changes its meaning.
enum class ActorKind { person = 0, group = 1, application = 2, service = 3, organization = 4 };

enum class UserRole { member = 0, moderator = 1, admin = 2 };

// Whoever can act: a local or remote person, a group, a node's own application actor.
struct Actor {
    Id id = 0;
    ActorKind kind = ActorKind::person;
    bool local = false;
    std::string username;   // as written by its owner; compared case-folded
    std::string host;       // "" for local actors, else host[:port], normalised
    std::string name;       // display name; of a group its title
    std::string summary;    // sanitised HTML
    std::string source;     // local: the text the summary was made from
    std::string ap_id, url;
    std::string inbox, shared_inbox, outbox, followers_url, following_url, featured_url;
    std::string moderators_url;   // groups: attributedTo (FEP-1b12)
    std::string avatar_url, header_url;   // remote images by URL; empty = the default image
    bool locked = false;          // follows need approval
    bool bot = false;
    std::optional<bool> discoverable, indexable;
    std::string fields;           // JSON array of {name, value(HTML), verified_at?}
    std::string also_known_as;    // JSON array of ids
    std::string emojis = "[]";    // JSON array of {shortcode, url}: custom emoji in name and profile
    std::string moved_to;
    std::int64_t followers_count = 0, following_count = 0, posts_count = 0;
    TimeMs created_at = 0;        // here, for local ones; `published` for remote ones
    TimeMs updated_at = 0;
    TimeMs fetched_at = 0;        // remote: when the document was last read
    std::optional<TimeMs> last_post_at, suspended_at, deleted_at;
    std::string avatar_description, header_description;  // alt texts, plain
    bool silenced = false;        // by moderators here, or with its host: only followers hear it
    bool sensitized = false;      // by moderators here: all its media are shown as sensitive
    bool media_rejected = false;  // by what is said about its host: neither its pictures nor those it posts
    UserRole role = UserRole::member;  // local people: what they may do here, shown on their profile

    bool is_group() const { return kind == ActorKind::group; }
    // Where to send something for this actor together with its neighbours (AP 7.1.3).
    const std::string& delivery_inbox() const { return shared_inbox.empty() ? inbox : shared_inbox; }
};

enum class KeyAlgorithm { rsa = 0, ed25519 = 1 };

// A key by its id as it stands in signatures. Private only for local actors.
struct ActorKey {
    std::string key_id;
    Id actor_id = 0;
    KeyAlgorithm algorithm = KeyAlgorithm::rsa;
    std::string public_pem;
    std::string private_pem;
    TimeMs fetched_at = 0;
};

// A local person's account: what signs in. The actor is what the world sees.
struct User {
    Id id = 0;
    Id actor_id = 0;
    std::string email;
    std::string password_hash;   // argon2id, encoded
    UserRole role = UserRole::member;
    TimeMs created_at = 0;
    std::optional<TimeMs> confirmed_at, last_seen_at, disabled_at;
    std::string default_visibility = "public";
    bool default_sensitive = false;
    std::string language;
};

struct Session {
    Id id = 0;
    Id user_id = 0;
    std::string token_hash;
    std::string csrf_token;
    TimeMs created_at = 0, last_used_at = 0, expires_at = 0;
    std::string user_agent;
};

enum class GroupRole { member = 0, greeter = 1, moderator = 2, owner = 3 };
enum class PostingPolicy { everyone = 0, members = 1, moderators = 2 };

// What only a local group has, beside its actor.
struct GroupSettings {
    Id group_id = 0;
    PostingPolicy posting = PostingPolicy::everyone;
    Id owner_id = 0;
    TimeMs created_at = 0;
};

// One actor in one local group. `left_at` set = was a member; a re-join keeps the first joined_at.
struct Membership {
    Id group_id = 0, actor_id = 0;
    GroupRole role = GroupRole::member;
    TimeMs joined_at = 0;
    std::optional<TimeMs> left_at;
};

}  // namespace kith::model
