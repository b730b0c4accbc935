#pragma once
#include "base/core/descriptor.hpp"
#include "base/core/lru_map.hpp"
#include "base/core/thread.hpp"
#include "federation/client/transport.hpp"
#include "node/community/context.hpp"
#include "node/http/front.hpp"
#include "storage/blob/blob_store.hpp"

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace kith::files {

struct RemoteParts {
    community::Context& context;
    client::Transport& transport;
    blob::BlobStore& store;
    std::filesystem::path scratch;
    std::function<bool(const std::string& host)> may_reach;  // where redirects may lead; on any thread
};

// Files of other servers, fetched once for all who look at them and kept for some time. What a file is its
// bytes say; what is neither picture, video nor sound is not passed on. That there was nothing is
// remembered for a while as well. Thread-safe. Outlives its transport, which may call back until it is gone.
class Remote final : public http::ParkHook {
public:
    explicit Remote(RemoteParts);
    ~Remote() override { stop(); }

    void start();
    void stop();

    // A request for such a file waits in the front until it is here, or it is known that it is not.
    std::string key(const http::Head&, http::ListenerTag) override;
    void begin(const http::Head&, std::function<void()> resume) override;

    struct Found {
        FilePart file;
        std::string media_type;
        std::string etag;
        Result<std::string> bytes() const;  // all of them
    };
    // From what is kept. Code::not_found where there is none, Code::unavailable where that is not known yet.
    Result<Found> find(const std::string& url);
    // The same after asking for it, waiting at most limits::remote_file_wait_ms. Not from a thread of the transport.
    Result<Found> fetch(const std::string& url);

    // Deletes what nobody looked at for media.cache_days.
    Result<> sweep();

private:
    struct Download;
    using Settled = std::function<void()>;

    void want(const std::string& url, Settled);
    void look(const std::string& url);
    Result<bool> is_settled(const std::string& url);
    Result<> may_be_fetched(const std::string& host);
    void ask(const std::string& url);
    void arrived(std::shared_ptr<Download>, client::Outcome);
    Result<> keep(Download&, const client::Response&);
    Result<> note_absence(const std::string& url, TimeMs retry_at);
    void settle(const std::string& url, TimeMs until);
    void later(std::function<void()> task);
    void run();

    const RemoteParts parts_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, std::vector<Settled>, std::less<>> under_way_;
    std::size_t waiting_ = 0;   // requests
    LruMap<TimeMs> settled_;    // URL → until when there is nothing to wait for
    std::deque<std::function<void()>> tasks_;
    bool stopping_ = false;
    std::vector<Thread> threads_;
};

}  // namespace kith::files
