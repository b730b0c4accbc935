#include "node/files/remote.hpp"

#include "base/core/log.hpp"
#include "config/limits/media.hpp"
#include "node/media/kinds.hpp"
#include "node/media/pictures.hpp"
#include "storage/repo/domain_rules.hpp"
#include "storage/repo/remote_files.hpp"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <future>
#include <unistd.h>

namespace kith::files {

using repo::RemoteFile;
using sql::Tx;

// What arrives, in a file of its own that goes with it where it is not kept.
struct Remote::Download {
    std::string url;
    std::filesystem::path path;
    Descriptor file;
    std::string head;  // by which its kind is known
    std::uint64_t bytes = 0;
    bool refused = false;

    ~Download() {
        std::error_code ignored;
        if (!path.empty()) std::filesystem::remove(path, ignored);
    }
    bool take(std::string_view piece);
};

namespace {

constexpr std::size_t head_bytes = 64;
constexpr std::size_t requests_per_group = 4;
constexpr const char* accept = "image/*, video/*;q=0.9, audio/*;q=0.9";

Failure absent(std::string why) { return fail(Code::not_found, "Record not found", std::move(why)); }

}  // namespace

// What is none of the kinds is not taken further than its first bytes.
bool Remote::Download::take(std::string_view piece) {
    if (head.size() < head_bytes) {
        head.append(piece.substr(0, head_bytes - head.size()));
        if (head.size() == head_bytes && !media::kind_of(head)) return refused = true, false;
    }
    bytes += piece.size();
    while (!piece.empty()) {
        const auto n = ::write(file.get(), piece.data(), piece.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        piece.remove_prefix(std::size_t(n));
    }
    return true;
}

Remote::Remote(RemoteParts parts) : parts_(std::move(parts)), settled_(limits::remote_files_known_max) {}

void Remote::start() {
    for (int n = 0; n < limits::remote_file_threads; ++n) threads_.emplace_back("files", [this] { run(); });
}

// Nobody waits any more for what is under way at the transport; it may still call back.
void Remote::stop() {
    decltype(under_way_) waited;
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        waited.swap(under_way_);
        changed_.notify_all();
    }
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    for (const auto& [url, all] : waited)
        for (const auto& each : all) each();
}

std::string Remote::key(const http::Head& head, http::ListenerTag) {
    const auto url = parts_.context.urls.remote_file(head.path);
    if (!url) return {};
    std::lock_guard lock(mutex_);
    const auto* until = settled_.find(*url);
    if (stopping_ || waiting_ >= limits::remote_requests_waiting_max) return {};
    if (until && *until > parts_.context.clock.now_ms()) return {};
    // Many may wait for one file: they are counted here, and stand in groups there.
    return *url + " " + std::to_string(waiting_ / requests_per_group);
}

void Remote::begin(const http::Head& head, std::function<void()> resume) {
    const auto url = parts_.context.urls.remote_file(head.path);
    if (!url) return resume();
    {
        std::lock_guard lock(mutex_);
        ++waiting_;
    }
    want(*url, [this, resume = std::move(resume)] {
        {
            std::lock_guard lock(mutex_);
            --waiting_;
        }
        resume();
    });
}

// Whoever wants what is under way already waits with the first.
void Remote::want(const std::string& url, Settled settled) {
    {
        std::lock_guard lock(mutex_);
        const auto found = under_way_.find(url);
        if (found != under_way_.end()) return found->second.push_back(std::move(settled));
        if (!stopping_ && under_way_.size() < limits::remote_files_under_way_max) {
            under_way_[url].push_back(std::move(settled));
            tasks_.emplace_back([this, url] { look(url); });
            changed_.notify_one();
            return;
        }
    }
    settled();
}

void Remote::look(const std::string& url) {
    const auto known = is_settled(url);
    if (known && !*known) return ask(url);
    if (!known) log::warn("remote_file.failed", {{"url", url}, {"detail", known.error().detail}});
    if (!known) settle(url, 0);
}

// Whether it is here, or is not asked for now.
Result<bool> Remote::is_settled(const std::string& url) {
    auto& context = parts_.context;
    const auto now = context.clock.now_ms();
    const auto row = TRY(context.db.read([&](Tx& tx) { return repo::find_remote_file(tx, url); }));
    if (!row) return false;
    if (row->name.empty()) {
        if (row->retry_at <= now) return false;
        return settle(url, row->retry_at), true;
    }
    if (!parts_.store.open(row->name)) return false;
    if (row->used_at + limits::remote_file_used_ms < now)
        TRY(context.db.write([&](Tx& tx) { return repo::use_remote_file(tx, url, now); }));
    settle(url, now + limits::remote_file_known_ms);
    return true;
}

Result<> Remote::may_be_fetched(const std::string& host) {
    const auto policy = TRY(parts_.context.db.read([&](Tx& tx) { return repo::domain_policy(tx, host); }));
    if (policy.suspended || policy.reject_media) return absent("nothing of this host is shown here: " + host);
    return {};
}

void Remote::ask(const std::string& url) {
    auto download = std::make_shared<Download>();
    download->url = url;
    client::Request request;
    const auto begun = [&]() -> Result<> {
        request.url = TRY(Url::parse(url));
        TRY(may_be_fetched(request.url.host_port()));
        std::error_code error;
        std::filesystem::create_directories(parts_.scratch, error);
        auto pattern = (parts_.scratch / "remote-XXXXXX").string();
        download->file = Descriptor(::mkostemp(pattern.data(), O_CLOEXEC));
        if (!download->file.is_open()) return fail(Code::unavailable, "The media store failed", pattern);
        download->path = pattern;
        return {};
    }();
    if (!begun) {
        const bool later = begun.error().code == Code::unavailable;
        const auto pause = later ? limits::remote_file_retry_ms : limits::remote_file_absent_ms;
        (void)note_absence(url, parts_.context.clock.now_ms() + pause);
        return;
    }
    request.accept = accept;
    request.timeout_ms = limits::remote_file_timeout_ms;
    request.response_bytes_max = limits::remote_file_bytes_max;
    request.may_reach = parts_.may_reach;
    request.take_body = [download](std::string_view piece) { return download->take(piece); };
    parts_.transport.send(std::move(request), [this, download](client::Outcome outcome) {
        later([this, download, outcome = std::make_shared<client::Outcome>(std::move(outcome))] {
            arrived(download, std::move(*outcome));
        });
    });
}

void Remote::arrived(std::shared_ptr<Download> download, client::Outcome outcome) {
    const auto now = parts_.context.clock.now_ms();
    Result<> kept;
    bool soon = false;
    if (outcome) {
        soon = outcome->status == 429 || outcome->status >= 500;
        kept = keep(*download, *outcome);
    } else {
        soon = !download->refused && client::is_host_failure(outcome.error().fault);
        kept = tl::unexpected(outcome.error().to_error());
    }
    if (kept) return settle(download->url, now + limits::remote_file_known_ms);
    log::debug("remote_file.absent", {{"url", download->url}, {"detail", kept.error().detail}});
    const auto retry_at = now + (soon ? limits::remote_file_retry_ms : limits::remote_file_absent_ms);
    if (const auto noted = note_absence(download->url, retry_at); !noted)
        log::warn("remote_file.failed", {{"url", download->url}, {"detail", noted.error().detail}});
}

Result<> Remote::keep(Download& download, const client::Response& answer) {
    if (answer.status != 200) return absent("answered with " + std::to_string(answer.status));
    // Where redirects led is judged as well.
    TRY(may_be_fetched(answer.final_url.host_port()));
    const auto kind = media::kind_of(download.head);
    if (!kind) return absent("neither picture, video nor sound");
    if (kind->family == media::Family::picture && download.bytes > limits::media_bytes_max)
        return absent("a picture of " + std::to_string(download.bytes) + " bytes");
    auto& context = parts_.context;
    RemoteFile row{.url = download.url,
                   .name = media::new_name(context.random, kind->ending),
                   .media_type = std::string(kind->type),
                   .bytes = download.bytes,
                   .retry_at = 0,
                   .used_at = context.clock.now_ms()};
    download.file.close();
    TRY(parts_.store.put_file(row.name, download.path));
    return context.db.write([&](Tx& tx) { return repo::put_remote_file(tx, row); });
}

Result<> Remote::note_absence(const std::string& url, TimeMs retry_at) {
    auto& context = parts_.context;
    const RemoteFile row{.url = url,
                         .name = {},
                         .media_type = {},
                         .bytes = 0,
                         .retry_at = retry_at,
                         .used_at = context.clock.now_ms()};
    const auto noted = context.db.write([&](Tx& tx) { return repo::put_remote_file(tx, row); });
    settle(url, retry_at);
    return noted;
}

// Whoever waited may go on.
void Remote::settle(const std::string& url, TimeMs until) {
    std::vector<Settled> waited;
    {
        std::lock_guard lock(mutex_);
        settled_.put(url, until);
        if (auto node = under_way_.extract(url)) waited = std::move(node.mapped());
    }
    for (const auto& each : waited) each();
}

void Remote::later(std::function<void()> task) {
    std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    changed_.notify_one();
}

void Remote::run() {
    for (;;) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
        if (stopping_) return;
        const auto task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
    }
}

