// The directory of groups, and those that are like one.
#include "base/text/strings.hpp"
#include "config/limits/groups.hpp"
#include "node/community/accounts.hpp"
#include "node/community/group_discovery.hpp"
#include "node/http/exchange.hpp"
#include "node/web/communities.hpp"
#include "node/web/render.hpp"
#include "node/web/routes.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kith::web {

namespace {

struct Sort {
    std::string_view name, label;
};
constexpr std::array<Sort, 4> sorts{{{"members", "most members"}, {"active", "most active"}, {"new", "newest"}, {"name", "by name"}}};

// What was asked for, as it is written into links.
struct Asked {
    std::string words, topic, sort;
    bool seeks_moderators = false;
    int page = 0;

    std::string link() const {
        std::string out = "/communities?q=" + text::percent_encode(words) + "&topic=" + text::percent_encode(topic) + "&sort=" + sort;
        if (seeks_moderators) out += "&seeks_moderators=true";
        return page > 0 ? out + "&page=" + std::to_string(page) : out;
    }
};

Asked asked_by(const http::Params& params) {
    const auto sort = params.get_or("sort", sorts.front().name);
    const bool known = std::any_of(sorts.begin(), sorts.end(), [&](const Sort& each) { return each.name == sort; });
    const auto page = std::clamp<std::int64_t>(params.integer("page").value_or(0), 0, limits::group_directory_offset_max / limits::group_directory_page);
    return {.words = std::string(params.get_or("q", "")),
            .topic = std::string(params.get_or("topic", "")),
            .sort = std::string(known ? sort : sorts.front().name),
            .seeks_moderators = params.flag_or("seeks_moderators", false),
            .page = int(page)};
}

Values sorts_of(const Asked& asked) {
    Values list{Values::type::list};
    for (const auto& sort : sorts) {
        auto other = asked;
        other.sort = sort.name;
        other.page = 0;
        Values item;
        item.set("label", std::string(sort.label));
        item.set("url", other.link());
        item.set("chosen", Values(asked.sort == sort.name));
        item.set("last", Values(sort.name == sorts.back().name));
        list << item;
    }
    return list;
}

Result<Values> topics_of(community::Context& context, const Asked& asked) {
    Values list{Values::type::list};
    for (const auto& topic : TRY(community::group_topics(context))) {
        Values item;
        item.set("name", topic.name);
        item.set("url", Asked{.words = {}, .topic = topic.name, .sort = asked.sort, .seeks_moderators = false, .page = 0}.link());
        list << item;
    }
    return list;
}

}  // namespace

Values places_shown(const community::Context& context, const std::vector<community::DirectoryPlace>& places) {
    Values list{Values::type::list};
    for (const auto& place : places) {
        Values item, topics{Values::type::list};
        for (const auto& name : place.topics) topics << Values("name", name);
        item.set("url", place.group.url.empty() ? place.group.ap_id : place.group.url);
        item.set("title", name_html(context, place.group));
        item.set("acct", "!" + community::acct_of(context, place.group));
        item.set("members", counted(place.group.followers_count, "member", "members"));
        set_if_there(item, "brief", place.brief);
        item.set("topics", topics);
        item.set("seeks", Values(place.seeks_moderators || place.unattended));
        list << item;
    }
    return list;
}

Result<> communities_page(community::Context& context, http::Exchange& exchange) {
    const auto asked = asked_by(*TRY(exchange.params()));
    const auto order = std::find_if(sorts.begin(), sorts.end(), [&](const Sort& each) { return each.name == asked.sort; });
    const auto places = TRY(community::group_directory(context, {.words = asked.words,
                                                                 .topic = asked.topic,
                                                                 .order = repo::GroupOrder(order - sorts.begin()),
                                                                 .local = false,
                                                                 .seeks_moderators = asked.seeks_moderators,
                                                                 .limit = limits::group_directory_page,
                                                                 .offset = asked.page * limits::group_directory_page}));
    Values values;
    values.set("words", asked.words);
    values.set("sort", asked.sort);
    set_if_there(values, "topic", asked.topic);
    auto all = asked;
    all.topic.clear();
    all.page = 0;
    values.set("all_topics", all.link());
    values.set("seeking", Values(asked.seeks_moderators));
    values.set("sorts", sorts_of(asked));
    auto topics = TRY(topics_of(context, asked));
    values.set("has_topics", Values(!topics.list_value().empty()));
    values.set("topics", topics);
    values.set("has_groups", Values(!places.empty()));
    values.set("groups", places_shown(context, places));
    auto next = asked, before = asked;
    ++next.page;
    --before.page;
    set_if_there(values, "newer", asked.page > 0 ? before.link() : "");
    set_if_there(values, "older", int(places.size()) == limits::group_directory_page ? next.link() : "");
    const Head head{.title = "Groups", .noindex = true};
    return exchange.html(200, page(context, head, render("communities", values)));
}

}  // namespace kith::web
