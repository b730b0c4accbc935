// What a post quotes, and the stamp that approves it (FEP-044f, DRAFT).
#include "storage/repo/quotes.hpp"
#include "base/text/url.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/inbound/authors.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/remote_posts.hpp"
#include "node/community/inbound/stamps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"

namespace kith::community {

using model::Post;
using model::Quote;
using model::QuoteState;
using sql::Tx;

namespace {

// The author of a post that is here already, by id; "" where it is not.
Result<std::string> known_author(Context& context, const std::string& post_ap_id) {
    return context.db.read([&](Tx& tx) -> Result<std::string> {
        auto post = TRY(repo::find_post_by_ap_id(tx, post_ap_id));
        if (!post) return std::string();
        auto author = TRY(repo::find_actor(tx, post->actor_id));
        return author ? author->ap_id : std::string();
    });
}

// The quoted post as its own origin serves it; never what the quoting document says of it. Nothing
// where it cannot be had: it is taken up when it comes.
Result<std::optional<vocab::Post>> fetch_quoted(Context& context, const std::string& id,
                                                inbox::Fetcher& fetcher, DeedPlan& plan) {
    if (context.urls.is_ours(id)) return std::optional<vocab::Post>{};
    auto fetched = fetcher.fetch(id);
    if (!fetched) return std::optional<vocab::Post>{};
    auto read = vocab::read_post(fetched->document.root());
    if (!read || read->id != id || !one_origin(read->attributed_to, id))
        return std::optional<vocab::Post>{};
    auto author = fetch_author(context, read->attributed_to, fetcher, plan);
    if (!author || !*author) return std::optional<vocab::Post>{};
    return std::optional<vocab::Post>(std::move(*read));
}

}  // namespace

bool one_origin(std::string_view a, std::string_view b) {
    auto one = Url::parse(a), other = Url::parse(b);
    return one && other && same_origin(*one, *other);
}

Result<> fetch_stamp(Context& context, inbox::Fetcher& fetcher, const Approved& wanted) {
    if (context.urls.is_ours(wanted.stamp) || !one_origin(wanted.stamp, wanted.author))
        return fail(Code::forbidden, "the stamp is of another origin than the quoted post's author",
                    wanted.stamp);
    const auto fetched = TRY(fetcher.fetch(wanted.stamp));
    const auto stamp = TRY(vocab::read_quote_authorization(fetched.document.root()));
    const bool holds = stamp.id == wanted.stamp && stamp.attributed_to == wanted.author &&
                       stamp.interacting_object == wanted.quoting &&
                       stamp.interaction_target == wanted.quoted;
    if (!holds) return fail(Code::forbidden, "the stamp approves something else", wanted.stamp);
    return {};
}

Result<> resolve_quote(Context& context, const vocab::Post& post, inbox::Fetcher& fetcher,
                       DeedPlan& plan) {
    if (post.quote.empty() || post.quote == post.id) return {};
    auto author = TRY(known_author(context, post.quote));
    if (author.empty()) {
        plan.quoted = TRY(fetch_quoted(context, post.quote, fetcher, plan));
        if (!plan.quoted) return {};
        author = plan.quoted->attributed_to;
    }
    if (post.quote_authorization.empty() || author == post.attributed_to) return {};
    // Without a stamp that holds the post is taken all the same; its quote stays unapproved.
    if (fetch_stamp(context, fetcher, {post.quote_authorization, author, post.id, post.quote}))
        plan.quote_stamp = post.quote_authorization;
    return {};
}

Result<> settle_quote(Tx& tx, const Context& context, const Post& stored, const vocab::Post& v,
                      const DeedPlan& plan, TimeMs received_at, Turn turn) {
    auto old = TRY(repo::find_quote(tx, stored.id));
    if (v.quote.empty() || v.quote == v.id)
        return old && turn == Turn::allowed ? repo::remove_quote(tx, stored.id) : Result<>{};
    const bool turns = old && old->quoted_ap_id != v.quote;
    if (turns && turn == Turn::forbidden) return {};
    if (plan.quoted && plan.quoted->id == v.quote) {
        auto kept = store_remote_post(tx, context, *plan.quoted, received_at, nullptr);
        // A quoted post that is not wanted here is no reason against the one that quotes it.
        if (!kept && kept.error().code != Code::forbidden) return tl::unexpected(kept.error());
    }
    Quote quote;
    if (old && !turns) quote = *old;
    quote.post_id = stored.id;
    quote.quoted_ap_id = v.quote;
    if (!old) quote.created_at = received_at;
    if (auto quoted = TRY(repo::find_post_by_ap_id(tx, v.quote))) {
        quote.quoted_id = quoted->id;
        quote.quoted_actor_id = quoted->actor_id;
        if (quoted->actor_id == stored.actor_id) {
            quote.state = QuoteState::accepted;
        } else if (!quoted->local && !plan.quote_stamp.empty()) {
            // Of our own posts we know ourselves what was approved.
            quote.state = QuoteState::accepted;
            quote.stamp_ap_id = plan.quote_stamp;
        }
    }
    return repo::put_quote(tx, quote);
}

}  // namespace kith::community
