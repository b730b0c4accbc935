#include "node/api/lemmy/local_user.hpp"

#include "node/community/preferences.hpp"
#include "node/community/second_factor.hpp"

namespace kith::lemmy {

void write_local_user(json::Writer& w, const ApiContext& api, const model::User& user, const std::optional<model::SignUp>& sign_up) {
    using Kind = community::PreferenceKind;
    const auto set = community::preferences(api.community, user.actor_id).value_or(community::Preferences{});
    w.object().member("id", user.id).member("person_id", user.actor_id).member("email", user.email);
    for (const auto& rule : community::preference_rules()) {
        const auto number = rule.kind == Kind::number ? set.number(rule.name) : std::nullopt;
        if (rule.kind == Kind::flag)
            w.member(rule.name, set.flag(rule.name));
        else if ((rule.kind == Kind::text || rule.kind == Kind::choice) && rule.name != "matrix_user_id")
            w.member(rule.name, set.text(rule.name));
        else if (number && rule.name != "donation_shown_at")
            w.member(rule.name, *number);
    }
    w.member("email_verified", sign_up ? sign_up->email_confirmed_at.has_value() : user.confirmed_at.has_value());
    w.member("accepted_application", sign_up ? sign_up->approved_at.has_value() : true).member("admin", user.role == model::UserRole::admin);
    const auto factor = community::second_factor(api.community, user.id);
    w.member("totp_2fa_enabled", factor && factor->enabled);
    w.member("last_donation_notification_at", format_iso8601(set.number("donation_shown_at").value_or(user.created_at))).end();
}

}  // namespace kith::lemmy
