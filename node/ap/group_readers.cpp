#include "node/ap/group_readers.hpp"

#include "base/text/strings.hpp"
#include "federation/client/activity_json.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/followers_sync.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/relations.hpp"

#include <limits>

namespace kith::ap {

using model::Actor;
using model::ActorKind;
using sql::Tx;

namespace {

Result<std::optional<Id>> member_for(Tx& tx, Id group, const Actor& actor) {
    if (actor.local || actor.kind != ActorKind::application) return std::optional<Id>();
    return repo::follower_at(tx, group, actor.host);
}

}  // namespace

Result<community::Viewer> viewer_in_group(ApContext& context, const Asker& asker, Id group) {
    if (!asker.sender) return asker.viewer();
    return context.community.db.read([&](Tx& tx) -> Result<community::Viewer> {
        const auto actor = TRY(repo::find_actor(tx, asker.sender->actor_id));
        const auto member = actor ? TRY(member_for(tx, group, *actor)) : std::nullopt;
        return member ? community::Viewer::actor(*member) : asker.viewer();
    });
}

Result<bool> is_member(Tx& tx, Id group, const Actor& actor) {
    const auto follow = TRY(repo::find_follow(tx, actor.id, group));
    // For good: a time-out leaves reading.
    if (TRY(repo::is_banned(tx, group, actor.id, std::numeric_limits<TimeMs>::max()))) return false;
    if (follow && follow->state == model::FollowState::accepted) return true;
    return TRY(member_for(tx, group, actor)).has_value();
}

bool GroupHomes::begin(const std::string& host) {
    std::lock_guard lock(mutex_);
    const auto known = asked_now_.find(host);
    const bool enough = known != asked_now_.end() && known->second >= limits::group_home_asked_at_once_max;
    if (enough || all_asked_now_ >= limits::group_homes_asked_at_once_max) return false;
    ++all_asked_now_;
    ++asked_now_[host];
    return true;
}

void GroupHomes::end(const std::string& host) {
    std::lock_guard lock(mutex_);
    --all_asked_now_;
    if (--asked_now_[host] == 0) asked_now_.erase(host);
}

bool GroupHomes::confirms(const Actor& group, const std::string& asker_ap_id) {
    const auto key = std::to_string(group.id) + " " + asker_ap_id;
    const auto now = clock_.now_ms();
    {
        std::lock_guard lock(mutex_);
        const auto* known = answers_.find(key);
        if (known && now < known->at + limits::group_reader_fresh_ms) return known->yes;
    }
    const auto home = Url::parse(group.ap_id);
    const auto url = Url::parse(group.followers_url + "?is_follower=" + text::percent_encode(asker_ap_id));
    // The group's own server only: what it serves elsewhere knows nothing of its members.
    if (!home || !url || !same_origin(*home, *url)) return false;
    client::FetchOptions options;
    options.timeout_ms = limits::group_home_timeout_ms;
    if (!begin(group.host)) return false;
    const auto answer = client::fetch(transport_, client::activity_json_request(*url, options));
    end(group.host);
    const Answer found{answer && answer->status == 200, now};
    std::lock_guard lock(mutex_);
    answers_.put(key, found);
    return found.yes;
}

}  // namespace kith::ap
