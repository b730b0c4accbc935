#pragma once
#include "federation/vocab/objects.hpp"
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/post.hpp"
#include "storage/model/quote.hpp"

#include <optional>

namespace kith::community {

// What comes of it when somebody would quote a post, or answer, like or boost it.
enum class Permission { automatic, manual, denied, unknown };

// By the post's rule, who follows whom, and blocks. A post without a rule: ours may be quoted by
// all, another server's by nobody, since servers that know consent say so (FEP-044f); everything
// else is free. What is not open to all is quoted by its author only.
Result<Permission> permission_of(sql::Tx&, const model::Post&, Id actor, model::Interaction);
// Code::forbidden where the author allows nobody to do it, not even after asking. Whoever is named
// in the post may always answer (GoToSocial).
Result<> may_interact(sql::Tx&, const model::Post&, Id actor, model::Interaction);

// What a remote post says of itself; takes away what it does not say any more.
Result<> store_rules(sql::Tx&, const model::Post&, const model::Actor& author,
                     const vocab::InteractionPolicy&);

// The author of the quoted post says yes: the quote is accepted, with a stamp of ours, and the
// author is told of it.
Result<> approve_quote(sql::Tx&, const Context&, model::Quote&, const model::Post& quoting);

// Local people who quoted a post are told that it was edited.
Result<> notify_quoters(sql::Tx&, const Context&, const model::Post& quoted);

}  // namespace kith::community
