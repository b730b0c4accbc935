#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "base/core/rate_limiter.hpp"
#include "config/urls.hpp"
#include "federation/inbox/counters.hpp"
#include "federation/inbox/door.hpp"
#include "federation/inbox/lanes.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kith::inbox {

// What the sender is told; 202 has no body.
struct Answer {
    int status = 202;
    int retry_after_s = 0;         // with 429 and 503
    std::string accept_signature;  // with 401: what must be signed (RFC 9421 section 5.1)
};

enum class RateLimits { on, off };

// What the pipeline works with; all outlive it.
struct PipelineContext {
    sql::Db& db;
    const Clock& clock;
    IdGenerator& ids;
    const Urls& urls;
    keys::KeyCache& keys;
    keys::Documents& documents;
    ActivitySink& sink;
    RateLimits rate_limits = RateLimits::on;
    // Told the Collection-Synchronization header that came, signed, with an activity of an actor
    // (FEP-8fcf); on the thread of the request.
    std::function<void(const std::string& actor_ap_id, std::string_view header)> synchronize = {};
};

// The way of an inbound activity from a peer's POST to its effects (architecture.md, section 2).
// Thread-safe.
class Pipeline {
public:
    explicit Pipeline(const PipelineContext&);

    // Begins with what an earlier process had accepted and not finished.
    void start() { lanes_.start(); }
    // Ends after what is under way; the rest waits on disk for the next start.
    void stop() { lanes_.stop(); }

    // Phases 1 to 7. The answer is 202 only when the activity is on disk (or was before, or is a
    // Delete of an actor that nobody here knows). Refusals store nothing but a line of the log.
    Answer receive(const Request&);

    // An activity as its actor's own origin serves it, in an outbox or at its id: judged as if the
    // actor had sent it (has_authority(), phases 7 to 10), on this thread, with this fetcher. True
    // where it was applied; false where it was here before, or waits for something, or was refused,
    // which is in the log. An error for what is no activity of that actor.
    Result<bool> take_found(const std::string& actor_ap_id, std::string_view body, Fetcher&);

    // For the front, which parks a request until its key is here: the host that has to be asked for
    // the key of this signature (the fields' values, joined; Signature-Input may be ""), or "" where
    // a worker may take the request now. Never the network; at most two indexed reads.
    std::string waits_for(std::string_view signature_input, std::string_view signature,
                          std::string_view body);
    // Starts fetching that key; `done` is called once, from any thread.
    void fetch_key(std::string_view signature_input, std::string_view signature,
                   std::function<void()> done);

    // Forgets closed rows older than limits::inbox_rows_ms, a bounded number; true: call again.
    Result<bool> sweep();

    const Counters& counters() const { return counters_; }
    std::size_t pending() const { return lanes_.pending(); }

private:
    struct Progress;
    Result<> pass(const Request&, Progress&);
    Result<> admit(const Request&, Parsed&, const signature::RequestSignature&, TimeMs now,
                   Progress&);
    Result<> take_from_relay(Parsed&, const keys::Sender&, Progress&);
    Result<> accept(std::string_view body, Parsed, TimeMs now);
    Result<std::shared_ptr<Work>> store(std::string_view body, Parsed, TimeMs now);
    Result<bool> knows(const std::string& actor_ap_id);
    void synchronize(const Request&, const signature::RequestSignature&, const Progress&);
    Answer refuse(const Progress&, const Error&);

    PipelineContext context_;
    Counters counters_;
    DomainBlocks blocks_;
    DocumentCache documents_;
    RefusalLog refusals_;
    RateLimiter addresses_, hosts_;
    FetchSources sources_;
    Lanes lanes_;
};

}  // namespace kith::inbox
