#include "node/community/trends.hpp"

#include "base/text/fold.hpp"
#include "config/limits/trends.hpp"
#include "node/community/filter_views.hpp"
#include "node/community/links.hpp"
#include "storage/repo/links.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/trends.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace kith::community {

using repo::TrendKind;
using sql::Tx;

namespace {

// A boost says more than a like; after some hours a post counts half.
double interest(const repo::PostInterest& post, TimeMs now) {
    const double hours = double(std::max<TimeMs>(now - post.published_at, 0)) / double(hour_ms);
    return double(post.likes + 2 * post.boosts) / std::pow(hours + 2.0, 1.2);
}

using ReadUses = Result<std::vector<repo::TagUse>> (*)(Tx&, Id, Id since, int limit);

Result<std::vector<TagDay>> history_of(Tx& tx, ReadUses read, Id used, TimeMs now) {
    const auto today = now / day_ms * day_ms;
    std::vector<TagDay> days;
    for (int n = 0; n < limits::tag_history_days; ++n) days.push_back({.day = today - n * day_ms});
    std::vector<std::set<Id>> people(days.size());
    const auto since = first_id_at(days.back().day) - 1;
    for (const auto& use : TRY(read(tx, used, since, limits::tag_history_uses_max))) {
        const auto age = (today + day_ms - 1 - id_time_ms(use.post_id)) / day_ms;
        if (age < 0 || age >= TimeMs(days.size())) continue;
        ++days[std::size_t(age)].uses;
        people[std::size_t(age)].insert(use.actor_id);
    }
    for (std::size_t n = 0; n < days.size(); ++n) days[n].people = std::int64_t(people[n].size());
    return days;
}

}  // namespace

Result<> refresh_trends(Context& context) {
    const auto now = context.clock.now_ms();
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(repo::put_trends(tx, TrendKind::tags,
                             TRY(repo::tags_by_people(tx, first_id_at(now - limits::trending_tag_ms),
                                                      limits::trending_people_min, limits::trends_kept))));
        TRY(repo::put_trends(tx, TrendKind::links,
                             TRY(repo::links_by_people(tx, first_id_at(now - limits::trending_tag_ms),
                                                       limits::trending_people_min, limits::trends_kept))));
        auto posts = TRY(repo::liked_posts(tx, first_id_at(now - limits::trending_post_ms),
                                           limits::trending_interest_min, limits::trend_candidates_max));
        std::stable_sort(posts.begin(), posts.end(),
                         [now](const auto& a, const auto& b) { return interest(a, now) > interest(b, now); });
        std::vector<Id> ids;
        for (const auto& post : posts)
            if (ids.size() < std::size_t(limits::trends_kept)) ids.push_back(post.post_id);
        return repo::put_trends(tx, TrendKind::posts, ids);
    });
}

Result<std::vector<TagDay>> tag_history(Context& context, std::string_view name) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<TagDay>> {
        const auto tag = TRY(repo::find_tag(tx, text::fold(name)));
        return history_of(tx, repo::uses_of_tag, tag.value_or(0), context.clock.now_ms());
    });
}

Result<std::vector<TrendingTag>> trending_tags(Context& context, int limit, int offset) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<TrendingTag>> {
        std::vector<TrendingTag> out;
        for (const auto id : TRY(repo::trends(tx, TrendKind::tags, limit, offset)))
            out.push_back({id, TRY(repo::tag_name(tx, id)), TRY(history_of(tx, repo::uses_of_tag, id, context.clock.now_ms()))});
        return out;
    });
}

Result<std::vector<TrendingLink>> trending_links(Context& context, int limit, int offset) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<TrendingLink>> {
        const auto ids = TRY(repo::trends(tx, TrendKind::links, limit, offset));
        std::vector<TrendingLink> out;
        for (auto& card : TRY(cards_of(tx, TRY(repo::links_by_ids(tx, ids))))) {
            auto history = TRY(history_of(tx, repo::uses_of_link, card.link.id, context.clock.now_ms()));
            out.push_back({std::move(card), std::move(history)});
        }
        return out;
    });
}

Result<std::vector<PostView>> trending_posts(Context& context, const Viewer& viewer, int limit, int offset) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<PostView>> {
        std::vector<Entry> entries;
        for (const auto id : TRY(repo::trends(tx, TrendKind::posts, limit, offset)))
            entries.push_back({.id = id, .post_id = id, .boost_id = {}, .group_id = {}});
        auto views = TRY(load_views(tx, viewer, entries));
        if (!viewer.actor_id) return views;
        std::vector<Id> authors;
        for (const auto& view : views) authors.push_back(view.author.id);
        const auto now = context.clock.now_ms();
        const auto hidden = TRY(repo::hidden_among(tx, *viewer.actor_id, authors, now));
        std::erase_if(views, [&](const PostView& view) {
            return std::find(hidden.begin(), hidden.end(), view.author.id) != hidden.end() ||
                   hidden_by_filter(view, model::filter_public, now);
        });
        return views;
    });
}

}  // namespace kith::community
