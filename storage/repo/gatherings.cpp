#include "storage/repo/gatherings.hpp"

#include "config/limits/gatherings.hpp"
#include "storage/repo/ids.hpp"
#include "storage/repo/visibility.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::Rsvp;
using model::RsvpState;
using model::Gathering;
using sql::Tx;

namespace {

const std::string columns =
    "g.post_id, g.starts_at, g.ends_at, g.shows_end, g.utc_offset, g.time_zone, g.place, g.address, g.latitude, g.longitude, "
    "g.online_url, g.status, g.join_mode, g.participation_url, g.capacity, g.attendees, g.sequence, g.organizer";
const std::string rsvp_columns = "w.id, w.post_id, w.actor_id, w.state, w.join_ap_id, w.created_at";

std::optional<double> maybe_real(const sql::Rows::Row& row, std::size_t column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.real(column));
}

Gathering gathering_from(const sql::Rows::Row& row) {
    return {.post_id = row.integer(0),
            .starts_at = row.maybe_integer(1),
            .ends_at = row.maybe_integer(2),
            .shows_end = row.boolean(3),
            .utc_offset_minutes = int(row.integer(4)),
            .time_zone = row.str(5),
            .place = row.str(6),
            .address = row.str(7),
            .latitude = maybe_real(row, 8),
            .longitude = maybe_real(row, 9),
            .online_url = row.str(10),
            .status = model::GatheringStatus(row.integer(11)),
            .join_mode = model::JoinMode(row.integer(12)),
            .participation_url = row.str(13),
            .capacity = row.maybe_integer(14),
            .attendees = row.integer(15),
            .sequence = row.integer(16),
            .organizer = row.str(17)};
}

Rsvp answer_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .post_id = row.integer(1),
            .actor_id = row.integer(2),
            .state = RsvpState(row.integer(3)),
            .join_ap_id = row.str(4),
            .created_at = row.integer(5)};
}

std::vector<Rsvp> rsvps_from(const sql::Rows& rows) {
    std::vector<Rsvp> out;
    for (const auto& row : rows) out.push_back(answer_from(row));
    return out;
}

std::optional<Rsvp> one_rsvp(const sql::Rows& rows) {
    return rows.empty() ? std::nullopt : std::optional(answer_from(rows[0]));
}

std::vector<Id> ids_from(const sql::Rows& rows) {
    std::vector<Id> out;
    for (const auto& row : rows) out.push_back(row.integer(0));
    return out;
}

// $1 viewer, $2 now, $3 and $4 the start and the id to go on from, $5 the limit, $6 the group or the member.
std::string upcoming_text(std::string_view of_whom) {
    return "SELECT g.post_id FROM gathering g JOIN post p ON p.id = g.post_id WHERE " + std::string(of_whom) +
           " AND g.starts_at IS NOT NULL AND g.starts_at >= $3 AND (g.starts_at > $3 OR g.post_id > $4) AND g.ends_at > $2 AND " +
           visible_to("p", 1) + " ORDER BY g.starts_at, g.post_id LIMIT $5";
}

}  // namespace

Result<> put_gathering(Tx& tx, const Gathering& g) {
    TRY(tx.execute(
        "INSERT INTO gathering (post_id, group_id, starts_at, ends_at, shows_end, utc_offset, time_zone, place, address, latitude, "
        "longitude, online_url, status, join_mode, participation_url, capacity, sequence, organizer) "
        "VALUES ($1, (SELECT group_id FROM post WHERE id = $1), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) "
        "ON CONFLICT (post_id) DO UPDATE SET group_id = excluded.group_id, starts_at = excluded.starts_at, ends_at = excluded.ends_at, "
        "shows_end = excluded.shows_end, utc_offset = excluded.utc_offset, time_zone = excluded.time_zone, place = excluded.place, "
        "address = excluded.address, latitude = excluded.latitude, longitude = excluded.longitude, online_url = excluded.online_url, "
        "status = excluded.status, join_mode = excluded.join_mode, participation_url = excluded.participation_url, "
        "capacity = excluded.capacity, sequence = excluded.sequence, organizer = excluded.organizer",
        {g.post_id, g.starts_at, g.ends_at, g.shows_end, g.utc_offset_minutes, g.time_zone, g.place, g.address, g.latitude,
         g.longitude, g.online_url, int(g.status), int(g.join_mode), g.participation_url, g.capacity, g.sequence, g.organizer}));
    return {};
}

Result<std::optional<Gathering>> find_gathering(Tx& tx, Id post) {
    auto found = TRY(gatherings_of(tx, std::span(&post, 1)));
    return found.empty() ? std::optional<Gathering>{} : std::optional(std::move(found.front()));
}

Result<std::vector<Gathering>> gatherings_of(Tx& tx, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) { return "SELECT " + columns + " FROM gathering g WHERE " + d.in_ids("g.post_id", 1); };
    std::vector<Gathering> out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {json_ids(posts)}))) out.push_back(gathering_from(row));
    return out;
}

Result<bool> take_seat(Tx& tx, Id post) {
    return TRY(tx.execute("UPDATE gathering SET attendees = attendees + 1 WHERE post_id = $1 AND (capacity IS NULL OR attendees < capacity)",
                          {post})) == 1;
}

