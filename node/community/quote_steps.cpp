#include "node/community/quote_steps.hpp"

#include "federation/vocab/reader.hpp"
#include "node/community/notifications.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/quotes.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>
#include <utility>

namespace kith::community {

using model::Interaction;
using model::InteractionRule;
using model::Post;
using model::Visibility;
using sql::Tx;

namespace {

Result<bool> follows(Tx& tx, Id follower, Id followed) {
    auto f = TRY(repo::find_follow(tx, follower, followed));
    return f && f->state == model::FollowState::accepted;
}

Result<bool> holds(Tx& tx, int audience, Id actor, Id author) {
    if (audience & model::audience_public) return true;
    if ((audience & model::audience_followers) && TRY(follows(tx, actor, author))) return true;
    return (audience & model::audience_following) && TRY(follows(tx, author, actor));
}

Result<InteractionRule> rule_of(Tx& tx, const Post& post, Interaction kind) {
    if (auto rule = TRY(repo::find_rule(tx, post.id, kind))) return *rule;
    const bool free = post.local || kind != Interaction::quote;
    return InteractionRule{post.id, kind, free ? model::audience_public : model::audience_nobody,
                           model::audience_nobody};
}

int audience_of(const std::vector<std::string>& ids, const model::Actor& author) {
    int audience = model::audience_nobody;
    for (const auto& id : ids) {
        if (vocab::is_public(id))
            audience |= model::audience_public;
        else if (id == author.followers_url)
            audience |= model::audience_followers;
        else if (id == author.following_url)
            audience |= model::audience_following;
        else if (id != author.ap_id)
            audience |= model::audience_others;
    }
    return audience;
}

}  // namespace

Result<Permission> permission_of(Tx& tx, const Post& post, Id actor, Interaction kind) {
    if (post.actor_id == actor) return Permission::automatic;
    if (kind == Interaction::quote && post.visibility > Visibility::unlisted)
        return Permission::denied;
    if (TRY(repo::either_blocks(tx, actor, post.actor_id))) return Permission::denied;
    const auto rule = TRY(rule_of(tx, post, kind));
    if (TRY(holds(tx, rule.automatic, actor, post.actor_id))) return Permission::automatic;
    if (TRY(holds(tx, rule.manual, actor, post.actor_id))) return Permission::manual;
    const bool unclear = (rule.automatic | rule.manual) & model::audience_others;
    return unclear ? Permission::unknown : Permission::denied;
}

Result<> may_interact(Tx& tx, const Post& post, Id actor, Interaction kind) {
    if (post.local || !TRY(repo::find_rule(tx, post.id, kind))) return {};
    if (TRY(permission_of(tx, post, actor, kind)) != Permission::denied) return {};
    if (kind == Interaction::reply)
        for (const auto& row : TRY(repo::mentions_of(tx, std::span(&post.id, 1))))
            if (row.mention.actor_id == actor) return {};
    return fail(Code::forbidden, "The author of this post does not allow this");
}

Result<> store_rules(Tx& tx, const Post& post, const model::Actor& author,
                     const vocab::InteractionPolicy& policy) {
    const std::pair<Interaction, const std::optional<vocab::Approval>&> rules[] = {
        {Interaction::quote, policy.can_quote},
        {Interaction::like, policy.can_like},
        {Interaction::reply, policy.can_reply},
        {Interaction::announce, policy.can_announce}};
    for (const auto& [kind, approval] : rules) {
        if (approval)
            TRY(repo::put_rule(tx, {post.id, kind, audience_of(approval->automatic, author),
                                    audience_of(approval->manual, author)}));
        else
            TRY(repo::remove_rule(tx, post.id, kind));
    }
    return {};
}

Result<> approve_quote(Tx& tx, const Context& context, model::Quote& quote, const Post& quoting) {
    quote.state = model::QuoteState::accepted;
    quote.stamp_ap_id = context.urls.post(quote.quoted_id.value_or(0)) + "/quote_authorizations/" +
                        std::to_string(quoting.id);
    TRY(repo::put_quote(tx, quote));
    return notify(tx, context, quote.quoted_actor_id.value_or(0), model::NotificationKind::quote,
                  quoting.actor_id, quoting.id);
}

Result<> notify_quoters(Tx& tx, const Context& context, const Post& quoted) {
    for (auto id : TRY(repo::quoting_local(tx, quoted.id)))
        if (auto quoting = TRY(repo::find_post(tx, id)))
            TRY(notify(tx, context, quoting->actor_id, model::NotificationKind::quoted_update,
                       quoted.actor_id, id));
    return {};
}

}  // namespace kith::community
