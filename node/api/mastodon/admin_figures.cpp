// Figures for those who run the node (Mastodon: methods/admin/measures, dimensions, retention), and those
// that anybody may see (methods/instance, activity).
#include "base/json/writer.hpp"
#include "config/limits/figures.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/community/figures.hpp"
#include "node/community/media.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>
#include <array>

namespace kith::mastodon {

namespace {

using http::Exchange;
using http::Params;
using json::Writer;
using repo::Figure;
using repo::FigureWindow;
using repo::Ranking;

constexpr TimeMs dimensions_window_ms = 30 * day_ms;
constexpr PageSize rankings{limits::ranking_page, limits::ranking_page_max};

// About what a figure is: everything, or the hashtag or host that `key[id]` or `key[domain]` names.
enum class About { node, tag, host };

template <class What>
struct Named {
    std::string_view key;
    What what;
    About about;
};

constexpr std::array<Named<Figure>, 13> measures{{{"active_users", Figure::active_users, About::node},
                                                  {"new_users", Figure::new_users, About::node},
                                                  {"interactions", Figure::interactions, About::node},
                                                  {"opened_reports", Figure::opened_reports, About::node},
                                                  {"resolved_reports", Figure::resolved_reports, About::node},
                                                  {"tag_accounts", Figure::tag_accounts, About::tag},
                                                  {"tag_uses", Figure::tag_uses, About::tag},
                                                  {"tag_servers", Figure::tag_servers, About::tag},
                                                  {"instance_accounts", Figure::instance_accounts, About::host},
                                                  {"instance_reports", Figure::instance_reports, About::host},
                                                  {"instance_statuses", Figure::instance_statuses, About::host},
                                                  {"instance_follows", Figure::instance_follows, About::host},
                                                  {"instance_followers", Figure::instance_followers, About::host}}};

constexpr std::array<Named<Ranking>, 7> dimensions{{{"languages", Ranking::languages, About::node},
                                                    {"sources", Ranking::sources, About::node},
                                                    {"servers", Ranking::servers, About::node},
                                                    {"tag_servers", Ranking::tag_servers, About::tag},
                                                    {"tag_languages", Ranking::tag_languages, About::tag},
                                                    {"instance_accounts", Ranking::instance_accounts, About::host},
                                                    {"instance_languages", Ranking::instance_languages, About::host}}};

Result<> check_moderator(const ApiContext& api, Exchange& exchange) {
    if (TRY(acting_role(api, exchange, {"admin:read"})) == model::UserRole::member)
        return fail(Code::forbidden, "This action is not allowed");
    return {};
}

// The day of a date or a time; of a time only the date counts.
std::optional<TimeMs> day_of(std::string_view text) {
    constexpr std::size_t date_characters = 10;
    TimeMs at = 0;
    if (text.size() < date_characters || !parse_iso8601(std::string(text.substr(0, date_characters)) + "T00:00:00Z", at)) return {};
    return at;
}

// Both days belong to it. Nothing where one is not said.
std::optional<FigureWindow> window_of(const Params& params) {
    const auto from = day_of(params.get_or("start_at", "")), to = day_of(params.get_or("end_at", ""));
    if (!from || !to) return {};
    return FigureWindow{.from = *from, .to = *to + day_ms, .key = {}};
}

// Code::unprocessable where it is not said what a figure is about.
Result<std::string> subject(const Params& params, std::string_view key, About about) {
    if (about == About::node) return std::string();
    const auto asked = params.nested(key);
    const auto value = std::string(asked.get_or(about == About::tag ? "id" : "domain", ""));
    if (value.empty() || (about == About::tag && !asked.id("id")))
        return fail(Code::unprocessable, "Validation failed: " + std::string(key) + " needs its " +
                                             (about == About::tag ? "id" : "domain"));
    return value;
}

std::vector<std::string_view> keys_of(const Params& params) {
    auto keys = params.list("keys");
    if (keys.size() > std::size_t(limits::figure_keys_max)) keys.resize(std::size_t(limits::figure_keys_max));
    return keys;
}

void write_series(Writer& w, std::string_view key, const community::Series& series, About about) {
    w.object().member("key", key).null_member("unit").member("total", std::to_string(series.total));
    if (about != About::host) w.member("previous_total", std::to_string(series.previous));
    w.key("data").array();
    for (const auto& day : series.days)
        w.object().member("date", format_iso8601(day.day)).member("value", std::to_string(day.value)).end();
    w.end().end();
}

// Of other servers' media no copies are kept.
void write_no_media(Writer& w, const FigureWindow& window) {
    w.object().member("key", "instance_media_attachments").member("unit", "bytes").member("total", "0");
    w.member("human_value", "0 Bytes").key("data").array();
    for (auto day = window.from; day < window.to; day += day_ms)
        w.object().member("date", format_iso8601(day)).member("value", "0").end();
    w.end().end();
}

Result<> answer_measures(const ApiContext& api, Exchange& exchange) {
    TRY(check_moderator(api, exchange));
    const auto& params = *TRY(exchange.params());
    auto window = window_of(params);
    if (!window) return fail(Code::unprocessable, "Validation failed: start_at and end_at are dates");
    Writer w;
    w.array();
    for (const auto key : keys_of(params)) {
        const auto found = std::find_if(measures.begin(), measures.end(), [&](const auto& m) { return m.key == key; });
        if (found != measures.end()) {
            window->key = TRY(subject(params, key, found->about));
            write_series(w, key, TRY(community::series(api.community, found->what, *window)), found->about);
        } else if (key == "instance_media_attachments") {
            TRY(subject(params, key, About::host));
            TRY(community::series(api.community, Figure::local_posts, *window));  // bounds
            write_no_media(w, *window);
        }
    }
    w.end();
    return exchange.json(200, w.take());
}

std::string size_for_people(std::int64_t bytes) {
    static constexpr std::array<std::string_view, 5> units{"Bytes", "KB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    auto tenths = bytes * 10;
    while (tenths >= 10'240 && unit + 1 < units.size()) {
        tenths /= 1024;
        ++unit;
    }
    auto out = std::to_string(tenths / 10);
    if (unit > 0 && tenths % 10 != 0) out += "." + std::to_string(tenths % 10);
    return out + " " + std::string(units[unit]);
}

void write_ranking(Writer& w, const std::vector<repo::Ranked>& rows, Ranking what, const std::string& own_host) {
    const bool of_hosts = what == Ranking::servers || what == Ranking::tag_servers;
    for (const auto& [key, value] : rows) {
        const auto name = !key.empty() ? key : of_hosts ? own_host : what == Ranking::sources ? std::string("web") : std::string("und");
        const auto human = key.empty() && what == Ranking::sources ? std::string("Website") : name;
        w.object().member("key", name).member("human_key", human).member("value", std::to_string(value)).end();
    }
}

Result<> write_database(Writer& w, const ApiContext& api, std::string_view key) {
    const auto database = TRY(community::about_database(api.community));
    w.object().member("key", database.name == "SQLite" ? "sqlite" : "postgresql").member("human_key", database.name);
    if (key == "space_usage") {
        w.member("value", std::to_string(database.bytes)).member("unit", "bytes");
        w.member("human_value", size_for_people(database.bytes)).end();
        const auto media = TRY(community::media_bytes(api.community));
        w.object().member("key", "media").member("human_key", "Media storage").member("value", std::to_string(media));
        w.member("unit", "bytes").member("human_value", size_for_people(media));
    } else {
        w.member("value", database.version).member("human_value", database.version);
    }
    w.end();
    return {};
}

Result<> answer_dimensions(const ApiContext& api, Exchange& exchange) {
    TRY(check_moderator(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto tomorrow = api.community.clock.now_ms() / day_ms * day_ms + day_ms;
    auto window = window_of(params).value_or(FigureWindow{.from = tomorrow - dimensions_window_ms, .to = tomorrow, .key = {}});
    Writer w;
    w.array();
    for (const auto key : keys_of(params)) {
        const auto found = std::find_if(dimensions.begin(), dimensions.end(), [&](const auto& d) { return d.key == key; });
        const bool about_node = key == "space_usage" || key == "software_versions";
        if (found == dimensions.end() && !about_node) continue;
        w.object().member("key", key).key("data").array();
        if (about_node) {
            TRY(write_database(w, api, key));
        } else {
            window.key = TRY(subject(params, key, found->about));
            write_ranking(w, TRY(community::rank(api.community, found->what, window, limit_of(params, rankings))), found->what,
                          api.community.config.server.account_domain);
        }
        w.end().end();
    }
    w.end();
    return exchange.json(200, w.take());
}

Result<> answer_retention(const ApiContext& api, Exchange& exchange) {
    TRY(check_moderator(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto window = window_of(params);
    if (!window) return exchange.json(200, "[]");
    const bool months = params.get_or("frequency", "") == "month";
    Writer w;
    w.array();
    for (const auto& cohort : TRY(community::cohorts(api.community, window->from, window->to,
                                                     months ? community::Every::month : community::Every::day))) {
        w.object().member("period", format_iso8601(cohort.period)).member("frequency", months ? "month" : "day");
        w.key("data").array();
        for (const auto& cell : cohort.cells)
            w.object().member("date", format_iso8601(cell.period)).member("rate", cell.rate)
                .member("value", std::to_string(cell.active)).end();
        w.end().end();
    }
    w.end();
    return exchange.json(200, w.take());
}

// "logins" are people who did something: signing in is not counted.
Result<> activity(const ApiContext& api, Exchange& exchange) {
    Writer w;
    w.array();
    for (const auto& week : TRY(community::weeks(api.community))) {
        w.object().member("week", std::to_string(week.begin / 1000)).member("statuses", std::to_string(week.posts));
        w.member("logins", std::to_string(week.active)).member("registrations", std::to_string(week.sign_ups)).end();
    }
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_figure_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v1/admin/measures", answer_measures},
                   {"POST", "/api/v1/admin/dimensions", answer_dimensions},
                   {"POST", "/api/v1/admin/retention", answer_retention},
                   {"GET", "/api/v1/instance/activity", activity}});
}

}  // namespace kith::mastodon
