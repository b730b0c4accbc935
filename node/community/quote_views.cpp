#include "node/community/quote_views.hpp"

#include "storage/repo/quotes.hpp"

#include <unordered_map>

namespace kith::community {

using model::QuoteState;
using sql::Tx;

namespace {

QuoteView::State state_of(const repo::QuoteRow& row) {
    switch (row.quote.state) {
        case QuoteState::pending:
            return QuoteView::State::pending;
        case QuoteState::rejected:
            return QuoteView::State::rejected;
        case QuoteState::revoked:
            return QuoteView::State::revoked;
        case QuoteState::accepted:
            break;
    }
    if (row.deleted) return QuoteView::State::deleted;
    if (!row.visible) return QuoteView::State::unauthorized;
    return row.blocked ? QuoteView::State::blocked : QuoteView::State::accepted;
}

bool is_shown(QuoteView::State state) {
    return state == QuoteView::State::accepted || state == QuoteView::State::blocked;
}

std::vector<Id> ids_of(const std::vector<PostView>& views) {
    std::vector<Id> ids;
    for (const auto& view : views) ids.push_back(view.post.id);
    return ids;
}

// What the posts quote, by id only.
Result<> attach_shallow(Tx& tx, const Viewer& viewer, std::vector<PostView>& views) {
    std::unordered_map<Id, QuoteView> found;
    for (const auto& row : TRY(repo::quotes_of(tx, viewer.actor_id, ids_of(views)))) {
        QuoteView quote{
            .state = state_of(row), .quoted_id = {}, .muted_until = row.muted_until, .post = {}};
        if (is_shown(quote.state)) quote.quoted_id = row.quote.quoted_id;
        found.emplace(row.quote.post_id, std::move(quote));
    }
    for (auto& view : views)
        if (auto quote = found.find(view.post.id); quote != found.end()) view.quote = quote->second;
    return {};
}

Result<> attach_counts(Tx& tx, std::vector<PostView>& views) {
    std::unordered_map<Id, std::int64_t> counts;
    for (const auto& row : TRY(repo::quote_counts(tx, ids_of(views))))
        counts.emplace(row.post_id, row.quotes);
    for (auto& view : views)
        if (auto count = counts.find(view.post.id); count != counts.end())
            view.quotes_count = count->second;
    return {};
}

Result<> attach_rules(Tx& tx, const Viewer& viewer, std::vector<PostView>& views) {
    std::unordered_map<Id, model::InteractionRule> rules;
    for (const auto& rule : TRY(repo::rules_of(tx, ids_of(views), model::Interaction::quote)))
        rules.emplace(rule.post_id, rule);
    for (auto& view : views) {
        const auto rule = rules.find(view.post.id);
        if (rule != rules.end())
            view.quote_rule = rule->second;
        else if (view.post.local)
            view.quote_rule.automatic = model::audience_public;
        if (view.post.visibility > model::Visibility::unlisted)
            view.quote_rule.automatic = view.quote_rule.manual = model::audience_nobody;
    }
    if (!viewer.actor_id) return {};
    // Who follows whom matters only where the rule speaks of it.
    for (auto& view : views) {
        const auto& rule = view.quote_rule;
        if (view.post.actor_id == *viewer.actor_id || (rule.automatic & model::audience_public))
            view.may_quote = Permission::automatic;
        else if (rule.automatic != model::audience_nobody || rule.manual != model::audience_nobody)
            view.may_quote =
                TRY(permission_of(tx, view.post, *viewer.actor_id, model::Interaction::quote));
    }
    return {};
}

}  // namespace

Result<> attach_quotes(Tx& tx, const Viewer& viewer, std::vector<PostView>& views) {
    TRY(attach_shallow(tx, viewer, views));
    TRY(attach_counts(tx, views));
    TRY(attach_rules(tx, viewer, views));
    std::vector<Entry> entries;
    for (const auto& view : views)
        if (view.quote && view.quote->quoted_id)
            entries.push_back({.id = *view.quote->quoted_id,
                               .post_id = *view.quote->quoted_id,
                               .boost_id = {},
                               .group_id = {}});
    if (entries.empty()) return {};
    auto quoted = TRY(load_bare_views(tx, viewer, entries));
    TRY(attach_shallow(tx, viewer, quoted));
    TRY(attach_counts(tx, quoted));
    TRY(attach_rules(tx, viewer, quoted));
    std::unordered_map<Id, std::shared_ptr<const PostView>> by_id;
    for (auto& view : quoted)
        by_id.try_emplace(view.post.id, std::make_shared<const PostView>(view));
    for (auto& view : views)
        if (view.quote && view.quote->quoted_id)
            if (auto found = by_id.find(*view.quote->quoted_id); found != by_id.end())
                view.quote->post = found->second;
    return {};
}

}  // namespace kith::community
