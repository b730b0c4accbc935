#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::model {

enum class LinkKind { link = 0, photo = 1, video = 2 };

// A page that posts link to, and what it says about itself. All texts are plain, but for `html`.
struct Link {
    Id id = 0;
    std::string url;
    LinkKind kind = LinkKind::link;
    std::string title, description;
    std::string language;               // BCP 47, or ""
    std::string author_name, author_url;
    std::optional<Id> author_id;        // who is named as the author, and lets the page's host do so
    std::string provider_name, provider_url;
    std::string html;                   // of a video: its player, made here
    std::int64_t width = 0, height = 0; // of the image or the player, in pixels; 0 = not said
    std::string image_url, image_description, image_blurhash;
    std::string embed_url;              // of a photo: itself
    std::optional<TimeMs> published_at;
};

// What a person's page shows, and which sites may name them as their author.
struct ProfileSettings {
    bool show_media = true, show_media_replies = true, show_featured = true;
    std::vector<std::string> attribution_domains;
    int quote_audience = 1;  // who may quote their posts, where one does not say: Audience, else everybody
};

}  // namespace kith::model
