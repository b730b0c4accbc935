#include "base/text/emoji.hpp"
#include "base/text/strings.hpp"
#include "base/text/url.hpp"
#include "config/limits/vocab.hpp"
#include "federation/vocab/names.hpp"
#include "federation/vocab/post_parts.hpp"
#include "federation/vocab/reader.hpp"
#include "federation/vocab/shapes.hpp"

namespace kith::vocab {
namespace {

std::string tag_name(json::View from, TagType type) {
    auto name = text_of(from["name"], limits::vocab_name_bytes_max);
    if (type == TagType::hashtag && name.starts_with('#')) name.erase(0, 1);
    return type == TagType::emoji ? text::shortcode_of(name) : name;
}

std::string rel_of(json::View rel) {
    std::vector<std::string> words;
    for (json::View each : rel) words.push_back(word_of(each));
    return text::join(words, " ");
}

Tag read_tag(json::View from, TagType type) {
    Tag tag;
    tag.type = type;
    tag.href = normalize_id(from["href"].string_or({}));
    tag.name = tag_name(from, type);
    if (type == TagType::emoji) {
        if (const auto icon = image_of(from["icon"])) {
            tag.icon_url = icon->url;
            tag.media_type = icon->media_type;
        }
        tag.updated = time_of(from["updated"]);
    }
    if (type == TagType::group_tag) {
        tag.href = id_of(from);
        tag.word = word_of(from["preferredUsername"]);
        tag.content = text_of(from["content"], limits::vocab_text_bytes_max);
        tag.color = word_of(from["color"]);
    }
    if (type == TagType::link) {
        tag.media_type = word_of(from["mediaType"]);
        tag.rel = rel_of(from["rel"]);
    }
    return tag;
}

// Clients put it into HTML (FEP-9098, "Web client considerations").
bool is_picture_url(const std::string& url) {
    return url.find_first_of("<>\"'") == url.npos && Url::parse(url);
}

// Something to go by: a mention's href or name, a hashtag's name, an emoji's name and picture …
bool says_something(const Tag& tag) {
    switch (tag.type) {
        case TagType::mention:
            return !tag.href.empty() || !tag.name.empty();
        case TagType::hashtag:
            return !tag.name.empty();
        case TagType::emoji:
            return !tag.name.empty() && is_picture_url(tag.icon_url);
        case TagType::link:
        case TagType::group_tag:
            return !tag.href.empty();
    }
    return false;
}

}  // namespace

Result<std::vector<Tag>> read_tags(json::View property) {
    if (property.size() > limits::vocab_tags_max) return fail(Code::invalid, "too many tags");
    std::vector<Tag> tags;
    for (json::View each : property) {
        const auto type = find_type(each, tag_names);
        if (!type) continue;
        auto tag = read_tag(each, *type);
        if (says_something(tag)) tags.push_back(std::move(tag));
    }
    return tags;
}

std::vector<Tag> read_tags_of(json::View property, TagType type) {
    std::vector<Tag> found;
    auto tags = read_tags(property);
    if (!tags) return found;
    for (auto& tag : *tags)
        if (tag.type == type) found.push_back(std::move(tag));
    return found;
}

}  // namespace kith::vocab
