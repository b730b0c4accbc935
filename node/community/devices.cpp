#include "node/community/devices.hpp"

#include "config/limits/oauth.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/oauth.hpp"
#include "storage/repo/password_resets.hpp"
#include "storage/repo/second_factors.hpp"

#include <algorithm>

namespace kith::community {

using sql::Tx;

Result<std::vector<Device>> devices(Context& context, Id user) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<Device>> {
        std::vector<Device> out;
        for (auto& row : TRY(repo::browsers_of(tx, user, context.clock.now_ms(), limits::devices_max)))
            out.push_back({Device::Kind::browser, std::move(row)});
        for (auto& row : TRY(repo::apps_of(tx, user, limits::devices_max)))
            out.push_back({Device::Kind::app, std::move(row)});
        std::stable_sort(out.begin(), out.end(),
                         [](const auto& a, const auto& b) { return a.row.made_at > b.row.made_at; });
        return out;
    });
}

Result<> sign_out_device(Context& context, Id user, Device::Kind kind, Id device) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const bool found = kind == Device::Kind::browser
                               ? TRY(repo::end_browser(tx, user, device))
                               : TRY(repo::end_app(tx, user, device, context.clock.now_ms()));
        if (!found) return fail(Code::not_found, "Record not found");
        return {};
    });
}

Result<> sign_out_others(Context& context, Id user, Id kept_session) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto now = context.clock.now_ms();
        TRY(repo::end_other_browsers(tx, user, kept_session));
        TRY(repo::delete_codes_of(tx, user));
        TRY(repo::delete_pending_sign_ins_of(tx, user));
        return repo::revoke_tokens_of(tx, user, now);
    });
}

Result<> sign_out_everywhere(Tx& tx, Id user, TimeMs now) {
    TRY(repo::delete_sessions_of(tx, user));
    TRY(repo::delete_codes_of(tx, user));
    TRY(repo::delete_pending_sign_ins_of(tx, user));
    TRY(repo::delete_password_reset(tx, user));
    return repo::revoke_tokens_of(tx, user, now);
}

bool is_first_use_today(std::optional<TimeMs> used_at, TimeMs now) { return !used_at || *used_at / day_ms < now / day_ms; }

}  // namespace kith::community
