#include "node/community/messages.hpp"

#include "node/community/notifications.hpp"
#include "node/community/page_window.hpp"
#include "storage/repo/conversations.hpp"
#include "storage/repo/notifications.hpp"

#include <map>

namespace kith::community {

namespace {

Result<std::vector<Message>> messages_of(sql::Tx& tx, Id member, const std::vector<Id>& ids) {
    std::vector<Entry> entries;
    for (const auto id : ids) entries.push_back({.id = id, .post_id = id, .boost_id = {}, .group_id = {}});
    std::map<Id, Id> told;
    for (const auto& one : TRY(repo::notifications_of_posts(tx, member, model::NotificationKind::mention, ids)))
        if (one.post_id) told[*one.post_id] = one.id;
    std::vector<Message> out;
    for (auto& view : TRY(load_views(tx, Viewer::actor(member), entries))) {
        Message made{.view = std::move(view), .read = true, .notification_id = {}};
        if (const auto found = told.find(made.view.post.id); found != told.end()) {
            made.notification_id = found->second;
            made.read = TRY(notifications_read(tx, member, std::vector{found->second})).front();
        }
        out.push_back(std::move(made));
    }
    return out;
}

}  // namespace

Result<Page<Message>> messages(Context& context, Id member, const PageRequest& request) {
    return context.db.read([&](sql::Tx& tx) -> Result<Page<Message>> {
        const auto ids = TRY(repo::direct_posts(tx, member, window_of(request)));
        Page<Message> page;
        if (!ids.empty()) set_cursors(page, ids.front(), ids.back(), ids.size(), request);
        page.items = TRY(messages_of(tx, member, ids));
        return page;
    });
}

Result<Message> message(Context& context, Id member, Id post) {
    return context.db.read([&](sql::Tx& tx) -> Result<Message> {
        auto found = TRY(messages_of(tx, member, {post}));
        if (found.empty() || found.front().view.post.visibility != model::Visibility::direct) return fail(Code::not_found, "Record not found");
        return std::move(found.front());
    });
}

}  // namespace kith::community
