#include "storage/repo/delivery.hpp"

#include "storage/repo/actors.hpp"
#include "storage/repo/ids.hpp"
#include "storage/repo/visibility.hpp"

namespace kith::repo {

using model::Activity;
using model::Delivery;
using model::DeliveryOutcome;
using sql::Tx;

namespace {

Activity activity_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .actor_id = row.integer(1),
            .ap_id = row.str(2),
            .type = row.str(3),
            .body = row.str(4),
            .audience = row.str(5),
            .created_at = row.integer(6)};
}

std::vector<InboxRow> inboxes_from(const sql::Rows& rows) {
    std::vector<InboxRow> out;
    for (const auto& row : rows) out.push_back({row.str(0), row.str(1)});
    return out;
}

}  // namespace

Result<bool> insert_activity(Tx& tx, const Activity& a) {
    return TRY(tx.execute(
               "INSERT INTO activity (id, actor_id, ap_id, type, body, audience, created_at) "
               "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (ap_id) DO NOTHING",
               {a.id, a.actor_id, a.ap_id, a.type, a.body, a.audience, a.created_at})) == 1;
}

Result<std::optional<Activity>> find_activity_by_ap_id(Tx& tx, std::string_view ap_id) {
    auto rows =
        TRY(tx.query("SELECT id, actor_id, ap_id, type, body, audience, created_at FROM activity "
                     "WHERE ap_id = $1",
                     {ap_id}));
    return rows.empty() ? std::optional<Activity>{} : activity_from(rows[0]);
}

Result<std::vector<Activity>> activities_by_ids(Tx& tx, std::span<const Id> ids) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT id, actor_id, ap_id, type, body, audience, created_at FROM activity WHERE " +
               d.in_ids("id", 1);
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {json_ids(ids)}));
    std::vector<Activity> out;
    for (const auto& row : rows) out.push_back(activity_from(row));
    return out;
}

Result<std::vector<Activity>> activities_after(Tx& tx, Id after, int limit) {
    auto rows =
        TRY(tx.query("SELECT id, actor_id, ap_id, type, '', audience, created_at FROM activity "
                     "WHERE id > $1 ORDER BY id LIMIT $2",
                     {after, limit}));
    std::vector<Activity> out;
    for (const auto& row : rows) out.push_back(activity_from(row));
    return out;
}

Result<bool> queue_delivery(Tx& tx, const Delivery& d) {
    auto done = TRY(tx.query("SELECT 1 FROM delivery_result WHERE activity_id = $1 AND inbox = $2",
                             {d.activity_id, d.inbox}));
    if (!done.empty()) return false;
    return TRY(tx.execute("INSERT INTO delivery (id, host, activity_id, inbox, ordering, attempts, "
                          "not_before, "
                          "last_error) VALUES ($1, $2, $3, $4, $5, 0, 0, '') ON CONFLICT "
                          "(activity_id, inbox) DO NOTHING",
                          {d.id, d.host, d.activity_id, d.inbox, d.ordering})) == 1;
}

Result<std::vector<WaitingDelivery>> waiting_deliveries(Tx& tx, std::string_view host, Id after,
                                                        int limit) {
    auto rows = TRY(tx.query(
        "SELECT d.id, d.activity_id, d.inbox, d.ordering, d.attempts, d.not_before, d.last_error, "
        "a.actor_id, a.created_at FROM delivery d JOIN activity a ON a.id = d.activity_id "
        "WHERE d.host = $1 AND d.id > $2 ORDER BY d.id LIMIT $3",
        {host, after, limit}));
    std::vector<WaitingDelivery> out;
    for (const auto& row : rows)
        out.push_back({.delivery = {.id = row.integer(0),
                                    .host = std::string(host),
                                    .activity_id = row.integer(1),
                                    .inbox = row.str(2),
                                    .ordering = row.str(3),
                                    .attempts = int(row.integer(4)),
                                    .not_before = row.integer(5),
                                    .last_error = row.str(6)},
                       .actor_id = row.integer(7),
                       .created_at = row.integer(8)});
    return out;
}

std::string post_ordering(Id post) { return "post:" + std::to_string(post); }

Result<> finish_delivery(Tx& tx, const FinishedDelivery& f, TimeMs at) {
    TRY(tx.execute("DELETE FROM delivery WHERE id = $1", {f.id}));
    TRY(
        tx.execute("INSERT INTO delivery_result (activity_id, inbox, host, outcome, at, error) "
                   "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (activity_id, inbox) DO UPDATE SET "
                   "outcome = excluded.outcome, at = excluded.at, error = excluded.error",
                   {f.activity_id, f.inbox, f.host, int(f.outcome), at, f.error}));
    if (!f.post_id) return {};
    if (f.outcome == DeliveryOutcome::delivered)
        TRY(
            tx.execute("UPDATE post_reach SET state = 1, at = $3, error = '' WHERE post_id = $1 AND host = $2 "
                       "AND state <> 1",
                       {*f.post_id, f.host, at}));
    else
        TRY(
            tx.execute("UPDATE post_reach SET state = 2, at = $3, error = $4 WHERE post_id = $1 AND "
                       "host = $2 AND state = 0",
                       {*f.post_id, f.host, at, f.error}));
    return {};
}

Result<> postpone_delivery(Tx& tx, const Delivery& d) {
    TRY(tx.execute(
        "UPDATE delivery SET attempts = $2, not_before = $3, last_error = $4 WHERE id = $1",
        {d.id, d.attempts, d.not_before, d.last_error}));
    return {};
}

