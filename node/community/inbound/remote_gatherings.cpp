#include "node/community/inbound/remote_gatherings.hpp"

#include "base/html/to_text.hpp"
#include "base/text/time_zones.hpp"
#include "base/text/url.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/gatherings.hpp"
#include "node/community/gathering_steps.hpp"
#include "storage/repo/gatherings.hpp"

#include <algorithm>

namespace kith::community {

using model::Gathering;
using sql::Tx;

namespace {

std::string line_of(std::string_view text, std::size_t characters_max) {
    auto line = html::to_text(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return std::string(utf8::truncate(line, characters_max));
}

std::string address_of(const std::string& url, bool by_mail) {
    if (url.size() > limits::gathering_url_bytes_max) return {};
    return Url::parse(url) || (by_mail && url.starts_with("mailto:")) ? url : std::string();
}

}  // namespace

Gathering gathering_from(const vocab::Gathering& v) {
    Gathering g;
    g.starts_at = v.start;
    g.shows_end = v.shows_end.value_or(true) && v.end && v.start && *v.end > *v.start;
    const bool ends = v.end && v.start && *v.end > *v.start;
    if (v.start) g.ends_at = ends ? *v.end : *v.start + limits::gathering_open_ms;
    g.utc_offset_minutes = std::clamp(v.utc_offset_minutes, -limits::gathering_utc_offset_minutes_max, limits::gathering_utc_offset_minutes_max);
    if (is_time_zone(v.time_zone)) g.time_zone = v.time_zone;
    g.place = line_of(v.place, limits::gathering_place_characters_max);
    g.address = line_of(v.address, limits::gathering_address_characters_max);
    g.latitude = v.latitude;
    g.longitude = v.longitude;
    g.online_url = address_of(v.place_url, false);
    g.status = model::GatheringStatus(v.status);  // the same order
    if (v.join_mode) g.join_mode = model::JoinMode(*v.join_mode);
    if (g.join_mode == model::JoinMode::external) g.participation_url = address_of(v.participation_url, true);
    // 0 is Mobilizon's way to say that there is no bound.
    if (v.capacity.value_or(0) > 0) g.capacity = std::min(*v.capacity, limits::gathering_count_max);
    g.attendees = std::min(v.attendees.value_or(0), limits::gathering_count_max);
    g.organizer = v.organizer;
    return g;
}

Result<> store_remote_gathering(Tx& tx, Id post_id, const vocab::Post& v) {
    if (!v.gathering) return {};
    auto g = gathering_from(*v.gathering);
    g.post_id = post_id;
    TRY(repo::put_gathering(tx, g));
    return repo::set_attendees(tx, post_id, g.attendees);
}

Result<> take_attendees(Tx& tx, Id post_id, const vocab::Post& v) {
    if (!v.gathering || !v.gathering->attendees) return {};
    return repo::set_attendees(tx, post_id, gathering_from(*v.gathering).attendees);
}

Result<> take_edited_gathering(Tx& tx, const Context& context, const model::Post& post, const vocab::Post& v) {
    const auto before = TRY(repo::find_gathering(tx, post.id));
    if (!before || !v.gathering) return store_remote_gathering(tx, post.id, v);
    auto g = gathering_from(*v.gathering);
    g.post_id = post.id;
    TRY(replace_gathering(tx, context, post, *before, g));
    return take_attendees(tx, post.id, v);
}

}  // namespace kith::community
