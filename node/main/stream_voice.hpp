#pragma once
#include "node/community/context.hpp"
#include "node/http/front.hpp"
#include "node/stream/server.hpp"
#include "node/stream/voice.hpp"

namespace kith {

// Streams speak the client API's JSON.
class StreamVoice final : public stream::Voice {
public:
    explicit StreamVoice(community::Context& context) : context_(context) {}
    std::string status(const community::Viewer&, const community::PostView&) override;
    std::string notification(Id owner, const community::NotificationView&) override;
    std::string conversation(Id owner, const community::ConversationView&) override;
    std::string announcement(Id announcement) override;

private:
    community::Context& context_;
};

// Streams come by the same port as everything else.
class StreamHandover final : public http::Handover {
public:
    explicit StreamHandover(stream::Server& server) : server_(server) {}
    bool wants(const http::Head&, http::ListenerTag) override;
    void take(int descriptor, std::string head, std::string rest) override;

private:
    stream::Server& server_;
};

}  // namespace kith
