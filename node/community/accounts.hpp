#pragma once
#include "node/community/context.hpp"
#include "node/community/visibility.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/link.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::community {

struct NewPerson {
    std::string name;  // [A-Za-z0-9_]+, at most limits::username_characters_max
    std::string email, password;
    model::UserRole role = model::UserRole::member;
    std::string language;
    bool waiting = false;  // to be let in: it can do nothing, and its actor is hidden
};

// Creates the actor with both keys (from the key pool) and the account that signs in.
// Code::unprocessable: a name or e-mail that is not one, a password too short, a name in use or
// once used (names are never given again).
Result<model::User> create_person(Context&, const NewPerson&);

// The account by e-mail or name and password; Code::unauthorized otherwise, in the same time
// whether the account exists or not.
Result<model::User> sign_in(Context&, std::string_view email_or_name, std::string_view password);

Result<> set_password(Context&, std::string_view name,
                      std::string_view password);  // ends all sessions and tokens
Result<> suspend_person(
    Context&, std::string_view name);  // nothing of theirs is shown; sessions and tokens end
Result<> unsuspend_person(Context&, std::string_view name);
Result<> delete_person(Context&,
                       std::string_view name);  // Delete(actor) to all peers; the name stays taken
Result<> flag_bot(Context&, std::string_view acct, bool bot);

struct ProfileChange {
    std::optional<std::string> display_name, note;
    std::optional<bool> locked, bot, discoverable, indexable;
    std::optional<std::vector<std::pair<std::string, std::string>>> fields;
    std::optional<std::string> default_visibility, language;
    std::optional<bool> default_sensitive;
    std::optional<std::string> avatar_description, header_description;
    std::optional<bool> show_media, show_media_replies, show_featured;
    std::optional<std::vector<std::string>> attribution_domains;  // hosts that may name the person as author
    std::optional<int> quote_audience;                            // model::Audience
};
Result<model::Actor> update_profile(Context&, Id actor_id, const ProfileChange&);
Result<model::ProfileSettings> profile_settings(Context&, Id actor_id);

// Code::not_found for unknown, deleted and suspended ones (Code::gone for deleted local ones).
Result<model::Actor> actor_by_id(Context&, Id);
// The same, and who is suspended; not who waits to be let in.
Result<model::Actor> living_or_suspended(Context&, Id);
// "alice", "alice@here", "bob@example.org:8443"; only what is known here (discovery asks others).
Result<model::Actor> actor_by_acct(Context&, std::string_view acct);
Result<model::Actor> actor_by_ap_id(Context&, std::string_view ap_id);
Result<model::User> user_by_id(Context&, Id);
// The node's own Application actor; made at first start.
Result<model::Actor> instance_actor(Context&);

// "alice" here, "bob@example.org" elsewhere: what clients show and take.
std::string acct_of(const Context&, const model::Actor&);

}  // namespace kith::community
