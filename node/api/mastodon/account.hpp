#pragma once
#include "base/json/writer.hpp"
#include "node/community/context.hpp"
#include "node/community/relations.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/featured_tag.hpp"
#include "storage/model/link.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kith::mastodon {

// Account (Mastodon: entities/Account).
void write_account(json::Writer&, const community::Context&, const model::Actor&);
void write_muted_account(json::Writer&, const community::Context&, const model::Actor&, std::optional<TimeMs> until);
std::string account_json(const community::Context&, const model::Actor&);
// Of who is suspended: which account it is, and nothing of what its owner said (entities/Account, suspended).
std::string suspended_account_json(const community::Context&, const model::Actor&);
// An array of Account.
std::string accounts_json(const community::Context&, std::span<const model::Actor>);

// PartialAccountWithAvatar: what a row of faces needs (methods/grouped_notifications).
void write_partial_account(json::Writer&, const community::Context&, const model::Actor&);

// CredentialAccount: what only its owner sees of an account.
std::string credential_account_json(const community::Context&, const model::Actor&,
                                    const model::User&, std::size_t follow_requests,
                                    const model::ProfileSettings&);
// Profile: the same as its owner edits it (entities/Profile).
std::string profile_json(const community::Context&, const model::Actor&, const model::ProfileSettings&,
                         std::span<const model::FeaturedTag>);

// The member "role" (entities/Role).
void write_role(json::Writer&, model::UserRole);

// Relationship.
void write_relationship(json::Writer&, const community::Relationship&);

}  // namespace kith::mastodon
