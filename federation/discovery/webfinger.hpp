#pragma once
#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "config/config.hpp"
#include "federation/client/transport.hpp"

#include <string>
#include <string_view>
#include <vector>

// WebFinger (RFC 7033) as a client: whose name is whose (security checklist, line 16).
namespace kith::discovery {

// "name@host": the name as it was typed, the host as Url::host_port() writes it.
struct Handle {
    std::string name, host;

    std::string text() const { return name + "@" + host; }
    // Names are compared without regard to case: no server tells two people apart by it.
    bool is(const Handle& other) const;
};

// "@bob@example.org", "bob@example.org:8443" or "acct:bob@example.org". Code::invalid for all else.
Result<Handle> parse_handle(std::string_view text);

// What a host says about a name: a JSON Resource Descriptor, read.
struct Descriptor {
    Handle subject;
    std::vector<std::string> actor_ids;   // links `self` of an ActivityPub type, in their order
};

// Reads the body of an answer. Code::upstream where it is none, has no acct: subject, or names no actor.
Result<Descriptor> read_descriptor(std::string_view content_type, std::string_view body);

// Until when somebody waits, in steady_ms(): each step gets what is left.
struct Deadline {
    std::int64_t at_ms;

    static Deadline in(TimeMs wait_ms) { return {steady_ms() + wait_ms}; }
    // At most `most_ms`. Code::timeout where nothing is left.
    Result<TimeMs> left(TimeMs most_ms) const;
};

// Asks other hosts. Thread-safe; every call waits for the network.
class WebFinger {
public:
    WebFinger(client::Transport&, const Config&);

    // The actor of a handle, and the handle its host prefers. The answer's subject is what was asked, or
    // is confirmed by a second look-up at the subject's host; an actor on another host than its handle's
    // is confirmed by that host, so that neither can speak for the other. Several actors: a person and a
    // group may share a name on some servers.
    // Errors: not_found (404, 410), upstream (an answer that does not hold), and those of
    // TransportError::to_error.
    Result<Descriptor> resolve(const Handle&, Deadline) const;

    // The first actor of a handle, as text.
    Result<std::string> resolve_handle(std::string_view handle) const;

private:
    Result<Descriptor> ask(const Handle&, std::string_view at_host, Deadline) const;
    Result<Descriptor> ask_subject(const Handle&, Deadline) const;
    Result<> confirm_hosts(Descriptor&, Deadline) const;

    client::Transport& transport_;
    const std::string scheme_;
};

}  // namespace kith::discovery
