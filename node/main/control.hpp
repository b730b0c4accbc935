#pragma once
#include "base/core/result.hpp"
#include "base/core/thread.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kith {

// The door for commands beside a running node: a unix socket, 0600, in the data directory. One line
// of JSON comes in, one goes out: {"ok":true,"text":…} or {"ok":false,"error":…,"detail":…}.
class ControlServer {
public:
    using Answer = std::function<Result<std::string>(std::string_view request)>;

    // Takes the place of a socket that a killed node left behind; the database's lock says that
    // none runs.
    static Result<std::unique_ptr<ControlServer>> open(const std::filesystem::path&, Answer);
    ~ControlServer();

private:
    ControlServer(int listener, std::filesystem::path, Answer);
    void run();
    void serve(int client);

    const int listener_;
    const std::filesystem::path path_;
    const Answer answer_;
    std::atomic<bool> stopping_{false};
    Thread thread_;
};

std::filesystem::path control_socket(const std::filesystem::path& data_directory);

// Asks the running node. Nothing where none answers at the socket.
std::optional<Result<std::string>> ask_node(const std::filesystem::path& socket,
                                            const std::string& request);

}  // namespace kith
