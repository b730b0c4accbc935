#pragma once
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/json/view.hpp"
#include "federation/delivery/lanes.hpp"
#include "federation/delivery/publisher.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/delivery.hpp"
#include "storage/repo/events.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/peers.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/reach.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/schema/schema.hpp"
#include "storage/sql/migrations.hpp"

// A node with an outbox and no network: peers are functions.
namespace kith::delivery::test {

inline constexpr TimeMs start_ms = 1'767'571'200'000;  // 2026-01-05T00:00Z

template <class T>
T value_of(Result<T> result) {
    BOOST_REQUIRE_MESSAGE(result,
                          (result ? "" : result.error().safe_text + " " + result.error().detail));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

struct Sent {
    std::string host, url, body, type, id;
    Id signer = 0;
    std::string synchronization = {};  // FEP-8fcf

    json::Document document() const { return value_of(json::Document::parse(body)); }
};

inline client::Response status(int code, client::Headers headers = {}) {
    client::Response response;
    response.status = code;
    response.headers = std::move(headers);
    return response;
}

// Answers what `answer` says; nothing keeps the request open until `release`.
class FakeTransport final : public client::Transport {
public:
    using Answer = std::function<std::optional<client::Outcome>(const Sent&)>;
    Answer answer = [](const Sent&) { return client::Outcome(status(202)); };
    Answer fetched = [](const Sent&) { return client::Outcome(status(404)); };
    std::vector<Sent> sent;
    std::deque<Done> held;

    void send(client::Request request, Done done) override {
        Sent s{.host = request.url.host_port(),
               .url = request.url.str(),
               .body = request.body ? *request.body : ""};
        s.synchronization = request.headers.get("Collection-Synchronization").value_or("");
        if (request.identity) s.signer = request.identity->actor_id;
        if (request.method == client::Method::get) return done(*fetched(s));
        if (auto document = json::Document::parse(s.body)) {
            s.type = (*document)["type"].string_or("");
            s.id = (*document)["id"].string_or("");
        }
        sent.push_back(s);
        if (auto outcome = answer(s))
            done(std::move(*outcome));
        else
            held.push_back(std::move(done));
    }

    void release(int code) {
        auto waiting = std::move(held);
        held.clear();
        for (auto& done : waiting) done(status(code));
    }

    std::vector<std::string> ids_at(const std::string& host) const {
        std::vector<std::string> out;
        for (const auto& s : sent)
            if (s.host == host) out.push_back(s.id);
        return out;
    }
    std::vector<std::string> types_at(const std::string& host) const {
        std::vector<std::string> out;
        for (const auto& s : sent)
            if (s.host == host) out.push_back(s.type);
        return out;
    }
};

inline std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

struct PostOptions {
    model::Visibility visibility = model::Visibility::public_;
    std::vector<model::Actor> audience = {};
    std::optional<Id> group_id = {};
    std::optional<model::Post> parent = {};
};

struct Node {
    ManualClock clock{start_ms};
    SeededRandom random{7};
    std::unique_ptr<sql::Db> db = value_of(sql::Db::open({.url = "sqlite::memory:"}));
    IdGenerator ids{clock, 1};
    Config config;
    Urls urls{"https://home.example", "home.example"};
    Context context{*db, clock, random, ids, config, urls};
    FakeTransport transport;
    std::unique_ptr<Publisher> publisher;
    std::unique_ptr<Lanes> lanes;

    Node() {
        config.server.account_domain = "home.example";
        value_of(sql::migrate(*db, repo::schema(), start_ms));
        open();
    }
    ~Node() { lanes->stop(0); }

    // As after a start: what was in memory is forgotten.
    void open() {
        if (lanes) lanes->stop(0);
        lanes = std::make_unique<Lanes>(context, transport);
        publisher = std::make_unique<Publisher>(
            context, [this](const auto& hosts) { lanes->notify(hosts); });
    }

    void publish() { value_of(publisher->step()); }
    // Until nothing more happens at this moment.
    void deliver() {
        for (int round = 0; round < 400; ++round) lanes->step();
    }
    void work() {
        publish();
        deliver();
    }
    void pass(TimeMs ms) {
        clock.advance(ms);
        work();
    }

    template <class Work>
    auto write(Work work) {
        return value_of(db->write(std::move(work)));
    }
    template <class Work>
    auto read(Work work) {
        return value_of(db->read(std::move(work)));
    }

    model::Actor local(const std::string& name, model::ActorKind kind = model::ActorKind::person) {
        model::Actor a;
        a.id = ids.next();
        a.kind = kind;
        a.local = true;
        a.username = name;
        a.ap_id = a.is_group() ? urls.group(name) : urls.person(name);
        a.inbox = a.ap_id + "/inbox";
        a.shared_inbox = urls.shared_inbox();
        a.followers_url = a.ap_id + "/followers";
        a.fields = a.also_known_as = "[]";
        a.created_at = clock.now_ms();
        write([&](sql::Tx& tx) { return repo::insert_actor(tx, a, name); });
        return a;
    }

    model::Actor local_group(const std::string& name, const model::Actor& owner) {
        auto g = local(name, model::ActorKind::group);
        write([&](sql::Tx& tx) {
            return repo::insert_group(
                tx, {.group_id = g.id, .owner_id = owner.id, .created_at = g.created_at});
        });
        return g;
    }

    model::Actor remote(const std::string& name, const std::string& host,
                        model::ActorKind kind = model::ActorKind::person) {
        model::Actor a;
        a.id = ids.next();
        a.kind = kind;
        a.username = name;
        a.host = host;
        a.ap_id = "https://" + host + "/users/" + name;
        a.inbox = a.ap_id + "/inbox";
        a.shared_inbox = "https://" + host + "/inbox";
        a.followers_url = a.ap_id + "/followers";
        a.fields = a.also_known_as = "[]";
        a.created_at = clock.now_ms();
        write([&](sql::Tx& tx) { return repo::insert_actor(tx, a, name); });
        return a;
    }

    model::Follow follow(const model::Actor& follower, const model::Actor& followed) {
        model::Follow f;
        f.id = ids.next();
        f.follower_id = follower.id;
        f.followed_id = followed.id;
        f.state = model::FollowState::accepted;
        f.ap_id = follower.ap_id + "/follows/" + std::to_string(f.id);
        f.created_at = clock.now_ms();
        write([&](sql::Tx& tx) { return repo::add_follow(tx, f); });
        return f;
    }

    // Stored as the domain does it; no event.
    model::Post store_post(const model::Actor& author, const PostOptions& o = {}) {
        model::Post p;
        p.id = ids.next();
        p.ap_id = author.local ? urls.post(p.id) : author.ap_id + "/posts/" + std::to_string(p.id);
        p.actor_id = author.id;
        p.local = author.local;
        p.visibility = o.visibility;
        p.group_id = o.group_id;
        p.thread_id = o.parent ? o.parent->thread_id : p.id;
        if (o.parent) {
            p.in_reply_to_id = o.parent->id;
            p.in_reply_to_actor_id = o.parent->actor_id;
        } else if (o.group_id) {
            p.kind = model::PostKind::page;
            p.title = "A title";
        }
        p.content = "<p>hello</p>";
        p.context_url = urls.post(p.thread_id) + "/context";
        p.published_at = p.received_at = clock.now_ms();
        write([&](sql::Tx& tx) -> Result<> {
            TRY(repo::insert_post(tx, p));
            for (const auto& a : o.audience) {
                TRY(repo::add_audience(tx, p.id, a.id));
                TRY(repo::add_mention(tx, p.id, {a.id, "@" + a.username}));
            }
            if (!o.group_id) return {};
            TRY(repo::add_audience(tx, p.id, *o.group_id));
            if (o.parent) return {};
            const auto entry = ids.next();
            TRY(repo::add_group_entry(tx, {.id = entry,
                                           .group_id = *o.group_id,
                                           .post_id = p.id,
                                           .ap_id = urls.activity(entry)}));
            return {};
        });
        return p;
    }
    model::Post post(const model::Actor& author, const PostOptions& o = {}) {
        auto p = store_post(author, o);
        emit({.kind = model::EventKind::post_created,
              .actor_id = author.id,
              .post_id = p.id,
              .group_id = p.group_id,
              .object_ap_id = p.ap_id});
        return p;
    }

    Id emit(model::Event e) {
        e.id = ids.next();
        e.at = clock.now_ms();
        write([&](sql::Tx& tx) { return repo::append_event(tx, e); });
        return e.id;
    }
    void remove(const model::Post& p, const std::string& payload = "") {
        write([&](sql::Tx& tx) { return repo::scrub_post(tx, p.id, clock.now_ms()); });
        emit({.kind = model::EventKind::post_deleted,
              .actor_id = p.actor_id,
              .post_id = p.id,
              .group_id = p.group_id,
              .object_ap_id = p.ap_id,
              .payload = payload});
    }
    void edit(const model::Post& p, const std::string& content) {
        auto changed = p;
        changed.content = content;
        changed.edited_at = clock.now_ms();
        write([&](sql::Tx& tx) { return repo::update_post(tx, changed); });
        emit({.kind = model::EventKind::post_updated,
              .actor_id = p.actor_id,
              .post_id = p.id,
              .group_id = p.group_id,
              .object_ap_id = p.ap_id});
    }

    repo::PeerOverview peer(const std::string& host) {
        auto found = read([&](sql::Tx& tx) { return repo::peer_overview(tx, host); });
        BOOST_REQUIRE_MESSAGE(found, "no peer " << host);
        return *found;
    }
    std::map<std::string, model::ReachState> reach(const model::Post& p) {
        std::map<std::string, model::ReachState> out;
        for (const auto& r : read([&](sql::Tx& tx) { return repo::reach_of(tx, p.id); }))
            out[r.host] = r.state;
        return out;
    }
    std::int64_t count(const char* sql) {
        return read([&](sql::Tx& tx) { return tx.query(sql); })[0].integer(0);
    }
};

}  // namespace kith::delivery::test
