#pragma once
#include "node/community/context.hpp"
#include "storage/model/relation.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

// Letters to members about what concerns them, for who wants them: soon, where they do not read it here
// first, and as a digest of what their groups talk about. Nobody gets any who did not ask.
namespace kith::community {

enum class Digest { never, daily, weekly };

struct MailWishes {
    std::vector<std::string> notices;  // names of mail_notice_kinds
    Digest digest = Digest::never;
};

struct MailNoticeKind {
    std::string_view name;
    model::NotificationKind kind;
};
// What letters can be about.
inline constexpr std::array mail_notice_kinds{
    MailNoticeKind{"mention", model::NotificationKind::mention},
    MailNoticeKind{"quote", model::NotificationKind::quote},
    MailNoticeKind{"follow", model::NotificationKind::follow},
    MailNoticeKind{"follow_request", model::NotificationKind::follow_request},
    MailNoticeKind{"favourite", model::NotificationKind::favourite},
    MailNoticeKind{"reblog", model::NotificationKind::reblog},
    MailNoticeKind{"poll", model::NotificationKind::poll},
    MailNoticeKind{"status", model::NotificationKind::status},
};

Result<MailWishes> mail_wishes(Context&, Id actor);
// Code::unprocessable for a kind that there is none of; Code::unsupported where the node sends no mail.
Result<> set_mail_wishes(Context&, Id actor, const MailWishes&);

// Ends all letters to whom the token was sent. Code::not_found for one that never was, or is too old.
Result<> stop_mail(Context&, std::string_view token);

// Writes the letters that are due.
Result<> write_due_mail(Context&);

}  // namespace kith::community
