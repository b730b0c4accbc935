#include "node/community/notices.hpp"

#include "config/limits/lemmy_api.hpp"
#include "config/limits/personal.hpp"
#include "node/community/notifications.hpp"
#include "node/community/posts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/personal.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>

namespace kith::community {

using sql::Tx;

Result<> set_group_notice(Context& context, Id member, Id group_id, std::optional<Notice> mode) {
    return context.db.write([=](Tx& tx) -> Result<> {
        const auto group = TRY(repo::find_actor(tx, group_id));
        if (!group || !group->is_group() || group->deleted_at || group->suspended_at) return fail(Code::not_found, "Record not found");
        return repo::set_group_notice(tx, member, group_id, mode);
    });
}

Result<> set_thread_notice(Context& context, Id member, Id post_id, std::optional<Notice> mode) {
    const auto post = TRY(visible_post(context, Viewer::actor(member), post_id));
    return context.db.write([=](Tx& tx) -> Result<> {
        if (mode == Notice::mute)
            TRY(repo::mute_thread(tx, member, post.thread_id));
        else
            TRY(repo::unmute_thread(tx, member, post.thread_id));
        return repo::set_thread_notice(tx, member, post.thread_id, mode);
    });
}

Result<> tell_listeners(Tx& tx, const Context& context, const model::Post& post, std::span<const Id> told) {
    if (!post.group_id || post.visibility == model::Visibility::direct ||
        post.published_at < context.clock.now_ms() - limits::subscribed_post_age_ms)
        return {};
    auto listeners = TRY(repo::listeners_of_group(tx, *post.group_id, post.is_reply(), limits::notice_listeners_max));
    if (post.is_reply())
        for (const auto id : TRY(repo::listeners_of_thread(tx, post.thread_id, limits::notice_listeners_max))) listeners.push_back(id);
    std::sort(listeners.begin(), listeners.end());
    listeners.erase(std::unique(listeners.begin(), listeners.end()), listeners.end());
    for (const auto id : listeners) {
        if (std::find(told.begin(), told.end(), id) != told.end() || !TRY(repo::sees_post(tx, id, post.id))) continue;
        TRY(notify(tx, context, id, model::NotificationKind::status, post.actor_id, post.id));
    }
    return {};
}

Result<> block_groups_of(Context& context, Id member, const std::string& host, bool blocked) {
    if (host.empty()) return fail(Code::unprocessable, "Validation failed: this node's own groups cannot be blocked");
    const auto now = context.clock.now_ms();
    return context.db.write([=](Tx& tx) { return repo::set_group_host_blocked(tx, member, host, blocked ? std::optional(now) : std::nullopt); });
}

Result<std::vector<std::string>> hosts_without_groups(Context& context, Id member) {
    return context.db.read([member](Tx& tx) { return repo::blocked_group_hosts(tx, member); });
}

}  // namespace kith::community
