#pragma once
#include "federation/vocab/objects.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/post.hpp"
#include "storage/sql/db.hpp"

namespace kith::delivery {

// What a post of ours says of the post that it quotes, in all spellings, with a line in the text
// for servers that know none of them; and who may quote it (FEP-044f, DRAFT; FEP-e232).
Result<> add_quote(sql::Tx&, const model::Post&, vocab::Post&);
Result<> add_quote_policy(sql::Tx&, const model::Post&, const model::Actor& author, vocab::Post&);

}  // namespace kith::delivery
