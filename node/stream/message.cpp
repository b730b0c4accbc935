#include "node/stream/message.hpp"

namespace kith::stream {

SharedMessage make_message(const Channel& channel, std::string_view event, std::string_view payload) {
    auto message = std::make_shared<Message>();
    json::Writer w;
    w.object().key("stream");
    write_channel(w, channel);
    w.member("event", event);
    if (!payload.empty()) w.member("payload", payload);
    w.end();
    message->web_socket = w.take();
    // JSON has no line ends of its own, so one data line holds it. What has no payload says so in words.
    message->sent_event = "event: " + std::string(event) + "\ndata: " +
                          std::string(payload.empty() ? std::string_view("undefined") : payload) + "\n\n";
    return message;
}

}  // namespace kith::stream
