#include "federation/keys/key_cache.hpp"

#include <chrono>
#include <future>
#include <utility>

#include "base/text/url.hpp"
#include "config/limits/keys.hpp"

namespace kith::keys {
namespace {

// The document in which a key is found.
Result<Url> key_url(std::string_view key_id) {
    auto url = Url::parse(key_id);
    if (!url) return fail(Code::unauthorized, "the key id is not a URL", std::string(key_id));
    return Url::parse(url->without_fragment());
}

Error as_key_error(Error error) {
    const bool may_pass = error.code == Code::unavailable || error.code == Code::timeout ||
                          error.code == Code::internal;
    if (!may_pass) error.code = Code::unauthorized;
    return error;
}

}  // namespace

KeyCache::KeyCache(sql::Db& db, client::Transport& transport, const Clock& clock, IdGenerator& ids,
                   const Urls& urls)
    : store_(db, clock, ids),
      fetches_(std::make_shared<KeyFetches>(store_, transport, clock, urls)) {}

KeyCache::~KeyCache() { fetches_->stop(); }

Result<std::optional<Sender>> KeyCache::peek(std::string_view key_id) {
    const auto url = Url::parse(key_id);
    if (!url) return std::optional<Sender>{};
    return store_.find(url->str());
}

Result<Sender> KeyCache::find(std::string_view key_id, Refresh refresh) {
    const auto url = TRY(key_url(key_id));
    if (refresh == Refresh::no)
        if (auto known = TRY(peek(key_id))) return std::move(*known);
    auto fetched = fetch_and_wait(url);
    if (!fetched) return tl::unexpected(as_key_error(std::move(fetched).error()));
    if (auto known = TRY(peek(key_id))) return std::move(*known);
    return fail(Code::unauthorized, "the key's owner does not name this key", std::string(key_id));
}

// Workers are few: of those that a slow host holds up, most are sent away at once.
Result<> KeyCache::fetch_and_wait(const Url& url) {
    const auto host = url.host_port();
    {
        std::lock_guard lock(mutex_);
        if (waiting_[host] >= limits::key_waiting_threads_per_host_max)
            return fail(Code::unavailable, "keys of this host are being fetched", host);
        ++waiting_[host];
    }
    auto promise = std::make_shared<std::promise<Result<>>>();
    auto outcome = promise->get_future();
    fetches_->fetch(url, [promise](Result<> result) { promise->set_value(std::move(result)); });
    const bool in_time = outcome.wait_for(std::chrono::milliseconds(limits::key_wait_timeout_ms)) ==
                         std::future_status::ready;
    {
        std::lock_guard lock(mutex_);
        if (--waiting_[host] == 0) waiting_.erase(host);
    }
    if (!in_time) return fail(Code::timeout, "the key did not come in time", url.str());
    return outcome.get();
}

bool KeyCache::must_fetch(std::string_view key_id) {
    const auto url = key_url(key_id);
    if (!url) return false;
    const auto known = peek(key_id);
    return known && !*known && fetches_->would_fetch(*url);
}

void KeyCache::prefetch(std::string_view key_id, std::function<void()> done) {
    const auto url = key_url(key_id);
    if (!url) return done();
    fetches_->fetch(*url, [done = std::move(done)](Result<>) { done(); });
}

}  // namespace kith::keys
