#include "node/main/control.hpp"

#include "base/core/log.hpp"
#include "base/json/writer.hpp"
#include "config/limits/main.hpp"

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace kith {

namespace {

Result<sockaddr_un> address_of(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    auto text = path.string();
    if (text.size() >= sizeof address.sun_path)
        return fail(Code::unavailable, "the path of the control socket is too long", text);
    std::memcpy(address.sun_path, text.c_str(), text.size());
    return address;
}

bool wait_for(int fd, short what, int timeout_ms) {
    pollfd p{fd, what, 0};
    return ::poll(&p, 1, timeout_ms) > 0;
}

// Up to the line end; nothing where it does not come in time or is too long.
std::optional<std::string> read_line(int fd) {
    std::string line;
    char buffer[4096];
    while (line.size() < limits::control_line_bytes_max &&
           wait_for(fd, POLLIN, limits::control_timeout_ms)) {
        auto n = ::read(fd, buffer, sizeof buffer);
        if (n <= 0) return {};
        line.append(buffer, std::size_t(n));
        if (line.back() == '\n') return line.substr(0, line.size() - 1);
    }
    return {};
}

bool write_all(int fd, std::string_view text) {
    while (!text.empty()) {
        auto n = ::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        text.remove_prefix(std::size_t(n));
    }
    return true;
}

std::string answer_json(const Result<std::string>& result) {
    json::Writer w;
    w.object().member("ok", result.has_value());
    if (result)
        w.member("text", *result);
    else
        w.member("code", int(result.error().code))
            .member("error", result.error().safe_text)
            .member("detail", result.error().detail);
    w.end();
    return w.take() + "\n";
}

}  // namespace

std::filesystem::path control_socket(const std::filesystem::path& data_directory) {
    return data_directory / "control.sock";
}

Result<std::unique_ptr<ControlServer>> ControlServer::open(const std::filesystem::path& path,
                                                           Answer answer) {
    auto address = TRY(address_of(path));
    int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0)
        return fail(Code::unavailable, "cannot make the control socket", std::strerror(errno));
    ::unlink(address.sun_path);
    const auto before = ::umask(0177);
    const bool good =
        ::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
        ::listen(listener, 16) == 0;
    ::umask(before);
    if (!good) {
        std::string reason = std::strerror(errno);
        ::close(listener);
        return fail(Code::unavailable, "cannot listen on " + path.string(), reason);
    }
    return std::unique_ptr<ControlServer>(new ControlServer(listener, path, std::move(answer)));
}

ControlServer::ControlServer(int listener, std::filesystem::path path, Answer answer)
    : listener_(listener),
      path_(std::move(path)),
      answer_(std::move(answer)),
      thread_("control", [this] { run(); }) {}

ControlServer::~ControlServer() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

void ControlServer::run() {
    while (!stopping_) {
        int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) {
            if (errno == EINTR || errno == ECONNABORTED) continue;
            if (!stopping_) log::error("control.accept_failed", {{"reason", std::strerror(errno)}});
            return;
        }
        serve(client);
        ::close(client);
    }
}

void ControlServer::serve(int client) {
    auto line = read_line(client);
    if (!line) return;
    write_all(client, answer_json(answer_(*line)));
}

std::optional<Result<std::string>> ask_node(const std::filesystem::path& socket,
                                            const std::string& request) {
    auto address = address_of(socket);
    if (!address) return {};
    int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return {};
    std::optional<Result<std::string>> out;
    if (::connect(fd, reinterpret_cast<sockaddr*>(&*address), sizeof *address) == 0 &&
        write_all(fd, request + "\n")) {
        auto line = read_line(fd);
        auto document = json::Document::parse(line.value_or(""));
        if (!document) {
            out = Result<std::string>(fail(Code::unavailable, "the node did not answer"));
        } else if ((*document)["ok"].maybe_boolean().value_or(false)) {
            out = Result<std::string>(std::string((*document)["text"].string_or("")));
        } else {
            out = Result<std::string>(
                fail(Code((*document)["code"].maybe_integer().value_or(int(Code::internal))),
                     std::string((*document)["error"].string_or("")),
                     std::string((*document)["detail"].string_or(""))));
        }
    }
    ::close(fd);
    return out;
}

}  // namespace kith
