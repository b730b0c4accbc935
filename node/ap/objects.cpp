#include "config/limits/community.hpp"
#include "federation/delivery/documents.hpp"
#include "federation/vocab/writer.hpp"
#include "node/ap/answers.hpp"
#include "node/ap/asker.hpp"
#include "node/ap/collections.hpp"
#include "node/ap/group_readers.hpp"
#include "node/ap/handlers.hpp"
#include "node/ap/negotiation.hpp"
#include "node/community/inbound/relay.hpp"
#include "node/community/posts.hpp"
#include "node/community/quotes.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/gatherings.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/reach.hpp"
#include "storage/repo/relations.hpp"

namespace kith::ap {

using model::Post;
using model::Visibility;
using sql::Tx;

namespace {

bool is_open(const Post& post) { return post.visibility == Visibility::public_ || post.visibility == Visibility::unlisted; }

// A post that this asker may see. Code::not_found for all else.
struct Seen {
    Post post;
    Asker asker;
    community::Viewer viewer;   // as whom the asker sees the rest of the thread

    Sharing sharing() const { return !asker.sender && is_open(post) ? Sharing::everyone : Sharing::asker_only; }
};

struct InGroup {
    Post post;
    model::Actor group;
};
Result<std::optional<InGroup>> post_for_members(Tx& tx, Id id) {
    auto post = TRY(repo::find_post(tx, id));
    if (!post || post->visibility != Visibility::group || !post->group_id) return std::optional<InGroup>();
    auto group = TRY(repo::find_actor(tx, *post->group_id));
    if (!group) return std::optional<InGroup>();
    return std::optional<InGroup>(InGroup{std::move(*post), std::move(*group)});
}

// What one of ours wrote for the members of a group elsewhere, for those whom its author has not blocked.
Result<bool> open_to_members(ApContext& context, const Post& post, const keys::Sender& sender) {
    if (!post.local) return false;
    return context.community.db.read([&](Tx& tx) -> Result<bool> {
        if (TRY(repo::post_state(tx, post.id)).removed) return false;
        if (TRY(repo::either_blocks(tx, post.actor_id, sender.actor_id))) return false;
        return repo::sees_post(tx, post.actor_id, post.id);
    });
}

// A post for a group's members, asked for by somebody who is no follower here: by the server of one of
// them, or, where the group is elsewhere, by whom its host confirms (groups.md 1.5).
Result<Seen> seen_by_members(ApContext& context, Id id, const Asker& asker) {
    auto found = TRY(context.community.db.read([&](Tx& tx) { return post_for_members(tx, id); }));
    if (!found || !asker.sender) return not_found();
    if (found->group.local) {
        const auto viewer = TRY(viewer_in_group(context, asker, found->group.id));
        return Seen{TRY(community::visible_post(context.community, viewer, id)), asker, viewer};
    }
    if (!TRY(open_to_members(context, found->post, *asker.sender)) ||
        !context.group_homes.confirms(found->group, asker.sender->actor_ap_id))
        return not_found();
    return Seen{std::move(found->post), asker, asker.viewer()};
}

Result<Seen> seen_post(ApContext& context, http::Exchange& exchange) {
    vary(exchange);
    const auto id = TRY(exchange.id_param());
    auto asker = TRY(asker_of(context, exchange));
    auto post = community::visible_post(context.community, asker.viewer(), id);
    if (!post && post.error().code == Code::not_found) return seen_by_members(context, id, asker);
    if (!post) return tl::unexpected(std::move(post).error());
    const auto viewer = asker.viewer();
    return Seen{std::move(*post), std::move(asker), viewer};
}

Result<Seen> seen_local_post(ApContext& context, http::Exchange& exchange) {
    auto seen = TRY(seen_post(context, exchange));
    if (!seen.post.local) return not_found();
    return seen;
}

// When a local post went, by its own deletion or its author's, if this asker may learn that it was here:
// everybody of an open one, of another those whose server has it.
struct Lost {
    Post post;
    TimeMs at;
};
Result<std::optional<Lost>> lost_post(Tx& tx, Id id, const Asker& asker) {
    auto post = TRY(repo::find_post(tx, id));
    if (!post || !post->local) return std::optional<Lost>();
    const auto author = TRY(repo::find_actor(tx, post->actor_id));
    const auto at = post->deleted_at ? post->deleted_at : author ? author->deleted_at : std::nullopt;
    const bool told = is_open(*post) || (asker.sender && TRY(repo::has_reached(tx, id, asker.sender->host)));
    if (!at || !told) return std::optional<Lost>();
    return std::optional<Lost>(Lost{std::move(*post), *at});
}

// Who fetched a post has it: edits and deletes go there too.
Result<> note_fetch(ApContext& context, const Post& post, const keys::Sender& sender) {
    const auto known = TRY(context.community.db.read([&](Tx& tx) { return repo::has_reached(tx, post.id, sender.host); }));
    if (known) return {};
    return context.community.db.write([&community = context.community, post, id = sender.actor_id](Tx& tx) -> Result<> {
        const auto actor = TRY(repo::find_actor(tx, id));
        return actor ? community::note_reach(tx, community, post, *actor) : Result<>();
    });
}

Result<> answer_post(ApContext& context, http::Exchange& exchange, const Seen& seen) {
    if (form_of(exchange.head().joined_header("accept")) == Form::page) return exchange.redirect(seen.post.url);
    if (seen.asker.sender) TRY(note_fetch(context, seen.post, *seen.asker.sender));
    auto document = TRY(context.community.db.read([&](Tx& tx) {
        return delivery::post_document(tx, context.community.urls, seen.post);
    }));
    return answer_activity(exchange, vocab::write_post(document), seen.sharing());
}

std::string part_of(const ApContext& context, Id post, std::string_view name) {
    return context.community.urls.post(post) + "/" + std::string(name);
}

// Everything of the post's thread that this asker may see, oldest first.
Result<std::vector<Post>> thread_of(ApContext& context, const Seen& seen) {
    return context.community.db.read([&](Tx& tx) {
        return repo::visible_thread(tx, seen.viewer.actor_id, seen.post.thread_id, limits::thread_rows_max);
    });
}

}  // namespace

Result<> post(ApContext& context, http::Exchange& exchange) {
    if (context.pages.post && form_of(exchange.head().joined_header("accept")) == Form::page) {
        vary(exchange);
        return context.pages.post(exchange);
    }
    auto seen = seen_local_post(context, exchange);
    if (seen) return answer_post(context, exchange, *seen);
    if (seen.error().code != Code::not_found) return tl::unexpected(seen.error());
    const auto asker = TRY(asker_of(context, exchange));
    const auto id = TRY(exchange.id_param());
    const auto lost = TRY(context.community.db.read([&](Tx& tx) { return lost_post(tx, id, asker); }));
    if (!lost) return not_found();
    return answer_tombstone(exchange, lost->post.ap_id, delivery::post_type_name(lost->post.kind), lost->at);
}

// For those who may see the quoted post; gone when it is revoked.
Result<> quote_authorization(ApContext& context, http::Exchange& exchange) {
    const auto seen = TRY(seen_local_post(context, exchange));
    const auto quoting = TRY(exchange.id_param("quoting_id"));
    return answer_activity(exchange,
                           TRY(community::stamp_document(context.community, seen.viewer, seen.post.id, quoting)),
                           seen.sharing());
}

Result<> replies(ApContext& context, http::Exchange& exchange) {
    const auto seen = TRY(seen_local_post(context, exchange));
    std::vector<std::string> ids;
    for (const auto& post : TRY(thread_of(context, seen)))
        if (post.in_reply_to_id == seen.post.id) ids.push_back(post.ap_id);
    return answer_activity(exchange, id_collection(part_of(context, seen.post.id, "replies"), ids, Order::none), seen.sharing());
}

Result<> likes(ApContext& context, http::Exchange& exchange) {
    const auto seen = TRY(seen_local_post(context, exchange));
    return answer_activity(exchange, totals_only(part_of(context, seen.post.id, "likes"), seen.post.likes_count), seen.sharing());
}

Result<> shares(ApContext& context, http::Exchange& exchange) {
    const auto seen = TRY(seen_local_post(context, exchange));
    return answer_activity(exchange, totals_only(part_of(context, seen.post.id, "shares"), seen.post.boosts_count), seen.sharing());
}

Result<> attendees(ApContext& context, http::Exchange& exchange) {
    const auto seen = TRY(seen_local_post(context, exchange));
    const auto gathering = TRY(context.community.db.read([&](Tx& tx) { return repo::find_gathering(tx, seen.post.id); }));
    if (!gathering || !gathering->takes_answers()) return not_found();
    return answer_activity(exchange, totals_only(part_of(context, seen.post.id, "attendees"), gathering->attendees), seen.sharing());
}

// Also of a thread that began elsewhere and whose origin names no collection: our replies name this one.
Result<> thread(ApContext& context, http::Exchange& exchange) {
    const auto seen = TRY(seen_post(context, exchange));
    std::vector<std::string> ids;
    for (const auto& post : TRY(thread_of(context, seen))) ids.push_back(post.ap_id);
    return answer_activity(exchange, id_collection(part_of(context, seen.post.id, "context"), ids, Order::meant), seen.sharing());
}

}  // namespace kith::ap
