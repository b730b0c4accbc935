#pragma once
#include "node/community/conversations.hpp"
#include "node/community/notifications.hpp"
#include "node/community/posts.hpp"

#include <string>

namespace kith::stream {

// How what is streamed is written: the client API's own JSON. node/main puts it behind this.
class Voice {
public:
    virtual ~Voice() = default;
    virtual std::string status(const community::Viewer&, const community::PostView&) = 0;
    virtual std::string notification(Id owner, const community::NotificationView&) = 0;
    virtual std::string conversation(Id owner, const community::ConversationView&) = 0;
    // "" where it is there no more. As somebody who has not read it sees it.
    virtual std::string announcement(Id announcement) = 0;
};

}  // namespace kith::stream
