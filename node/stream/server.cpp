// The one translation unit that includes Boost.Beast.
#include "node/stream/server.hpp"

#include "base/core/log.hpp"
#include "base/core/thread.hpp"
#include "base/json/view.hpp"
#include "base/text/strings.hpp"
#include "config/limits/stream.hpp"
#include "node/http/params.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <unordered_map>
#include <utility>

#include <unistd.h>

namespace kith::stream {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace ws = boost::beast::websocket;
using boost::system::error_code;
using Socket = asio::ip::tcp::socket;
using Upgrade = beast::http::request<beast::http::empty_body>;

namespace {

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

// "Bearer x", or the token that a browser can only put into the subprotocol, or the parameter.
std::string token_of(const Upgrade& request, const http::Params& params) {
    const auto header = view(request[beast::http::field::authorization]);
    if (text::starts_with_i(header, "bearer ")) return std::string(text::trim(header.substr(7)));
    const auto protocol = view(request[beast::http::field::sec_websocket_protocol]);
    if (!protocol.empty()) return std::string(text::trim(protocol.substr(0, protocol.find(','))));
    return std::string(params.get_or("access_token", ""));
}

std::string refusal(int status, std::string_view reason, std::string_view error) {
    json::Writer w;
    w.object().member("error", error).end();
    const auto body = w.take();
    return "HTTP/1.1 " + std::to_string(status) + " " + std::string(reason) +
           "\r\nContent-Type: application/json; charset=utf-8\r\nAccess-Control-Allow-Origin: *\r\nConnection: close"
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

constexpr std::string_view no_list = "Not authorized to stream this list";
constexpr std::string_view event_stream_head =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: private, no-store\r\n"
    "Access-Control-Allow-Origin: *\r\nX-Accel-Buffering: no\r\nConnection: close\r\n\r\n:)\n";
// One line: some clients take a blank one for an event.
constexpr std::string_view heartbeat = ":thump\n";

}  // namespace

// One who listens. All of it happens on the loop's thread.
class Session : public std::enable_shared_from_this<Session> {
public:
    explicit Session(SessionId session) : id(session) {}
    virtual ~Session() = default;
    virtual void send(SharedMessage) = 0;
    virtual void beat() {}
    virtual void close() = 0;
    const SessionId id;
};

class Loop {
public:
    Loop(Listeners& listeners, Gate gate) : listeners_(listeners), gate_(std::move(gate)) {}

    void start() {
        beat_later();
        thread_ = Thread("stream", [this] { context_.run(); });
    }

    void stop() {
        asio::post(context_, [this] {
            stopping_ = true;
            timer_.cancel();
            for (auto& [id, session] : std::exchange(sessions_, {})) {
                listeners_.remove(id);
                session->close();
            }
            context_.stop();
        });
        thread_.join();
    }

    void take(int descriptor, std::string head, std::string rest) {
        asio::post(context_, [this, descriptor, head = std::move(head), rest = std::move(rest)] {
            begin(descriptor, head, rest);
        });
    }

    void send(std::vector<SessionId> to, SharedMessage message) {
        asio::post(context_, [this, to = std::move(to), message = std::move(message)] {
            for (const auto id : to)
                if (const auto found = sessions_.find(id); found != sessions_.end())
                    std::shared_ptr(found->second)->send(message);
        });
    }

    void cut_off(std::vector<SessionId> sessions) {
        asio::post(context_, [this, sessions = std::move(sessions)] {
            for (const auto id : sessions)
                if (const auto session = leave(id)) session->close();
        });
    }

    // The session is over; gives it where it was there.
    std::shared_ptr<Session> leave(SessionId id) {
        const auto found = sessions_.find(id);
        if (found == sessions_.end()) return nullptr;
        auto session = std::move(found->second);
        sessions_.erase(found);
        listeners_.remove(id);
        return session;
    }

    Listeners& listeners() { return listeners_; }
    bool may_listen(const http::Caller& caller, const Channel& channel) const {
        return gate_.covers(caller, scope_of(channel));
    }
    // A list of somebody else is as one that is not there.
    bool is_there(const http::Caller& caller, const Channel& channel) const {
        return channel.kind != ChannelKind::list || gate_.owns_list(caller, channel.list);
    }

private:
    void begin(int descriptor, const std::string& head, const std::string& rest);
    template <class S, class... More>
    std::shared_ptr<S> enter(const http::Caller&, More&&...);
    void beat_later() {
        timer_.expires_after(std::chrono::seconds(limits::stream_heartbeat_seconds));
        timer_.async_wait([this](error_code error) {
            if (error || stopping_) return;
            std::vector<std::shared_ptr<Session>> all;
            for (const auto& [id, session] : sessions_) all.push_back(session);
            for (const auto& session : all) session->beat();
            beat_later();
        });
    }