Result<> free_seat(Tx& tx, Id post) {
    TRY(tx.execute("UPDATE gathering SET attendees = attendees - 1 WHERE post_id = $1 AND attendees > 0", {post}));
    return {};
}

Result<> set_attendees(Tx& tx, Id post, std::int64_t attendees) {
    TRY(tx.execute("UPDATE gathering SET attendees = $2 WHERE post_id = $1", {post, attendees}));
    return {};
}

Result<bool> raise_count_due(Tx& tx, Id post) {
    return TRY(tx.execute("UPDATE gathering SET count_due = TRUE WHERE post_id = $1 AND NOT count_due", {post})) == 1;
}

Result<> lower_count_due(Tx& tx, Id post) {
    TRY(tx.execute("UPDATE gathering SET count_due = FALSE WHERE post_id = $1", {post}));
    return {};
}

Result<> put_rsvp(Tx& tx, const Rsvp& a) {
    TRY(tx.execute("INSERT INTO rsvp (post_id, actor_id, id, state, join_ap_id, created_at) VALUES ($1, $2, $3, $4, $5, $6) "
                   "ON CONFLICT (post_id, actor_id) DO UPDATE SET id = excluded.id, state = excluded.state, "
                   "join_ap_id = excluded.join_ap_id, created_at = excluded.created_at",
                   {a.post_id, a.actor_id, a.id, int(a.state), a.join_ap_id, a.created_at}));
    return {};
}

Result<std::optional<Rsvp>> find_rsvp(Tx& tx, Id post, Id actor) {
    static const auto text = "SELECT " + rsvp_columns + " FROM rsvp w WHERE w.post_id = $1 AND w.actor_id = $2";
    return one_rsvp(TRY(tx.query(text, {post, actor})));
}

Result<std::optional<Rsvp>> find_rsvp_by_join(Tx& tx, std::string_view join_ap_id) {
    static const auto text = "SELECT " + rsvp_columns + " FROM rsvp w WHERE w.join_ap_id = $1 AND w.join_ap_id <> ''";
    return one_rsvp(TRY(tx.query(text, {join_ap_id})));
}

Result<std::vector<Rsvp>> rsvps_among(Tx& tx, Id actor, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT " + rsvp_columns + " FROM rsvp w WHERE w.actor_id = $1 AND " + d.in_ids("w.post_id", 2);
    };
    return rsvps_from(TRY(tx.query(make(tx.dialect()), {actor, json_ids(posts)})));
}

Result<std::vector<Rsvp>> rsvps_page(Tx& tx, Id post, RsvpState state, const Window& window) {
    static const PageText text("SELECT " + rsvp_columns +
                                   " FROM rsvp w JOIN actor a ON a.id = w.actor_id AND a.deleted_at IS NULL AND a.suspended_at IS NULL "
                                   "WHERE w.post_id = $4 AND w.state = $5",
                               "w.id");
    auto out = rsvps_from(TRY(page_rows(tx, text, window, {post, int(state)})));
    if (window.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<> forget_answers_of(Tx& tx, Id actor) {
    TRY(tx.execute("UPDATE gathering SET attendees = attendees - 1 WHERE attendees > 0 AND post_id IN (SELECT w.post_id FROM rsvp w "
                   "JOIN post p ON p.id = w.post_id AND p.local WHERE w.actor_id = $1 AND w.state = 1)",
                   {actor}));
    TRY(tx.execute("DELETE FROM rsvp WHERE actor_id = $1", {actor}));
    return {};
}

Result<int> count_rsvps(Tx& tx, Id post, RsvpState state, int limit) {
    return int(TRY(tx.query("SELECT 1 FROM rsvp WHERE post_id = $1 AND state = $2 LIMIT $3", {post, int(state), limit})).size());
}

Result<std::vector<Id>> local_attendees(Tx& tx, Id post, Id above, int limit) {
    return ids_from(TRY(tx.query("SELECT w.actor_id FROM rsvp w JOIN actor a ON a.id = w.actor_id AND a.local WHERE w.post_id = $1 AND "
                                 "w.actor_id > $2 AND w.state <= 1 ORDER BY w.actor_id LIMIT $3",
                                 {post, above, limit})));
}

Result<std::vector<Id>> upcoming_gatherings(Tx& tx, std::optional<Id> viewer, const UpcomingQuery& q) {
    static const auto of_group = upcoming_text("g.group_id = $6");
    static const auto of_member = upcoming_text(
        "EXISTS (SELECT 1 FROM follow f WHERE f.follower_id = $6 AND f.followed_id = g.group_id AND f.state = 1)");
    TimeMs from = q.now - limits::gathering_ms_max;
    Id above = 0;
    if (q.after_id) {
        const auto last = TRY(find_gathering(tx, *q.after_id));
        if (!last || !last->starts_at) return std::vector<Id>{};
        from = *last->starts_at;
        above = *q.after_id;
    }
    return ids_from(TRY(tx.query(q.group_id ? of_group : of_member,
                                 {viewer, q.now, from, above, q.limit, q.group_id ? q.group_id : q.member_id})));
}

}  // namespace kith::repo
