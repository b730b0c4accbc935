#include "node/main/stream_voice.hpp"

#include "node/api/mastodon/announcement.hpp"
#include "node/api/mastodon/conversation.hpp"
#include "node/api/mastodon/notification.hpp"
#include "node/api/mastodon/status.hpp"

namespace kith {

std::string StreamVoice::status(const community::Viewer& viewer, const community::PostView& view) {
    return mastodon::status_json(context_, viewer, view);
}

std::string StreamVoice::notification(Id owner, const community::NotificationView& view) {
    json::Writer w;
    mastodon::write_notification(w, context_, owner, view);
    return w.take();
}

std::string StreamVoice::conversation(Id owner, const community::ConversationView& view) {
    json::Writer w;
    mastodon::write_conversation(w, context_, owner, view);
    return w.take();
}

std::string StreamVoice::announcement(Id announcement) {
    const auto view = community::announcement_by_id(context_, announcement);
    if (!view) return {};
    json::Writer w;
    mastodon::write_announcement(w, context_.urls, *view);
    return w.take();
}

bool StreamHandover::wants(const http::Head& head, http::ListenerTag) {
    constexpr std::string_view root = "/api/v1/streaming";
    return head.method == "GET" && head.path.starts_with(root) && head.path != "/api/v1/streaming/health" &&
           (head.path.size() == root.size() || head.path[root.size()] == '/');
}

void StreamHandover::take(int descriptor, std::string head, std::string rest) {
    server_.take(descriptor, std::move(head), std::move(rest));
}

}  // namespace kith
