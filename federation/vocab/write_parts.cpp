#include "federation/vocab/write_parts.hpp"

namespace kith::vocab {

void write_context(json::Writer& w, Context context, std::string_view context_json) {
    if (context == Context::with) w.key("@context").raw(context_json);
}

void write_time(json::Writer& w, std::string_view name, const std::optional<TimeMs>& time) {
    if (time) w.member(name, format_iso8601(*time));
}

void write_ids(json::Writer& w, std::string_view name, const std::vector<std::string>& ids) {
    w.key(name).array();
    for (const auto& id : ids) w.value(id);
    w.end();
}

void write_image(json::Writer& w, std::string_view name, const std::optional<Image>& image) {
    if (!image) return;
    w.key(name).object().member("type", "Image");
    w.member_unless_empty("mediaType", image->media_type);
    w.member("url", image->url);
    w.member_unless_empty("name", image->description);
    w.member_unless_empty("summary", image->description);
    w.end();
}

}  // namespace kith::vocab
