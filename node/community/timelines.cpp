#include "node/community/timelines.hpp"

#include "base/text/fold.hpp"
#include "config/limits/community.hpp"
#include "config/limits/personal.hpp"
#include "config/limits/trends.hpp"
#include "node/community/filter_views.hpp"
#include "node/community/page_window.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/links.hpp"
#include "storage/repo/lists.hpp"
#include "storage/repo/personal.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/timelines.hpp"
#include "storage/repo/trends.hpp"

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace kith::community {

using repo::TimelineRow;
using repo::Window;
using sql::Tx;

namespace {

using ReadRows = std::function<Result<std::vector<TimelineRow>>(const Window&)>;

std::vector<Entry> entries_from(const std::vector<TimelineRow>& rows) {
    std::vector<Entry> out;
    out.reserve(rows.size());
    for (const auto& row : rows) out.push_back({row.id, row.post_id, row.boost_id, row.group_id});
    return out;
}

// Home leaves out who is on an exclusive list, and shows a post once; each place has its filters.
enum class Place { home, list, public_, account };

model::FilterContext filter_context(Place place) {
    switch (place) {
        case Place::home:
        case Place::list:
            return model::filter_home;
        case Place::public_:
            return model::filter_public;
        case Place::account:
            break;
    }
    return model::filter_account;
}

// What the viewer's blocks, mutes and filters take out of a list; the former by the author, and by who
// boosted it.
Result<std::vector<PostView>> without_hidden(Tx& tx, const Context& context, const Viewer& viewer,
                                             std::vector<PostView> views, Place place) {
    if (!viewer.actor_id || views.empty()) return views;
    std::vector<Id> others;
    for (const auto& view : views) {
        others.push_back(view.author.id);
        if (view.boost) others.push_back(view.boost->actor.id);
    }
    const auto now = context.clock.now_ms();
    auto hidden = TRY(repo::hidden_among(tx, *viewer.actor_id, others, now));
    std::unordered_set<Id> out(hidden.begin(), hidden.end());
    if (place == Place::home)
        for (const auto id : TRY(repo::exclusively_listed_among(tx, *viewer.actor_id, others)))
            out.insert(id);
    std::erase_if(views, [&](const PostView& view) {
        return out.contains(view.author.id) || (view.boost && out.contains(view.boost->actor.id)) ||
               hidden_by_filter(view, filter_context(place), now);
    });
    return views;
}

// A post is shown once on a page: its author's own row wins over boosts and group entries, else the
// newest. (Further apart than a page, `seen_above` knows what stood in the entries just above.)
void drop_repeats(std::vector<TimelineRow>& rows, const std::vector<TimelineRow>& just_above) {
    std::unordered_set<Id> own, shown;
    for (const auto& row : just_above) shown.insert(row.post_id);
    for (const auto& row : rows)
        if (!row.boost_id && !row.group_id) own.insert(row.post_id);
    std::erase_if(rows, [&](const TimelineRow& row) {
        const bool wrapped = row.boost_id || row.group_id;
        if (wrapped && own.contains(row.post_id)) return true;
        return !shown.insert(row.post_id).second && wrapped;
    });
}

// Reads on until the page is full or the rows end; at most limits::page_rounds_max times. The
// cursors are of the rows scanned, so that what filters took out leaves no gap and is not read
// again.
Result<Page<PostView>> fill_page(Tx& tx, const Context& context, const Viewer& viewer,
                                 const PageRequest& request, const ReadRows& read, Place place) {
    Page<PostView> page;
    auto window = window_of(request);
    Id newest = 0, oldest = 0;
    bool exhausted = false;
    for (int round = 0;
         round < limits::page_rounds_max && int(page.items.size()) < request.limit && !exhausted;
         ++round) {
        window.limit = request.limit - int(page.items.size());
        auto rows = TRY(read(window));
        exhausted = int(rows.size()) < window.limit;
        if (rows.empty()) break;
        newest = std::max(newest, rows.front().id);
        oldest = oldest == 0 ? rows.back().id : std::min(oldest, rows.back().id);
        if (window.ascending)
            window.above = rows.front().id;
        else
            window.below = rows.back().id;
        if (place == Place::home) {
            Window above{.below = INT64_MAX,
                         .above = rows.front().id,
                         .ascending = true,
                         .limit = limits::home_repeat_entries};
            drop_repeats(rows, TRY(read(above)));
        }
        auto entries = entries_from(rows);
        auto views =
            TRY(without_hidden(tx, context, viewer, TRY(load_views(tx, viewer, entries)), place));
        page.items.insert(window.ascending ? page.items.begin() : page.items.end(),
                          std::make_move_iterator(views.begin()),
                          std::make_move_iterator(views.end()));
    }
    if (newest != 0) {
        page.prev_min_id = newest;
        if (!exhausted || request.min_id) page.next_max_id = oldest;
    }
    return page;
}

// Rows of several readers as one window of them. A post may have a home row and a followed hashtag, or several of these.
std::vector<TimelineRow> merged(std::vector<TimelineRow> rows, const Window& w) {
    std::ranges::sort(rows, std::greater(), &TimelineRow::id);
    const auto again = std::ranges::unique(rows, {}, &TimelineRow::id);
    rows.erase(again.begin(), again.end());
    repo::cut_to(rows, w);
    return rows;
}

// Home rows, the heads of the joined groups and those of the followed hashtags, merged by id.
ReadRows home_reader(Tx& tx, Id owner, std::vector<Id> groups, std::vector<Id> tags, bool pull) {
    return [&tx, owner, groups = std::move(groups), tags = std::move(tags),
            pull](const Window& w) -> Result<std::vector<TimelineRow>> {
        auto rows = TRY(pull ? repo::home_by_pull(tx, owner, w) : repo::home_page(tx, owner, w));
        for (auto group : groups) {
            auto more = TRY(repo::group_page(tx, group, w));
            rows.insert(rows.end(), more.begin(), more.end());
        }
        for (auto tag : tags) {
            auto more = TRY(repo::tag_page(tx, owner, tag, repo::Origin::any, false, w));
            rows.insert(rows.end(), more.begin(), more.end());
        }
        return merged(std::move(rows), w);
    };
}

Result<std::vector<Id>> tags_followed_by(Tx& tx, Id actor) {
    std::vector<Id> out;
    for (const auto& tag :
         TRY(repo::followed_tags_page(tx, actor, {.limit = limits::followed_tags_max})))
        out.push_back(tag.tag_id);
    return out;
}

// Who was away longer than home rows are made gets them made anew, once.
Result<> rebuild_after_absence(Context& context, Id actor_id) {
    auto now = context.clock.now_ms();
    auto user =
        TRY(context.db.read([&](Tx& tx) { return repo::find_user_by_actor(tx, actor_id); }));
    if (!user) return fail(Code::not_found, "Record not found");
    auto seen = user->last_seen_at.value_or(user->created_at);
    if (now - seen < hour_ms) return {};  // noted already
    return context.db.write([actor_id, now, seen, user_id = user->id](Tx& tx) -> Result<> {
        if (now - seen > limits::home_unseen_ms) {
            TRY(repo::clear_home(tx, actor_id));
            for (const auto& row :
                 TRY(repo::home_by_pull(tx, actor_id, {.limit = limits::home_rows_max})))
                TRY(repo::add_home_entry(tx, actor_id, row));
        }
        return repo::set_last_seen(tx, user_id, now);
    });
}

// Whether a page that starts below `below` would leave the kept home rows.
Result<bool> below_kept_rows(Tx& tx, Id owner, const PageRequest& request) {
    if (!request.max_id || request.min_id) return false;
    auto rows = TRY(repo::home_page(
        tx, owner,
        {.below = *request.max_id, .above = 0, .ascending = false, .limit = request.limit}));
    if (int(rows.size()) == request.limit) return false;
    auto all = TRY(repo::home_page(tx, owner, {.limit = limits::home_rows_max}));
    return int(all.size()) >= limits::home_rows_max;
}

}  // namespace

Result<Page<PostView>> home(Context& context, Id actor_id, const PageRequest& request) {
    TRY(rebuild_after_absence(context, actor_id));
    return context.db.read([&](Tx& tx) -> Result<Page<PostView>> {
        auto groups = TRY(repo::followed_groups(tx, actor_id));
        auto tags = TRY(tags_followed_by(tx, actor_id));
        const bool pull = TRY(below_kept_rows(tx, actor_id, request));
        return fill_page(tx, context, Viewer::actor(actor_id), request,
                         home_reader(tx, actor_id, std::move(groups), std::move(tags), pull), Place::home);
    });
}

namespace {

repo::Origin origin_of(bool local, bool remote) {
    return local == remote ? repo::Origin::any : local ? repo::Origin::local : repo::Origin::remote;
}

// all[], none[] and any[] of a tag timeline, against the tags a post has.
bool passes(const TagFilter& filter, const PostView& view) {
    std::unordered_set<std::string> tags;
    for (const auto& tag : view.tags) tags.insert(text::fold(tag));
    auto has = [&](const std::string& tag) { return tags.contains(text::fold(tag)); };
    return std::all_of(filter.all.begin(), filter.all.end(), has) &&
           std::none_of(filter.none.begin(), filter.none.end(), has);
}

}  // namespace

Result<Page<PostView>> direct_timeline(Context& context, Id actor_id, const PageRequest& request) {
    return context.db.read([&](Tx& tx) {
        const auto read = [&](const Window& w) { return repo::direct_page(tx, actor_id, w); };
        return fill_page(tx, context, Viewer::actor(actor_id), request, read, Place::list);
    });
}

Result<Page<PostView>> list_timeline(Context& context, Id actor_id, Id list_id,
                                     const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<PostView>> {
        const auto list = TRY(repo::find_list(tx, actor_id, list_id));
        if (!list) return fail(Code::not_found, "Record not found");
        const auto read = [&](const Window& w) { return repo::list_page(tx, *list, w); };
        return fill_page(tx, context, Viewer::actor(actor_id), request, read, Place::list);
    });
}