Result<Remote::Found> Remote::find(const std::string& url) {
    auto& context = parts_.context;
    const auto row = TRY(context.db.read([&](Tx& tx) { return repo::find_remote_file(tx, url); }));
    if (!row) return fail(Code::unavailable, "The file is not here yet; try again in a moment");
    if (row->name.empty()) return absent(url);
    // What the operator said meanwhile holds at once.
    TRY(may_be_fetched(TRY(Url::parse(url)).host_port()));
    auto file = TRY(parts_.store.open(row->name));
    return Found{std::move(file), row->media_type, "\"" + row->name + "\""};
}

Result<std::string> Remote::Found::bytes() const {
    std::string out(std::size_t(file.size), '\0');
    for (std::size_t at = 0; at < out.size();) {
        const auto n = ::pread(file.file.get(), out.data() + at, out.size() - at, off_t(file.offset + at));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return fail(Code::unavailable, "The media store failed", "read");
        at += std::size_t(n);
    }
    return out;
}

Result<Remote::Found> Remote::fetch(const std::string& url) {
    const auto settled = std::make_shared<std::promise<void>>();
    auto waiting = settled->get_future();
    want(url, [settled] { settled->set_value(); });
    if (waiting.wait_for(std::chrono::milliseconds(limits::remote_file_wait_ms)) != std::future_status::ready)
        return fail(Code::unavailable, "The file is not here yet; try again in a moment");
    return find(url);
}

Result<> Remote::sweep() {
    auto& context = parts_.context;
    const auto since = context.clock.now_ms() - context.config.media.cache_days * day_ms;
    for (;;) {
        const auto unused = TRY(context.db.read(
            [&](Tx& tx) { return repo::unused_remote_files(tx, since, limits::media_sweep_rows); }));
        if (unused.empty()) return {};
        // The file first: what is forgotten could not be found again.
        for (const auto& file : unused) {
            if (!file.name.empty()) TRY(parts_.store.remove(file.name));
            TRY(context.db.write([&](Tx& tx) { return repo::forget_remote_file(tx, file.url); }));
            std::lock_guard lock(mutex_);
            settled_.erase(file.url);
        }
    }
}

}  // namespace kith::files
