#include "node/community/gathering_steps.hpp"

#include "base/json/writer.hpp"
#include "base/text/time_zones.hpp"
#include "base/text/url.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/gatherings.hpp"
#include "node/community/notifications.hpp"
#include "storage/repo/gatherings.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/notifications.hpp"

#include <cmath>
#include <cstdlib>
#include <tuple>

namespace kith::community {

using model::Rsvp;
using model::RsvpState;
using model::Gathering;
using model::GatheringStatus;
using model::JoinMode;
using sql::Tx;

namespace {

Failure invalid(const std::string& what) { return fail(Code::unprocessable, "Validation failed: " + what); }

Result<> add_gathering_job(Tx& tx, const Context& context, std::string_view kind, Id post_id, TimeMs pause_ms) {
    json::Writer w;
    w.object().member("post", post_id).end();
    const auto now = context.clock.now_ms();
    return repo::add_job(tx, {.id = context.ids.next(),
                              .kind = std::string(kind),
                              .payload = w.take(),
                              .attempts = 0,
                              .not_before = now + pause_ms,
                              .created_at = now});
}

Gathering with(Gathering g, const GatheringChange& change) {
    if (change.starts_at) {
        // A change of the start moves an open end along.
        if (!g.shows_end) g.ends_at = *change.starts_at + limits::gathering_open_ms;
        g.starts_at = change.starts_at;
    }
    if (change.utc_offset_minutes) g.utc_offset_minutes = *change.utc_offset_minutes;
    if (change.ends_at) {
        g.shows_end = change.ends_at->has_value();
        g.ends_at = g.shows_end || !g.starts_at ? *change.ends_at : std::optional(*g.starts_at + limits::gathering_open_ms);
    }
    if (change.time_zone) g.time_zone = *change.time_zone;
    if (change.place) g.place = *change.place;
    if (change.address) g.address = *change.address;
    if (change.online_url) g.online_url = *change.online_url;
    if (change.participation_url) g.participation_url = *change.participation_url;
    if (change.coordinates) {
        g.latitude = *change.coordinates ? std::optional((*change.coordinates)->first) : std::nullopt;
        g.longitude = *change.coordinates ? std::optional((*change.coordinates)->second) : std::nullopt;
    }
    if (change.status) g.status = *change.status;
    if (change.join_mode) g.join_mode = *change.join_mode;
    if (change.capacity) g.capacity = *change.capacity;
    if (g.join_mode != JoinMode::external) g.participation_url.clear();
    if (!g.takes_answers()) g.capacity.reset();
    return g;
}

Result<> check_times(const Gathering& g, TimeMs now) {
    if (*g.ends_at <= *g.starts_at) return invalid("the event ends before it starts");
    if (*g.ends_at - *g.starts_at > limits::gathering_ms_max)
        return invalid("an event lasts at most " + std::to_string(limits::gathering_ms_max / day_ms) + " days");
    if (*g.ends_at <= now) return invalid("the event is over before it is announced");
    if (*g.starts_at - now > limits::gathering_ahead_ms_max) return invalid("the event starts too far ahead");
    return {};
}

Result<> check_line(const std::string& text, std::size_t characters_max, const std::string& name) {
    if (utf8::length(text) > characters_max || text.find_first_of("\r\n") != text.npos)
        return invalid(name + " is one line of at most " + std::to_string(characters_max) + " characters");
    return {};
}

bool is_web_address(const std::string& url) { return url.size() <= limits::gathering_url_bytes_max && Url::parse(url).has_value(); }

// FEP-8a8e lets people register by mail, too.
bool is_participation_address(const std::string& url) {
    const bool mail = url.starts_with("mailto:") && url.size() <= limits::gathering_url_bytes_max &&
                      url.find('@') != url.npos && url.find_first_of(" <>\"\r\n\t") == url.npos;
    return mail || is_web_address(url);
}

Result<> check_place(const Gathering& g) {
    TRY(check_line(g.place, limits::gathering_place_characters_max, "the place"));
    TRY(check_line(g.address, limits::gathering_address_characters_max, "the address"));
    if (!g.online_url.empty() && !is_web_address(g.online_url)) return invalid("the online address is no http or https URL");
    if (g.latitude && !(std::abs(*g.latitude) <= 90 && std::abs(*g.longitude) <= 180))
        return invalid("latitude is -90 to 90 and longitude -180 to 180 degrees");
    if (!g.time_zone.empty() && !is_time_zone(g.time_zone))
        return invalid("the time zone is none of IANA's, as Europe/Berlin is one");
    if (std::abs(g.utc_offset_minutes) > limits::gathering_utc_offset_minutes_max)
        return invalid("the start is too far from UTC");
    return {};
}

Result<> check_answers(const Gathering& g) {
    if (g.capacity && (*g.capacity < 1 || *g.capacity > limits::gathering_capacity_max))
        return invalid("the capacity is 1 to " + std::to_string(limits::gathering_capacity_max));
    if (g.join_mode == JoinMode::external && !is_participation_address(g.participation_url))
        return invalid("who joins elsewhere needs an http, https or mailto address for it");
    return {};
}

auto times_of(const Gathering& g) { return std::tie(g.starts_at, g.ends_at, g.shows_end); }
auto told_of(const Gathering& g) {
    return std::tie(g.starts_at, g.ends_at, g.shows_end, g.place, g.address, g.online_url, g.status);
}

// Who comes is told of the latest once more: the one before it goes.
Result<> tell_again(Tx& tx, const Context& context, Id owner, model::NotificationKind kind, Id from, Id post_id) {
    TRY(repo::withdraw_notification(tx, owner, kind, from, post_id));
    return notify(tx, context, owner, kind, from, post_id);
}

}  // namespace

Result<Gathering> changed_gathering(const Gathering& before, const GatheringChange& change, TimeMs now) {
    auto g = with(before, change);
    if (!g.starts_at) return invalid("Starts at can't be blank");
    if (!g.ends_at) {
        g.shows_end = false;
        g.ends_at = *g.starts_at + limits::gathering_open_ms;
    }
    if (times_of(g) != times_of(before)) TRY(check_times(g, now));
    TRY(check_place(g));
    TRY(check_answers(g));
    return g;
}

Result<> open_gathering(Tx& tx, const Context& context, const model::Post& post, const GatheringChange& change) {
    Gathering fresh{.post_id = post.id};
    if (post.title.empty()) return invalid("an event has a title");
    return repo::put_gathering(tx, TRY(changed_gathering(fresh, change, context.clock.now_ms())));
}

Result<> edit_gathering(Tx& tx, const Context& context, const model::Post& post, const GatheringChange& change) {
    const auto before = TRY(repo::find_gathering(tx, post.id));
    if (!before) return fail(Code::not_found, "Record not found");
    return replace_gathering(tx, context, post, *before, TRY(changed_gathering(*before, change, context.clock.now_ms())));
}

Result<> replace_gathering(Tx& tx, const Context& context, const model::Post& post, const Gathering& before, Gathering now) {
    const bool told = told_of(before) != told_of(now);
    now.sequence = before.sequence + (told ? 1 : 0);
    TRY(repo::put_gathering(tx, now));
    if (!told || TRY(repo::local_attendees(tx, post.id, 0, 1)).empty()) return {};
    return add_gathering_job(tx, context, "gathering_told", post.id, 0);
}

bool is_over(const Gathering& g, TimeMs now) { return g.ends_at && *g.ends_at <= now; }

Result<Verdict> judge_join(Tx& tx, const Context& context, const Gathering& g, const std::optional<Rsvp>& before) {
    if (!g.takes_answers()) return Verdict::not_taken;
    if (g.status == GatheringStatus::cancelled || is_over(g, context.clock.now_ms())) return Verdict::refuse;
    // Whom the author refused they alone let in.
    if (before && before->state == RsvpState::refused) return Verdict::refuse;
    if (g.join_mode == JoinMode::free) return Verdict::let_in;
    const int waiting = TRY(repo::count_rsvps(tx, g.post_id, RsvpState::asked, limits::gathering_requests_max));
    return waiting < limits::gathering_requests_max ? Verdict::wait : Verdict::refuse;
}

Result<bool> settle_rsvp(Tx& tx, const Context& context, const model::Post& post, Rsvp answer, RsvpState state) {
    const auto before = TRY(repo::find_rsvp(tx, post.id, answer.actor_id));
    const bool came = before && before->state == RsvpState::going, comes = state == RsvpState::going;
    if (comes && !came && !TRY(repo::take_seat(tx, post.id))) return false;
    if (came && !comes) TRY(repo::free_seat(tx, post.id));
    answer.state = state;
    TRY(repo::put_rsvp(tx, answer));
    if (came != comes && TRY(repo::raise_count_due(tx, post.id)))
        TRY(add_gathering_job(tx, context, "attendees", post.id, limits::gathering_count_pause_ms));
    return true;
}

Result<> tell_of_request(Tx& tx, const Context& context, const model::Post& post, Id asker) {
    return tell_again(tx, context, post.actor_id, model::NotificationKind::gathering_asked, asker, post.id);
}

Result<> tell_of_news(Tx& tx, const Context& context, const model::Post& post, Id asker) {
    return tell_again(tx, context, asker, model::NotificationKind::gathering_changed, post.actor_id, post.id);
}

}  // namespace kith::community
