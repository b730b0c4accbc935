#pragma once
#include "federation/vocab/objects.hpp"
#include "node/community/context.hpp"
#include "storage/model/gathering.hpp"
#include "storage/model/post.hpp"

// What peers say about their events (FEP-8a8e, DRAFT; Mobilizon, Gancio, WordPress).
namespace kith::community {

// An Event's time, place and answers as they are kept: bounded, plain text. Who says nothing of joining is not asked.
model::Gathering gathering_from(const vocab::Gathering&);
Result<> store_remote_gathering(sql::Tx&, Id post_id, const vocab::Post&);
// How many come, which is no edit.
Result<> take_attendees(sql::Tx&, Id post_id, const vocab::Post&);
// An edit: who comes from here is told where time, place or status changed.
Result<> take_edited_gathering(sql::Tx&, const Context&, const model::Post&, const vocab::Post&);

}  // namespace kith::community
