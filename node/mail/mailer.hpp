#pragma once
#include "base/core/clock.hpp"
#include "base/core/random.hpp"
#include "base/core/result.hpp"
#include "config/config.hpp"

#include <string>

namespace kith::mail {

struct Letter {
    std::string to, subject, text;  // text: plain, lines end with LF
    std::string stop_url;           // RFC 8058: one POST there and no more of these come
};

// The letter as it goes out: RFC 5322, its text in UTF-8 (RFC 2045), its subject encoded where it is not
// ASCII (RFC 2047). Code::invalid where an address or the subject has a line end: nobody writes headers
// of ours.
Result<std::string> message(const Letter&, const std::string& from, TimeMs now, const std::string& message_id);

// Hands a letter over to the server of the configuration and waits for its answer, at most
// limits::mail_timeout_s; or puts it into a directory, as a file for each. Code::unavailable where it
// was not taken, Code::unsupported where no server is configured.
Result<> send(const Config&, const Letter&, const Clock&, Random&);

}  // namespace kith::mail
