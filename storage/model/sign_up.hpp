#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

// How an account came to be that nobody at the command line made. While it waits its actor is hidden
// and account.confirmed_at empty.
struct SignUp {
    Id user_id = 0;
    Id actor_id = 0;
    std::string reason, ip;
    Id app_id = 0;
    std::optional<Id> invite_id;
    std::string confirm_hash;  // of the link in the mail; empty once it was followed
    std::optional<TimeMs> email_confirmed_at, approved_at;
    TimeMs mailed_at = 0;
    // What a moderator said: it still waits, and may be let in later on.
    std::optional<TimeMs> denied_at;
    std::string deny_reason;
    std::optional<Id> decided_by;  // who denied or approved it, where that was said through Lemmy's API

    bool waits() const { return !email_confirmed_at || !approved_at; }
};

struct Invite {
    Id id = 0;
    std::string code_hash;
    std::optional<std::int64_t> uses_max;
    std::int64_t uses = 0;
    std::optional<TimeMs> expires_at;
    TimeMs created_at = 0;
    std::optional<Id> maker_id;  // the member; nothing: the operator
};

// Nobody signs up with an address of this domain, or of one below it.
struct EmailDomainBlock {
    Id id = 0;
    std::string domain;
    bool with_approval = false;  // but a moderator may let them in
    TimeMs created_at = 0;
};

enum class IpSeverity { approval = 0, no_sign_up = 1, no_access = 2 };

struct IpBlock {
    Id id = 0;
    std::string network;  // CIDR
    IpSeverity severity = IpSeverity::no_sign_up;
    std::string comment;
    TimeMs created_at = 0;
    std::optional<TimeMs> expires_at;
};

// A mailbox, whatever its address is decorated with, known by a hash only.
struct CanonicalEmailBlock {
    Id id = 0;
    std::string hash;
    TimeMs created_at = 0;
};

}  // namespace kith::model
