#include "node/community/filters.hpp"

#include "base/text/fold.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/personal.hpp"
#include "node/community/events.hpp"
#include "storage/repo/filters.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>
#include <unordered_map>

namespace kith::community {

using model::Filter;
using model::FilterKeyword;
using model::FilterPost;
using sql::Tx;

namespace {

Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

std::string too_long(std::string_view what, std::size_t most) {
    return std::string(what) + " is too long (maximum is " + std::to_string(most) + " characters)";
}

template <class T>
Result<T> own(Result<std::optional<T>> found) {
    auto it = TRY(std::move(found));
    if (!it) return fail(Code::not_found, "Record not found");
    return std::move(*it);
}

Result<> apply(Filter& filter, const FilterChange& change, TimeMs now) {
    if (change.title) filter.title = *change.title;
    if (change.contexts) filter.contexts = *change.contexts;
    if (change.action) filter.action = *change.action;
    if (change.expires_in_s) {
        filter.expires_at.reset();
        if (*change.expires_in_s != 0)
            filter.expires_at = now + std::clamp(*change.expires_in_s, std::int64_t(-1), limits::filter_seconds_max) * 1000;
    }
    if (text::trim(filter.title).empty()) return invalid("Title can't be blank");
    if (utf8::length(filter.title) > limits::filter_title_characters_max)
        return invalid(too_long("Title", limits::filter_title_characters_max));
    if (filter.contexts == 0) return invalid("Context can't be blank");
    return {};
}

Result<> apply(FilterKeyword& keyword, const KeywordChange& change) {
    if (change.keyword) keyword.keyword = text::trim(*change.keyword);
    if (change.whole_word) keyword.whole_word = *change.whole_word;
    keyword.folded = text::fold(keyword.keyword);
    if (keyword.folded.empty()) return invalid("Keyword can't be blank");
    if (utf8::length(keyword.keyword) > limits::filter_keyword_characters_max)
        return invalid(too_long("Keyword", limits::filter_keyword_characters_max));
    return {};
}

Result<FilterKeyword> add_keyword(Tx& tx, Context& context, Id owner, Id filter, const KeywordChange& change) {
    std::size_t there = 0;
    for (const auto& each : TRY(repo::filters_of(tx, owner))) there += each.keywords.size();
    if (there >= limits::filter_keywords_max) return invalid("You have reached the maximum number of keywords");
    FilterKeyword keyword{.id = context.ids.next(), .filter_id = filter, .keyword = {}, .folded = {}};
    TRY(apply(keyword, change));
    TRY(repo::insert_filter_keyword(tx, keyword));
    return keyword;
}

Result<FilterKeyword> change_keyword(Tx& tx, Id owner, Id id, const KeywordChange& change) {
    auto keyword = TRY(own(repo::find_filter_keyword(tx, owner, id)));
    TRY(apply(keyword, change));
    TRY(repo::update_filter_keyword(tx, keyword));
    return keyword;
}

// Of one filter: a keyword of another is not found.
Result<> change_keywords(Tx& tx, Context& context, Id owner, const Filter& filter,
                         const std::vector<KeywordChange>& changes) {
    for (const auto& change : changes) {
        if (!change.id) {
            if (!change.remove) TRY(add_keyword(tx, context, owner, filter.id, change));
            continue;
        }
        const auto keyword = TRY(own(repo::find_filter_keyword(tx, owner, *change.id)));
        if (keyword.filter_id != filter.id) return fail(Code::not_found, "Record not found");
        if (change.remove)
            TRY(repo::delete_filter_keyword(tx, keyword.id));
        else
            TRY(change_keyword(tx, owner, keyword.id, change));
    }
    return {};
}

// Clients that listen read their filters anew.
Result<> tell(Tx& tx, Context& context, Id owner) {
    return emit(tx, context, {.kind = model::EventKind::filters_changed, .actor_id = owner});
}

}  // namespace

Result<Filter> create_filter(Context& context, Id owner, const FilterChange& change) {
    if (change.expires_in_s.value_or(0) < 0) return invalid("Expires in is not a number of seconds");
    return context.db.write([&](Tx& tx) -> Result<Filter> {
        if (TRY(repo::filters_of(tx, owner)).size() >= limits::filters_max)
            return invalid("You have reached the maximum number of filters");
        Filter filter{.id = context.ids.next(), .owner_id = owner, .title = {}, .keywords = {}, .posts = {}};
        TRY(apply(filter, change, context.clock.now_ms()));
        TRY(repo::insert_filter(tx, filter));
        TRY(change_keywords(tx, context, owner, filter, change.keywords));
        TRY(tell(tx, context, owner));
        return own(repo::find_filter(tx, owner, filter.id));
    });
}

Result<Filter> change_filter(Context& context, Id owner, Id id, const FilterChange& change) {
    return context.db.write([&](Tx& tx) -> Result<Filter> {
        auto filter = TRY(own(repo::find_filter(tx, owner, id)));
        TRY(apply(filter, change, context.clock.now_ms()));
        TRY(repo::update_filter(tx, filter));
        TRY(change_keywords(tx, context, owner, filter, change.keywords));
        TRY(tell(tx, context, owner));
        return own(repo::find_filter(tx, owner, id));
    });
}

Result<> delete_filter(Context& context, Id owner, Id id) {
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(repo::delete_filter(tx, TRY(own(repo::find_filter(tx, owner, id))).id));
        return tell(tx, context, owner);
    });
}