Result<Page<PostView>> public_timeline(Context& context, const Viewer& viewer,
                                       const PublicFilter& filter, const PageRequest& request) {
    return context.db.read([&](Tx& tx) {
        auto read = [&](const Window& w) {
            return repo::public_page(tx, viewer.actor_id, origin_of(filter.local, filter.remote),
                                     filter.only_media, w);
        };
        return fill_page(tx, context, viewer, request, read, Place::public_);
    });
}

Result<Page<PostView>> tag_timeline(Context& context, const Viewer& viewer, const TagFilter& filter,
                                    const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<PostView>> {
        std::vector<Id> tags;
        for (const auto& name : filter.any)
            if (auto id = TRY(repo::find_tag(tx, text::fold(name)))) tags.push_back(*id);
        if (auto id = TRY(repo::find_tag(tx, text::fold(filter.tag)))) tags.push_back(*id);
        auto read = [&](const Window& w) -> Result<std::vector<TimelineRow>> {
            std::vector<TimelineRow> rows;
            for (auto tag : tags) {
                auto more = TRY(repo::tag_page(tx, viewer.actor_id, tag,
                                               origin_of(filter.local, filter.remote),
                                               filter.only_media, w));
                rows.insert(rows.end(), more.begin(), more.end());
            }
            return merged(std::move(rows), w);
        };
        auto page = TRY(fill_page(tx, context, viewer, request, read, Place::public_));
        std::erase_if(page.items, [&](const PostView& view) { return !passes(filter, view); });
        return page;
    });
}

