#pragma once
#include "base/json/writer.hpp"
#include "node/community/context.hpp"
#include "node/community/relations.hpp"
#include "storage/model/actor.hpp"

#include <span>
#include <string>

namespace kith::mastodon {

// Account (Mastodon: entities/Account).
void write_account(json::Writer&, const community::Context&, const model::Actor&);
std::string account_json(const community::Context&, const model::Actor&);
// An array of Account.
std::string accounts_json(const community::Context&, std::span<const model::Actor>);

// PartialAccountWithAvatar: what a row of faces needs (methods/grouped_notifications).
void write_partial_account(json::Writer&, const community::Context&, const model::Actor&);

// CredentialAccount: what only its owner sees of an account.
std::string credential_account_json(const community::Context&, const model::Actor&,
                                    const model::User&, std::size_t follow_requests);

// Relationship.
void write_relationship(json::Writer&, const community::Relationship&);

}  // namespace kith::mastodon
