#include "node/community/emoji_reactions.hpp"

#include "base/json/writer.hpp"
#include "base/text/emoji.hpp"
#include "config/limits/emoji.hpp"
#include "node/community/events.hpp"
#include "node/community/notifications.hpp"
#include "node/community/quote_steps.hpp"
#include "node/community/visibility.hpp"
#include "storage/repo/emoji.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/visibility.hpp"

namespace kith::community {

using model::EmojiReaction;
using model::EventKind;
using model::NotificationKind;
using model::Post;
using sql::Tx;

namespace {

Result<std::string> emoji_of(std::string_view text) {
    auto emoji = text::one_emoji(text);
    if (emoji.empty())
        return fail(Code::unprocessable, "Validation failed: Name is not a recognized emoji");
    return emoji;
}

Result<> tell_of(Tx& tx, const Context& context, const EmojiReaction& reaction, const Post& post,
                 EventKind kind) {
    json::Writer w;
    w.object().member("kind", "emoji").member("content", reaction.name).end();
    return emit(tx, context,
                {.kind = kind,
                 .actor_id = reaction.actor_id,
                 .post_id = post.id,
                 .group_id = post.group_id,
                 .object_ap_id = reaction.ap_id,
                 .payload = w.take()});
}

}  // namespace

Result<> react_with_emoji(Context& context, Id actor_id, Id post_id, std::string_view text) {
    const auto name = TRY(emoji_of(text));
    return context.db.write([&context, actor_id, post_id, &name](Tx& tx) -> Result<> {
        auto post = TRY(seen_post(tx, actor_id, post_id));
        TRY(may_interact(tx, post, actor_id, model::Interaction::like));
        if (TRY(repo::find_emoji_reaction(tx, actor_id, post_id, name))) return {};
        if (TRY(repo::count_emoji_reactions(tx, actor_id, post_id)) >=
            limits::emoji_reactions_of_person_max)
            return fail(Code::unprocessable, "Validation failed: Reaction limit reached");
        EmojiReaction reaction{.id = context.ids.next(),
                               .actor_id = actor_id,
                               .post_id = post_id,
                               .name = name,
                               .emoji_id = {},
                               .ap_id = {},
                               .created_at = context.clock.now_ms()};
        reaction.ap_id = context.urls.activity(reaction.id);
        if (!TRY(repo::add_emoji_reaction(tx, reaction))) return {};
        // Mastodon's clients know no other word for it.
        TRY(notify(tx, context, post.actor_id, NotificationKind::favourite, actor_id, post_id));
        return tell_of(tx, context, reaction, post, EventKind::reaction_added);
    });
}

Result<> take_emoji_back(Context& context, Id actor_id, Id post_id, std::string_view text) {
    const auto name = TRY(emoji_of(text));
    return context.db.write([&context, actor_id, post_id, &name](Tx& tx) -> Result<> {
        auto post = TRY(seen_post(tx, actor_id, post_id));
        auto reaction = TRY(repo::find_emoji_reaction(tx, actor_id, post_id, name));
        if (!reaction || !TRY(repo::remove_emoji_reaction(tx, reaction->id))) return {};
        TRY(withdraw_favourite(tx, actor_id, post));
        return tell_of(tx, context, *reaction, post, EventKind::reaction_removed);
    });
}

Result<> withdraw_favourite(Tx& tx, Id actor_id, const Post& post) {
    auto reaction = TRY(repo::find_reaction(tx, actor_id, post.id));
    if ((reaction && reaction->kind == model::ReactionKind::like) ||
        TRY(repo::count_emoji_reactions(tx, actor_id, post.id)) > 0)
        return {};
    return repo::withdraw_notification(tx, post.actor_id, NotificationKind::favourite, actor_id,
                                       post.id);
}

}  // namespace kith::community
