// Reactions with emoji (FEP-c0e0, DRAFT): EmojiReact, and Like with `content`. A Like stays a like
// beside it, as it is to servers that know no emoji reactions; an EmojiReact is none.
#include "node/community/emoji_reactions.hpp"
#include "base/text/emoji.hpp"
#include "base/text/strings.hpp"
#include "config/limits/emoji.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/events.hpp"
#include "node/community/inbound/emoji.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/relay.hpp"
#include "node/community/notifications.hpp"
#include "storage/repo/emoji.hpp"
#include "storage/repo/posts.hpp"

namespace kith::community {

using model::EmojiReaction;
using model::EventKind;
using model::NotificationKind;
using model::Post;
using sql::Tx;

namespace {

// "🔥", or ":blobcat:", where it is a shortcode; "" where it is neither. Some servers write a
// sentence into a Like.
std::string reaction_name(std::string_view content) {
    content = text::trim(content);
    if (auto emoji = text::one_emoji(content); !emoji.empty()) return emoji;
    if (content.size() < 3 || content.front() != ':' || content.back() != ':') return {};
    const auto code = text::shortcode_of(content);
    return code.empty() ? code : ":" + code + ":";
}

const vocab::Tag* tag_of(const vocab::Activity& activity, std::string_view name) {
    for (const auto& tag : activity.emojis)
        if (":" + tag.name + ":" == name) return &tag;
    return nullptr;
}

// What the activity reacts with; a custom emoji must come with its picture.
std::string name_of(const vocab::Activity& activity) {
    auto name = reaction_name(activity.content);
    return name.starts_with(':') && !tag_of(activity, name) ? std::string() : name;
}

Result<> tell_of(Tx& tx, const Context& context, const Deed& deed, const Post& post, EventKind kind,
                 const std::string& ap_id) {
    return emit(tx, context,
                {.kind = kind,
                 .actor_id = deed.actor.id,
                 .local = false,
                 .post_id = post.id,
                 .group_id = post.group_id,
                 .object_ap_id = ap_id,
                 .payload = R"({"kind":"emoji"})"});
}

}  // namespace

bool reacts_with_emoji(const vocab::Activity& activity) {
    return activity.type_name == "EmojiReact";
}

Result<> authorize_emoji_reaction(Tx& tx, const Context& context, const Deed& deed) {
    if (name_of(deed.activity).empty())
        return fail(Code::invalid, "the reaction is no emoji", deed.activity.content);
    return authorize_reaction(tx, context, deed);
}

Result<bool> keep_emoji(Tx& tx, const Context& context, const Deed& deed, const Post& post) {
    EmojiReaction reaction{.id = context.ids.next(),
                           .actor_id = deed.actor.id,
                           .post_id = post.id,
                           .name = name_of(deed.activity),
                           .emoji_id = {},
                           .ap_id = deed.activity.id,
                           .created_at = context.clock.now_ms()};
    if (reaction.name.empty() || TRY(repo::count_emoji_reactions(tx, deed.actor.id, post.id)) >=
                                     limits::emoji_reactions_of_person_max)
        return false;
    const auto by = deed.group && deed.group->host != deed.actor.host ? SaidBy::others : SaidBy::own_host;
    if (const auto* tag = tag_of(deed.activity, reaction.name))
        reaction.emoji_id = TRY(store_emoji(tx, context, deed.actor, *tag, by));
    return repo::add_emoji_reaction(tx, reaction);
}

Result<> apply_emoji_reaction(Tx& tx, const Context& context, const Deed& deed) {
    auto post = TRY(repo::find_post_by_ap_id(tx, deed.activity.object_id));
    if (!post || post->deleted_at || !TRY(keep_emoji(tx, context, deed, *post))) return {};
    // Mastodon's clients know no other word for it.
    TRY(notify(tx, context, post->actor_id, NotificationKind::favourite, deed.actor.id, post->id));
    TRY(note_reach(tx, context, *post, deed.actor));
    TRY(tell_of(tx, context, deed, *post, EventKind::reaction_added, deed.activity.id));
    return relay_in_group(tx, context, deed, *post);
}

Result<> undo_emoji_reaction(Tx& tx, const Context& context, const Deed& deed,
                             const EmojiReaction& reaction) {
    auto post = TRY(repo::find_post(tx, reaction.post_id));
    if (!TRY(repo::remove_emoji_reaction(tx, reaction.id)) || !post) return {};
    TRY(withdraw_favourite(tx, deed.actor.id, *post));
    TRY(tell_of(tx, context, deed, *post, EventKind::reaction_removed, reaction.ap_id));
    return relay_in_group(tx, context, deed, *post);
}

Result<bool> undo_emoji_reaction_by_shape(Tx& tx, const Context& context, const Deed& deed,
                                          json::View inner, const Post& post) {
    const auto content = inner.first_of({"content", "_misskey_reaction"}).string_or("");
    auto reaction =
        TRY(repo::find_emoji_reaction(tx, deed.actor.id, post.id, reaction_name(content)));
    if (reaction) TRY(undo_emoji_reaction(tx, context, deed, *reaction));
    return reaction.has_value();
}

}  // namespace kith::community
