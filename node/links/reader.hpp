#pragma once
#include "base/core/thread.hpp"
#include "federation/client/transport.hpp"
#include "node/community/context.hpp"
#include "storage/model/link.hpp"
#include "storage/repo/links.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace kith::links {

struct ReaderParts {
    community::Context& context;
    client::Transport& transport;
    std::function<Result<bool>(const std::string& host)> suspended;
    std::function<Result<Id>(std::string_view handle)> find_account;  // asks its node where it is not known
    struct Picture {
        int width = 0, height = 0;
        std::string blurhash;
    };
    std::function<Result<Picture>(const std::string& url)> look_at;  // a picture of the page's
};

// Reads the pages that posts link to, some at once, and keeps what they say about themselves. A page that
// does not answer is tried again some times; one that has nothing to show is left alone for a day.
class Reader {
public:
    explicit Reader(ReaderParts parts) : parts_(std::move(parts)) {}
    ~Reader() { stop(); }

    void start();
    void stop();
    // Something was committed here. Any thread.
    void notify();
    // What a page says of itself, now and without keeping it: from what is kept where the page was read before.
    // Code::not_found, Code::unavailable, Code::timeout, Code::forbidden for a suspended host.
    Result<model::Link> preview(const std::string& url);

private:
    void run();
    Result<bool> step();
    Result<model::Link> read(const repo::DueLink&);
    void look_at_picture(model::Link&);
    void name_author(model::Link&, const std::string& creator);

    ReaderParts parts_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t news_ = 0;
    bool stopping_ = false;
    std::vector<Thread> threads_;
};

}  // namespace kith::links
