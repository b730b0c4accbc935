#include "node/community/catch_up.hpp"

#include "base/core/log.hpp"
#include "config/limits/catch_up.hpp"
#include "node/community/catch_up_host.hpp"

namespace kith::community {

using repo::CatchUpHost;
using sql::Tx;

Result<> CatchUp::start() {
    auto& context = parts_.context;
    const auto now = context.clock.now_ms();
    const auto last = TRY(context.db.read(repo::last_alive));
    if (context.db.dialect().engine() == sql::Engine::sqlite)
        TRY(context.db.write([now](Tx& tx) { return repo::release_hosts(tx, now); }));
    if (last && now - *last > limits::catch_up_after_ms) TRY(begin(*last, ""));
    TRY(note_alive());
    for (int i = 0; i < limits::catch_up_hosts_at_once; ++i)
        threads_.emplace_back("catch-up-" + std::to_string(i), [this] { run(); });
    return {};
}

void CatchUp::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    threads_.clear();
}

Result<> CatchUp::note_alive() {
    auto& context = parts_.context;
    return context.db.write(
        [now = context.clock.now_ms()](Tx& tx) { return repo::note_alive(tx, now); });
}

Result<> CatchUp::begin(TimeMs since, std::string_view host) {
    auto& context = parts_.context;
    const auto now = context.clock.now_ms();
    log::info("catch_up.begins", {{"since", format_iso8601(since)}, {"host", host}});
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(repo::queue_followed(tx, since, host, limits::catch_up_actors_max));
        TRY(repo::queue_threads(tx, since,
                                first_id_at(since - limits::catch_up_thread_lives_ms), host,
                                limits::catch_up_threads_max));
        return repo::open_hosts(tx, since, now, repo::Counts::anew);
    });
}

bool CatchUp::is_due(LruMap<TimeMs>& asked, Id subject, TimeMs every_ms) {
    const auto now = parts_.context.clock.now_ms();
    const auto key = std::to_string(subject);
    std::lock_guard lock(mutex_);
    const auto* last = asked.find(key);
    if (last && now - *last < every_ms) return false;
    asked.put(key, now);
    return true;
}

void CatchUp::ask_conversation(Id first_post) {
    if (is_due(asked_, first_post, limits::conversation_asked_every_ms)) queue(repo::queue_thread, first_post);
}

void CatchUp::ask_profile(Id actor) {
    if (is_due(profiles_asked_, actor, limits::profile_asked_every_ms)) queue(repo::queue_profile, actor);
}

void CatchUp::queue(Result<> (*write)(Tx&, Id, TimeMs), Id subject) {
    auto& context = parts_.context;
    const auto queued = context.db.write([=, now = context.clock.now_ms()](Tx& tx) { return write(tx, subject, now); });
    if (!queued) log::warn("catch_up.failed", {{"error", queued.error().safe_text}, {"detail", queued.error().detail}});
}

// Wakes one thread, which wakes the next where it finds work: most news is for none of them.
void CatchUp::notify() {
    std::lock_guard lock(mutex_);
    ++news_;
    wake_.notify_one();
}

void CatchUp::run() {
    unsigned seen = 0;
    for (;;) {
        const auto worked = run_one();
        if (!worked)
            log::warn("catch_up.failed", {{"error", worked.error().safe_text},
                                          {"detail", worked.error().detail}});
        std::unique_lock lock(mutex_);
        if (stopping_) return;
        if (worked && *worked) continue;
        const auto& clock = parts_.context.clock;
        clock.wait_until(wake_, lock, clock.now_ms() + limits::catch_up_poll_ms,
                         [&] { return stopping_ || news_ != seen; });
        if (stopping_) return;
        seen = news_;
    }
}

// False where no host is due.
Result<bool> CatchUp::run_one() {
    auto& context = parts_.context;
    const auto started = context.clock.now_ms();
    if (!TRY(context.db.read([started](Tx& tx) { return repo::has_due_host(tx, started); }))) return false;
    auto host = TRY(context.db.write([started](Tx& tx) {
        return repo::claim_host(tx, started, started + limits::catch_up_lease_ms);
    }));
    if (!host) return false;
    wake_.notify_one();
    const auto done = HostCatchUp(parts_, *host).run();
    const auto now = context.clock.now_ms();
    const bool again = !done && (done.error().code == Code::unavailable ||
                                 done.error().code == Code::timeout) &&
                       host->attempts < limits::catch_up_attempts_max;
    if (!done) host->error = done.error().safe_text;
    if (again)
        host->not_before = now + limits::catch_up_retry_ms;
    else
        host->finished_at = now;
    TRY(context.db.write([&host](Tx& tx) { return repo::save_host(tx, *host); }));
    log::info("catch_up.host", {{"host", host->host},
                                {"requests", host->requests},
                                {"found", host->found},
                                {"taken", host->taken},
                                {"error", host->error}});
    return true;
}

}  // namespace kith::community
