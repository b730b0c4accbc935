#pragma once
#include "node/http/exchange.hpp"
#include "storage/model/actor.hpp"

#include <string>
#include <string_view>

namespace kith::ap {

inline constexpr std::string_view activity_type = "application/activity+json; charset=utf-8";

// Whether caches on the way may keep an answer. What depends on who asks is for nobody else.
enum class Sharing { everyone, asker_only };

// What the answer depends on, also where it is an error.
void vary(http::Exchange&);

// An ActivityPub document, with what caches need to know.
Result<> answer_activity(http::Exchange&, std::string body, Sharing, int status = 200);

// 410 with a Tombstone (ActivityPub 6.4).
Result<> answer_tombstone(http::Exchange&, std::string_view id, std::string_view former_type, TimeMs deleted_at);

// Anybody may read this answer from any page's script, as WebFinger asks (RFC 7033 5).
void allow_any_origin(http::Exchange&);

// For what changes rarely and is asked for often: WebFinger, host-meta, where NodeInfo is.
void allow_caching(http::Exchange&);

// "Person", "Group" …
std::string_view type_name(model::ActorKind);

// The one error for what is not there and what is not for this viewer.
Failure not_found();

}  // namespace kith::ap
