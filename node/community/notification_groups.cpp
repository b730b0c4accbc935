#include "node/community/notification_groups.hpp"

#include "config/limits/personal.hpp"
#include "node/community/page_window.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/notifications.hpp"

#include <algorithm>
#include <unordered_map>

namespace kith::community {

using model::Notification;
using model::NotificationKind;
using sql::Tx;

namespace {

// The rows of one group that a page has read, newest first.
struct Run {
    NotificationGroupKey key;
    std::vector<Notification> rows;
};

struct Scan {
    std::vector<Run> runs;  // in the order they were met
    Id newest = 0, oldest = 0;
    bool exhausted = false;
};

repo::NotificationGroup stored(const NotificationGroupKey& key) {
    const auto since = key.half_day * limits::notification_group_ms;
    return {key.kind, key.post_id, since, since + limits::notification_group_ms};
}

NotificationGroupKey key_of(const Notification& n, const std::vector<NotificationKind>& grouped) {
    const bool wanted = std::find(grouped.begin(), grouped.end(), n.kind) != grouped.end();
    return wanted ? group_key_of(n) : alone_key_of(n);
}

// Whether the row still belongs to the page: a group more than the page may have does not.
bool take(Scan& scan, const Notification& n, const NotificationGroupKey& key, std::size_t most) {
    auto run = std::find_if(scan.runs.begin(), scan.runs.end(), [&](const Run& each) { return each.key == key; });
    if (run == scan.runs.end()) {
        if (scan.runs.size() == most) return false;
        run = scan.runs.insert(run, Run{key, {}});
    }
    run->rows.push_back(n);
    scan.newest = std::max(scan.newest, n.id);
    scan.oldest = scan.oldest == 0 ? n.id : std::min(scan.oldest, n.id);
    return true;
}

Result<Scan> scan(Tx& tx, Id owner, const NotificationFilter& filter, const std::vector<NotificationKind>& grouped,
                  TimeMs now, repo::Window window, std::size_t most) {
    Scan out;
    window.limit = limits::notification_scan_rows;
    for (int round = 0; round < limits::notification_scan_rounds; ++round) {
        auto rows = TRY(repo::notifications_page(tx, owner, rows_of(filter), now, window));
        out.exhausted = int(rows.size()) < window.limit;
        if (window.ascending) std::reverse(rows.begin(), rows.end());
        for (const auto& row : rows)
            if (!take(out, row, key_of(row, grouped), most)) {
                out.exhausted = false;
                return out;
            }
        if (out.exhausted) break;
        (window.ascending ? window.above : window.below) = rows.back().id;
    }
    return out;
}

Result<std::vector<model::Actor>> actors_of(Tx& tx, const std::vector<Notification>& rows) {
    std::vector<Id> ids;
    for (const auto& row : rows)
        if (std::find(ids.begin(), ids.end(), row.from_id) == ids.end()) ids.push_back(row.from_id);
    std::unordered_map<Id, model::Actor> by_id;
    for (auto& actor : TRY(repo::actors_by_ids(tx, ids))) by_id.emplace(actor.id, std::move(actor));
    std::vector<model::Actor> out;
    for (const auto id : ids)
        if (const auto found = by_id.find(id);
            found != by_id.end() && !found->second.suspended_at && !found->second.deleted_at)
            out.push_back(found->second);
    return out;
}

// What is told of a group beyond the rows of the page.
Result<> complete(Tx& tx, Id owner, NotificationGroup& group, TimeMs now) {
    if (group.key.alone) {
        group.count = 1;
        group.sample = {group.newest.from};
        return {};
    }
    group.count = TRY(repo::count_notification_group(tx, owner, stored(group.key), now));
    group.sample = TRY(actors_of(tx, TRY(repo::notification_group(tx, owner, stored(group.key), now,
                                                                  limits::notification_group_sample))));
    return {};
}

Result<std::vector<Notification>> rows_of_group(Tx& tx, Id owner, const NotificationGroupKey& key, TimeMs now,
                                                int limit) {
    if (!key.alone) return repo::notification_group(tx, owner, stored(key), now, limit);
    const auto row = TRY(repo::find_notification(tx, owner, *key.alone));
    return row ? std::vector<Notification>{*row} : std::vector<Notification>{};
}

}  // namespace

bool has_groups(NotificationKind kind) {
    return kind == NotificationKind::favourite || kind == NotificationKind::reblog ||
           kind == NotificationKind::follow || kind == NotificationKind::admin_sign_up;
}

NotificationGroupKey group_key_of(const Notification& n) {
    if (!has_groups(n.kind)) return alone_key_of(n);
    return {.kind = n.kind, .post_id = n.post_id, .half_day = n.created_at / limits::notification_group_ms, .alone = {}};
}

NotificationGroupKey alone_key_of(const Notification& n) {
    return {.kind = n.kind, .post_id = {}, .half_day = 0, .alone = n.id};
}

Result<Page<NotificationGroup>> notification_groups(Context& context, Id owner, const NotificationFilter& filter,
                                                    const std::vector<NotificationKind>& grouped,
                                                    const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<NotificationGroup>> {
        const auto now = context.clock.now_ms();
        auto found = TRY(scan(tx, owner, filter, grouped, now, window_of(request), std::size_t(request.limit)));
        Page<NotificationGroup> page;
        if (found.newest != 0) {
            page.prev_min_id = found.newest;
            if (!found.exhausted || request.min_id) page.next_max_id = found.oldest;
        }
        std::vector<Notification> newest;
        std::unordered_map<Id, const Run*> by_newest;
        for (auto& run : found.runs) {
            std::sort(run.rows.begin(), run.rows.end(), [](const auto& a, const auto& b) { return a.id > b.id; });
            newest.push_back(run.rows.front());
            by_newest.emplace(run.rows.front().id, &run);
        }
        std::sort(newest.begin(), newest.end(), [](const auto& a, const auto& b) { return a.id > b.id; });
        for (auto& view : TRY(load_notifications(tx, context, owner, newest))) {
            const auto& run = *by_newest.at(view.notification.id);
            NotificationGroup group{.key = run.key, .newest = std::move(view), .sample = {}};
            group.page_max_id = run.rows.front().id;
            group.page_min_id = run.rows.back().id;
            TRY(complete(tx, owner, group, now));
            page.items.push_back(std::move(group));
        }
        return page;
    });
}