Result<Page<PostView>> link_timeline(Context& context, const Viewer& viewer, std::string_view url,
                                     const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<PostView>> {
        const auto link = TRY(repo::find_link(tx, url));
        const auto trending = TRY(repo::trends(tx, repo::TrendKind::links, limits::trends_kept, 0));
        if (!link || std::find(trending.begin(), trending.end(), link->id) == trending.end())
            return fail(Code::not_found, "Record not found");
        const auto read = [&](const Window& w) { return repo::link_page(tx, viewer.actor_id, link->id, w); };
        return fill_page(tx, context, viewer, request, read, Place::public_);
    });
}

Result<Page<PostView>> account_timeline(Context& context, const Viewer& viewer, Id actor_id,
                                        const AccountFilter& filter, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<PostView>> {
        auto actor = TRY(repo::find_actor(tx, actor_id));
        if (!actor || actor->suspended_at || actor->deleted_at)
            return fail(Code::not_found, "Record not found");
        if (filter.pinned) {
            std::vector<Entry> entries;
            for (auto id : TRY(repo::pinned_by(tx, actor_id)))
                entries.push_back({.id = id, .post_id = id, .boost_id = {}, .group_id = {}});
            Page<PostView> page;
            page.items = TRY(load_views(tx, viewer, entries));
            return page;
        }
        repo::AccountPageFilter rows_filter{.exclude_replies = filter.exclude_replies,
                                            .exclude_boosts = filter.exclude_boosts,
                                            .only_media = filter.only_media,
                                            .tag = {}};
        if (!filter.tagged.empty()) {
            rows_filter.tag = TRY(repo::find_tag(tx, text::fold(filter.tagged)));
            if (!rows_filter.tag) return Page<PostView>{};
        }
        const bool entries_only = actor->is_group();
        if (entries_only && filter.exclude_boosts) return Page<PostView>{};
        auto read = [&](const Window& w) {
            return entries_only ? repo::group_page(tx, actor_id, w)
                                : repo::account_page(tx, viewer.actor_id, actor_id, rows_filter, w);
        };
        return fill_page(tx, context, viewer, request, read, Place::account);
    });
}

}  // namespace kith::community
