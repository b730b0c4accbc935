#include <fmt/format.h>

#include "federation/vocab/contexts.hpp"
#include "federation/vocab/names.hpp"
#include "federation/vocab/write_parts.hpp"

namespace kith::vocab {
namespace {

void write_addresses(json::Writer& w, const Post& post) {
    w.member("attributedTo", post.attributed_to);
    write_ids(w, "to", post.to);
    write_ids(w, "cc", post.cc);
    w.member_unless_empty("audience", post.audience);
    w.member_unless_empty("context", post.context);
    w.member_unless_empty("conversation", post.conversation);
    w.member_unless_empty("inReplyTo", post.in_reply_to);
    write_time(w, "published", post.published);
    write_time(w, "updated", post.updated);
    w.member_unless_empty("url", post.url);
}

void write_texts(json::Writer& w, const Post& post) {
    w.member_unless_empty("name", post.name);
    w.member_unless_empty("summary", post.summary);
    w.member("sensitive", post.sensitive);
    if (post.distinguished) w.member("distinguished", true);
    // A vote is a Note with a name and no content (FEP-9967).
    w.member_unless_empty("content", post.content);
    if (!post.language.empty() && !post.content.empty())
        w.key("contentMap").object().member(post.language, post.content).end();
    if (!post.content_source.empty()) {
        w.key("source").object().member("content", post.content_source);
        w.member_unless_empty("mediaType", post.content_source_type).end();
    }
}

void write_link(json::Writer& w, const std::string& href, const Attachment* details) {
    w.object().member("type", "Link").member("href", href);
    if (details) {
        w.member_unless_empty("mediaType", details->media_type);
        w.member_unless_empty("name", details->description);
    }
    w.end();
}

// Alt text goes into both members: older Mastodon reads `name`, GoToSocial `summary`.
void write_media(json::Writer& w, const Attachment& attachment) {
    w.object().member("type", attachment.type);
    w.member_unless_empty("mediaType", attachment.media_type);
    w.member("url", attachment.url);
    w.member_unless_empty("name", attachment.description);
    w.member_unless_empty("summary", attachment.description);
    w.member_unless_empty("blurhash", attachment.blurhash);
    if (!attachment.preview_url.empty()) write_image(w, "icon", Image{attachment.preview_url, {}, {}});
    if (attachment.width) w.member("width", *attachment.width);
    if (attachment.height) w.member("height", *attachment.height);
    if (attachment.focus_x && attachment.focus_y)
        w.key("focalPoint").array().value(*attachment.focus_x).value(*attachment.focus_y).end();
    if (attachment.duration_s) w.member("duration", fmt::format("PT{}S", *attachment.duration_s));
    w.end();
}

void write_attachments(json::Writer& w, const Post& post) {
    if (post.link_url.empty() && post.attachments.empty()) return;
    w.key("attachment").array();
    if (!post.link_url.empty()) write_link(w, post.link_url, nullptr);
    for (const auto& attachment : post.attachments) {
        if (attachment.type == "Link")
            write_link(w, attachment.url, &attachment);
        else
            write_media(w, attachment);
    }
    w.end();
}

void write_poll(json::Writer& w, const Poll& poll) {  // FEP-9967
    w.key(poll.multiple ? "anyOf" : "oneOf").array();
    for (const auto& option : poll.options) {
        w.object().member("type", "Note").member("name", option.title).key("replies").object();
        w.member("type", "Collection").member("totalItems", option.votes).end().end();
    }
    w.end();
    write_time(w, "endTime", poll.end_time);
    write_time(w, "closed", poll.closed);
    if (poll.voters_count) w.member("votersCount", *poll.voters_count);
}

}  // namespace

void write_post(json::Writer& w, const Post& post, Context context) {
    w.object();
    write_context(w, context, post.gathering ? gathering_context : post_context);
    w.member_unless_empty("id", post.id);
    w.member("type", name_of(post.type, post_names));
    write_addresses(w, post);
    write_texts(w, post);
    write_attachments(w, post);
    write_tags(w, post.tags);
    if (post.poll) write_poll(w, *post.poll);
    if (post.gathering) write_gathering(w, post);
    write_quote(w, post);
    write_interaction_policy(w, post.policy);
    if (!post.accepted_answer.empty()) w.key(accepted_answer_name).object().member("id", post.accepted_answer).end();
    w.member_unless_empty("replies", post.replies);
    w.member_unless_empty("likes", post.likes);
    w.member_unless_empty("shares", post.shares);
    w.end();
}

Terms terms_of(const Post& post) { return post.gathering ? Terms::gathering : Terms::usual; }

std::string write_post(const Post& post) {
    json::Writer w;
    write_post(w, post, Context::with);
    return w.take();
}

}  // namespace kith::vocab
