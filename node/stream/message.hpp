#pragma once
#include "node/stream/listeners.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kith::stream {

// One event in the two forms that it goes out in, made once for all who get it.
struct Message {
    std::string web_socket;  // {"stream":…,"event":…,"payload":"…"}
    std::string sent_event;  // event: …\ndata: …\n\n
};
using SharedMessage = std::shared_ptr<const Message>;

// `payload` is JSON or an id; empty: the event says it all.
SharedMessage make_message(const Channel&, std::string_view event, std::string_view payload);

// The feed's side of the sockets; any thread.
class Outlet {
public:
    virtual ~Outlet() = default;
    virtual void send(std::vector<SessionId> to, SharedMessage) = 0;
    // Whose token is good no more.
    virtual void cut_off(std::vector<SessionId>) = 0;
};

}  // namespace kith::stream