Result<Filter> filter_by_id(Context& context, Id owner, Id id) {
    return context.db.read([&](Tx& tx) { return own(repo::find_filter(tx, owner, id)); });
}

Result<std::vector<Filter>> filters(Context& context, Id owner) {
    return context.db.read([owner](Tx& tx) -> Result<std::vector<Filter>> {
        auto all = TRY(repo::filters_of(tx, owner));
        std::unordered_map<Id, Filter*> by_id;
        for (auto& filter : all) by_id.emplace(filter.id, &filter);
        for (const auto& post : TRY(repo::filter_posts_of(tx, owner)))
            by_id.at(post.filter_id)->posts.push_back(post);
        return all;
    });
}

Result<FilterKeyword> add_filter_keyword(Context& context, Id owner, Id id, const KeywordChange& change) {
    return context.db.write([&](Tx& tx) -> Result<FilterKeyword> {
        const auto filter = TRY(own(repo::find_filter(tx, owner, id)));
        TRY(tell(tx, context, owner));
        return add_keyword(tx, context, owner, filter.id, change);
    });
}

Result<FilterKeyword> change_filter_keyword(Context& context, Id owner, Id id, const KeywordChange& change) {
    return context.db.write([&](Tx& tx) -> Result<FilterKeyword> {
        TRY(tell(tx, context, owner));
        return change_keyword(tx, owner, id, change);
    });
}

Result<> remove_filter_keyword(Context& context, Id owner, Id id) {
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(repo::delete_filter_keyword(tx, TRY(own(repo::find_filter_keyword(tx, owner, id))).id));
        return tell(tx, context, owner);
    });
}

Result<FilterKeyword> filter_keyword_by_id(Context& context, Id owner, Id id) {
    return context.db.read([&](Tx& tx) { return own(repo::find_filter_keyword(tx, owner, id)); });
}

Result<FilterPost> add_filter_post(Context& context, Id owner, Id id, Id post) {
    return context.db.write([&](Tx& tx) -> Result<FilterPost> {
        const auto filter = TRY(own(repo::find_filter(tx, owner, id)));
        if (!TRY(repo::sees_post(tx, owner, post))) return fail(Code::not_found, "Record not found");
        if (filter.posts.size() >= limits::filter_posts_max) return invalid("The filter has too many statuses");
        const FilterPost row{.id = context.ids.next(), .filter_id = filter.id, .post_id = post};
        if (!TRY(repo::insert_filter_post(tx, row))) return invalid("Status has already been taken");
        TRY(tell(tx, context, owner));
        return row;
    });
}

Result<> remove_filter_post(Context& context, Id owner, Id id) {
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(repo::delete_filter_post(tx, TRY(own(repo::find_filter_post(tx, owner, id))).id));
        return tell(tx, context, owner);
    });
}

Result<FilterPost> filter_post_by_id(Context& context, Id owner, Id id) {
    return context.db.read([&](Tx& tx) { return own(repo::find_filter_post(tx, owner, id)); });
}

}  // namespace kith::community
