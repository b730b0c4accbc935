#include "node/http/httplib_adapter.hpp"

#include <functional>
#include <limits>
#include <string>

#include "base/core/log.hpp"
#include "node/http/connection_stream.hpp"
#include "node/http/exchange.hpp"
#include "node/http/router.hpp"

namespace kith::http {

namespace {

constexpr int idle_margin_s = 5;   // clients are told less, so that they close first

// The collected body; unpacked through httplib where it is compressed.
class CollectedBody final : public BodyReader {
public:
    CollectedBody(const Connection& connection, const httplib::ContentReader* reader)
        : connection_(connection), reader_(reader) {}

    Result<std::string> raw() override {
        if (auto bytes = connection_.body.whole()) return std::move(*bytes);
        return fail(Code::unavailable, "The request body could not be read", "spool file");
    }

    Result<std::string> decoded() override {
        std::string out;
        if (!reader_) return out;   // an encoding was named, but nothing came
        bool too_large = false;
        const auto reader = std::exchange(reader_, nullptr);
        const bool good = (*reader)([&](const char* data, std::size_t size) {
            too_large = size > connection_.body_bytes_max - out.size();
            if (!too_large) out.append(data, size);
            return !too_large;
        });
        if (too_large) return fail(Code::too_large, "The request body is too large");
        if (!good) return fail(Code::invalid, "The request body does not unpack");
        return out;
    }

private:
    const Connection& connection_;
    const httplib::ContentReader* reader_;
};

}  // namespace

class HttplibAdapter::Server : private httplib::Server {
public:
    explicit Server(const Surroundings&);
    void serve(Connection&, bool must_close);

private:
    void route(httplib::Response&, const httplib::ContentReader*);
    const std::string& date();

    const Surroundings around_;
    Connection* connection_ = nullptr;   // of the request that runs now
    TimeMs date_second_ = -1;
    std::string date_;
};

HttplibAdapter::Server::Server(const Surroundings& around) : around_(around) {
    svr_sock_ = 0;   // INVALID_SOCKET means "shutting down" and cuts streamed answers short
    keep_alive_timeout_sec_ = std::max(1, around.limits.idle_timeout_ms / 1000 - idle_margin_s);
    keep_alive_max_count_ = std::size_t(around.limits.requests_per_connection_max);
    payload_max_length_ = std::numeric_limits<std::size_t>::max();   // the admission's limit counts
    Get("/", [this](const httplib::Request&, httplib::Response& r) { route(r, nullptr); });
    Post("/", [this](const httplib::Request&, httplib::Response& r,
                     const httplib::ContentReader& reader) { route(r, &reader); });
    set_post_routing_handler([this](const httplib::Request&, httplib::Response& r) {
        r.set_header("Date", date());
        if (connection_->file.size > 0) {
            r.headers.erase("Content-Length");
            r.set_header("Content-Length", std::to_string(connection_->file.size));
        }
        if (r.status == 204 || r.status == 304) r.headers.erase("Content-Length");
    });
}

// One formatting a second.
const std::string& HttplibAdapter::Server::date() {
    const auto now = around_.clock.now_ms();
    if (const auto second = now / second_ms; second != date_second_) {
        date_ = format_http_date(now);
        date_second_ = second;
    }
    return date_;
}

void HttplibAdapter::Server::route(httplib::Response& to, const httplib::ContentReader* reader) {
    CollectedBody body(*connection_, reader);
    Exchange exchange(connection_->head, connection_->peer, body, around_.trusted_proxies);
    connection_->router->dispatch(exchange);
    auto from = exchange.take_response();
    ++around_.stats.answers[std::size_t(from.status / 100) % around_.stats.answers.size()];
    to.status = from.status;
    for (const auto& [name, value] : from.headers) to.set_header(name, value);
    if (from.producer) {
        to.set_chunked_content_provider(
            from.content_type, [next = std::move(from.producer), block = std::string()](
                                   std::size_t, httplib::DataSink& sink) mutable {
                block.clear();
                if (!next(block)) return sink.done(), true;
                return block.empty() || sink.write(block.data(), block.size());
            });
        return;
    }
    to.body = std::move(from.body);
    connection_->file = std::move(from.file);
    if (!from.content_type.empty()) to.set_header("Content-Type", from.content_type);
}

void HttplibAdapter::Server::serve(Connection& connection, bool must_close) {
    ConnectionStream stream(connection, around_.limits);
    connection_ = &connection;
    bool closed = false, good = false;
    try {
        // The one place that depends on httplib's release: 0.18 made the addresses arguments.
        // A generic lambda, because only in a template is the branch not taken not compiled.
        const std::function<void(httplib::Request&)> no_setup;
        good = [&](auto& self) {
            if constexpr (requires { self.process_request(stream, must_close, closed, no_setup); }) {
                return self.process_request(stream, must_close, closed, no_setup);
            } else {
                const auto& peer = connection.peer;
                return self.process_request(stream, peer.address.text(), peer.port,
                                            peer.local_address.text(), peer.local_port, must_close,
                                            closed, no_setup);
            }
        }(*this);
    } catch (const std::exception& e) {   // a producer threw: httplib guards handlers only
        log::error("http.stream_failed", {{"path", connection.head.path}, {"what", e.what()}});
    } catch (...) {
        log::error("http.stream_failed", {{"path", connection.head.path}});
    }
    connection.close_after = must_close || !good;
    if (!good || connection.head.method == "HEAD") connection.file = {};
    if (!send_pending(connection)) {
        connection.out.clear();
        connection.out_sent = 0;
        connection.file = {};
        connection.close_after = true;
    }
}

HttplibAdapter::HttplibAdapter(const Surroundings& around)
    : server_(std::make_unique<Server>(around)) {}

HttplibAdapter::~HttplibAdapter() = default;

void HttplibAdapter::serve(Connection& connection, bool must_close) {
    server_->serve(connection, must_close);
}

}  // namespace kith::http
