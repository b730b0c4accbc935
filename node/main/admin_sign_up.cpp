#include "node/main/admin_sign_up.hpp"

#include "base/text/fold.hpp"
#include "config/duration.hpp"
#include "config/limits/sign_up.hpp"
#include "node/community/moderation.hpp"
#include "node/community/sign_up.hpp"
#include "storage/repo/actors.hpp"

#include <charconv>

namespace kith {

namespace {

// Who waits is hidden: looked up by name alone.
Result<Id> waiting_by_name(community::Context& context, const std::string& name) {
    const auto actor =
        TRY(context.db.read([&](sql::Tx& tx) { return repo::find_actor_by_name(tx, text::fold(name), ""); }));
    if (!actor) return fail(Code::not_found, "nobody of that name signed up");
    return actor->id;
}

// Told as it is: that somebody is here and was let in before.
Result<> of_who_waits(const AdminRequest& r, Result<> done) {
    if (!done && done.error().code == Code::not_found) return fail(Code::not_found, r.text("NAME") + " does not wait to be let in");
    return done;
}

std::string described(const model::Invite& invite) {
    auto out = std::to_string(invite.id) + "  used " + std::to_string(invite.uses);
    if (invite.uses_max) out += " of " + std::to_string(*invite.uses_max);
    if (invite.expires_at) out += "  until " + format_iso8601(*invite.expires_at);
    return out + "\n";
}

}  // namespace

Result<std::string> user_waiting(community::Context& context, const AdminRequest&) {
    const auto page = TRY(community::moderated_accounts(context, {.status = repo::AccountQuery::Status::pending},
                                                        {.limit = limits::admin_accounts_page_max}));
    std::string out;
    for (const auto& row : page.items)
        out += row.actor.username + "  " + (row.user ? row.user->email : "") + "  " +
               (row.sign_up ? row.sign_up->reason : "") + "\n";
    return out.empty() ? std::string("nobody waits\n") : out;
}

Result<std::string> user_approve(community::Context& context, const AdminRequest& r) {
    TRY(of_who_waits(r, community::approve_account(context, TRY(waiting_by_name(context, r.text("NAME"))))));
    return std::string("approved\n");
}

Result<std::string> user_reject(community::Context& context, const AdminRequest& r) {
    TRY(of_who_waits(r, community::reject_account(context, TRY(waiting_by_name(context, r.text("NAME"))))));
    return std::string("forgotten\n");
}

Result<std::string> invite_create(community::Context& context, const AdminRequest& r) {
    community::NewInvite asked;
    if (r.has("--uses")) {
        const auto text = r.text("--uses");
        std::int64_t uses = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), uses);
        if (error != std::errc{} || end != text.data() + text.size() || uses < 1)
            return fail(Code::invalid, "--uses \"" + text + "\" is no number of people");
        asked.uses_max = uses;
    }
    if (r.has("--expires")) {
        const auto time = parse_duration(r.text("--expires"));
        if (!time || *time <= 0) return fail(Code::invalid, "--expires \"" + r.text("--expires") + "\" is no time: 7d, 12h");
        asked.expires_at = context.clock.now_ms() + *time;
    }
    return TRY(community::make_invite(context, asked)) + "\n";
}

Result<std::string> invite_list(community::Context& context, const AdminRequest&) {
    std::string out;
    for (const auto& invite : TRY(community::invites(context))) out += described(invite);
    return out.empty() ? std::string("there are no invites\n") : out;
}

Result<std::string> invite_revoke(community::Context& context, const AdminRequest& r) {
    const auto id = parse_id(r.text("ID"));
    if (!id) return fail(Code::invalid, "\"" + r.text("ID") + "\" is no id: kith invite list shows them");
    TRY(community::revoke_invite(context, *id));
    return std::string("revoked\n");
}

}  // namespace kith
