#include "node/community/taglines.hpp"

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/lemmy_api.hpp"
#include "node/community/page_window.hpp"
#include "node/community/team.hpp"
#include "storage/repo/taglines.hpp"

namespace kith::community {

using model::Tagline;
using sql::Tx;

namespace {

Result<std::string> checked(std::string_view content) {
    std::string out(text::trim(content));
    if (out.empty()) return fail(Code::unprocessable, "Validation failed: Content can't be blank");
    if (utf8::length(out) > limits::tagline_characters_max) return fail(Code::unprocessable, "Validation failed: Content is too long");
    return out;
}

}  // namespace

Result<Tagline> add_tagline(Context& context, Id admin, std::string_view content) {
    const auto text = TRY(checked(content));
    return context.db.write([&context, admin, text](Tx& tx) -> Result<Tagline> {
        TRY(require_role(tx, admin, model::UserRole::admin));
        if (TRY(repo::count_taglines(tx)) >= std::int64_t(limits::taglines_max))
            return fail(Code::unprocessable, "Validation failed: there are too many taglines");
        Tagline made{.id = context.ids.next(), .content = text, .published_at = context.clock.now_ms(), .updated_at = {}};
        TRY(repo::add_tagline(tx, made));
        return made;
    });
}

Result<Tagline> change_tagline(Context& context, Id admin, Id id, std::string_view content) {
    const auto text = TRY(checked(content));
    return context.db.write([&context, admin, id, text](Tx& tx) -> Result<Tagline> {
        TRY(require_role(tx, admin, model::UserRole::admin));
        auto found = TRY(repo::find_tagline(tx, id));
        if (!found) return fail(Code::not_found, "Record not found");
        found->content = text;
        found->updated_at = context.clock.now_ms();
        TRY(repo::change_tagline(tx, *found));
        return *found;
    });
}

Result<> remove_tagline(Context& context, Id admin, Id id) {
    return context.db.write([admin, id](Tx& tx) -> Result<> {
        TRY(require_role(tx, admin, model::UserRole::admin));
        if (!TRY(repo::remove_tagline(tx, id))) return fail(Code::not_found, "Record not found");
        return {};
    });
}

Result<Page<Tagline>> taglines(Context& context, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<Tagline>> {
        Page<Tagline> page;
        page.items = TRY(repo::taglines_page(tx, window_of(request)));
        if (!page.items.empty()) set_cursors(page, page.items.front().id, page.items.back().id, page.items.size(), request);
        return page;
    });
}

Result<std::optional<Tagline>> any_tagline(Context& context) {
    const auto count = TRY(context.db.read([](Tx& tx) { return repo::count_taglines(tx); }));
    if (count == 0) return std::optional<Tagline>{};
    const auto position = std::int64_t(context.random.below(std::uint64_t(count)));
    return context.db.read([position](Tx& tx) { return repo::tagline_at(tx, position); });
}

}  // namespace kith::community
