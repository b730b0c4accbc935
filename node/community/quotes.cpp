#include "node/community/quotes.hpp"

#include "federation/vocab/writer.hpp"
#include "node/community/events.hpp"
#include "node/community/page_window.hpp"
#include "node/community/quote_steps.hpp"
#include "node/community/visibility.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/quotes.hpp"

namespace kith::community {

using model::EventKind;
using model::Post;
using model::Quote;
using model::QuoteState;
using model::Visibility;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }

Result<Post> own_post(Tx& tx, Id author_id, Id post_id) {
    auto post = TRY(seen_post(tx, author_id, post_id));
    if (post.actor_id != author_id || !post.local)
        return fail(Code::forbidden, "This action is not allowed");
    return post;
}

Result<> ask_author(Tx& tx, const Context& context, Quote& quote, const Post& quoting) {
    quote.request_ap_id = context.urls.activity(context.ids.next());
    TRY(repo::put_quote(tx, quote));
    return emit(tx, context,
                {.kind = EventKind::quote_requested,
                 .actor_id = quoting.actor_id,
                 .post_id = quoting.id,
                 .target_id = quote.quoted_actor_id,
                 .object_ap_id = quote.request_ap_id});
}

Result<> tell_update(Tx& tx, const Context& context, const Post& post) {
    return emit(tx, context,
                {.kind = EventKind::post_updated,
                 .actor_id = post.actor_id,
                 .post_id = post.id,
                 .group_id = post.group_id,
                 .object_ap_id = post.ap_id});
}

}  // namespace

Result<> quote_with_new_post(Tx& tx, const Context& context, const Post& quoting, Id quoted_id) {
    auto quoted = TRY(repo::find_post(tx, quoted_id));
    if (!quoted || !TRY(repo::sees_post(tx, quoting.actor_id, quoted_id))) return not_found();
    const bool own = quoted->actor_id == quoting.actor_id;
    const auto permission =
        TRY(permission_of(tx, *quoted, quoting.actor_id, model::Interaction::quote));
    if (permission == Permission::denied)
        return fail(Code::forbidden, "The author of this post does not allow it to be quoted");
    if (quoted->visibility > Visibility::unlisted && quoting.visibility < quoted->visibility)
        return fail(Code::unprocessable,
                    "Validation failed: the quoted post is not for everybody who would see it");
    Quote quote{.post_id = quoting.id,
                .quoted_id = quoted->id,
                .quoted_ap_id = quoted->ap_id,
                .quoted_actor_id = quoted->actor_id,
                .created_at = context.clock.now_ms()};
    if (!own && quoted->local) return approve_quote(tx, context, quote, quoting);
    if (!own) return ask_author(tx, context, quote, quoting);
    quote.state = QuoteState::accepted;
    return repo::put_quote(tx, quote);
}

std::optional<int> quote_policy_from(std::string_view name) {
    if (name == "public") return model::audience_public;
    if (name == "followers") return model::audience_followers;
    if (name == "nobody") return model::audience_nobody;
    return {};
}

std::string_view quote_policy_name(int audience) {
    return audience == model::audience_public ? "public" : audience == model::audience_followers ? "followers" : "nobody";
}

Result<> set_quote_policy(Tx& tx, const Post& post, int audience) {
    return repo::put_rule(tx, {post.id, model::Interaction::quote, audience, {}});
}

Result<> change_quote_policy(Context& context, Id author_id, Id post_id, int audience) {
    return context.db.write([&context, author_id, post_id, audience](Tx& tx) -> Result<> {
        auto post = TRY(own_post(tx, author_id, post_id));
        TRY(set_quote_policy(tx, post, audience));
        return tell_update(tx, context, post);
    });
}

Result<> revoke_quote(Context& context, Id author_id, Id quoted_id, Id quoting_id) {
    return context.db.write([&context, author_id, quoted_id, quoting_id](Tx& tx) -> Result<> {
        auto post = TRY(own_post(tx, author_id, quoted_id));
        auto quote = TRY(repo::find_quote(tx, quoting_id));
        auto quoting = TRY(repo::find_post(tx, quoting_id));
        if (!quote || !quoting || quote->quoted_id != post.id) return not_found();
        if (quote->state == QuoteState::revoked) return {};
        const auto stamp = quote->stamp_ap_id;
        quote->state = QuoteState::revoked;
        TRY(repo::put_quote(tx, *quote));
        if (quoting->local) TRY(tell_update(tx, context, *quoting));
        if (stamp.empty()) return {};
        return emit(tx, context,
                    {.kind = EventKind::quote_revoked,
                     .actor_id = author_id,
                     .post_id = post.id,
                     .target_id = quoting->actor_id,
                     .object_ap_id = stamp});
    });
}

Result<Page<PostView>> quotes_of_post(Context& context, const Viewer& viewer, Id post_id,
                                      const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<PostView>> {
        if (!TRY(repo::sees_post(tx, viewer.actor_id, post_id))) return not_found();
        Page<PostView> page;
        std::vector<Entry> entries;
        for (auto id : TRY(repo::quoting_page(tx, viewer.actor_id, post_id, window_of(request))))
            entries.push_back({.id = id, .post_id = id, .boost_id = {}, .group_id = {}});
        if (entries.empty()) return page;
        set_cursors(page, entries.front().id, entries.back().id, entries.size(), request);
        page.items = TRY(load_views(tx, viewer, entries));
        return page;
    });
}

Result<std::string> stamp_document(Context& context, const Viewer& viewer, Id quoted_id,
                                   Id quoting_id) {
    return context.db.read([&](Tx& tx) -> Result<std::string> {
        auto quote = TRY(repo::find_quote(tx, quoting_id));
        if (!quote || quote->quoted_id != quoted_id || quote->state != QuoteState::accepted ||
            quote->stamp_ap_id.empty() || !TRY(repo::sees_post(tx, viewer.actor_id, quoted_id)))
            return not_found();
        auto quoted = TRY(repo::find_post(tx, quoted_id));
        auto quoting = TRY(repo::find_post(tx, quoting_id));
        if (!quoted || !quoted->local || !quoting) return not_found();
        auto author = TRY(repo::find_actor(tx, quoted->actor_id));
        if (!author) return not_found();
        return vocab::write_quote_authorization({.id = quote->stamp_ap_id,
                                                 .attributed_to = author->ap_id,
                                                 .interacting_object = quoting->ap_id,
                                                 .interaction_target = quoted->ap_id});
    });
}

}  // namespace kith::community
