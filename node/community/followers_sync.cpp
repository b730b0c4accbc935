#include "node/community/followers_sync.hpp"

#include "base/core/log.hpp"
#include "base/json/writer.hpp"
#include "base/text/url.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/events.hpp"
#include "node/community/follow_steps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/followers_sync.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>
#include <vector>

namespace kith::community {

using repo::LocalFollower;
using sql::Tx;
using vocab::FollowersState;

namespace {

std::string payload_of(Id actor, const FollowersState& state) {
    json::Writer w;
    w.object().member("actor", actor).member("url", state.url).member("digest", state.digest);
    w.end();
    return w.take();
}

Result<std::string> own_digest(Tx& tx, Id actor) {
    std::vector<std::string> ids;
    for (auto& one : TRY(repo::accepted_local_followers(tx, actor, limits::followers_sync_ids_max)))
        ids.push_back(std::move(one.ap_id));
    return vocab::followers_digest(ids);
}

bool is_of(std::string_view url, std::string_view actor_ap_id) {
    const auto one = Url::parse(url);
    const auto other = Url::parse(actor_ap_id);
    return one && other && same_origin(*one, *other);
}

// A person of ours whom the other server lists: as a follower after all where the answer to our
// Follow was lost; with our Undo once more where we do not follow.
// Takes off `undos_left` for each of those.
Result<> settle(Tx& tx, const Context& context, Id actor, const std::string& ap_id,
                int& undos_left) {
    const auto follower = TRY(repo::find_actor_by_ap_id(tx, ap_id));
    if (!follower || !follower->local || follower->deleted_at) return {};
    if (const auto f = TRY(repo::find_follow(tx, follower->id, actor)))
        return f->state == model::FollowState::pending ? grant_follow(tx, context, *f) : Result<>{};
    if (undos_left-- <= 0) return {};
    return emit(tx, context,
                {.kind = model::EventKind::follow_removed,
                 .actor_id = follower->id,
                 .target_id = actor,
                 .object_ap_id = context.urls.activity(context.ids.next())});
}

}  // namespace

void FollowersSync::heard(const std::string& actor_ap_id, std::string_view header) {
    if (const auto done = compare(actor_ap_id, header); !done)
        log::debug("followers_sync.ignored", {{"actor", actor_ap_id},
                                              {"reason", done.error().safe_text},
                                              {"detail", done.error().detail}});
}

Result<> FollowersSync::compare(const std::string& actor_ap_id, std::string_view header) {
    const auto state = TRY(vocab::read_followers_state(header));
    const auto actor =
        TRY(context_.db.read([&](Tx& tx) { return repo::find_actor_by_ap_id(tx, actor_ap_id); }));
    if (!actor || actor->local) return fail(Code::not_found, "the actor is not known");
    // "On the receiving end": so that nobody makes us read the list of somebody else.
    if (state.collection_id != actor->followers_url || !is_of(state.url, actor_ap_id))
        return fail(Code::forbidden, "the collection is not of this actor", state.url);
    if (TRY(context_.db.read([&](Tx& tx) { return own_digest(tx, actor->id); })) == state.digest)
        return {};
    if (!may_ask(actor_ap_id, actor->host)) return {};
    log::info("followers_sync.differs", {{"actor", actor_ap_id}});
    const auto now = context_.clock.now_ms();
    const auto jitter = TimeMs(context_.random.below(limits::followers_sync_jitter_ms));
    const auto id = context_.ids.next();
    return context_.db.write([&](Tx& tx) {
        return repo::add_job(tx, {.id = id,
                                  .kind = job_kind,
                                  .payload = payload_of(actor->id, state),
                                  .attempts = 0,
                                  .not_before = now + jitter,
                                  .created_at = now});
    });
}

bool FollowersSync::may_ask(const std::string& actor_ap_id, const std::string& host) {
    const auto now = context_.clock.now_ms();
    std::lock_guard lock(mutex_);
    const auto asked_within = [&](const std::string& key, TimeMs time) {
        const auto* last = asked_.find(key);
        return last && now - *last < time;
    };
    if (asked_within(actor_ap_id, limits::followers_sync_every_ms) ||
        asked_within(host, limits::followers_sync_host_every_ms))
        return false;
    asked_.put(actor_ap_id, now);
    asked_.put(host, now);
    return true;
}

Result<> FollowersSync::work(std::string_view payload) {
    const auto job = TRY(json::Document::parse(payload));
    const auto actor = TRY(job["actor"].integer());
    const FollowersState state{.collection_id = {},
                               .url = std::string(job["url"].string_or("")),
                               .digest = std::string(job["digest"].string_or(""))};
    const auto asked_at = context_.clock.now_ms();
    const auto list = listed(state);
    if (!list) {
        log::info("followers_sync.no_list", {{"url", state.url},
                                             {"reason", list.error().safe_text},
                                             {"detail", list.error().detail}});
        return {};
    }
    TRY(forget_unlisted(actor, *list, asked_at));
    return settle_listed(actor, *list);
}

// All of the list, or an error: whoever is not in it loses the follow. That it has the announced
// digest says that it is complete, and that nothing changed meanwhile.
Result<std::set<std::string>> FollowersSync::listed(const FollowersState& state) {
    std::set<std::string> all;
    auto next = state.url;
    const auto until = context_.clock.now_ms() + limits::followers_sync_timeout_ms;
    for (int page = 0; !next.empty(); ++page) {
        if (page == limits::followers_sync_pages_max || !is_of(next, state.url))
            return fail(Code::invalid, "the list does not end", next);
        const auto left = until - context_.clock.now_ms();
        if (left <= 0) return fail(Code::timeout, "the list takes too long", next);
        const auto fetched = TRY(documents_.fetch(next, left));
        const auto read = TRY(vocab::read_collection(fetched.document.root()));
        for (const auto item : read.items) all.insert(vocab::id_of(item));
        if (int(all.size()) > limits::followers_sync_ids_max)
            return fail(Code::too_large, "the list is too long", next);
        next = read.items.empty() && page == 0 ? read.first : read.next;
    }
    const std::vector<std::string> ids(all.begin(), all.end());
    if (vocab::followers_digest(ids) != state.digest)
        return fail(Code::invalid, "the list is not the one that was announced", state.url);
    return all;
}

// What was accepted while the list was on its way may not be in it.
Result<> FollowersSync::forget_unlisted(Id actor, const std::set<std::string>& listed,
                                        TimeMs asked_at) {
    auto ours = TRY(context_.db.read([&](Tx& tx) {
        return repo::accepted_local_followers(tx, actor, limits::followers_sync_ids_max);
    }));
    std::erase_if(ours, [&](const LocalFollower& one) {
        return one.accepted_at >= asked_at || listed.contains(one.ap_id);
    });
    constexpr auto step = std::size_t(limits::followers_sync_changes_per_write_max);
    for (std::size_t from = 0; from < ours.size(); from += step)
        TRY(context_.db.write([&](Tx& tx) -> Result<> {
            for (auto i = from; i < std::min(from + step, ours.size()); ++i) {
                const auto f = TRY(repo::find_follow(tx, ours[i].actor_id, actor));
                if (f && f->id == ours[i].follow_id) TRY(refuse_follow(tx, context_, *f));
            }
            return {};
        }));
    if (!ours.empty())
        log::info("followers_sync.removed", {{"actor", actor}, {"follows", ours.size()}});
    return {};
}

Result<> FollowersSync::settle_listed(Id actor, const std::set<std::string>& listed) {
    const std::vector<std::string> ids(listed.begin(), listed.end());
    constexpr auto step = std::size_t(limits::followers_sync_changes_per_write_max);
    int undos_left = limits::followers_sync_undos_max;
    for (std::size_t from = 0; from < ids.size(); from += step)
        undos_left = TRY(context_.db.write([&, undos_left](Tx& tx) -> Result<int> {
            int left = undos_left;
            for (auto i = from; i < std::min(from + step, ids.size()); ++i)
                if (context_.urls.is_ours(ids[i])) TRY(settle(tx, context_, actor, ids[i], left));
            return left;
        }));
    return {};
}

}  // namespace kith::community
