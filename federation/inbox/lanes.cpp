#include "federation/inbox/lanes.hpp"

#include <utility>

#include "base/core/log.hpp"
#include "base/text/url.hpp"
#include "config/limits/inbox.hpp"

namespace kith::inbox {

Lanes::Lanes(sql::Db& db, const FetchSources& sources, ActivitySink& sink, Counters& counters,
             RefusalLog& refusals, std::function<void(const Work&)> applied)
    : db_(db),
      sources_(sources),
      sink_(sink),
      counters_(counters),
      refusals_(refusals),
      applied_(std::move(applied)),
      clock_(sources.clock),
      to_fetch_(limits::inbox_fetchers_per_host_max) {}

void Lanes::start() {
    for (int i = 0; i < limits::inbox_workers; ++i)
        threads_.emplace_back("inbox", [this] { run_worker(); });
    for (int i = 0; i < limits::inbox_fetchers; ++i)
        threads_.emplace_back("inbox-fetch", [this] { run_fetcher(); });
    threads_.emplace_back("inbox-backlog", [this] { run_backlog(); });
    collector_ = Thread("inbox-collect", [this] { run_collector(); });
}

void Lanes::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        for (auto* changed : {&work_, &fetch_, &room_, &backlog_}) changed->notify_all();
    }
    threads_.clear();  // joins them
    {
        std::lock_guard lock(mutex_);
        collected_ = true;
        write_.notify_all();
    }
    collector_.join();
}

std::size_t Lanes::pending() const {
    std::lock_guard lock(mutex_);
    return queue_.size() + (more_in_database_ ? 1 : 0);
}

// -- what waits
// ---------------------------------------------------------------------------------------

void Lanes::add(std::shared_ptr<Work> work) {
    std::lock_guard lock(mutex_);
    // While older ones wait in the database a newer one of their lane must not overtake them.
    if (more_in_database_ || queue_.size() >= limits::inbox_queued_max) {
        more_in_database_ = true;
        ++left_in_database_;
        return backlog_.notify_one();
    }
    const Id id = work->row.id;
    if (!queue_.add(id, work->row.actor_ap_id, Lane::parse(work->row.lane))) return;
    keep_loaded(std::move(work));
    work_.notify_one();
}

void Lanes::keep_loaded(std::shared_ptr<Work> work) {
    if (loaded_bytes_ + work->row.body.size() > limits::inbox_bodies_bytes_max) return;
    loaded_bytes_ += work->row.body.size();
    loaded_.emplace(work->row.id, std::move(work));
}

void Lanes::run_backlog() {
    std::unique_lock lock(mutex_);
    const auto may_load = [&] {
        return more_in_database_ && queue_.size() < limits::inbox_queued_max / 2;
    };
    while (!stopping_) {
        backlog_.wait(lock, [&] { return stopping_ || may_load(); });
        if (stopping_) return;
        const auto left_before = left_in_database_;
        const int limit = int(queue_.size()) + limits::inbox_backlog_page;
        lock.unlock();
        auto rows = db_.read([&](sql::Tx& tx) { return repo::open_activities(tx, limit); });
        lock.lock();
        if (!rows) {
            log::error("inbox.backlog", {{"error", rows.error().detail}});
            clock_.wait_until(backlog_, lock, clock_.now_ms() + limits::inbox_outage_delay_ms,
                              [&] { return stopping_; });
            continue;
        }
        add_rows(*rows);
        // All that was there is here now, unless one was left behind since it was read.
        if (int(rows->size()) < limit && left_before == left_in_database_)
            more_in_database_ = false;
    }
}

void Lanes::add_rows(const std::vector<repo::OpenActivity>& rows) {
    const auto now = clock_.now_ms();
    for (const auto& row : rows)
        if (queue_.add(row.id, row.actor_ap_id, Lane::parse(row.lane)) && row.not_before > now)
            queue_.postpone(row.id, row.not_before);
    work_.notify_all();
}

// -- deciding
// -----------------------------------------------------------------------------------------

void Lanes::run_worker() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        wait_for_room(lock);
        queue_.wake(clock_.now_ms());
        if (const auto id = queue_.take()) {
            lock.unlock();
            if (auto work = load(*id)) decide(std::move(work));
            lock.lock();
            continue;
        }
        const auto wake_at = queue_.next_wake();
        clock_.wait_until(work_, lock, wake_at.value_or(clock_.now_ms() + day_ms), [&] {
            return stopping_ || queue_.has_ready() || queue_.next_wake() != wake_at;
        });
    }
}

// Null where there is nothing to do (now).
std::shared_ptr<Work> Lanes::load(Id id) {
    {
        std::lock_guard lock(mutex_);
        if (auto held = loaded_.extract(id)) {
            loaded_bytes_ -= held.mapped()->row.body.size();
            return std::move(held.mapped());
        }
    }
    auto row = db_.read([&](sql::Tx& tx) { return repo::find_open_activity(tx, id); });
    if (!row) return retry(id, clock_.now_ms() + limits::inbox_outage_delay_ms), nullptr;
    if (!*row) return finish(id), nullptr;
    auto read = parsed((*row)->body);
    const bool readable = read.has_value();
    auto work = std::make_shared<Work>(std::move(**row), readable ? std::move(*read) : Parsed{});
    if (readable) return work;
    refuse(std::move(work), {Phase::parsed, read.error()});  // its bounds were narrowed since
    return nullptr;
}

void Lanes::decide(std::shared_ptr<Work> work) {
    CacheOnlyFetcher fetcher(sources_.cache, fetched_since(work->inbound()));
    auto setback = prepare(sink_, *work, fetcher);
    if (!fetcher.wanted()) return conclude(std::move(work), std::move(setback));
    const auto actor = Url::parse(work->row.actor_ap_id);
    work->plan.reset();
    std::lock_guard lock(mutex_);
    to_fetch_.add(actor ? actor->host_port() : std::string(), std::move(work));
    fetch_.notify_one();
}

void Lanes::run_fetcher() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        wait_for_room(lock);
        fetch_.wait(lock, [&] { return stopping_ || to_fetch_.has_ready(); });
        if (stopping_) return;
        auto [host, work] = *to_fetch_.take();
        lock.unlock();
        fetch_and_decide(std::move(work));
        lock.lock();
        to_fetch_.release(host);
        if (to_fetch_.has_ready()) fetch_.notify_one();
    }
}

void Lanes::fetch_and_decide(std::shared_ptr<Work> work) {
    BudgetFetcher fetcher(sources_, fetched_since(work->inbound()));
    auto setback = prepare(sink_, *work, fetcher);
    conclude(std::move(work), std::move(setback));
}

void Lanes::conclude(std::shared_ptr<Work> work, std::optional<Setback> setback) {
    if (!setback) {
        counters_.add(Phase::authorized, Outcome::passed);
        counters_.add(Phase::resolved, Outcome::passed);
        return apply(std::move(work));
    }
    {
        std::lock_guard lock(mutex_);
        if (stopping_) return;  // the fault may be that we stop; the next start sees
    }
    if (setback->phase == Phase::applied) ++work->conflicts;
    const auto fate = fate_of(*work, *setback, clock_.now_ms());
    if (const auto* later = std::get_if<Postpone>(&fate))
        return postpone(std::move(work), *setback, later->at);
    if (const auto* soon = std::get_if<Retry>(&fate)) {
        const Id id = work->row.id;
        std::unique_lock lock(mutex_);
        keep_loaded(std::move(work));
        lock.unlock();
        return retry(id, soon->at);
    }
    refuse(std::move(work), *setback);
}

}  // namespace kith::inbox
