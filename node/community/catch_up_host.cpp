#include "node/community/catch_up_host.hpp"

#include "base/core/log.hpp"
#include "base/text/url.hpp"
#include "config/limits/catch_up.hpp"
#include "config/limits/community.hpp"
#include "federation/discovery/collection_walk.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/inbound/remote_posts.hpp"
#include "node/community/outbox_entry.hpp"
#include "node/community/post_steps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>
#include <ranges>

namespace kith::community {

using discovery::Item;
using repo::CatchUpKind;
using repo::CatchUpSubject;
using sql::Tx;

namespace {

// What walk_collection() found to be fresh: each once, newest first.
class Fresh {
public:
    Item add(const std::string& id, std::string item) {
        if (ids_.insert(id).second) items.push_back(std::move(item));
        return Item::fresh;
    }
    std::vector<std::string> items;

private:
    std::set<std::string> ids_;
};

}  // namespace

bool may_pass(const Error& error) {
    return error.code == Code::unavailable || error.code == Code::timeout;
}

bool of_host(const std::string& url, const std::string& host) {
    const auto parsed = Url::parse(url);
    return parsed && parsed->host_port() == host;
}

Result<keys::FetchedDocument> HostCatchUp::get(const std::string& id) {
    const auto url = TRY(Url::parse(id));
    if (fetches_left() <= 0)
        return fail(Code::rate_limited, "more would have to be asked than one run may", id);
    if (TRY(parts_.suspended(url.host_port())))
        return fail(Code::forbidden, "the host is blocked here", id);
    ++spent_;
    ++host_.requests;
    return parts_.documents.fetch(id, limits::catch_up_request_timeout_ms);
}

Result<inbox::Fetched> HostCatchUp::fetch(const std::string& id) {
    if (id == held_id_) return inbox::Fetched{id, held_, TRY(json::Document::parse(held_))};
    auto found = TRY(get(id));
    return inbox::Fetched{std::move(found.id), std::move(found.raw), std::move(found.document)};
}

int HostCatchUp::fetches_left() const {
    return limits::catch_up_requests_per_host_max - spent_;
}

Result<> HostCatchUp::run() {
    auto& db = parts_.context.db;
    const auto subjects =
        TRY(db.read([this](Tx& tx) { return repo::subjects_of(tx, host_.host); }));
    for (const auto& subject : subjects) {
        if (fetches_left() <= 0)
            return fail(Code::rate_limited, "more would have to be asked than one run may");
        const auto asked = ask(subject);
        // Of the host itself, not of this one document: the rest waits as well.
        if (!asked && may_pass(asked.error())) return asked;
        if (!asked)
            log::debug("catch_up.skipped", {{"host", host_.host},
                                            {"subject", subject.subject_id},
                                            {"reason", asked.error().safe_text},
                                            {"detail", asked.error().detail}});
        TRY(db.write([&](Tx& tx) { return repo::finish_subject(tx, subject); }));
    }
    return {};
}

Result<> HostCatchUp::ask(const CatchUpSubject& subject) {
    switch (subject.kind) {
        case CatchUpKind::actor:
            return ask_actor(subject);
        case CatchUpKind::thread:
            return ask_thread(subject);
        case CatchUpKind::profile:
            return ask_profile(subject);
    }
    return {};
}

// Newest first it is read, oldest first taken, so that what answers finds what it answers.
Result<> HostCatchUp::ask_actor(const CatchUpSubject& subject) {
    auto& db = parts_.context.db;
    const auto actor =
        TRY(db.read([&](Tx& tx) { return repo::find_actor(tx, subject.subject_id); }));
    if (!actor || actor->suspended_at || actor->deleted_at || !of_host(actor->outbox, actor->host))
        return {};
    const auto oldest = subject.since - limits::catch_up_margin_ms;
    Fresh fresh;
    const auto visit = [&](json::View item) -> Result<Item> {
        const auto entry = outbox_entry(item);
        if (entry.published && *entry.published < oldest) return Item::known;
        if (TRY(db.read([&](Tx& tx) { return is_known(tx, *actor, entry); }))) return Item::known;
        return fresh.add(entry.id.empty() ? entry.object : entry.id, item.text());
    };
    const auto page = [this](const std::string& id) { return get(id); };
    TRY(discovery::walk_collection(actor->outbox, page, visit,
                                   {limits::catch_up_pages_max, limits::catch_up_entries_max}));
    host_.found += std::int64_t(fresh.items.size());
    for (const auto& item : fresh.items | std::views::reverse)
        if (auto taken = take_entry(*actor, item); !taken) {
            if (may_pass(taken.error()) || taken.error().code == Code::rate_limited) return taken;
            log::debug("catch_up.refused", {{"actor", actor->ap_id},
                                            {"reason", taken.error().safe_text},
                                            {"detail", taken.error().detail}});
        }
    return {};
}

// Every shape comes to an activity of the actor's own, from the actor's own origin.
Result<> HostCatchUp::take_entry(const model::Actor& actor, const std::string& text) {
    auto document = TRY(json::Document::parse(text));
    if (document.root().is_string()) {
        const auto id = vocab::id_of(document.root());
        if (!of_host(id, actor.host))
            return fail(Code::forbidden, "the entry is of another host", id);
        document = std::move(TRY(get(id)).document);
    }
    const auto item = document.root();
    auto body = item.text();
    if (vocab::is_post_type(item)) {
        body = create_around(actor, item);
    } else if (vocab::has_type(item, "Create") && item["object"].is_string()) {
        const auto id = vocab::id_of(item["object"]);
        if (!of_host(id, actor.host))
            return fail(Code::forbidden, "the object is of another host", id);
        body = with_object(item, TRY(get(id)).document.root());
    }
    hold(item);
    if (TRY(parts_.take(actor.ap_id, body, *this))) ++host_.taken;
    return {};
}

// Of an Announce{Create{post}}: the post, where both are of this host.
void HostCatchUp::hold(json::View item) {
    const auto post = item["object"].at(0)["object"].at(0);
    held_id_ = vocab::is_post_type(post) ? vocab::id_of(post) : std::string();
    if (!of_host(held_id_, host_.host)) held_id_.clear();
    held_ = held_id_.empty() ? std::string() : post.text();
}

// The conversation's own; of a server that has none the replies to its first post.
Result<std::string> HostCatchUp::collection_of(const model::Post& first) {
    if (of_host(first.context_url, host_.host)) return first.context_url;
    const auto fetched = TRY(get(first.ap_id));
    const auto post = TRY(vocab::read_post(fetched.document.root()));
    return of_host(post.context, host_.host) ? post.context : post.replies;
}

// The posts of a conversation, by ids, each from its own origin (FEP-7888, FEP-f228).
Result<> HostCatchUp::ask_thread(const CatchUpSubject& subject) {
    auto& db = parts_.context.db;
    const auto first =
        TRY(db.read([&](Tx& tx) { return repo::find_post(tx, subject.subject_id); }));
    if (!first || first->deleted_at) return {};
    const auto collection = TRY(collection_of(*first));
    if (!of_host(collection, host_.host)) return {};
    Fresh fresh;
    const auto visit = [&](json::View item) -> Result<Item> {
        OutboxEntry entry;
        entry.id = entry.object = post_of_item(item).value_or("");
        entry.is_create = true;
        if (entry.id.empty()) return Item::known;
        if (parts_.context.urls.is_ours(entry.id)) return Item::known;
        const model::Actor nobody;
        if (TRY(db.read([&](Tx& tx) { return is_known(tx, nobody, entry); }))) return Item::known;
        return fresh.add(entry.id, entry.id);
    };
    const auto page = [this](const std::string& id) { return get(id); };
    TRY(discovery::walk_collection(collection, page, visit,
                                   {limits::catch_up_pages_max, limits::catch_up_entries_max}));
    host_.found += std::int64_t(fresh.items.size());
    // A context is in the order of time: what answers comes after what it answers.
    for (const auto& id : fresh.items)
        if (auto taken = take_post(id); !taken && taken.error().code == Code::rate_limited)
            return taken;
    return {};
}

Result<> HostCatchUp::take_post(const std::string& id) {
    auto fetched = TRY(fetch(id));
    if (vocab::is_activity_type(fetched.document.root())) {
        const auto inner = TRY(post_of_item(fetched.document.root()));
        if (parts_.context.urls.is_ours(inner) || inner == id) return {};
        fetched = TRY(fetch(inner));
    }
    const auto post = TRY(vocab::read_post(fetched.document.root()));
    const auto own = Url::parse(post.id), author = Url::parse(post.attributed_to);
    if (post.id != fetched.id || !own || !author || !same_origin(*own, *author))
        return fail(Code::forbidden, "the post is attributed to somebody of another origin", id);
    TRY(parts_.posts.store_post(post, *this));
    ++host_.taken;
    return {};
}

// Containers hold Add{Create{post}} and other activities, often by their ids, which only their host can
// tell from ids of posts: such an id is fetched when it is taken.
Result<std::string> HostCatchUp::post_of_item(json::View item) {
    for (int depth = 0; depth < limits::container_depth_max; ++depth) {
        if (!item.is_object() || !vocab::is_activity_type(item)) return vocab::id_of(item);
        const bool brings = vocab::has_type(item, "Add") || vocab::has_type(item, "Create") ||
                            vocab::has_type(item, "Announce");
        if (!brings) return fail(Code::unprocessable, "it brings no post");
        item = item["object"].at(0);
    }
    return fail(Code::unprocessable, "it is nested too deeply");
}

}  // namespace kith::community
