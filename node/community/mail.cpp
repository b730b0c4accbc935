#include "node/community/mail.hpp"

#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/reports.hpp"

namespace kith::community {

Result<> queue_mail(sql::Tx& tx, const Context& context, const Mail& mail) {
    json::Writer w;
    w.object().member("to", mail.to).member("subject", mail.subject).member("text", mail.text).member("stop", mail.stop_url).end();
    const auto now = context.clock.now_ms();
    return repo::add_job(tx, {.id = context.ids.next(),
                              .kind = std::string(mail_job),
                              .payload = w.take(),
                              .not_before = now,
                              .created_at = now});
}

Result<> mail_team(sql::Tx& tx, const Context& context, Mail mail) {
    if (context.config.mail.server.empty()) return {};
    for (const auto moderator : TRY(repo::report_handlers(tx)))
        if (const auto user = TRY(repo::find_user_by_actor(tx, moderator))) {
            mail.to = user->email;
            TRY(queue_mail(tx, context, mail));
        }
    return {};
}

Result<Mail> mail_of(std::string_view payload) {
    const auto document = TRY(json::Document::parse(payload));
    const auto text = [&](std::string_view name) { return std::string(document[name].string_or("")); };
    return Mail{text("to"), text("subject"), text("text"), text("stop")};
}

}  // namespace kith::community
