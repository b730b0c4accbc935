#include "base/json/view.hpp"
#include "federation/vocab/reader.hpp"
#include "node/ap/answers.hpp"
#include "node/ap/asker.hpp"
#include "node/ap/handlers.hpp"
#include "node/ap/outbox_items.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/delivery.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>

namespace kith::ap {

using sql::Tx;
using Text = std::optional<std::string>;

namespace {

struct Asked {
    Id id;
    std::string part;      // "" or what follows the id
    std::string ap_id;
    community::Viewer viewer;
};

bool is_addressed_to_all(json::View activity) {
    for (const auto* field : {"to", "cc"}) {
        const auto ids = vocab::ids_of(activity[field]);
        if (std::any_of(ids.begin(), ids.end(), vocab::is_public)) return true;
    }
    return false;
}

// A group's Announce of what was said to somebody is no more open than that, whatever servers want it addressed to.
bool is_open(json::View activity) {
    if (!is_addressed_to_all(activity)) return false;
    const auto inner = activity["object"].at(0);
    const bool says_to_whom = vocab::is_activity_type(inner) && (!inner["to"].is_nothing() || !inner["cc"].is_nothing());
    return !says_to_whom || is_addressed_to_all(inner);
}

// What an activity was about, also where a group announced it.
std::string object_id_of(json::View activity) {
    auto object = activity["object"].at(0);
    if (vocab::is_activity_type(object)) object = object["object"].at(0);
    return vocab::id_of(object);
}

// Whether it brings or shows a post, also by a group's Announce.
bool shows_a_post(json::View activity) {
    auto shown = activity;
    if (vocab::has_type(shown, "Announce")) {
        shown = shown["object"].at(0);
        if (!vocab::is_activity_type(shown)) return true;
    }
    return vocab::has_type(shown, "Create") || vocab::has_type(shown, "Update");
}

// What brings or shows a post is for those who may see the post; any other activity only where it was
// addressed to everybody, and what it is about may be seen.
Result<bool> may_read(Tx& tx, const community::Viewer& viewer, const model::Activity& sent) {
    const auto speaker = TRY(repo::find_actor(tx, sent.actor_id));
    if (!speaker || speaker->deleted_at || speaker->suspended_at) return false;
    const auto document = TRY(json::Document::parse(sent.body));
    const bool shows_post = shows_a_post(document.root());
    const bool open = is_open(document.root());
    const auto post = TRY(repo::find_post_by_ap_id(tx, object_id_of(document.root())));
    if (!post) return open;
    return (open || shows_post) && TRY(repo::sees_post(tx, viewer.actor_id, post->id));
}

Result<Text> sent_activity(Tx& tx, const Asked& asked) {
    auto sent = TRY(repo::find_activity_by_ap_id(tx, asked.ap_id));
    if (!sent || !TRY(may_read(tx, asked.viewer, *sent))) return Text();
    return Text(std::move(sent->body));
}

Result<std::optional<model::Post>> seen(Tx& tx, const Asked& asked, Id post) {
    if (!TRY(repo::sees_post(tx, asked.viewer.actor_id, post))) return std::optional<model::Post>();
    return repo::find_post(tx, post);
}

Result<std::optional<model::Actor>> living_local(Tx& tx, Id id) {
    auto actor = TRY(repo::find_actor(tx, id));
    if (actor && (!actor->local || actor->deleted_at || actor->suspended_at)) actor.reset();
    return actor;
}

Result<Text> entry_text(Tx& tx, const Urls& urls, const Asked& asked, const repo::GroupEntry& entry) {
    const auto group = TRY(living_local(tx, entry.group_id));
    const auto post = TRY(seen(tx, asked, entry.post_id));
    if (!group || !post) return Text();
    if (asked.part.empty()) return Text(entry_activity(*group, entry, *post, vocab::Context::with));
    if (asked.part != announce_part) return Text();
    return Text(TRY(announced_create(tx, urls, *group, entry, *post, vocab::Context::with)));
}

// A group's Announce of a comment.
Result<Text> comment_text(Tx& tx, const Urls& urls, const Asked& asked) {
    const auto comment = TRY(seen(tx, asked, asked.id));
    if (asked.part != announce_part || !comment || !comment->group_id || !comment->is_reply()) return Text();
    const auto group = TRY(living_local(tx, *comment->group_id));
    if (!group) return Text();
    return Text(TRY(announced_comment(tx, urls, *group, *comment, vocab::Context::with)));
}

// What outboxes name: made anew, since what was sent is kept for 30 days only.
Result<Text> remade_activity(Tx& tx, const Urls& urls, const Asked& asked) {
    if (const auto entry = TRY(repo::find_group_entry(tx, asked.id))) return entry_text(tx, urls, asked, *entry);
    if (!asked.part.empty()) return comment_text(tx, urls, asked);
    if (const auto boost = TRY(repo::find_boost_by_id(tx, asked.id))) {
        const auto actor = TRY(living_local(tx, boost->actor_id));
        const auto post = TRY(seen(tx, asked, boost->post_id));
        if (!actor || !post || boost->visibility > model::Visibility::unlisted) return Text();
        return Text(boost_activity(*actor, *boost, *post, vocab::Context::with));
    }
    const auto post = TRY(seen(tx, asked, asked.id));
    if (!post || !post->local) return Text();
    return Text(TRY(create_activity(tx, urls, *post, vocab::Context::with)));
}

}  // namespace

Result<> activity(ApContext& context, http::Exchange& exchange) {
    vary(exchange);
    const auto& urls = context.community.urls;
    const auto id = TRY(exchange.id_param());
    const auto part = std::string(exchange.param("part"));
    const auto viewer = TRY(asker_of(context, exchange)).viewer();
    const Asked asked{id, part, part.empty() ? urls.activity(id) : urls.activity_part(id, part), viewer};
    auto text = TRY(context.community.db.read([&](Tx& tx) -> Result<Text> {
        auto sent = TRY(sent_activity(tx, asked));
        return sent ? Result<Text>(std::move(sent)) : remade_activity(tx, urls, asked);
    }));
    if (!text) return not_found();
    return answer_activity(exchange, std::move(*text), Sharing::asker_only);
}

}  // namespace kith::ap
