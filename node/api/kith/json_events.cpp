#include "node/api/kith/json_events.hpp"

#include "node/api/kith/json.hpp"
#include "node/api/kith/json_groups.hpp"

#include <algorithm>

namespace kith::own_api {

namespace {

void write_text(json::Writer& w, std::string_view name, const std::string& text) {
    if (text.empty())
        w.null_member(name);
    else
        w.member(name, text);
}

void write_when(json::Writer& w, const model::Gathering& g, TimeMs now) {
    write_time(w, "starts_at", g.starts_at);
    write_time(w, "ends_at", g.shows_end ? g.ends_at : std::nullopt);
    w.member("utc_offset_minutes", g.utc_offset_minutes);
    write_text(w, "time_zone", g.time_zone);
    w.member("status", gathering_states[std::size_t(g.status)]).member("over", community::is_over(g, now));
}

void write_where(json::Writer& w, const model::Gathering& g) {
    write_text(w, "place", g.place);
    write_text(w, "address", g.address);
    w.member("latitude", g.latitude).member("longitude", g.longitude);
    write_text(w, "online_url", g.online_url);
}

void write_answers(json::Writer& w, const community::PostView& view) {
    const auto& g = *view.gathering;
    w.member("join_mode", join_modes[std::size_t(g.join_mode)]);
    write_text(w, "participation_url", g.participation_url);
    w.member("capacity", g.capacity).member("attendees_count", g.attendees);
    w.member("remaining", g.capacity ? std::optional(std::max<std::int64_t>(0, *g.capacity - g.attendees)) : std::nullopt);
    w.key("answer");
    if (view.rsvp)
        w.value(answer_states[std::size_t(*view.rsvp)]);
    else
        w.null();
}

}  // namespace

void write_event(json::Writer& w, const ApiContext& api, const community::PostView& view) {
    const auto& post = view.post;
    w.object().member("id", std::to_string(post.id)).member("uri", post.ap_id).member("url", post.url.empty() ? post.ap_id : post.url);
    w.member("title", post.title).member("content", post.content).member("spoiler_text", post.summary);
    w.member("created_at", format_iso8601(post.published_at));
    write_time(w, "edited_at", post.edited_at);
    write_actor(w, api, "account", view.author);
    write_actor(w, api, "group", view.group);
    write_when(w, *view.gathering, api.community.clock.now_ms());
    write_where(w, *view.gathering);
    write_answers(w, view);
    w.end();
}

void write_answer(json::Writer& w, const ApiContext& api, const community::RsvpView& view) {
    w.object().member("id", std::to_string(view.rsvp.id)).member("state", answer_states[std::size_t(view.rsvp.state)]);
    w.member("at", format_iso8601(view.rsvp.created_at));
    write_actor(w, api, "account", view.actor);
    w.end();
}

}  // namespace kith::own_api
