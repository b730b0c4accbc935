#include <string>
#include <vector>

#include "federation/vocab/names.hpp"
#include "federation/vocab/write_parts.hpp"

namespace kith::vocab {
namespace {

std::string tag_name(const Tag& tag) {
    if (tag.type == TagType::hashtag && !tag.name.starts_with('#')) return "#" + tag.name;
    if (tag.type == TagType::emoji && !tag.name.starts_with(':')) return ":" + tag.name + ":";
    return tag.name;
}

void write_tag(json::Writer& w, const Tag& tag) {
    if (tag.type == TagType::group_tag) return write_group_tag(w, tag);
    w.object().member("type", name_of(tag.type, tag_names));
    // FEP-9098: an emoji has an id.
    w.member_unless_empty(tag.type == TagType::emoji ? "id" : "href", tag.href);
    w.member_unless_empty("name", tag_name(tag));
    if (tag.type == TagType::link) {
        w.member_unless_empty("mediaType", tag.media_type);
        w.member_unless_empty("rel", tag.rel);
    }
    if (tag.type == TagType::emoji) write_image(w, "icon", Image{tag.icon_url, tag.media_type, {}});
    w.end();
}

}  // namespace

void write_tags(json::Writer& w, const std::vector<Tag>& tags) {
    if (tags.empty()) return;
    w.key("tag").array();
    for (const auto& tag : tags) write_tag(w, tag);
    w.end();
}

}  // namespace kith::vocab