Result<> readdress_delivery(Tx& tx, Id id, std::string_view inbox) {
    auto moved = TRY(tx.execute(
        "UPDATE delivery SET inbox = $2, attempts = 0, not_before = 0, last_error = '' WHERE id = "
        "$1 AND NOT EXISTS "
        "(SELECT 1 FROM delivery o WHERE o.activity_id = delivery.activity_id AND o.inbox = $2)",
        {id, inbox}));
    if (moved == 0) TRY(tx.execute("DELETE FROM delivery WHERE id = $1", {id}));
    return {};
}

Result<std::int64_t> give_up_deliveries(Tx& tx, std::string_view host, std::string_view inbox,
                                        std::string_view error, TimeMs at, int limit) {
    auto rows = TRY(tx.query(
        "SELECT id, activity_id, inbox FROM delivery WHERE host = $1 AND ($2 = '' OR inbox = $2) "
        "ORDER BY id LIMIT $3",
        {host, inbox, limit}));
    for (const auto& row : rows)
        TRY(finish_delivery(tx,
                            {.id = row.integer(0),
                             .activity_id = row.integer(1),
                             .host = std::string(host),
                             .inbox = row.str(2),
                             .outcome = DeliveryOutcome::given_up,
                             .error = std::string(error)},
                            at));
    if (!rows.empty())
        TRY(
            tx.execute("UPDATE post_reach SET state = 2, at = $3 WHERE host = $1 AND ($2 = '' OR "
                       "inbox = $2) AND state = 0",
                       {host, inbox, at}));
    return std::int64_t(rows.size());
}

Result<std::vector<DeliveryResult>> delivery_results(Tx& tx, Id activity) {
    auto rows = TRY(tx.query(
        "SELECT host, inbox, outcome, at, error FROM delivery_result WHERE activity_id = $1 "
        "ORDER BY inbox",
        {activity}));
    std::vector<DeliveryResult> out;
    for (const auto& row : rows)
        out.push_back(
            {row.str(0), row.str(1), DeliveryOutcome(row.integer(2)), row.integer(3), row.str(4)});
    return out;
}

Result<std::int64_t> trim_activities(Tx& tx, TimeMs before, int limit) {
    return tx.execute(
        "DELETE FROM activity WHERE id IN (SELECT a.id FROM activity a WHERE a.created_at < $1 AND "
        "NOT EXISTS (SELECT 1 FROM delivery d WHERE d.activity_id = a.id) ORDER BY a.created_at "
        "LIMIT $2)",
        {before, limit});
}

Result<std::int64_t> trim_delivery_results(Tx& tx, TimeMs before, int limit) {
    auto rows = TRY(tx.query(
        "SELECT activity_id, inbox FROM delivery_result WHERE at < $1 ORDER BY at LIMIT $2",
        {before, limit}));
    for (const auto& row : rows)
        TRY(tx.execute("DELETE FROM delivery_result WHERE activity_id = $1 AND inbox = $2",
                       {row.integer(0), row.text(1)}));
    return std::int64_t(rows.size());
}

Result<> queue_reach(Tx& tx, Id post, const InboxRow& to, TimeMs at) {
    TRY(tx.execute(
        "INSERT INTO post_reach (post_id, host, inbox, state, at) VALUES ($1, $2, $3, 0, $4) "
        "ON CONFLICT (post_id, host) DO UPDATE SET state = 0, at = excluded.at, inbox = "
        "excluded.inbox "
        "WHERE post_reach.state IN (2, 3)",
        {post, to.host, to.inbox, at}));
    return {};
}

Result<std::vector<InboxRow>> follower_inboxes_at(Tx& tx, Id followed, std::string_view host) {
    static const std::string text =
        "SELECT DISTINCT a.host, CASE WHEN a.shared_inbox <> '' THEN a.shared_inbox "
        "ELSE a.inbox END FROM follow f JOIN actor a ON a.id = f.follower_id WHERE f.followed_id = $1 AND f.state = 1 "
        "AND a.host = $2 AND NOT a.local AND a.deleted_at IS NULL AND a.suspended_at IS NULL AND " + reads_followed("f") + " ORDER BY 2";
    return inboxes_from(TRY(tx.query(text, {followed, host})));
}

Result<std::vector<InboxRow>> peer_inboxes(Tx& tx, std::string_view host) {
    // A host's shared inbox where one of its actors names one: MAX prefers it to nothing.
    auto rows =
        TRY(tx.query("SELECT a.host, CASE WHEN MAX(a.shared_inbox) <> '' THEN MAX(a.shared_inbox) "
                     "ELSE MAX(a.inbox) END "
                     "FROM peer p JOIN actor a ON a.host = p.host WHERE ($1 = '' OR p.host = $1) "
                     "AND NOT a.local AND "
                     "a.deleted_at IS NULL AND a.inbox <> '' GROUP BY a.host ORDER BY a.host",
                     {host}));
    return inboxes_from(rows);
}

Result<std::optional<model::Actor>> actor_of_inbox(Tx& tx, std::string_view host,
                                                   std::string_view inbox) {
    static const auto text =
        "SELECT " + actor_columns +
        " FROM actor a WHERE a.host = $1 AND (a.inbox = $2 OR a.shared_inbox = $2) "
        "AND NOT a.local AND a.deleted_at IS NULL ORDER BY a.fetched_at DESC LIMIT 1";
    auto rows = TRY(tx.query(text, {host, inbox}));
    return rows.empty() ? std::optional<model::Actor>{} : actor_from(rows[0]);
}

Result<> forget_inbox(Tx& tx, Id actor) {
    TRY(tx.execute("UPDATE actor SET inbox = '' WHERE id = $1 AND NOT local", {actor}));
    return {};
}

}  // namespace kith::repo
