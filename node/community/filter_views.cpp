#include "node/community/filter_views.hpp"

#include "base/html/to_text.hpp"
#include "base/text/fold.hpp"
#include "base/text/words.hpp"
#include "storage/repo/filters.hpp"

#include <algorithm>
#include <unordered_map>

namespace kith::community {

using model::Filter;

namespace {

// All that somebody reads of a post.
std::string text_of(const PostView& view) {
    auto out = view.post.title + "\n" + view.post.summary + "\n" + html::to_text(view.post.content);
    if (view.poll)
        for (const auto& option : view.poll->options) out += "\n" + option.title;
    for (const auto& attachment : view.attachments) out += "\n" + attachment.description;
    return text::fold(out);
}

bool meets(const model::FilterKeyword& keyword, std::string_view text) {
    return keyword.whole_word ? text::contains_words(text, keyword.folded)
                              : text.find(keyword.folded) != text.npos;
}

}  // namespace

Result<> attach_filters(sql::Tx& tx, const Viewer& viewer, std::vector<PostView>& views) {
    if (!viewer.actor_id || views.empty()) return {};
    std::vector<std::shared_ptr<const Filter>> filters;
    bool keywords = false;
    for (auto& filter : TRY(repo::filters_of(tx, *viewer.actor_id))) {
        keywords = keywords || !filter.keywords.empty();
        filters.push_back(std::make_shared<const Filter>(std::move(filter)));
    }
    if (filters.empty()) return {};

    std::vector<Id> ids;
    for (const auto& view : views) ids.push_back(view.post.id);
    std::unordered_multimap<Id, Id> filters_by_post;
    for (const auto& row : TRY(repo::filter_posts_among(tx, *viewer.actor_id, ids)))
        filters_by_post.emplace(row.post_id, row.filter_id);

    for (auto& view : views) {
        if (view.author.id == *viewer.actor_id) continue;
        const auto text = keywords ? text_of(view) : std::string();
        for (const auto& filter : filters) {
            PostView::FilterMatch match{.filter = filter, .keywords = {}, .by_post = false};
            for (const auto& keyword : filter->keywords)
                if (meets(keyword, text)) match.keywords.push_back(keyword.keyword);
            const auto [begin, end] = filters_by_post.equal_range(view.post.id);
            match.by_post = std::any_of(begin, end, [&](const auto& row) { return row.second == filter->id; });
            if (match.by_post || !match.keywords.empty()) view.filtered.push_back(std::move(match));
        }
    }
    return {};
}

bool hidden_by_filter(const PostView& view, model::FilterContext place, TimeMs now) {
    return std::any_of(view.filtered.begin(), view.filtered.end(), [&](const PostView::FilterMatch& match) {
        return match.filter->action == model::FilterAction::hide && (match.filter->contexts & place) != 0 &&
               match.filter->holds(now);
    });
}

}  // namespace kith::community
