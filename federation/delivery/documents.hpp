#pragma once
#include "base/core/result.hpp"
#include "config/config.hpp"
#include "config/urls.hpp"
#include "federation/vocab/objects.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/group_profile.hpp"
#include "storage/model/post.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <vector>

// What we say of our own people, groups and posts, from the state of now: for the activities that
// are sent and for the documents that are served.
namespace kith::delivery {

// Person, Group or Application with its public keys (FEP-521a) and collections (FEP-1b12).
Result<vocab::Actor> actor_document(sql::Tx&, const Urls&, const Config&, const model::Actor&);

// Whom a post is addressed to. After a post was deleted it is still the same.
struct Addressing {
    std::vector<std::string> to, cc;  // ids (AP 6)
    std::vector<model::Actor> named;  // the audience, the group, and who is answered openly
    std::optional<model::Actor> group;
    std::optional<model::Post> parent;
};
// public: to Public, cc followers and those named; unlisted: the two collections change places;
// followers: to them, cc those named; direct: to those named. In a group: to the group and Public
// (for its members only: to the group and its followers), the rest in cc.
Result<Addressing> addressing_of(sql::Tx&, const model::Post&, const model::Actor& author);

// Note, Page, Article … with mentions (the group's too), audience, context, source and attachments.
Result<vocab::Post> post_document(sql::Tx&, const Urls&, const model::Post&);

// "Note", "Page" …: the formerType of its Tombstone.
std::string post_type_name(model::PostKind);

vocab::Tag tag_document(const model::GroupTag&);

}  // namespace kith::delivery
