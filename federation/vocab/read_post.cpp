#include <algorithm>

#include "base/html/markdown.hpp"
#include "base/html/plain.hpp"
#include "base/text/strings.hpp"
#include "config/limits/vocab.hpp"
#include "federation/vocab/names.hpp"
#include "federation/vocab/post_parts.hpp"
#include "federation/vocab/reader.hpp"
#include "federation/vocab/shapes.hpp"

namespace kith::vocab {
namespace {

// One author. PeerTube's videos name the Person and the Group (channel): the Person is the author.
// Everything else with several is refused, because whoever is asked next would take another of them
// (NodeBB let an array slip past its check of attributedTo).
Result<std::string> author_of(json::View property) {
    json::View author;
    std::size_t people = 0;
    for (json::View each : property) {
        if (property.size() > 1 && has_type(each, "Group")) continue;
        author = each;
        ++people;
    }
    auto id = people == 1 && !author.is_array() ? id_of(author) : std::string();
    if (id.empty() || is_public(id))
        return fail(Code::invalid, "attributedTo does not name one actor", property.text());
    return id;
}

// BCP 47 by its looks: letters, digits and hyphens.
std::string language_tag(std::string_view text) {
    constexpr std::size_t bytes_max = 35;  // RFC 5646 4.4.1
    const bool good = std::ranges::all_of(
        text, [](char c) { return text::is_alpha(c) || text::is_digit(c) || c == '-'; });
    return good && text.size() <= bytes_max && text != "und" ? std::string(text) : std::string();
}

// contentMap beside content: the language is the key whose value is the content. contentMap alone:
// its first translation is the content.
void read_content(json::View from, Post& post) {
    post.content = text_of(from["content"], limits::vocab_content_bytes_max);
    const json::View map = from["contentMap"];
    for (std::size_t i = 0; i < map.member_count() && post.language.empty(); ++i) {
        const auto text = text_of(map.member(i), limits::vocab_content_bytes_max);
        if (text.empty()) continue;
        if (post.content.empty()) post.content = text;
        if (post.content == text || map.member_count() == 1)
            post.language = language_tag(map.member_name(i));
    }
    // Lemmy, PeerTube: {identifier, name}; Mobilizon: the tag itself.
    for (auto name : {"language", "inLanguage"}) {
        if (!post.language.empty()) break;
        const json::View named = from[name];
        post.language =
            language_tag((named.is_object() ? named["identifier"] : named).string_or({}));
    }
}

// `content` is HTML unless mediaType says otherwise (PeerTube sends markdown).
void render_content(json::View from, Post& post) {
    const auto media_type = word_of(from["mediaType"]);
    const bool markdown = text::starts_with_i(media_type, "text/markdown");
    if (!markdown && !text::starts_with_i(media_type, "text/plain")) return;
    post.content_source_type = markdown ? "text/markdown" : "text/plain";
    post.content_source = std::move(post.content);
    post.content = markdown ? html::render_markdown(post.content_source)
                            : html::plain_to_html(post.content_source);
}

// source: {content, mediaType}, or text (Pleroma).
void read_source(json::View from, Post& post) {
    const json::View source = from["source"];
    const json::View text = source.is_object() ? source["content"] : source;
    if (text.is_nothing()) return;
    post.content_source = text_of(text, limits::vocab_content_bytes_max);
    post.content_source_type = word_of(source["mediaType"]);
}

bool has_title(PostType type) { return type == PostType::page || type == PostType::article; }

bool shows_picture(PostType type) { return has_title(type) || type == PostType::event; }

void read_texts(json::View from, Post& post) {
    post.name = text_or_map(from, "name", "nameMap", limits::vocab_name_bytes_max);
    read_content(from, post);
    render_content(from, post);
    read_source(from, post);
    // On a Page or Article `summary` is a preview of the text (Lemmy, NodeBB, WordPress), on all
    // others a content warning.
    if (!has_title(post.type))
        post.summary = text_or_map(from, "summary", "summaryMap", limits::vocab_text_bytes_max);
    post.sensitive = from["sensitive"].maybe_boolean().value_or(false);
    post.distinguished = from["distinguished"].maybe_boolean().value_or(false);
}

void read_places(json::View from, Post& post) {
    post.audience = first_id(from["audience"]);
    post.in_reply_to = first_id(from["inReplyTo"]);
    post.context = first_id(from["context"]);
    if (post.context.empty()) post.context = first_id(from["contextHistory"]);  // FEP-171b
    post.conversation = text_of(from["conversation"], limits::vocab_name_bytes_max);
    post.url = page_url_of(from["url"]);
    post.accepted_answer = id_of(from[accepted_answer_name]);
    post.replies = id_of(from["replies"]);
    post.likes = id_of(from["likes"]);
    post.shares = id_of(from["shares"]);
    post.published = time_of(from["published"]);
    post.updated = time_of(from["updated"]);
}

// What the object is itself, or shows first, stands before what hangs on it.
void read_media(json::View from, Post& post) {
    post.attachments = read_attachments(from["attachment"]);
    auto own = read_own_file(from, post.type);
    const bool pictured = std::ranges::any_of(post.attachments, [](const Attachment& each) {
        return each.media_type.starts_with("image/");
    });
    if (!own && !pictured && shows_picture(post.type)) own = read_lead_picture(from);
    if (own && std::ranges::find(post.attachments, own->url, &Attachment::url) ==
                   post.attachments.end())
        post.attachments.insert(post.attachments.begin(), std::move(*own));
}

// The Link of a link post is what the post is about, and no attachment.
void take_link(Post& post) {
    if (!has_title(post.type)) return;
    const auto link = std::ranges::find(post.attachments, "Link", &Attachment::type);
    if (link == post.attachments.end()) return;
    post.link_url = std::move(link->url);
    post.attachments.erase(link);
}

}  // namespace

Result<Post> read_post(json::View from) {
    Post post;
    post.id = TRY(own_id(from));
    const auto type = find_type(from, post_names);
    if (!type) return fail(Code::invalid, "not a post", type_name_of(from));
    post.type = *type;
    post.attributed_to = TRY(author_of(from["attributedTo"]));
    TRY(read_recipients(from, post.to, post.cc));
    post.tags = TRY(read_tags(from["tag"]));

    read_texts(from, post);
    read_places(from, post);
    read_media(from, post);
    take_link(post);
    if (post.type == PostType::question) post.poll = read_poll(from);
    if (post.type == PostType::event) post.gathering = read_gathering(from);
    read_quote(from, post);
    post.policy = read_interaction_policy(from["interactionPolicy"]);
    return post;
}

}  // namespace kith::vocab
