#include "node/links/page.hpp"

#include "base/html/escape.hpp"
#include "base/html/page_head.hpp"
#include "base/html/to_text.hpp"
#include "base/json/view.hpp"
#include "base/text/accept.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/links.hpp"
#include "node/links/charset.hpp"

#include <algorithm>
#include <charconv>

namespace kith::links {

using html::PageHead;
using model::Link;
using model::LinkKind;

namespace {

// One line of plain text.
std::string line(std::string_view text, std::size_t characters_max) {
    std::string out;
    bool gap = false;
    for (const char c : utf8::to_valid(text)) {
        if (text::is_space(c) || c == '\0') {
            gap = !out.empty();
            continue;
        }
        if (gap) out += ' ';
        gap = false;
        out += c;
    }
    if (utf8::length(out) <= characters_max) return out;
    return std::string(text::trim(utf8::truncate(out, characters_max - 1))) + "…";
}

std::string web_url(const Url& at, std::string_view reference) {
    if (reference.empty()) return {};
    const auto url = at.resolve(reference);
    return url ? url->str() : std::string();
}

// A side in pixels; 0 where it is none.
std::int64_t pixels(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && value > 0 && value <= limits::link_pixels_max ? value : 0;
}

// In a frame of its own that can neither leave it nor read what is the node's.
std::string player(std::string_view url, std::int64_t width, std::int64_t height) {
    return "<iframe src=\"" + html::escape(url) + "\" width=\"" + std::to_string(width) + "\" height=\"" +
           std::to_string(height) + "\" sandbox=\"allow-scripts allow-same-origin allow-popups allow-presentation allow-forms\" "
           "allowfullscreen=\"\" loading=\"lazy\" frameborder=\"0\"></iframe>";
}

void make_video(Link& link, const std::string& url, std::int64_t width, std::int64_t height) {
    if (!url.starts_with("https://") || width == 0 || height == 0) return;
    link.kind = LinkKind::video;
    link.width = width;
    link.height = height;
    link.html = player(url, width, height);
}

void take_image(Link& link, const Url& at, const PageHead& head) {
    link.image_url = web_url(at, head.meta({"og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"}));
    if (link.image_url.empty()) return;
    link.image_description = line(head.meta({"og:image:alt", "twitter:image:alt"}), limits::link_description_characters_max);
    link.width = pixels(head.meta({"og:image:width"}));
    link.height = pixels(head.meta({"og:image:height"}));
}

void take_player(Link& link, const Url& at, const PageHead& head) {
    std::string_view url = head.meta({"twitter:player"});
    if (url.empty() && head.meta({"og:video:type"}).starts_with("text/html"))
        url = head.meta({"og:video:secure_url", "og:video:url", "og:video"});
    make_video(link, web_url(at, url), pixels(head.meta({"twitter:player:width", "og:video:width"})),
               pixels(head.meta({"twitter:player:height", "og:video:height"})));
}

void take_author(Link& link, const Url& at, const PageHead& head) {
    const auto named = head.meta({"article:author", "author", "dc.creator"});
    if (named.starts_with("http"))
        link.author_url = web_url(at, named);
    link.author_name = line(named.starts_with("http") ? head.meta({"author", "dc.creator"}) : named, limits::link_name_characters_max);
}

std::string language_of(const PageHead& head) {
    auto language = head.language.empty() ? std::string(head.meta({"og:locale"})) : head.language;
    std::replace(language.begin(), language.end(), '_', '-');
    language = text::to_lower_ascii(language.substr(0, language.find('-')));
    const bool is_code = (language.size() == 2 || language.size() == 3) &&
                         std::all_of(language.begin(), language.end(), [](char c) { return text::is_alpha(c); });
    return is_code ? language : std::string();
}

// The head, where it is a page in HTML.
Result<PageHead> head_of(std::string_view content_type, std::string_view body) {
    const auto type = MediaType::parse(content_type);
    if (!type || (type->essence != "text/html" && type->essence != "application/xhtml+xml"))
        return fail(Code::unsupported, "not a page in HTML", std::string(content_type));
    auto charset = text::to_lower_ascii(type->param("charset").value_or(""));
    if (charset.empty()) charset = html::page_charset(body);
    return html::read_page_head(to_utf8(body, charset));
}

std::string creator_of(const PageHead& head) {
    auto handle = head.meta({"fediverse:creator"});
    if (handle.starts_with('@')) handle.remove_prefix(1);
    return handle.find('@') == handle.npos || handle.size() > limits::link_title_characters_max ? std::string() : std::string(handle);
}

}  // namespace

Result<Page> read_page(const Url& at, std::string_view content_type, std::string_view body) {
    const auto head = TRY(head_of(content_type, body));
    Page page;
    auto& link = page.link;
    const auto title = head.meta({"og:title", "twitter:title"});
    link.title = line(title.empty() ? std::string_view(head.title) : title, limits::link_title_characters_max);
    link.description = line(head.meta({"og:description", "twitter:description", "description"}), limits::link_description_characters_max);
    link.language = language_of(head);
    link.provider_name = line(head.meta({"og:site_name"}), limits::link_name_characters_max);
    if (TimeMs time = 0; parse_iso8601(head.meta({"article:published_time", "datepublished", "date"}), time)) link.published_at = time;
    take_author(link, at, head);
    take_image(link, at, head);
    take_player(link, at, head);
    page.creator = creator_of(head);
    for (const auto& relation : head.relations)
        if (page.oembed_url.empty() && relation.is("alternate") && relation.type == "application/json+oembed")
            page.oembed_url = web_url(at, relation.href);
    return page;
}

void add_oembed(Link& link, const Url& page, std::string_view text) {
    const auto document = json::Document::parse(text);
    if (!document) return;
    const auto said = document->root();
    const auto fill = [&](std::string& to, std::string_view name, std::size_t characters_max) {
        if (to.empty()) to = line(said[name].string_or(""), characters_max);
    };
    fill(link.title, "title", limits::link_title_characters_max);
    fill(link.author_name, "author_name", limits::link_name_characters_max);
    fill(link.provider_name, "provider_name", limits::link_name_characters_max);
    if (link.author_url.empty()) link.author_url = web_url(page, said["author_url"].string_or(""));
    if (link.provider_url.empty()) link.provider_url = web_url(page, said["provider_url"].string_or(""));
    if (link.image_url.empty()) link.image_url = web_url(page, said["thumbnail_url"].string_or(""));
    const auto side = [&](std::string_view name) {
        const auto value = said[name].maybe_integer().value_or(0);
        return value > 0 && value <= limits::link_pixels_max ? value : std::int64_t(0);
    };
    const auto type = said["type"].string_or("");
    if (type == "video" && link.kind != LinkKind::video)
        make_video(link, web_url(page, html::first_iframe(said["html"].string_or(""))), side("width"), side("height"));
    if (type == "photo") {
        link.embed_url = web_url(page, said["url"].string_or(""));
        if (link.embed_url.empty()) return;
        link.kind = LinkKind::photo;
        if (link.image_url.empty()) link.image_url = link.embed_url;
        link.width = side("width");
        link.height = side("height");
    }
}

std::vector<std::string> identities_of(const Url& at, std::string_view content_type, std::string_view body) {
    std::vector<std::string> out;
    if (const auto head = head_of(content_type, body))
        for (const auto& relation : head->relations)
            if (relation.is("me")) out.push_back(web_url(at, relation.href));
    return out;
}

}  // namespace kith::links