Result<NotificationGroup> notification_group(Context& context, Id owner, const NotificationGroupKey& key) {
    return context.db.read([&](Tx& tx) -> Result<NotificationGroup> {
        const auto now = context.clock.now_ms();
        const auto rows = TRY(rows_of_group(tx, owner, key, now, limits::notification_group_accounts_max));
        if (rows.empty()) return fail(Code::not_found, "Record not found");
        auto views = TRY(load_notifications(tx, context, owner, {rows.front()}));
        if (views.empty()) return fail(Code::not_found, "Record not found");
        NotificationGroup group{.key = key, .newest = std::move(views.front()), .sample = {}};
        group.page_max_id = rows.front().id;
        group.page_min_id = rows.back().id;
        TRY(complete(tx, owner, group, now));
        return group;
    });
}

Result<std::vector<model::Actor>> notification_group_accounts(Context& context, Id owner,
                                                              const NotificationGroupKey& key) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<model::Actor>> {
        const auto rows = TRY(rows_of_group(tx, owner, key, context.clock.now_ms(),
                                            limits::notification_group_accounts_max));
        if (rows.empty()) return fail(Code::not_found, "Record not found");
        return actors_of(tx, rows);
    });
}

Result<> dismiss_notification_group(Context& context, Id owner, const NotificationGroupKey& key) {
    return context.db.write([&](Tx& tx) -> Result<> {
        if (TRY(rows_of_group(tx, owner, key, context.clock.now_ms(), 1)).empty())
            return fail(Code::not_found, "Record not found");
        if (key.alone) {
            TRY(repo::remove_notification(tx, owner, *key.alone));
            return {};
        }
        return repo::remove_notification_group(tx, owner, stored(key));
    });
}

Result<int> unread_notification_groups(Context& context, Id owner, const NotificationFilter& filter,
                                       const std::vector<NotificationKind>& grouped, int limit) {
    return context.db.read([&](Tx& tx) -> Result<int> {
        const repo::Window window{.above = TRY(last_read_notification(tx, owner))};
        return int(TRY(scan(tx, owner, filter, grouped, context.clock.now_ms(), window, std::size_t(limit))).runs.size());
    });
}

}  // namespace kith::community
