#include "node/community/featured_tags.hpp"

#include "base/text/fold.hpp"
#include "config/limits/community.hpp"
#include "node/community/events.hpp"
#include "node/community/text_scan.hpp"
#include "storage/repo/featured_tags.hpp"

#include <algorithm>

namespace kith::community {

using model::FeaturedTag;
using sql::Tx;

namespace {

constexpr TimeMs lately_ms = 90LL * 24 * 3'600'000;

Failure invalid(std::string what) {
    return fail(Code::unprocessable, "Validation failed: " + std::move(what));
}

FeaturedTag made_of(const Context& context, Id actor, std::string_view name) {
    return {.id = context.ids.next(),
            .actor_id = actor,
            .name = text::fold(name),
            .display = std::string(name),
            .created_at = context.clock.now_ms()};
}

}  // namespace

Result<FeaturedTag> feature_tag(Context& context, Id actor, std::string_view name) {
    if (name.starts_with('#')) name.remove_prefix(1);
    if (name.empty()) return invalid("Tag can't be blank");
    if (!is_hashtag(name)) return invalid("Tag is invalid");
    return context.db.write([&](Tx& tx) -> Result<FeaturedTag> {
        const auto wanted = made_of(context, actor, name);
        if (TRY(repo::featured_tags(tx, actor)).size() >= limits::featured_tags_max)
            return invalid("You have already featured the maximum number of hashtags");
        if (!TRY(repo::add_featured_tag(tx, wanted))) return invalid("Tag has already been taken");
        TRY(emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = actor}));
        for (auto& tag : TRY(repo::featured_tags(tx, actor)))
            if (tag.id == wanted.id) return std::move(tag);
        return wanted;
    });
}

Result<> unfeature_tag(Context& context, Id actor, Id tag) {
    return context.db.write([&](Tx& tx) -> Result<> {
        if (!TRY(repo::remove_featured_tag(tx, actor, tag)))
            return fail(Code::not_found, "Record not found");
        return emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = actor});
    });
}

Result<> unfeature_tag(Context& context, Id actor, std::string_view name) {
    const auto folded = text::fold(name);
    for (const auto& tag : TRY(featured_tags(context, actor)))
        if (tag.name == folded) return unfeature_tag(context, actor, tag.id);
    return {};
}

Result<std::vector<FeaturedTag>> featured_tags(Context& context, Id actor) {
    return context.db.read([actor](Tx& tx) { return repo::featured_tags(tx, actor); });
}

Result<std::vector<std::string>> featured_tag_suggestions(Context& context, Id actor) {
    const auto from = first_id_at(context.clock.now_ms() - lately_ms);
    return context.db.read([&](Tx& tx) {
        return repo::most_used_tags(tx, actor, from, int(limits::featured_tags_max));
    });
}

Result<> replace_featured_tags(Tx& tx, const Context& context, Id actor,
                               const std::vector<std::string>& names) {
    TRY(repo::clear_featured_tags(tx, actor));
    for (const auto& name : names) TRY(repo::add_featured_tag(tx, made_of(context, actor, name)));
    return {};
}

}  // namespace kith::community
