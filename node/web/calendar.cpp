// Events for calendars (RFC 5545): what everybody may read.
#include "base/html/to_text.hpp"
#include "base/text/icalendar.hpp"
#include "config/limits/gatherings.hpp"
#include "config/limits/web.hpp"
#include "node/community/gathering_text.hpp"
#include "node/community/gatherings.hpp"
#include "node/http/exchange.hpp"
#include "node/http/middleware.hpp"
#include "node/web/render.hpp"
#include "node/web/routes.hpp"
#include "storage/repo/group_profiles.hpp"

namespace kith::web {

namespace {

using community::Context;
using community::PostView;
using community::Viewer;
using http::Exchange;

icalendar::Status status_of(model::GatheringStatus status) {
    switch (status) {
        case model::GatheringStatus::cancelled:
            return icalendar::Status::cancelled;
        case model::GatheringStatus::tentative:
        case model::GatheringStatus::postponed:
            return icalendar::Status::tentative;
        case model::GatheringStatus::scheduled:
            break;
    }
    return icalendar::Status::confirmed;
}

// Behind a content warning there is only that.
std::string words_of(const PostView& view) {
    return view.post.summary.empty() ? html::to_text(view.post.content) : view.post.summary;
}

icalendar::Event event_of(const PostView& view) {
    const auto& post = view.post;
    const auto& g = *view.gathering;
    icalendar::Event event{.uid = post.ap_id,
                           .summary = post.title,
                           .description = words_of(view),
                           .location = community::gathering_place(g),
                           .url = post.url.empty() ? post.ap_id : post.url,
                           .starts_at = *g.starts_at,
                           .ends_at = g.shows_end ? g.ends_at : std::nullopt,
                           .changed_at = post.edited_at.value_or(post.published_at),
                           .sequence = g.sequence,
                           .status = status_of(g.status),
                           .geo = {}};
    if (event.location.empty()) event.location = g.online_url;
    if (g.latitude && g.longitude) event.geo = {*g.latitude, *g.longitude};
    return event;
}

Result<> answer_calendar(Exchange& exchange, std::string_view name, const std::vector<PostView>& views) {
    std::vector<icalendar::Event> events;
    for (const auto& view : views) events.push_back(event_of(view));
    auto body = icalendar::calendar(name, events);
    exchange.set_header("Cache-Control", "public, max-age=" + std::to_string(limits::feed_max_age_s));
    if (http::answered_not_modified(exchange, http::entity_tag(body))) return {};
    return exchange.answer(200, std::move(body), "text/calendar; charset=utf-8");
}

Failure not_found() { return fail(Code::not_found, "Record not found"); }

}  // namespace

Result<> post_calendar(Context& context, Exchange& exchange) {
    const auto view = TRY(community::load_view(context, Viewer::nobody(), TRY(exchange.id_param())));
    if (!view.gathering || !view.gathering->starts_at) return not_found();
    return answer_calendar(exchange, view.post.title, {view});
}

Result<> group_calendar(Context& context, Exchange& exchange) {
    const auto group = TRY(group_of_page(context, exchange));
    const auto profile = TRY(context.db.read([&](sql::Tx& tx) { return repo::group_profile(tx, group.id); }));
    if (model::is_closed(profile.visibility)) return not_found();
    return answer_calendar(exchange, display_name(group),
                           TRY(community::upcoming_gatherings(context, Viewer::nobody(),
                                                              {.group_id = group.id, .after_id = {}, .limit = limits::gatherings_in_calendar_max})));
}

}  // namespace kith::web
