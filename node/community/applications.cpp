#include "node/community/applications.hpp"

#include "node/community/page_window.hpp"
#include "node/community/reports.hpp"
#include "node/community/team.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/reports.hpp"
#include "storage/repo/sign_ups.hpp"

namespace kith::community {

using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }

Result<ApplicationView> view_of(Tx& tx, std::optional<model::SignUp> sign_up) {
    if (!sign_up) return not_found();
    auto user = TRY(repo::find_user(tx, sign_up->user_id));
    auto person = TRY(repo::find_actor(tx, sign_up->actor_id));
    if (!user || !person) return not_found();
    ApplicationView out{std::move(*sign_up), std::move(*user), std::move(*person), {}};
    if (out.sign_up.decided_by) out.decided_by = TRY(repo::find_actor(tx, *out.sign_up.decided_by));
    return out;
}

}  // namespace

Result<Page<ApplicationView>> applications(Context& context, Id moderator, bool undecided_only, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<ApplicationView>> {
        TRY(require_role(tx, moderator, model::UserRole::moderator));
        Page<ApplicationView> page;
        const auto rows = TRY(repo::applications_page(tx, undecided_only, window_of(request)));
        if (!rows.empty()) set_cursors(page, rows.front().user_id, rows.back().user_id, rows.size(), request);
        for (const auto& row : rows) page.items.push_back(TRY(view_of(tx, row)));
        return page;
    });
}

Result<ApplicationView> application_of(Context& context, Id moderator, Id person) {
    return context.db.read([&](Tx& tx) -> Result<ApplicationView> {
        TRY(require_role(tx, moderator, model::UserRole::moderator));
        return view_of(tx, TRY(repo::find_sign_up_of_actor(tx, person)));
    });
}

Result<ApplicationView> application(Context& context, Id moderator, Id user) {
    return context.db.read([&](Tx& tx) -> Result<ApplicationView> {
        TRY(require_role(tx, moderator, model::UserRole::moderator));
        return view_of(tx, TRY(repo::find_sign_up(tx, user)));
    });
}

Result<std::optional<std::int64_t>> undecided_applications(Context& context, Id member) {
    return context.db.read([member](Tx& tx) -> Result<std::optional<std::int64_t>> {
        if (!TRY(handles_reports(tx, member))) return std::optional<std::int64_t>{};
        return std::optional(TRY(repo::count_undecided(tx)));
    });
}

}  // namespace kith::community
