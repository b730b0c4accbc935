#include "node/community/second_factor.hpp"

#include "base/crypto/base32.hpp"
#include "base/crypto/digest.hpp"
#include "base/crypto/totp.hpp"
#include "base/text/strings.hpp"
#include "config/limits/oauth.hpp"
#include "node/community/mail.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/second_factors.hpp"

#include <algorithm>
#include <span>

namespace kith::community {

using model::SecondFactor;
using model::User;
using sql::Tx;

namespace {

// As people type it: with spaces and hyphens, in either case.
std::string bare(std::string_view code) {
    auto out = text::to_lower_ascii(code);
    std::erase_if(out, [](char c) { return c == ' ' || c == '-'; });
    return out;
}

std::string random_bytes(Random& random, std::size_t count) {
    std::string out(count, '\0');
    random.fill({reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
    return out;
}

struct RecoveryCodes {
    std::vector<std::string> shown, hashes;
};

// "k3wl-5pqa-…": four characters at a time.
RecoveryCodes new_recovery_codes(Random& random) {
    RecoveryCodes out;
    for (std::size_t i = 0; i < limits::recovery_codes; ++i) {
        const auto code =
            text::to_lower_ascii(std::string_view(crypto::base32_encode(random_bytes(random, limits::recovery_code_bytes))));
        out.hashes.push_back(crypto::hash_secret(code));
        std::string shown;
        for (std::size_t at = 0; at < code.size(); at += 4) shown += (at == 0 ? "" : "-") + code.substr(at, 4);
        out.shown.push_back(std::move(shown));
    }
    return out;
}

// The form that authenticator apps read: github.com/google/google-authenticator/wiki/Key-Uri-Format.
Result<OfferedSecret> described(Context& context, const User& user, std::string_view secret) {
    const auto actor = TRY(context.db.read([&](Tx& tx) { return repo::find_actor(tx, user.actor_id); }));
    if (!actor) return fail(Code::not_found, "Record not found");
    OfferedSecret out{crypto::base32_encode(secret), {}};
    const auto issuer = text::percent_encode(context.config.server.account_domain);
    out.uri = "otpauth://totp/" + issuer + ":" + text::percent_encode(actor->username) + "?secret=" + out.secret +
              "&issuer=" + issuer + "&algorithm=SHA1&digits=" + std::to_string(limits::totp_digits) +
              "&period=" + std::to_string(limits::totp_step_s);
    return out;
}

Result<> tell(Tx& tx, Context& context, const User& user, std::string_view what) {
    if (context.config.mail.server.empty()) return {};
    return queue_mail(tx, context,
                      {.to = user.email,
                       .subject = "Two-factor sign-in on " + context.config.server.title,
                       .text = "Two-factor sign-in was switched " + std::string(what) + " for your account.\n\nIf that was not you, "
                               "change your password at once:\n\n" + context.urls.base() + "/settings/security\n"});
}

}  // namespace

Result<SecondFactorState> second_factor(Context& context, Id user) {
    return context.db.read([user](Tx& tx) -> Result<SecondFactorState> {
        const auto found = TRY(repo::find_second_factor(tx, user));
        if (!found || !found->enabled_at) return SecondFactorState{};
        return SecondFactorState{true, TRY(repo::recovery_codes_left(tx, user))};
    });
}

Result<OfferedSecret> offer_second_factor(Context& context, const User& user) {
    const SecondFactor fresh{.user_id = user.id,
                             .secret = random_bytes(context.random, limits::totp_secret_bytes),
                             .offered_at = context.clock.now_ms()};
    if (!TRY(context.db.write([&](Tx& tx) { return repo::offer_second_factor(tx, fresh); })))
        return fail(Code::conflict, "Two-factor sign-in is switched on already");
    return described(context, user, fresh.secret);
}

Result<OfferedSecret> offered_second_factor(Context& context, const User& user) {
    const auto found = TRY(context.db.read([&](Tx& tx) { return repo::find_second_factor(tx, user.id); }));
    if (!found || found->enabled_at) return fail(Code::not_found, "Record not found");
    return described(context, user, found->secret);
}

Result<std::optional<std::vector<std::string>>> enable_second_factor(Context& context, const User& user,
                                                                     std::string_view code) {
    using Codes = std::optional<std::vector<std::string>>;
    const auto codes = new_recovery_codes(context.random);
    const auto now = context.clock.now_ms();
    const bool enabled = TRY(context.db.write([&](Tx& tx) -> Result<bool> {
        const auto offered = TRY(repo::find_second_factor(tx, user.id));
        if (!offered || offered->enabled_at) return fail(Code::not_found, "No secret was made for two-factor sign-in");
        const auto step = crypto::totp_step_of(offered->secret, bare(code), now, offered->last_step);
        if (!step || !TRY(repo::enable_second_factor(tx, *offered, *step, now))) return false;
        TRY(repo::put_recovery_codes(tx, user.id, codes.hashes));
        TRY(tell(tx, context, user, "on"));
        return true;
    }));
    return enabled ? Codes(codes.shown) : Codes();
}

Result<bool> use_second_factor(Context& context, Id user, std::string_view code) {
    const auto given = bare(code);
    const auto now = context.clock.now_ms();
    return context.db.write([&](Tx& tx) -> Result<bool> {
        const auto factor = TRY(repo::find_second_factor(tx, user));
        if (!factor || !factor->enabled_at) return false;
        if (const auto step = crypto::totp_step_of(factor->secret, given, now, factor->last_step))
            return repo::use_step(tx, user, *step);
        return repo::use_recovery_code(tx, user, crypto::hash_secret(given), now);
    });
}

Result<std::vector<std::string>> renew_recovery_codes(Context& context, Id user) {
    auto codes = new_recovery_codes(context.random);
    TRY(context.db.write([&](Tx& tx) -> Result<> {
        const auto factor = TRY(repo::find_second_factor(tx, user));
        if (!factor || !factor->enabled_at) return fail(Code::not_found, "Record not found");
        return repo::put_recovery_codes(tx, user, codes.hashes);
    }));
    return std::move(codes.shown);
}

Result<> remove_second_factor(Context& context, const User& user) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto factor = TRY(repo::find_second_factor(tx, user.id));
        if (!factor || !factor->enabled_at) return fail(Code::not_found, "Two-factor sign-in is not switched on");
        TRY(repo::delete_second_factor(tx, user.id));
        TRY(repo::delete_pending_sign_ins_of(tx, user.id));
        return tell(tx, context, user, "off");
    });
}

}  // namespace kith::community
