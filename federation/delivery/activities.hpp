#pragma once
#include "base/core/result.hpp"
#include "federation/delivery/audience.hpp"
#include "federation/delivery/context.hpp"
#include "storage/model/event.hpp"

#include <string>
#include <vector>

namespace kith::delivery {

// An activity as it will go out, and to whom.
struct Outgoing {
    Id signer_id = 0;   // the local actor that signs its requests
    std::string ap_id;  // follows from the event, so that an event that is taken up again makes no
                        // second one
    std::string type;
    std::string body;
    Audience audience;
    bool proven = false;  // the body has its integrity proof
};

// What follows from an event, from the state of now, in the order in which it goes out, each with a
// proof of its actor (proofs.hpp). Nothing
// where the event means nothing any more (the post was deleted, the follow undone meanwhile) or
// concerns only people here.
Result<std::vector<Outgoing>> activities_for(sql::Tx&, const Context&, const model::Event&);

}  // namespace kith::delivery
