#include "node/push/letter.hpp"

#include "base/html/to_text.hpp"
#include "base/json/writer.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/push.hpp"

namespace kith::push {

using community::NotificationView;
using model::NotificationKind;

namespace {

std::string title_of(const NotificationView& view) {
    const auto& name = view.from.name.empty() ? view.from.username : view.from.name;
    switch (view.notification.kind) {
        case NotificationKind::mention:
            return name + " mentioned you";
        case NotificationKind::reblog:
            return name + " boosted your post";
        case NotificationKind::favourite:
            return name + " liked your post";
        case NotificationKind::follow:
            return name + " follows you now";
        case NotificationKind::follow_request:
            return name + " asks to follow you";
        case NotificationKind::poll:
            return "A poll has ended";
        case NotificationKind::update:
            return name + " edited a post";
        case NotificationKind::status:
            return name + " posted";
        case NotificationKind::quote:
            return name + " quoted your post";
        case NotificationKind::quoted_update:
            return name + " edited a post that you quoted";
        case NotificationKind::admin_report:
            return name + " sent a report";
        case NotificationKind::admin_sign_up:
            return name + " signed up";
        case NotificationKind::moved:
            return name + " has moved";
        case NotificationKind::moderation_warning:
            return "The moderators of " + name + " did something that concerns you";
        case NotificationKind::answer_chosen:
            return name + " chose your comment as the answer";
        case NotificationKind::severed_relationships:
            return "You lost followers or people whom you follow";
        case NotificationKind::added_to_collection:
            return name + " added you to a collection";
        case NotificationKind::gathering_changed:
            return "An event of " + name + " changed, or your answer to it";
        case NotificationKind::gathering_asked:
            return name + " asks to come to your event";
        case NotificationKind::collection_update:
            return name + " changed a collection that you are in";
    }
    return name;
}

// What stands behind a warning stays there.
std::string words_of(const NotificationView& view) {
    if (view.collection) return view.collection->collection.name;
    if (!view.post) return html::to_text(view.from.summary);
    return view.post->post.summary.empty() ? html::to_text(view.post->post.content) : view.post->post.summary;
}

std::string shortened(const std::string& text) {
    const auto cut = utf8::truncate(text, limits::push_text_characters_max);
    return cut.size() == text.size() ? text : std::string(cut) + "…";
}

}  // namespace

std::string letter(const community::Context& context, const NotificationView& view, std::string_view type,
                   std::string_view language) {
    const auto& avatar = view.from.avatar_url;
    json::Writer w;
    w.object().member("access_token", "").member("preferred_locale", language.empty() ? "en" : language);
    w.member("notification_id", std::to_string(view.notification.id)).member("notification_type", type);
    w.member("icon", avatar.empty() ? context.urls.default_avatar() : context.urls.file(avatar));
    w.member("title", title_of(view)).member("body", shortened(words_of(view))).end();
    return w.take();
}

}  // namespace kith::push