    Listeners& listeners_;
    const Gate gate_;
    asio::io_context context_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_ = asio::make_work_guard(context_);
    asio::steady_timer timer_{context_};
    std::unordered_map<SessionId, std::shared_ptr<Session>> sessions_;
    SessionId last_id_ = 0;
    bool stopping_ = false;
    Thread thread_;
};

// What waits for one client, oldest first. False where the client is too slow for more.
class Backlog {
public:
    bool push(std::shared_ptr<const std::string> text) {
        bytes_ += text->size();
        texts_.push_back(std::move(text));
        return bytes_ <= limits::stream_unread_bytes_max;
    }
    const std::string& front() const { return *texts_.front(); }
    void pop() {
        bytes_ -= texts_.front()->size();
        texts_.pop_front();
    }
    bool empty() const { return texts_.empty(); }
    std::size_t size() const { return texts_.size(); }

private:
    std::deque<std::shared_ptr<const std::string>> texts_;
    std::size_t bytes_ = 0;
};

class WebSocketSession final : public Session {
public:
    WebSocketSession(SessionId session, Loop& loop, Socket socket, http::Caller caller)
        : Session(session), loop_(loop), socket_(std::move(socket)), caller_(std::move(caller)) {}

    // `first`: a channel that the request named.
    void accept(const Upgrade& request, std::optional<Channel> first, bool unknown) {
        socket_.read_message_max(limits::stream_message_bytes_max);
        socket_.auto_fragment(false);
        socket_.set_option(ws::stream_base::timeout{
            std::chrono::seconds(limits::stream_heartbeat_seconds),
            std::chrono::seconds(limits::stream_silence_seconds), true});
        const auto protocol = std::string(view(request[beast::http::field::sec_websocket_protocol]));
        socket_.set_option(ws::stream_base::decorator([protocol](ws::response_type& response) {
            // A browser closes a socket that does not name the protocol which it asked for.
            if (!protocol.empty())
                response.set(beast::http::field::sec_websocket_protocol, protocol.substr(0, protocol.find(',')));
        }));
        socket_.async_accept(request, [self = shared(), first, unknown](error_code error) {
            if (error) return self->over();
            // What is said to it now waits, and is written once: Beast takes no second write beside one that goes on.
            if (unknown) self->complain("Unknown stream type", 400);
            if (first) self->listen(*first);
            self->open_ = true;
            self->flush();
            self->read();
        });
    }

    void send(SharedMessage message) override {
        write(std::shared_ptr<const std::string>(message, &message->web_socket));
    }

    void close() override {
        if (!open_) return abort();
        open_ = false;
        socket_.async_close(ws::close_code::policy_error, [self = shared()](error_code) { self->abort(); });
    }

private:
    std::shared_ptr<WebSocketSession> shared() { return std::static_pointer_cast<WebSocketSession>(shared_from_this()); }

    void over() {
        loop_.leave(id);
        abort();
    }

    void abort() {
        error_code ignored;
        beast::get_lowest_layer(socket_).close(ignored);
    }

    void listen(const Channel& channel) {
        if (!loop_.may_listen(caller_, channel)) return complain("Access token does not have the required scopes", 401);
        if (!loop_.is_there(caller_, channel)) return complain(no_list, 404);
        if (!loop_.listeners().subscribe(id, channel)) complain("Too many subscriptions", 429);
    }

    void complain(std::string_view error, int status) {
        json::Writer w;
        w.object().member("error", error).member("status", status).end();
        write(std::make_shared<const std::string>(w.take()));
    }

    void write(std::shared_ptr<const std::string> text) {
        if (!backlog_.push(std::move(text))) return over();
        if (open_ && backlog_.size() == 1) flush();
    }

    void flush() {
        if (backlog_.empty() || !open_) return;
        socket_.text(true);
        socket_.async_write(asio::buffer(backlog_.front()), [self = shared()](error_code error, std::size_t) {
            if (error) return self->over();
            self->backlog_.pop();
            self->flush();
        });
    }

    void read() {
        socket_.async_read(buffer_, [self = shared()](error_code error, std::size_t) {
            if (error) return self->over();
            const auto data = self->buffer_.data();
            const std::string text(static_cast<const char*>(data.data()), data.size());
            self->buffer_.consume(self->buffer_.size());
            self->hear(text);
            self->read();
        });
    }

    // {"type":"subscribe","stream":"hashtag","tag":"cats"}
    void hear(const std::string& text) {
        const auto document = json::Document::parse(text);
        if (!document) return complain("Error parsing the message", 400);
        const auto type = (*document)["type"].string_or("");
        const auto channel = channel_from((*document)["stream"].string_or(""), (*document)["tag"].string_or(""),
                                          (*document)["list"].string_or(""), false);
        if (type != "subscribe" && type != "unsubscribe") return complain("Unknown message type", 400);
        if (!channel) return complain("Unknown stream type", 400);
        if (type == "subscribe")
            listen(*channel);
        else
            loop_.listeners().unsubscribe(id, *channel);
    }

    Loop& loop_;
    ws::stream<Socket> socket_;
    const http::Caller caller_;
    beast::flat_buffer buffer_{limits::stream_message_bytes_max};
    Backlog backlog_;
    bool open_ = false;
};

class EventStreamSession final : public Session {
public:
    EventStreamSession(SessionId session, Loop& loop, Socket socket)
        : Session(session), loop_(loop), socket_(std::move(socket)) {}

