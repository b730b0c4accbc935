// Events that people answer to: made, edited, cancelled, answered, listed.
#include "base/core/clock.hpp"
#include "base/text/time_zones.hpp"
#include "config/limits/gatherings.hpp"
#include "config/limits/mastodon_api.hpp"
#include "node/api/kith/groups.hpp"
#include "node/api/kith/handlers.hpp"
#include "node/api/kith/json_events.hpp"
#include "node/community/gatherings.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace kith::own_api {

namespace {

using community::GatheringChange;
using community::Viewer;
using http::Exchange;
using http::Params;
using json::Writer;

Failure invalid(const std::string& what) { return fail(Code::unprocessable, "Validation failed: " + what); }

Result<TimeMs> time_in(std::string_view name, std::string_view text) {
    TimeMs at = 0;
    if (!parse_iso8601(text, at)) return invalid(std::string(name) + " is no time, as 2026-06-01T18:00:00+02:00 is one");
    return at;
}

Result<double> degrees_in(std::string_view name, std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return invalid(std::string(name) + " is no number");
    return value;
}

Result<> read_times(const Params& params, GatheringChange& change) {
    if (const auto start = params.get("starts_at")) {
        change.starts_at = TRY(time_in("starts_at", *start));
        change.utc_offset_minutes = utc_offset_minutes_of(*start);
    }
    if (const auto end = params.get("ends_at"))
        change.ends_at = end->empty() ? std::optional<TimeMs>{} : std::optional(TRY(time_in("ends_at", *end)));
    change.time_zone = params.text("time_zone");
    return {};
}

Result<> read_place(const Params& params, GatheringChange& change) {
    change.place = params.text("place");
    change.address = params.text("address");
    change.online_url = params.text("online_url");
    const auto latitude = params.get("latitude"), longitude = params.get("longitude");
    if (latitude.has_value() != longitude.has_value()) return invalid("latitude and longitude belong together");
    if (!latitude) return {};
    if (latitude->empty() && longitude->empty())
        change.coordinates = std::optional<std::pair<double, double>>{};
    else
        change.coordinates = std::optional(std::pair(TRY(degrees_in("latitude", *latitude)), TRY(degrees_in("longitude", *longitude))));
    return {};
}

Result<> read_answers(const Params& params, GatheringChange& change) {
    change.participation_url = params.text("participation_url");
    if (const auto name = params.get("join_mode")) {
        const auto mode = number_of(join_modes, *name);
        if (!mode) return invalid("join_mode is not included in the list");
        change.join_mode = model::JoinMode(*mode);
    }
    if (const auto name = params.get("status")) {
        const auto status = number_of(gathering_states, *name);
        if (!status) return invalid("status is not included in the list");
        change.status = model::GatheringStatus(*status);
    }
    if (const auto capacity = params.get("capacity")) {
        const auto number = params.integer("capacity");
        if (!number && !capacity->empty()) return invalid("capacity is no number");
        change.capacity = number;
    }
    return {};
}

Result<GatheringChange> wanted_gathering(const Params& params) {
    GatheringChange change;
    TRY(read_times(params, change));
    TRY(read_place(params, change));
    TRY(read_answers(params, change));
    return change;
}

// As in Mastodon's API.
Result<model::Visibility> wanted_visibility(const Params& params) {
    static constexpr std::string_view names[] = {"public", "unlisted", "private", "direct"};
    const auto number = number_of(names, params.get_or("visibility", "public"));
    if (!number) return invalid("visibility is not included in the list");
    return model::Visibility(*number);
}

Result<> answer_event(const ApiContext& api, Exchange& exchange, const Viewer& viewer, Id id) {
    const auto view = TRY(community::load_view(api.community, viewer, id));
    if (!view.gathering) return fail(Code::not_found, "Record not found");
    return answer_one(exchange, [&](Writer& w) { write_event(w, api, view); });
}

Result<> show_event(const ApiContext& api, Exchange& exchange) {
    return answer_event(api, exchange, TRY(viewer_of(api, exchange)), TRY(exchange.id_param()));
}

Result<> add_event(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto& params = *TRY(exchange.params());
    community::NewPost draft;
    draft.gathering = TRY(wanted_gathering(params));
    if (!draft.gathering->join_mode) draft.gathering->join_mode = model::JoinMode::free;
    draft.title = std::string(params.get_or("title", ""));
    draft.text = std::string(params.get_or("text", ""));
    draft.content_type = "text/markdown";
    draft.summary = std::string(params.get_or("spoiler_text", ""));
    draft.language = std::string(params.get_or("language", ""));
    draft.visibility = TRY(wanted_visibility(params));
    draft.group_id = params.id("group_id");
    for (const auto id : params.list("media_ids"))
        if (const auto media = parse_id(id)) draft.media_ids.push_back(*media);
    const auto key = exchange.header("idempotency-key");
    if (key.size() > limits::idempotency_key_bytes_max) return invalid("the Idempotency-Key is too long");
    draft.idempotency_key = std::string(key);
    const auto post = TRY(community::create_post(api.community, me, draft));
    return answer_event(api, exchange, Viewer::actor(me), post.id);
}

// What is not given stays as it is.
Result<community::PostChange> change_of(const ApiContext& api, Id me, Id id, const Params& params) {
    const auto post = TRY(community::visible_post(api.community, Viewer::actor(me), id));
    community::PostChange change;
    change.text = params.text("text").value_or(post.source);
    change.summary = params.text("spoiler_text").value_or(post.summary);
    change.title = params.text("title").value_or(post.title);
    change.language = params.text("language");
    return change;
}

Result<> change_event(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto id = TRY(exchange.id_param());
    const auto& params = *TRY(exchange.params());
    auto change = TRY(change_of(api, me, id, params));
    change.gathering = TRY(wanted_gathering(params));
    TRY(community::edit_post(api.community, me, id, change));
    return answer_event(api, exchange, Viewer::actor(me), id);
}

Result<> cancel_event(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto id = TRY(exchange.id_param());
    auto change = TRY(change_of(api, me, id, Params()));
    change.gathering.emplace().status = model::GatheringStatus::cancelled;
    TRY(community::edit_post(api.community, me, id, change));
    return answer_event(api, exchange, Viewer::actor(me), id);
}

Result<> join_event(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto id = TRY(exchange.id_param());
    TRY(community::join_gathering(api.community, me, id));
    return answer_event(api, exchange, Viewer::actor(me), id);
}

Result<> leave_event(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto id = TRY(exchange.id_param());
    TRY(community::leave_gathering(api.community, me, id));
    return answer_event(api, exchange, Viewer::actor(me), id);
}

Result<> list_answers(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(reader(api, exchange));
    const auto state = number_of(answer_states, TRY(exchange.params())->get_or("state", "going"));
    if (!state) return invalid("state is not included in the list");
    const auto page = TRY(community::answers(api.community, me, TRY(exchange.id_param()), model::RsvpState(*state),
                                             TRY(page_of(exchange, limits::rsvps_page, limits::rsvps_page_max))));
    return answer_list(exchange, page.items, [&](Writer& w, const community::RsvpView& view) { write_answer(w, api, view); });
}

Result<> decide(const ApiContext& api, Exchange& exchange, community::Decision decision) {
    const auto me = TRY(writer(api, exchange));
    const auto id = TRY(exchange.id_param());
    TRY(community::decide_answer(api.community, me, id, TRY(exchange.id_param("account")), decision));
    return answer_event(api, exchange, Viewer::actor(me), id);
}
Result<> let_in(const ApiContext& api, Exchange& exchange) { return decide(api, exchange, community::Decision::let_in); }
Result<> refuse(const ApiContext& api, Exchange& exchange) { return decide(api, exchange, community::Decision::refuse); }

Result<> list_upcoming(const ApiContext& api, Exchange& exchange, const Viewer& viewer, std::optional<Id> group) {
    const auto& params = *TRY(exchange.params());
    const auto views = TRY(community::upcoming_gatherings(
        api.community, viewer,
        {.group_id = group,
         .after_id = params.id("after_id"),
         .limit = int(std::clamp<std::int64_t>(params.integer("limit").value_or(limits::gatherings_page), 1, limits::gatherings_page_max))}));
    return answer_list(exchange, views, [&](Writer& w, const community::PostView& view) { write_event(w, api, view); });
}

Result<> my_events(const ApiContext& api, Exchange& exchange) {
    return list_upcoming(api, exchange, Viewer::actor(TRY(reader(api, exchange))), {});
}

Result<> group_events(const ApiContext& api, Exchange& exchange) {
    return list_upcoming(api, exchange, TRY(viewer_of(api, exchange)), TRY(group_of(api, exchange)).id);
}

}  // namespace

void add_event_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/kith/v1/events", add_event},
                   {"GET", "/api/kith/v1/events", my_events},
                   {"GET", "/api/kith/v1/groups/:id/events", group_events},
                   {"GET", "/api/kith/v1/events/:id", show_event},
                   {"PUT", "/api/kith/v1/events/:id", change_event},
                   {"POST", "/api/kith/v1/events/:id/cancel", cancel_event},
                   {"POST", "/api/kith/v1/events/:id/join", join_event},
                   {"POST", "/api/kith/v1/events/:id/leave", leave_event},
                   {"GET", "/api/kith/v1/events/:id/answers", list_answers},
                   {"POST", "/api/kith/v1/events/:id/answers/:account/accept", let_in},
                   {"POST", "/api/kith/v1/events/:id/answers/:account/reject", refuse}});
}

}  // namespace kith::own_api
