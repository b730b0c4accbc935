#pragma once
#include "node/community/context.hpp"

#include <string>
#include <string_view>

namespace kith::community {

struct Mail {
    std::string to, subject, text;
    std::string stop_url;   // where the reader ends letters of this kind; empty: they cannot be ended
};
inline constexpr std::string_view mail_job = "mail";
// Left for a job, in the transaction that wants it.
Result<> queue_mail(sql::Tx&, const Context&, const Mail&);
// The same to each moderator and admin; nothing where this node sends no mail.
Result<> mail_team(sql::Tx&, const Context&, Mail);
// What such a job holds.
Result<Mail> mail_of(std::string_view payload);

}  // namespace kith::community
