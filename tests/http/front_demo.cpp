// http_front_demo [--option value]…: a server with nothing behind it, for front_test.py. Prints
// "listening PORT OPS_PORT [PORT6]" when it is up and "stopped clean" or "stopped forced" at the end.

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>

#include "base/core/clock.hpp"
#include "base/core/log.hpp"
#include "base/core/random.hpp"
#include "base/core/thread.hpp"
#include "base/json/writer.hpp"
#include "config/limits/http.hpp"
#include "node/http/front.hpp"
#include "node/http/middleware.hpp"
#include "node/http/router.hpp"

using namespace kith;

namespace {

constexpr std::size_t page_bytes = 45'000;
constexpr std::size_t large_bytes = 5 << 20;
constexpr std::size_t stream_block_bytes = 64 * 1024;

enum Lanes : std::size_t { members, slow, ops_lane };
enum Listeners : http::ListenerTag { open_door, ops_door };

http::Front* running = nullptr;

int number(std::string_view text) { return std::atoi(std::string(text).c_str()); }

std::string make_page() {
    std::string text;
    for (int i = 0; text.size() < page_bytes; ++i)
        text += "<p>line " + std::to_string(i * 7919) + "</p>\n";
    return text;
}

// What a test waits for, instead of sleeping.
std::string stats_text() {
    const auto& stats = running->stats();
    json::Writer out;
    out.object();
    const auto put = [&out](std::string_view name, const http::Counter& counter) {
        out.member(name, std::int64_t(counter.load()));
    };
    put("connections", stats.connections);
    put("evicted", stats.connections_evicted);
    put("refused", stats.connections_refused);
    put("parked", stats.parked);
    put("park_timeouts", stats.park_timeouts);
    put("bodies_bytes", stats.bodies_bytes);
    put("answers_bytes", stats.answers_bytes);
    put("answers_dropped", stats.answers_dropped);
    for (const auto& lane : stats.lanes) {
        put(lane.name + "_busy", lane.busy);
        put(lane.name + "_waiting", lane.waiting);
    }
    out.end();
    return out.take();
}

// What a handler sees of the parameters, one line each.
std::string describe(const http::Params& params) {
    std::string out = "limit=" + std::string(params.get_or("limit", "-")) + "\n";
    for (const auto value : params.list("id")) out += "id=" + std::string(value) + "\n";
    for (const auto value : params.list("poll[options]")) out += "option=" + std::string(value) + "\n";
    for (const auto& field : params.children("fields"))
        out += "field=" + std::string(field.get_or("name", "-")) + "\n";
    for (const auto& file : params.files())
        out += "file=" + file.name + " " + file.filename + " " + file.content_type + " " +
               std::to_string(file.bytes.size()) + "\n";
    return out;
}

// Requests with "X-Wait: HOST MS" wait so long; a negative time means for ever.
class SleepyPeers final : public http::ParkHook {
public:
    std::string key(const http::Head& head, http::ListenerTag) override {
        const auto wait = head.header("x-wait");
        return std::string(wait.substr(0, wait.find(' ')));
    }

