#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

// none: a word about the host that neither hides nor refuses it; it may still refuse media or reports.
enum class BlockSeverity { silence = 0, suspend = 1, none = 2 };

// What an operator, or a list that the node subscribes to, says about a host and everything below it.
struct DomainBlock {
    std::string host;
    BlockSeverity severity = BlockSeverity::suspend;
    std::string reason;  // for everybody to read, where blocks are published
    TimeMs created_at = 0;
    Id id = 0;
    bool reject_media = false;    // no pictures, avatars and emoji of it
    bool reject_reports = false;  // its reports are not taken
    std::string note;             // for the team
    bool obfuscate = false;       // its name is published with stars
    std::optional<Id> list_id;    // the list that says so; nothing = set by hand, which no list changes
};

// With allow-list federation: a host that is spoken with.
struct DomainAllow {
    std::string host;
    TimeMs created_at = 0;
    Id id = 0;
};

// What holds for one host when all is taken together: the strictest word about it or a domain above.
struct DomainPolicy {
    bool suspended = false, silenced = false, reject_media = false, reject_reports = false;
};

// Somebody else's list of blocks that the node follows.
struct Blocklist {
    Id id = 0;
    std::string url;
    BlockSeverity severity_max = BlockSeverity::suspend;  // silence: its suspensions only silence
    TimeMs created_at = 0;
    TimeMs next_at = 0;  // when it is asked for again
    std::optional<TimeMs> fetched_at;
    std::string last_error;
};

}  // namespace kith::model
