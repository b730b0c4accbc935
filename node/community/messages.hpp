#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"

// Direct posts one by one, as apps for messages between two people list them.
namespace kith::community {

struct Message {
    PostView view;
    bool read = true;                     // what others sent, up to the member's mark
    std::optional<Id> notification_id;    // which told of it
};
// What the member sent and got, newest first.
Result<Page<Message>> messages(Context&, Id member, const PageRequest&);
// Code::not_found for what is no message of the member's.
Result<Message> message(Context&, Id member, Id post);

}  // namespace kith::community