    void begin(const http::Head& head, std::function<void()> resume) override {
        const auto wait = head.header("x-wait");
        const int ms = number(wait.substr(std::min(wait.find(' '), wait.size())));
        if (ms < 0) return;
        Thread sleeper("sleeper", [ms, resume = std::move(resume)] {
            std::this_thread::sleep_for(std::chrono::milliseconds(ms));
            resume();
            resume();   // a second call does nothing
        });
        sleeper.detach();
    }
};

void add_answers(http::Router& router, const std::string& page, const std::string& large) {
    using http::Exchange;
    router.add("GET", "/hello", [](Exchange& x) { return x.json(200, R"({"hello":"world"})"); });
    router.add("GET", "/page", [&](Exchange& x) { return x.html(200, page); });
    router.add("GET", "/large", [&](Exchange& x) { return x.answer(200, large, "text/plain"); });
    router.add("GET", "/peer", [](Exchange& x) { return x.json(200, x.peer().address.text()); });
    router.add("GET", "/client", [](Exchange& x) { return x.json(200, x.client_address().text()); });
    router.add("GET", "/host", [](Exchange& x) {
        return x.json(200, std::string(x.head().host) + " " + std::string(x.header("host")) + " " +
                               std::string(x.head().target));
    });
    router.add("GET", "/echo/:name", [](Exchange& x) {
        return x.answer(200, std::string(x.param("name")), "text/plain");
    });
    router.add("GET", "/header", [](Exchange& x) {
        return x.answer(200, std::string(x.header("x-test")), "text/plain");
    });
    router.add("GET", "/throw", [](Exchange&) -> Result<> { throw std::runtime_error("secret"); });
    router.add("POST", "/throw", [](Exchange&) -> Result<> { throw 42; });
    router.add("GET", "/fail", [](Exchange&) -> Result<> {
        return fail(Code::unavailable, "Not now", "secret");
    });
    router.add("GET", "/slow/:ms", [](Exchange& x) {
        std::this_thread::sleep_for(std::chrono::milliseconds(number(x.param("ms"))));
        return x.json(200, "{}");
    });
    router.add("GET", "/stream/:blocks", [](Exchange& x) {
        return x.stream(200, "text/plain", [left = number(x.param("blocks"))](auto& block) mutable {
            if (left < 0) throw std::runtime_error("producer");
            if (left-- == 0) return false;
            block.assign(stream_block_bytes, 'z');
            return true;
        });
    });
}

void add_bodies(http::Router& router) {
    using http::Exchange;
    const http::Handler length = [](Exchange& x) -> Result<> {
        return x.json(200, std::to_string(TRY(x.body()).size()));
    };
    for (const auto* method : {"POST", "PUT", "PATCH", "DELETE"}) router.add(method, "/length", length);
    router.add("POST", "/upload", [](Exchange& x) -> Result<> {
        const auto* params = TRY(x.params());
        std::size_t bytes = params->get_or("d", "").size();
        for (const auto& file : params->files()) bytes += file.bytes.size();
        return x.json(200, std::to_string(bytes));
    });
    router.add("POST", "/raw", [](Exchange& x) -> Result<> {
        return x.answer(200, std::string(TRY(x.raw_body())), "application/octet-stream");
    });
    router.add("POST", "/early", [](Exchange&) -> Result<> {
        return fail(Code::unauthorized, "The access token is invalid");
    });
    for (const auto* method : {"GET", "POST", "PUT", "PATCH", "DELETE"})
        router.add(method, "/api/params", [](Exchange& x) -> Result<> {
            return x.answer(200, describe(*TRY(x.params())), "text/plain");
        });
    router.add("GET", "/api/tagged", [](Exchange& x) -> Result<> {
        if (http::answered_not_modified(x, http::entity_tag("tagged"))) return {};
        return x.json(200, "{}");
    });
}

http::Admission admit(const http::Head& head, http::ListenerTag door) {
    http::Admission out;
    out.lane = door == ops_door ? ops_lane : head.path.starts_with("/slow") ? slow : members;
    out.body_bytes_max = head.path == "/upload" ? 40u << 20 : 1u << 20;
    out.refuse_encoded = head.path == "/raw";
    return out;
}

// Seconds become tests of seconds.
http::Limits quick_limits() {
    http::Limits out;
    out.request_timeout_ms = 2'000;
    out.transfer_grace_ms = 2'000;
    out.park_timeout_ms = 1'500;
    return out;
}

std::map<std::string, int> read_options(int count, char** words) {
    std::map<std::string, int> out;
    for (int i = 1; i + 1 < count; i += 2) out[words[i]] = std::atoi(words[i + 1]);
    return out;
}

int serve(const std::map<std::string, int>& given) {
    const auto option = [&](const char* name, int otherwise) {
        const auto found = given.find(name);
        return std::size_t(found == given.end() ? otherwise : found->second);
    };
    const SystemClock clock;
    SystemRandom random;
    const auto page = make_page();
    const std::string large(large_bytes, 'y');

    http::Router router, ops;
    router.before("/", http::request_ids(random));
    router.before("/api", http::allow_cross_origin);
    add_answers(router, page, large);
    add_bodies(router);
    ops.add("GET", "/stats", [](http::Exchange& x) { return x.json(200, stats_text()); });

    SleepyPeers peers;
    http::FrontOptions options;
    options.limits = quick_limits();
    options.limits.idle_timeout_ms = int(option("--idle-ms", limits::http_idle_timeout_ms));
    options.limits.connections_max = option("--connections", 10'000);
    options.limits.connections_per_address_max = option("--per-address", 4'096);
    options.limits.bodies_bytes_max = std::uint64_t(option("--bodies-mib", 512)) << 20;
    options.limits.answers_bytes_max = std::uint64_t(option("--answers-mib", 256)) << 20;
    if (given.contains("--per-address")) options.uncapped.clear();
    options.lanes = {{"members", option("--workers", 4), option("--queue", 1'024)},
                     {"slow", 2, 64},
                     {"ops", 1, 64}};
    options.admit = admit;
    options.park = &peers;
    options.trusted_proxies = {*parse_network("127.0.0.3")};

    auto front = http::Front::open(std::move(options), clock);
    if (!front) return std::fprintf(stderr, "%s\n", front.error().safe_text.c_str()), 1;
    const auto port = (*front)->listen("127.0.0.1", 0, router, open_door);
    const auto ops_port = (*front)->listen("127.0.0.1", 0, ops, ops_door);
    const auto port6 = (*front)->listen("::1", 0, router, open_door);
    if (!port || !ops_port) return std::fprintf(stderr, "cannot listen\n"), 1;
    running = front->get();
    std::signal(SIGTERM, [](int) { running->request_stop(); });
    std::printf("listening %d %d %d\n", int(*port), int(*ops_port), port6 ? int(*port6) : 0);
    std::fflush(stdout);
    const bool clean = (*front)->run() == http::Front::Stop::clean;
    std::printf("stopped %s\n", clean ? "clean" : "forced");
    std::fflush(stdout);
    if (!clean) std::_Exit(2);
    return 0;
}

}  // namespace

int main(int count, char** words) {
    std::signal(SIGPIPE, SIG_IGN);
    log::configure(log::Level::error, log::Format::logfmt);
    return serve(read_options(count, words));
}
