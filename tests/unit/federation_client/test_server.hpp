#pragma once
#include "base/core/clock.hpp"
#include "base/core/thread.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::client::test {

// What a client sent; header names in lower case.
struct Seen {
    std::string method, target, body;
    std::map<std::string, std::string> headers;
    int connection = 0;  // counted from 0
    int nth = 0;         // on that connection, counted from 0
};

// The server's side of one connection, for a handler to be polite or evil on.
class Peer {
public:
    Peer(int socket, const std::atomic<bool>& stopping) : socket_(socket), stopping_(stopping) {}

    // False where the client has gone.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    // A whole answer with its Content-Length; each header line without its line end.
    void reply(int status, const std::vector<std::string>& header_lines, std::string_view body) {
        std::string answer = "HTTP/1.1 " + std::to_string(status) + " Because\r\n";
        for (const std::string& line : header_lines) answer += line + "\r\n";
        answer += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
        send(answer.append(body));
    }

    // Sends `bytes` over and over with pauses until the client or the test has had enough.
    void drip(std::string_view bytes, int pause_ms) {
        pollfd gone{socket_, POLLRDHUP, 0};
        while (!stopping_ && send(bytes) && ::poll(&gone, 1, pause_ms) == 0) {}
    }

    // Waits, saying nothing, until the client or the test has gone.
    void stay_silent() {
        pollfd gone{socket_, POLLRDHUP, 0};
        while (!stopping_ && ::poll(&gone, 1, 20) == 0) {}
    }

    // Ends the connection after the handler returns.
    void close() { closed_ = true; }
    bool closed() const { return closed_; }

private:
    int socket_;
    const std::atomic<bool>& stopping_;
    bool closed_ = false;
};

// A plain HTTP/1.1 server on a loopback port of its own choice: one thread a connection; what it
// answers is up to the handler.
class TestServer {
public:
    using Handler = std::function<void(Peer&, const Seen&)>;

    explicit TestServer(Handler handler) : handler_(std::move(handler)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 64) != 0 ||
            ::getsockname(listener_, generic, &size) != 0) {
            throw std::runtime_error("no loopback port");
        }
        port_ = ntohs(address.sin_port);
        acceptor_ = Thread("test-accept", [this] { accept_all(); });
    }

    ~TestServer() {
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        acceptor_.join();
        {
            const std::lock_guard lock(mutex_);
            for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
        }
        connections_.clear();
        for (const int socket : sockets_) ::close(socket);
        ::close(listener_);
    }

    int port() const { return port_; }

    std::string host_port(const std::string& host = "127.0.0.1") const {
        return host + ":" + std::to_string(port_);
    }

    std::string url(const std::string& path, const std::string& host = "127.0.0.1") const {
        return "http://" + host_port(host) + path;
    }

    std::vector<Seen> seen() const {
        const std::lock_guard lock(mutex_);
        return seen_;
    }

private:
    void accept_all() {
        while (true) {
            const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0) return;
            const std::lock_guard lock(mutex_);
            const int number = static_cast<int>(sockets_.size());
            sockets_.push_back(socket);
            connections_.emplace_back("test-serve", [=, this] { serve(socket, number); });
        }
    }

    void serve(int socket, int connection) {
        Peer peer(socket, stopping_);
        std::string buffer;
        for (int nth = 0; !peer.closed(); ++nth) {
            Seen request;
            if (!read_request(socket, buffer, request)) break;
            request.connection = connection;
            request.nth = nth;
            {
                const std::lock_guard lock(mutex_);
                seen_.push_back(request);
            }
            handler_(peer, request);
        }
        ::shutdown(socket,
                   SHUT_RDWR);  // the number is closed with the server: others may not get it
    }

    static bool read_more(int socket, std::string& buffer) {
        char bytes[4096];
        const ssize_t got = ::recv(socket, bytes, sizeof bytes, 0);
        if (got > 0) buffer.append(bytes, static_cast<std::size_t>(got));
        return got > 0;
    }

    static bool read_request(int socket, std::string& buffer, Seen& request) {
        std::size_t end = 0;
        while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
            if (!read_more(socket, buffer)) return false;
            if (buffer.front() == '\x16') return false;  // a TLS handshake is no request
        }
        read_head(buffer.substr(0, end), request);
        buffer.erase(0, end + 4);
        const auto length = request.headers.find("content-length");
        const std::size_t wanted = length == request.headers.end() ? 0 : std::stoul(length->second);
        while (buffer.size() < wanted) {
            if (!read_more(socket, buffer)) return false;
        }
        request.body = buffer.substr(0, wanted);
        buffer.erase(0, wanted);
        return true;
    }

    static void read_head(const std::string& head, Seen& request) {
        std::size_t at = head.find(' ');
        const std::size_t target_end = head.find(' ', at + 1);
        request.method = head.substr(0, at);
        request.target = head.substr(at + 1, target_end - at - 1);
        while ((at = head.find("\r\n", at)) != std::string::npos) {
            at += 2;
            const std::size_t colon = head.find(": ", at);
            const std::size_t end = std::min(head.find("\r\n", at), head.size());
            std::string name = head.substr(at, colon - at);
            for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            request.headers[name] = head.substr(colon + 2, end - colon - 2);
        }
    }

    const Handler handler_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<bool> stopping_{false};
    mutable std::mutex mutex_;
    std::vector<Seen> seen_;
    std::vector<int> sockets_;
    std::vector<Thread> connections_;
    Thread acceptor_;
};

// Polls until the condition holds; false where it did not within 10 s.
template <class Condition>
bool eventually(Condition condition) {
    for (const auto until_ms = steady_ms() + 10'000; steady_ms() < until_ms;) {
        if (condition()) return true;
        ::poll(nullptr, 0, 2);
    }
    return condition();
}

}  // namespace kith::client::test
