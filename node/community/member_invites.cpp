#include "node/community/member_invites.hpp"

#include "base/crypto/digest.hpp"
#include "base/crypto/encoding.hpp"
#include "config/limits/sign_up.hpp"
#include "node/community/page_window.hpp"
#include "node/community/site_settings.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/sign_ups.hpp"

namespace kith::community {

using model::Invite;
using sql::Tx;

namespace {

constexpr std::string_view key_name = "invite.key";
constexpr std::size_t key_bytes = 32, code_characters = 20;

// Made with the first invite.
Result<std::string> key_of(Tx& tx, const std::string& fresh) {
    if (auto there = TRY(repo::setting(tx, key_name))) return std::move(*there);
    TRY(repo::put_setting(tx, key_name, fresh));
    return fresh;
}

std::string code_of(std::string_view key, Id id) {
    return crypto::base64url_encode(crypto::hmac_sha256(key, "invite:" + std::to_string(id))).substr(0, code_characters);
}

Result<> check(const Context& context, const NewInvite& asked) {
    if (context.config.registration.mode == RegistrationMode::closed) return fail(Code::forbidden, "Nobody can sign up here");
    if (asked.uses_max && *asked.uses_max < 1) return fail(Code::unprocessable, "Validation failed: an invite is for one person at least");
    if (asked.expires_at && *asked.expires_at <= context.clock.now_ms())
        return fail(Code::unprocessable, "Validation failed: Expires at must be in the future");
    return {};
}

}  // namespace

Result<MemberInvite> make_member_invite(Context& context, Id member, const NewInvite& asked) {
    TRY(check(context, asked));
    const auto allowed = TRY(site_settings(context)).invites_per_member;
    const auto fresh = context.random.token(key_bytes);
    return context.db.write([&context, member, asked, allowed, fresh](Tx& tx) -> Result<MemberInvite> {
        const auto now = context.clock.now_ms();
        const auto user = TRY(repo::find_user_by_actor(tx, member));
        const bool team = user && user->role >= model::UserRole::moderator;
        const auto most = team ? std::int64_t(limits::invites_per_member_max) : std::int64_t(allowed);
        if (TRY(repo::count_invites_of(tx, member, now)) >= most) return fail(Code::forbidden, "You have as many invites as you may have");
        MemberInvite made{.invite = {.id = context.ids.next(), .code_hash = {}, .uses_max = asked.uses_max, .uses = 0,
                                     .expires_at = asked.expires_at, .created_at = now, .maker_id = member},
                          .code = {}};
        made.code = code_of(TRY(key_of(tx, fresh)), made.invite.id);
        made.invite.code_hash = crypto::hash_secret(made.code);
        TRY(repo::insert_invite(tx, made.invite));
        return made;
    });
}

Result<> revoke_member_invite(Context& context, Id member, std::string_view code) {
    return context.db.write([member, hash = crypto::hash_secret(code)](Tx& tx) -> Result<> {
        if (!TRY(repo::delete_invite_of(tx, member, hash))) return fail(Code::not_found, "Record not found");
        return {};
    });
}

Result<Page<MemberInvite>> member_invites(Context& context, Id member, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<MemberInvite>> {
        Page<MemberInvite> page;
        auto rows = TRY(repo::invites_of_page(tx, member, window_of(request)));
        if (rows.empty()) return page;
        const auto key = TRY(repo::setting(tx, key_name)).value_or("");
        set_cursors(page, rows.front().id, rows.back().id, rows.size(), request);
        for (auto& row : rows) {
            auto code = code_of(key, row.id);
            page.items.push_back({std::move(row), std::move(code)});
        }
        return page;
    });
}

}  // namespace kith::community
