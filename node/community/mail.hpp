#pragma once
#include "node/community/context.hpp"

#include <string>
#include <string_view>

namespace kith::community {

struct Mail {
    std::string to, subject, text;
};
inline constexpr std::string_view mail_job = "mail";
// Left for a job, in the transaction that wants it.
Result<> queue_mail(sql::Tx&, const Context&, const Mail&);
// What such a job holds.
Result<Mail> mail_of(std::string_view payload);

}  // namespace kith::community
