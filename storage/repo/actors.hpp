#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Actors, local and remote, and their keys.
namespace kith::repo {

// For statements elsewhere in storage/repo that join an actor: its columns under alias `a`, in the
// order that actor_from() reads them starting at column `first`.
extern const std::string actor_columns;
inline constexpr std::size_t actor_column_count = 42;
model::Actor actor_from(const sql::Rows::Row&, std::size_t first = 0);

// Code::conflict where the ap_id, or a local name, is taken.
Result<> insert_actor(sql::Tx&, const model::Actor&, std::string_view username_folded);
// All that an actor document may change; never ids, counters, kind or locality.
Result<> update_actor(sql::Tx&, const model::Actor&);

Result<std::optional<model::Actor>> find_actor(sql::Tx&, Id);
Result<std::optional<model::Actor>> find_actor_by_ap_id(sql::Tx&, std::string_view ap_id);
// host "" = local. Of a person and a group with one remote name the person comes first.
Result<std::optional<model::Actor>> find_actor_by_name(sql::Tx&, std::string_view username_folded,
                                                       std::string_view host);
Result<std::optional<model::Actor>> find_actor_by_followers_url(sql::Tx&, std::string_view url);
// In no particular order; unknown ids are left out.
Result<std::vector<model::Actor>> actors_by_ids(sql::Tx&, std::span<const Id>);
// Accounts known here whose name starts with `folded` (and host with `host_prefix`), most followed
// first.
Result<std::vector<model::Actor>> search_actors(sql::Tx&, std::string_view folded,
                                                std::string_view host_prefix, int limit,
                                                int offset);

// Hosts of which an actor is known here, by name.
Result<std::vector<std::string>> known_hosts(sql::Tx&, int limit);
Result<std::int64_t> count_known_hosts(sql::Tx&);

enum class ActorCounter { followers, following, posts };
Result<> add_to_counter(sql::Tx&, Id actor, ActorCounter, int by);
// What a remote actor's own host counts; nothing counts less than what is known here.
struct OriginCounts {
    std::optional<std::int64_t> followers, following;
};
Result<> put_origin_counts(sql::Tx&, Id actor, const OriginCounts&);
Result<> set_last_post_at(sql::Tx&, Id actor, TimeMs);
Result<> set_suspended(sql::Tx&, Id actor, std::optional<TimeMs>);
Result<> mark_actor_deleted(sql::Tx&, Id actor, TimeMs);
Result<> set_fetched(sql::Tx&, Id actor, TimeMs);

Result<> put_key(sql::Tx&, const model::ActorKey&);
Result<> delete_keys_of(sql::Tx&, Id actor);
Result<std::optional<model::ActorKey>> find_key(sql::Tx&, std::string_view key_id);
Result<std::vector<model::ActorKey>> keys_of(sql::Tx&, Id actor);
// Local actors' keys without a private half, since before then.
Result<> delete_retired_keys(sql::Tx&, TimeMs before);
// Whoever has keys here and is not deleted.
Result<std::vector<Id>> local_actor_ids(sql::Tx&);

// Key pairs made ahead, because an RSA key takes a quarter of a second to make.
Result<> add_to_key_pool(sql::Tx&, Id id, const model::ActorKey&);
Result<std::optional<model::ActorKey>> take_from_key_pool(sql::Tx&, model::KeyAlgorithm);
Result<std::int64_t> key_pool_size(sql::Tx&, model::KeyAlgorithm);

}  // namespace kith::repo
