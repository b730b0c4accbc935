#include "federation/vocab/write_parts.hpp"

#include "federation/vocab/contexts.hpp"

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

void write_group_tag(json::Writer& w, const Tag& tag, Context context) {
    w.object();
    write_context(w, context, actor_context);
    w.member("type", "CommunityPostTag").member("id", tag.href).member("preferredUsername", tag.word);
    w.member_unless_empty("name", tag.name);
    w.member_unless_empty("content", tag.content);
    w.member_unless_empty("color", tag.color).end();
}

std::string write_group_tag_document(const Tag& tag) {
    json::Writer w;
    write_group_tag(w, tag, Context::with);
    return w.take();
}

}  // namespace kith::vocab
