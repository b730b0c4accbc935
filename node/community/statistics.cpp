#include "node/community/statistics.hpp"

#include "config/limits/mastodon_api.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/threads.hpp"

namespace kith::community {

Result<Statistics> statistics(Context& context) {
    const auto now = context.clock.now_ms();
    return context.db.read([now](sql::Tx& tx) -> Result<Statistics> {
        Statistics s;
        s.users = TRY(repo::count_users(tx, {}));
        s.active_day = TRY(repo::count_users(tx, now - day_ms));
        s.active_week = TRY(repo::count_users(tx, now - 7 * day_ms));
        s.active_month = TRY(repo::count_users(tx, now - 30 * day_ms));
        s.active_half_year = TRY(repo::count_users(tx, now - 180 * day_ms));
        s.posts = TRY(repo::count_local_posts(tx));
        s.peers = TRY(repo::count_known_hosts(tx));
        const auto totals = TRY(repo::group_totals(tx));
        s.groups = totals.groups;
        s.threads = totals.threads;
        s.comments = totals.comments;
        return s;
    });
}

Result<std::vector<std::string>> known_hosts(Context& context) {
    return context.db.read(
        [](sql::Tx& tx) { return repo::known_hosts(tx, limits::known_hosts_max); });
}

Result<std::optional<model::Actor>> contact_account(Context& context) {
    return context.db.read([](sql::Tx& tx) -> Result<std::optional<model::Actor>> {
        auto admin = TRY(repo::first_admin_actor(tx));
        if (!admin) return std::optional<model::Actor>{};
        return repo::find_actor(tx, *admin);
    });
}

}  // namespace kith::community
