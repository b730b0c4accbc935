#include "federation/delivery/documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/crypto/keys.hpp"
#include "base/json/view.hpp"
#include "federation/delivery/quote_document.hpp"
#include "federation/vocab/names.hpp"
#include "storage/repo/emoji.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/comment_marks.hpp"
#include "storage/repo/gatherings.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/group_tags.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/links.hpp"
#include "storage/repo/multi_communities.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/threads.hpp"

namespace kith::delivery {

using model::Actor;
using model::Post;
using model::Visibility;
using sql::Tx;

namespace {

vocab::ActorType actor_type(model::ActorKind kind) {
    switch (kind) {
        case model::ActorKind::person:
            return vocab::ActorType::person;
        case model::ActorKind::group:
            return vocab::ActorType::group;
        case model::ActorKind::application:
            return vocab::ActorType::application;
        case model::ActorKind::service:
            return vocab::ActorType::service;
        case model::ActorKind::organization:
            return vocab::ActorType::organization;
    }
    return vocab::ActorType::person;
}

vocab::PostType post_type(model::PostKind kind) {
    switch (kind) {
        case model::PostKind::note:
            return vocab::PostType::note;
        case model::PostKind::article:
            return vocab::PostType::article;
        case model::PostKind::page:
            return vocab::PostType::page;
        case model::PostKind::question:
            return vocab::PostType::question;
        case model::PostKind::event:
            return vocab::PostType::event;
        case model::PostKind::video:
            return vocab::PostType::video;
        case model::PostKind::image:
            return vocab::PostType::image;
        case model::PostKind::audio:
            return vocab::PostType::audio;
    }
    return vocab::PostType::note;
}

std::optional<vocab::Image> image(const Urls& urls, const std::string& stored, const std::string& description) {
    if (stored.empty()) return std::nullopt;
    return vocab::Image{.url = urls.file(stored), .media_type = {}, .description = description};
}

Result<std::vector<vocab::Key>> key_documents(Tx& tx, const Actor& a) {
    std::vector<vocab::Key> out;
    for (const auto& key : TRY(repo::keys_of(tx, a.id))) {
        vocab::Key k{.id = key.key_id, .owner = a.ap_id};
        if (key.algorithm == model::KeyAlgorithm::rsa) {
            k.public_key_pem = key.public_pem;
        } else {
            auto parsed = TRY(crypto::PublicKey::from_pem(key.public_pem));
            k.public_key_multibase = parsed.to_multikey();
        }
        out.push_back(std::move(k));
    }
    return out;
}

void fill_lists(vocab::Actor& v, const Actor& a) {
    if (auto fields = json::Document::parse(a.fields))
        for (auto field : fields->root())
            v.fields.push_back({std::string(field["name"].string_or("")),
                                std::string(field["value"].string_or(""))});
    if (auto known_as = json::Document::parse(a.also_known_as))
        for (auto id : known_as->root())
            if (id.is_string()) v.also_known_as.emplace_back(id.string_or(""));
}

// An emoji of ours as its tag (FEP-9098).
vocab::Tag emoji_tag(const Urls& urls, const std::string& shortcode, const std::string& url) {
    return {.type = vocab::TagType::emoji,
            .href = urls.emoji(shortcode),
            .name = shortcode,
            .icon_url = url,
            .media_type = "image/png"};
}

void fill_emojis(vocab::Actor& v, const Urls& urls, const Actor& a) {
    if (const auto emojis = json::Document::parse(a.emojis))
        for (const auto emoji : emojis->root())
            v.emojis.push_back(emoji_tag(urls, std::string(emoji["shortcode"].string_or("")),
                                         std::string(emoji["url"].string_or(""))));
}

bool holds(const std::vector<Actor>& actors, Id id) {
    return std::any_of(actors.begin(), actors.end(), [id](const Actor& a) { return a.id == id; });
}

void add_id(std::vector<std::string>& ids, const std::string& id) {
    if (!id.empty() && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

bool is_open(Visibility v) { return v == Visibility::public_ || v == Visibility::unlisted; }

// Fills to and cc, given everybody named.
void address(Addressing& a, const Post& post, const Actor& author) {
    const std::string everyone(vocab::public_collection);
    if (a.group) add_id(a.to, a.group->ap_id);
    switch (post.visibility) {
        case Visibility::public_:
            add_id(a.to, everyone);
            add_id(a.cc, author.followers_url);
            break;
        case Visibility::unlisted:
            add_id(a.to, author.followers_url);
            add_id(a.cc, everyone);
            break;
        case Visibility::followers:
            add_id(a.to, author.followers_url);
            break;
        case Visibility::group:
            if (a.group) add_id(a.to, a.group->followers_url);
            break;
        case Visibility::direct:
            break;
    }
    auto& rest = post.visibility == Visibility::direct ? a.to : a.cc;
    for (const auto& actor : a.named)
        if (!a.group || actor.id != a.group->id) add_id(rest, actor.ap_id);
}

std::string handle(const Urls& urls, const Actor& a) {
    return "@" + a.username + "@" + (a.host.empty() ? urls.host() : a.host);
}

// The mentions in the text, and one of the group that the post is in (groups.md 5).
Result<> add_mentions(Tx& tx, const Urls& urls, const Post& post, const Addressing& to,
                      vocab::Post& v) {
    bool names_group = false;
    for (const auto& row : TRY(repo::mentions_of(tx, std::span(&post.id, 1)))) {
        auto actor = TRY(repo::find_actor(tx, row.mention.actor_id));
        if (!actor) continue;
        v.tags.push_back(
            {.type = vocab::TagType::mention, .href = actor->ap_id, .name = handle(urls, *actor)});
        names_group = names_group || (to.group && actor->id == to.group->id);
    }
    if (to.group && !names_group)
        v.tags.push_back({.type = vocab::TagType::mention,
                          .href = to.group->ap_id,
                          .name = handle(urls, *to.group)});
    return {};
}

Result<> add_hashtags(Tx& tx, const Urls& urls, const Post& post, vocab::Post& v) {
    for (const auto& row : TRY(repo::tags_of(tx, std::span(&post.id, 1))))
        v.tags.push_back(
            {.type = vocab::TagType::hashtag, .href = urls.tag(row.name), .name = row.display});
    return {};
}

// Our own; of what others write the emoji are theirs to tell.
Result<> add_emojis(Tx& tx, const Urls& urls, const Post& post, vocab::Post& v) {
    for (const auto& row : TRY(repo::emojis_of(tx, std::span(&post.id, 1))))
        v.tags.push_back(emoji_tag(urls, row.shortcode, row.url));
    return {};
}

// A picture shows itself.
std::string still_of(const Urls& urls, const model::Attachment& a) {
    return a.preview_url.empty() || a.media_type.starts_with("image/") ? std::string() : urls.file(a.preview_url);
}

Result<> add_attachments(Tx& tx, const Urls& urls, const Post& post, vocab::Post& v) {
    for (const auto& row : TRY(repo::attachments_of(tx, std::span(&post.id, 1)))) {
        const auto& a = row.attachment;
        v.attachments.push_back({.url = urls.file(a.url),
                                 .media_type = a.media_type,
                                 .description = a.description,
                                 .blurhash = a.blurhash,
                                 .preview_url = still_of(urls, a),
                                 .width = a.width,
                                 .height = a.height,
                                 .focus_x = a.focus_x,
                                 .focus_y = a.focus_y,
                                 .duration_s = a.duration_s});
    }
    return {};
}

Result<> add_poll(Tx& tx, const Post& post, vocab::Post& v) {
    for (const auto& row : TRY(repo::polls_of(tx, std::span(&post.id, 1)))) {
        vocab::Poll poll{.multiple = row.poll.multiple,
                         .end_time = row.poll.closes_at,
                         .closed = row.poll.closed_at,
                         .voters_count = row.poll.voters_count};
        // Whose author keeps the counts back until the end says nothing of them to peers either.
        const bool hidden = row.poll.hide_totals && !row.poll.closed_at;
        if (hidden) poll.voters_count.reset();
        for (const auto& option : row.poll.options)
            poll.options.push_back({option.title, hidden ? 0 : option.votes});
        v.poll = std::move(poll);
    }
    return {};
}

// Of what others made their origin tells; of ours who comes is a number to all but its author.
Result<> add_gathering(Tx& tx, const Post& post, vocab::Post& v) {
    const auto known = TRY(repo::find_gathering(tx, post.id));
    if (!known) return {};
    const auto& g = *known;
    vocab::Gathering gathering;
    gathering.start = g.starts_at;
    gathering.end = g.ends_at;
    gathering.shows_end = g.shows_end;
    gathering.utc_offset_minutes = g.utc_offset_minutes;
    gathering.time_zone = g.time_zone;
    gathering.place = g.place;
    gathering.address = g.address;
    gathering.latitude = g.latitude;
    gathering.longitude = g.longitude;
    gathering.place_url = g.online_url;
    gathering.status = vocab::GatheringStatus(g.status);  // the same order
    gathering.join_mode = vocab::JoinMode(g.join_mode);   // likewise
    gathering.participation_url = g.participation_url;
    gathering.capacity = g.capacity;
    if (post.local && g.takes_answers()) {
        gathering.attendees = g.attendees;
        gathering.attendees_id = post.ap_id + "/attendees";
    }
    v.gathering = std::move(gathering);
    return {};
}

// What Lemmy says of its communities. In an archived one nobody posts: that is as near as its terms come.
Result<> add_group(Tx& tx, const Actor& a, vocab::Actor& v) {
    const auto profile = TRY(repo::group_profile(tx, a.id));
    const auto settings = TRY(repo::find_group(tx, a.id));
    v.posting_restricted_to_mods = profile.archived_at || (settings && settings->posting == model::PostingPolicy::moderators);
    v.brief = profile.brief;
    v.languages = profile.languages;
    v.sensitive = profile.sensitive;
    v.archived = profile.archived_at.has_value();
    v.discoverable = profile.visibility == model::GroupVisibility::public_;
    for (const auto& tag : TRY(repo::group_tags(tx, a.id))) v.group_tags.push_back(tag_document(tag));
    return {};
}

Result<> add_feed(Tx& tx, const model::MultiCommunity& multi, vocab::Actor& v) {
    v.type = vocab::ActorType::feed;
    v.bot = false;
    v.featured_tags.clear();
    v.brief = multi.brief;
    const auto creator = multi.creator_id ? TRY(repo::find_actor(tx, *multi.creator_id)) : std::nullopt;
    if (creator) v.owner = creator->ap_id;
    return {};
}

Result<> add_group_tags(Tx& tx, const Post& post, vocab::Post& v) {
    if (!post.group_id) return {};
    for (const auto& row : TRY(repo::group_tags_of(tx, std::span(&post.id, 1)))) v.tags.push_back(tag_document(row.tag));
    return {};
}

// The thread's collection at its origin (FEP-7888): the root says which one it is.
Result<std::string> context_of(Tx& tx, const Post& post) {
    if (post.thread_id == post.id) return post.context_url;
    auto root = TRY(repo::find_post(tx, post.thread_id));
    return root && !root->context_url.empty() ? root->context_url : post.context_url;
}

}  // namespace

vocab::Tag tag_document(const model::GroupTag& tag) {
    vocab::Tag v;
    v.type = vocab::TagType::group_tag;
    v.href = tag.ap_id;
    v.word = tag.name;
    v.name = tag.display_name.empty() ? tag.name : tag.display_name;
    v.content = tag.summary;
    v.color = fmt::format("color{:02}", tag.color);
    return v;
}

Result<vocab::Actor> actor_document(Tx& tx, const Urls& urls, const Config& config,
                                    const Actor& a) {
    vocab::Actor v;
    v.id = a.ap_id;
    v.type = actor_type(a.kind);
    v.preferred_username = a.username;
    v.name = a.name;
    v.summary = a.summary;
    v.summary_source = a.source;
    v.url = a.url;
    v.inbox = a.inbox;
    v.shared_inbox = a.shared_inbox;
    v.outbox = a.outbox;
    v.followers = a.followers_url;
    v.following = a.following_url;
    v.featured = a.featured_url;
    v.featured_tags = a.local && !a.is_group() && a.kind != model::ActorKind::application
                          ? a.ap_id + "/tags"
                          : std::string();
    v.moderators = a.moderators_url;
    v.icon = image(urls, a.avatar_url, a.avatar_description);
    v.image = image(urls, a.header_url, a.header_description);
    v.locked = a.locked;
    v.bot = a.bot;
    v.discoverable = a.discoverable;
    v.indexable = a.indexable;
    v.moved_to = a.moved_to;
    if (a.local) v.attribution_domains = TRY(repo::profile_settings(tx, a.id)).attribution_domains;
    if (a.local) v.webfinger = a.username + "@" + config.server.account_domain;
    v.published = a.created_at;
    if (a.updated_at > a.created_at) v.updated = a.updated_at;
    v.suspended = a.suspended_at.has_value();
    if (a.local && a.is_group()) TRY(add_group(tx, a, v));
    if (a.local && a.kind == model::ActorKind::service)
        if (const auto multi = TRY(repo::find_multi(tx, a.id))) TRY(add_feed(tx, *multi, v));
    v.keys = TRY(key_documents(tx, a));
    v.verifies_rfc9421 = a.local;
    fill_lists(v, a);
    fill_emojis(v, urls, a);
    return v;
}

Result<Addressing> addressing_of(Tx& tx, const Post& post, const Actor& author) {
    Addressing a;
    a.named = TRY(repo::actors_by_ids(tx, TRY(repo::audience_of(tx, post.id))));
    std::sort(a.named.begin(), a.named.end(),
              [](const Actor& x, const Actor& y) { return x.id < y.id; });
    if (post.group_id) a.group = TRY(repo::find_actor(tx, *post.group_id));
    if (a.group && !holds(a.named, a.group->id)) a.named.push_back(*a.group);
    if (post.in_reply_to_id) a.parent = TRY(repo::find_post(tx, *post.in_reply_to_id));
    // Whoever is answered in the open hears of it, also without being mentioned.
    if (a.parent && is_open(post.visibility) && a.parent->actor_id != author.id &&
        !holds(a.named, a.parent->actor_id))
        if (auto answered = TRY(repo::find_actor(tx, a.parent->actor_id));
            answered && !answered->deleted_at)
            a.named.push_back(*answered);
    address(a, post, author);
    return a;
}

Result<vocab::Post> post_document(Tx& tx, const Urls& urls, const Post& post) {
    auto author = TRY(repo::find_actor(tx, post.actor_id));
    if (!author) return fail(Code::not_found, "Record not found", "the author of a post");
    auto to = TRY(addressing_of(tx, post, *author));
    vocab::Post v;
    v.id = post.ap_id;
    v.type = post_type(post.kind);
    v.attributed_to = author->ap_id;
    v.to = to.to;
    v.cc = to.cc;
    if (to.group) v.audience = to.group->ap_id;
    v.in_reply_to = to.parent ? to.parent->ap_id : post.in_reply_to_ap_id;
    v.context = TRY(context_of(tx, post));
    v.url = post.url;
    v.name = post.title;
    v.content = post.content;
    v.content_source = post.source;
    v.content_source_type = post.source_type;
    v.summary = post.summary;
    v.language = post.language;
    v.sensitive = post.sensitive;
    if (post.group_id && post.is_reply())
        for (const auto& state : TRY(repo::thread_states(tx, std::span(&post.id, 1)))) v.distinguished = state.distinguished;
    if (post.group_id && !post.is_reply())
        if (const auto answer = TRY(repo::find_answer(tx, post.id))) v.accepted_answer = answer->answer_ap_id;
    v.published = post.published_at;
    v.updated = post.edited_at;
    v.link_url = post.link_url;
    if (post.local) {
        v.replies = post.ap_id + "/replies";
        v.likes = post.ap_id + "/likes";
        v.shares = post.ap_id + "/shares";
    }
    TRY(add_mentions(tx, urls, post, to, v));
    TRY(add_hashtags(tx, urls, post, v));
    TRY(add_group_tags(tx, post, v));
    if (post.local) TRY(add_emojis(tx, urls, post, v));
    TRY(add_attachments(tx, urls, post, v));
    if (author->sensitized && !v.attachments.empty()) v.sensitive = true;
    TRY(add_poll(tx, post, v));
    if (post.kind == model::PostKind::event) TRY(add_gathering(tx, post, v));
    TRY(add_quote(tx, post, v));
    if (post.local) TRY(add_quote_policy(tx, post, *author, v));
    return v;
}

std::string post_type_name(model::PostKind kind) {
    return std::string(vocab::name_of(post_type(kind), vocab::post_names));
}

}  // namespace kith::delivery
