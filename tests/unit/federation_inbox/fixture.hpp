#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "base/crypto/keys.hpp"
#include "config/urls.hpp"
#include "federation/client/transport.hpp"
#include "federation/inbox/pipeline.hpp"
#include "federation/signature/cavage.hpp"
#include "storage/repo/schema/schema.hpp"
#include "storage/sql/db.hpp"
#include "storage/sql/migrations.hpp"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kith::inbox::test {

inline constexpr TimeMs start_ms = 1'767'225'600'000;  // 2026-01-01T00:00:00Z
inline constexpr std::string_view activity_json = "application/activity+json";

template <class T>
T must(Result<T> result) {
    if (!result)
        BOOST_FAIL(to_string(result.error().code)
                   << ": " << result.error().safe_text << " (" << result.error().detail << ")");
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "ok" : std::string(to_string(result.error().code));
}

// Polls until it holds, at most 10 s.
template <class Condition>
bool eventually(Condition holds) {
    const auto end = steady_ms() + 10'000;
    while (!holds()) {
        if (steady_ms() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

// A network of documents. Answers within send(), or when told to.
class FakeTransport final : public client::Transport {
public:
    struct Page {
        int status = 200;
        std::string body;
        std::string content_type = std::string(activity_json);
        std::string final_url;  // where redirects led; "" = nowhere else
    };

    void serve(const std::string& url, std::string body) { put(url, {200, std::move(body)}); }
    void put(const std::string& url, Page page) {
        std::lock_guard lock(mutex_);
        pages_[url] = std::move(page);
    }
    int hits(const std::string& url) {
        std::lock_guard lock(mutex_);
        return hits_[url];
    }
    int hits() {
        std::lock_guard lock(mutex_);
        return all_hits_;
    }
    // While held, requests wait for release().
    void hold() {
        std::lock_guard lock(mutex_);
        holding_ = true;
    }
    void release() {
        std::vector<std::function<void()>> waiting;
        {
            std::lock_guard lock(mutex_);
            holding_ = false;
            waiting.swap(waiting_);
        }
        for (auto& answer : waiting) answer();
    }

    void send(client::Request request, Done done) override {
        std::unique_lock lock(mutex_);
        ++hits_[request.url.str()];
        ++all_hits_;
        auto answer = [this, request, done] { done(answer_to(request)); };
        if (holding_) return waiting_.push_back(answer);
        lock.unlock();
        answer();
    }

private:
    client::Outcome answer_to(const client::Request& request) {
        std::lock_guard lock(mutex_);
        const auto at = pages_.find(request.url.str());
        if (at == pages_.end())
            return client::fault(client::TransportFault::connect, "nobody there");
        client::Response response;
        response.status = at->second.status;
        response.headers.add("Content-Type", at->second.content_type);
        response.body = at->second.body;
        response.final_url =
            at->second.final_url.empty() ? request.url : *Url::parse(at->second.final_url);
        return response;
    }

    std::mutex mutex_;
    std::map<std::string, Page> pages_;
    std::map<std::string, int> hits_;
    int all_hits_ = 0;
    bool holding_ = false;
    std::vector<std::function<void()>> waiting_;
};

inline const crypto::PrivateKey& key_number(std::size_t n) {
    static std::vector<crypto::PrivateKey> keys;
    while (keys.size() <= n) keys.push_back(must(crypto::PrivateKey::generate_rsa()));
    return keys[n];
}

inline std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (char c : text) out += c == '\n' ? std::string("\\n") : std::string(1, c);
    return out + '"';
}

// Somebody elsewhere.
struct Peer {
    std::string id;
    std::size_t key = 0;
    std::string key_id;

    explicit Peer(std::string actor, std::size_t key_index = 0)
        : id(std::move(actor)), key(key_index), key_id(id + "#main-key") {}

    std::string document(std::string_view named_key = {}) const {
        const auto name = id.substr(id.rfind('/') + 1);
        return R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Person","id":")" +
               id + R"(","preferredUsername":")" + name + R"(","inbox":")" + id +
               R"(/inbox","publicKey":{"id":")" +
               std::string(named_key.empty() ? key_id : named_key) + R"(","owner":")" + id +
               R"(","publicKeyPem":)" + quoted(key_number(key).public_key().to_pem()) + "}}";
    }
    std::string note(const std::string& path) const { return id + "/notes/" + path; }
    std::string create(const std::string& path, std::string_view more = {}) const {
        return R"({"type":"Create","id":")" + id + "/create/" + path + R"(","actor":")" + id +
               R"(","object":{"type":"Note","id":")" + note(path) + R"(","attributedTo":")" + id +
               R"(","content":"hello")" + std::string(more) + "}}";
    }
    std::string activity(std::string_view type, const std::string& path,
                         std::string_view object) const {
        const auto value = object.starts_with('{') ? std::string(object) : quoted(object);
        return R"({"type":")" + std::string(type) + R"(","id":")" + id + "/" + path +
               R"(","actor":")" + id + R"(","object":)" + value + "}";
    }
};

