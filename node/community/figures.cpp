#include "node/community/figures.hpp"

#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"

namespace kith::community {

using sql::Tx;

Result<Figures> figures(Context& context) {
    const auto now = context.clock.now_ms();
    return context.db.read([&](Tx& tx) -> Result<Figures> {
        Figures f;
        f.users = TRY(repo::count_users(tx, {}));
        f.active_month = TRY(repo::count_users(tx, now - 30 * day_ms));
        f.active_half_year = TRY(repo::count_users(tx, now - 180 * day_ms));
        f.local_posts = TRY(repo::count_local_posts(tx));
        f.known_hosts = TRY(repo::count_known_hosts(tx));
        return f;
    });
}

Result<std::optional<model::Actor>> contact_account(Context& context) {
    return context.db.read([&](Tx& tx) -> Result<std::optional<model::Actor>> {
        auto admin = TRY(repo::first_admin_actor(tx));
        return admin ? repo::find_actor(tx, *admin) : Result<std::optional<model::Actor>>(std::nullopt);
    });
}

Result<std::vector<std::string>> known_hosts(Context& context) {
    return context.db.read([](Tx& tx) { return repo::known_hosts(tx, limits::known_hosts_max); });
}

}  // namespace kith::community