    void begin() {
        write(std::make_shared<const std::string>(event_stream_head));
        read();
    }
    void send(SharedMessage message) override {
        write(std::shared_ptr<const std::string>(message, &message->sent_event));
    }
    void beat() override { write(std::make_shared<const std::string>(heartbeat)); }
    void close() override {
        error_code ignored;
        socket_.close(ignored);
    }

private:
    std::shared_ptr<EventStreamSession> shared() {
        return std::static_pointer_cast<EventStreamSession>(shared_from_this());
    }
    void over() {
        loop_.leave(id);
        close();
    }
    void write(std::shared_ptr<const std::string> text) {
        if (!backlog_.push(std::move(text))) return over();
        if (backlog_.size() == 1) flush();
    }
    void flush() {
        if (backlog_.empty()) return;
        asio::async_write(socket_, asio::buffer(backlog_.front()), [self = shared()](error_code error, std::size_t) {
            if (error) return self->over();
            self->backlog_.pop();
            self->flush();
        });
    }
    // Nothing is expected; the end is.
    void read() {
        socket_.async_read_some(asio::buffer(waste_), [self = shared()](error_code error, std::size_t) {
            if (error) return self->over();
            self->read();
        });
    }

    Loop& loop_;
    Socket socket_;
    Backlog backlog_;
    std::array<char, 64> waste_{};
};

namespace {

// Says no and closes once it is said.
void refuse(std::shared_ptr<Socket> socket, std::string text) {
    auto kept = std::make_shared<std::string>(std::move(text));
    asio::async_write(*socket, asio::buffer(*kept), [socket, kept](error_code, std::size_t) {
        error_code ignored;
        socket->shutdown(Socket::shutdown_send, ignored);
    });
}

}  // namespace

template <class S, class... More>
std::shared_ptr<S> Loop::enter(const http::Caller& caller, More&&... more) {
    const auto id = ++last_id_;
    auto session = std::make_shared<S>(id, *this, std::forward<More>(more)...);
    sessions_.emplace(id, session);
    listeners_.add(id, caller.account_id, caller.token_id);
    return session;
}

void Loop::begin(int descriptor, const std::string& head, const std::string& rest) {
    auto socket = std::make_shared<Socket>(context_);
    error_code error;
    socket->assign(asio::ip::tcp::v4(), descriptor, error);
    if (error) return void(::close(descriptor));
    socket->non_blocking(true, error);

    beast::http::request_parser<beast::http::empty_body> parser;
    parser.put(asio::buffer(head), error);
    const auto& request = parser.get();
    const auto target = view(request.target());
    const auto path = target.substr(0, target.find('?'));
    const auto query = path.size() < target.size() ? target.substr(path.size() + 1) : std::string_view{};
    const auto params = http::Params::read(query, "", "");
    if (error || !rest.empty() || !params) return refuse(socket, refusal(400, "Bad Request", "Bad request"));

    const auto token = token_of(request, *params);
    const auto caller = token.empty() || token.size() > limits::stream_token_bytes_max ? std::nullopt : gate_.who_holds(token);
    if (!caller || caller->account_id == 0)
        return refuse(socket, refusal(401, "Unauthorized", "The access token is invalid"));
    if (sessions_.size() >= limits::stream_clients_max ||
        listeners_.of_account(caller->account_id) >= limits::stream_clients_per_account_max)
        return refuse(socket, refusal(429, "Too Many Requests", "Too many streams"));

    constexpr std::string_view root = "/api/v1/streaming";
    const auto by_path = path.substr(std::min(path.size(), root.size() + 1));
    const auto name = by_path.empty() ? params->get_or("stream", "") : by_path;
    const auto channel = channel_from(name, params->get_or("tag", ""), params->get_or("list", ""),
                                      params->flag_or("only_media", false));
    if (ws::is_upgrade(request)) {
        enter<WebSocketSession>(*caller, std::move(*socket), *caller)->accept(request, channel, !name.empty() && !channel);
        return;
    }
    if (!channel) return refuse(socket, refusal(404, "Not Found", "Unknown stream type"));
    if (!may_listen(*caller, *channel))
        return refuse(socket, refusal(403, "Forbidden", "This action is outside the authorized scopes"));
    if (!is_there(*caller, *channel)) return refuse(socket, refusal(404, "Not Found", no_list));
    const auto session = enter<EventStreamSession>(*caller, std::move(*socket));
    listeners_.subscribe(session->id, *channel);
    session->begin();
}

Server::Server(Listeners& listeners, Gate gate) : loop_(std::make_unique<Loop>(listeners, std::move(gate))) {}
Server::~Server() = default;

void Server::start() { loop_->start(); }
void Server::stop() { loop_->stop(); }

void Server::take(int descriptor, std::string head, std::string rest) {
    loop_->take(descriptor, std::move(head), std::move(rest));
}
void Server::send(std::vector<SessionId> to, SharedMessage message) {
    if (!to.empty()) loop_->send(std::move(to), std::move(message));
}
void Server::cut_off(std::vector<SessionId> sessions) { loop_->cut_off(std::move(sessions)); }

}  // namespace kith::stream