// A signed POST that can be spoiled before it is viewed.
struct Post {
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string address = "192.0.2.1";

    Post(const Peer& peer, std::string text, TimeMs now, std::string_view host = "here.example")
        : body(std::move(text)) {
        signature::OutgoingRequest request;
        request.method = "POST";
        request.host = host;
        request.target = "/inbox";
        request.body = body;
        request.content_type = activity_json;
        request.date_ms = now;
        headers = {{"Host", std::string(host)}, {"Content-Type", std::string(activity_json)}};
        for (auto& header :
             must(signature::sign_request(request, peer.key_id, key_number(peer.key))))
            headers.emplace_back(header.name, header.value);
    }
    std::string& operator[](std::string_view name) {
        for (auto& [key, value] : headers)
            if (key == name) return value;
        return headers.emplace_back(name, "").second;
    }
    Request view() {
        views_.clear();
        for (auto& [name, value] : headers) views_.push_back({name, value});
        return {{"POST", "/inbox", views_}, body, address};
    }

private:
    std::vector<signature::Header> views_;
};

// Writes down what it is asked to do. Its behaviour is set by the tests.
class FakeSink final : public ActivitySink {
public:
    std::function<Result<>(const Inbound&)> on_authorize;
    std::function<Result<>(const Inbound&, Fetcher&)> on_resolve;
    std::function<Result<>(const Inbound&)> on_apply;

    Result<> authorize(const Inbound& in) override {
        return on_authorize ? on_authorize(in) : Result<>{};
    }
    Result<std::unique_ptr<Plan>> resolve(const Inbound& in, Fetcher& fetcher) override {
        if (on_resolve) TRY(on_resolve(in, fetcher));
        return std::make_unique<Plan>();
    }
    Result<> apply(sql::Tx&, const Inbound& in, const Plan&) override {
        if (on_apply) TRY(on_apply(in));
        std::lock_guard lock(mutex_);
        applied_.push_back(in.activity.id);
        return {};
    }
    std::vector<std::string> applied() {
        std::lock_guard lock(mutex_);
        return applied_;
    }

private:
    std::mutex mutex_;
    std::vector<std::string> applied_;
};

inline std::unique_ptr<sql::Db> open_db() {
    sql::Settings settings;
    settings.url = "sqlite::memory:";
    auto db = must(sql::Db::open(settings));
    must(sql::migrate(*db, repo::schema(), start_ms));
    return db;
}

// A node's inbox with a network, a database and a sink of its own.
struct Node {
    ManualClock clock{start_ms};
    IdGenerator ids{clock, 0};
    Urls urls{"https://here.example", "here.example"};
    std::unique_ptr<sql::Db> db = open_db();
    FakeTransport network;
    FakeSink sink;
    std::unique_ptr<keys::KeyCache> keys;
    keys::Documents documents{network, urls};
    std::unique_ptr<Pipeline> pipeline;

    Peer carol{"https://there.example/u/carol", 0};
    Peer eve{"https://evil.example/u/eve", 1};

    Node() {
        network.serve(carol.id, carol.document());
        network.serve(eve.id, eve.document());
        open();
    }
    ~Node() {
        network.release();
        close();
    }

    void open() {
        keys = std::make_unique<keys::KeyCache>(*db, network, clock, ids, urls);
        pipeline = std::make_unique<Pipeline>(
            PipelineContext{*db, clock, ids, urls, *keys, documents, sink, RateLimits::on});
    }
    void close() {
        pipeline.reset();
        keys.reset();
    }

    int send(Post post) { return pipeline->receive(post.view()).status; }
    int send(const Peer& peer, std::string body) {
        return send(Post(peer, std::move(body), clock.now_ms()));
    }

    std::int64_t number(std::string_view text, std::initializer_list<sql::Param> params = {}) {
        return must(db->read([&](sql::Tx& tx) -> Result<std::int64_t> {
            return TRY(tx.query(text, params))[0].integer(0);
        }));
    }
    std::int64_t rows() { return number("SELECT COUNT(*) FROM inbox_activity"); }
    std::int64_t refusals() { return number("SELECT COUNT(*) FROM refusal"); }
    // -1 where there is no such row.
    std::int64_t state(const std::string& ap_id) {
        return number("SELECT COALESCE(MAX(state), -1) FROM inbox_activity WHERE ap_id = $1",
                      {ap_id});
    }
    bool settled() {
        return eventually([&] { return pipeline->pending() == 0; });
    }
};

}  // namespace kith::inbox::test
