#pragma once
#include "node/community/context.hpp"

#include <string_view>

// Who forgot their password is mailed a link, which works once and for limits::password_reset_ms.
namespace kith::community {

bool can_reset_passwords(const Config&);  // where mail can be sent

// Success whether or not somebody here has the address, and whether or not a mail goes out: nobody
// learns who is here. One mail an account in limits::password_reset_pause_ms. Code::forbidden where no
// mail can be sent.
Result<> mail_password_reset(Context&, std::string_view email);

// Whether a link is good; Code::not_found where it was used, is too old or is none.
Result<> check_password_reset(Context&, std::string_view token);
// Sets the password; every session and token ends. A second factor stays. Code::not_found as above,
// Code::unprocessable for a password that is too short: the link stays good then.
Result<> reset_password(Context&, std::string_view token, std::string_view password);

}  // namespace kith::community
