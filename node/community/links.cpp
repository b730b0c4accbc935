#include "node/community/links.hpp"

#include "base/html/page_head.hpp"
#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "base/text/url.hpp"
#include "config/limits/links.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/links.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/quotes.hpp"

#include <algorithm>

namespace kith::community {

using model::Link;
using model::Post;
using sql::Tx;

namespace {

// The page that a post shows: of a link post its target, else what its text links to first.
std::string page_of(const Context& context, const Post& post) {
    if (post.link_url.empty() && post.content.find("<a ") == post.content.npos) return {};
    const auto url = Url::parse(post.link_url.empty() ? html::first_link(post.content) : post.link_url);
    if (!url || context.urls.is_ours(url->str())) return {};
    return url->without_fragment();
}

bool is_fresh(const repo::LinkState& link, TimeMs now) {
    return link.read && now < link.read_at + (link.good ? limits::link_fresh_ms : limits::empty_link_fresh_ms);
}

Result<bool> shows_something_else(Tx& tx, const Post& post) {
    if (!TRY(repo::attachments_of(tx, std::span(&post.id, 1))).empty()) return true;
    return TRY(repo::find_quote(tx, post.id)).has_value();
}

}  // namespace

Result<> note_link(Tx& tx, const Context& context, const Post& post) {
    const auto url = post.visibility == model::Visibility::direct ? std::string() : page_of(context, post);
    if (url.empty() || TRY(shows_something_else(tx, post))) return post.edited_at ? repo::clear_post_link(tx, post.id) : Result<>{};
    const auto now = context.clock.now_ms();
    const auto id = TRY(repo::add_link(tx, context.ids.next(), url));
    TRY(repo::set_post_link(tx, post.id, id));
    const auto known = TRY(repo::find_link(tx, url));
    if (known && is_fresh(*known, now)) return {};
    // Many nodes get a peer's post at once: they do not ask the page at once.
    return repo::queue_link(tx, id, post.local ? now : now + TimeMs(context.random.below(limits::link_jitter_ms)));
}

Result<std::vector<Card>> cards_of(Tx& tx, std::vector<Link> links) {
    std::vector<Id> authors;
    for (const auto& link : links)
        if (link.author_id) authors.push_back(*link.author_id);
    const auto actors = authors.empty() ? std::vector<model::Actor>{} : TRY(repo::actors_by_ids(tx, authors));
    std::vector<Card> out;
    for (auto& link : links) {
        Card card{std::move(link), {}};
        for (const auto& actor : actors)
            if (actor.id == card.link.author_id && !actor.suspended_at && !actor.deleted_at) card.author = actor;
        out.push_back(std::move(card));
    }
    return out;
}

Result<> attach_cards(Tx& tx, std::vector<PostView>& views) {
    std::vector<Id> ids;
    for (const auto& view : views)
        if (!view.post.link_url.empty() || view.post.content.find("<a ") != view.post.content.npos)
            ids.push_back(view.post.id);
    auto found = TRY(repo::links_of(tx, ids));
    std::vector<Link> links;
    for (const auto& row : found) links.push_back(row.link);
    const auto cards = TRY(cards_of(tx, std::move(links)));
    for (auto& view : views)
        for (std::size_t n = 0; n < found.size(); ++n)
            if (found[n].post_id == view.post.id && !view.author.media_rejected) view.card = cards[n];
    return {};
}

Result<> queue_field_checks(Tx& tx, const Context& context, Id actor) {
    json::Writer w;
    w.object().member("actor", actor).member("field", 0).end();
    const auto now = context.clock.now_ms();
    return repo::add_job(tx, {.id = context.ids.next(),
                              .kind = std::string(verify_fields_job),
                              .payload = w.take(),
                              .not_before = now,
                              .created_at = now});
}

Result<std::optional<FieldCheck>> field_to_check(Context& context, std::string_view payload) {
    const auto document = TRY(json::Document::parse(payload));
    FieldCheck check;
    const auto id = TRY(document["actor"].integer());
    check.field = std::size_t(std::max<std::int64_t>(TRY(document["field"].integer()), 0));
    const auto actor = TRY(context.db.read([id](Tx& tx) { return repo::find_actor(tx, id); }));
    if (!actor || !actor->local || actor->deleted_at || actor->suspended_at) return std::optional<FieldCheck>{};
    check.actor = *actor;
    const auto fields = TRY(json::Document::parse(actor->fields));
    std::size_t n = 0;
    for (auto field : fields.root()) {
        if (n++ < check.field) continue;
        const auto url = Url::parse(text::trim(field["source"].string_or("")));
        if (!url || field["verified_at"].maybe_string() || context.urls.is_ours(url->str())) continue;
        check.field = n - 1;
        check.url = url->str();
        json::Writer w;
        w.object().member("actor", id).member("field", n).end();
        check.next = w.take();
        return std::optional(std::move(check));
    }
    return std::optional<FieldCheck>{};
}

// The profile may have changed meanwhile: what is verified is the link, wherever it stands.
Result<> note_field_verified(Context& context, const FieldCheck& check) {
    return context.db.write([&](Tx& tx) -> Result<> {
        auto actor = TRY(repo::find_actor(tx, check.actor.id));
        if (!actor || actor->deleted_at) return {};
        const auto fields = TRY(json::Document::parse(actor->fields));
        const auto now = format_iso8601(context.clock.now_ms());
        json::Writer w;
        w.array();
        for (auto field : fields.root()) {
            const auto source = field["source"].string_or("");
            const auto url = Url::parse(text::trim(source));
            w.object().member("name", field["name"].string_or("")).member("value", field["value"].string_or(""));
            w.member("source", source);
            if (const auto before = field["verified_at"].maybe_string())
                w.member("verified_at", *before);
            else if (url && url->str() == check.url)
                w.member("verified_at", now);
            w.end();
        }
        w.end();
        actor->fields = w.take();
        return repo::update_actor(tx, *actor);
    });
}

}  // namespace kith::community
