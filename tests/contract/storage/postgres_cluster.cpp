#include "tests/contract/storage/postgres_cluster.hpp"

#include "storage/sql/db.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>

namespace kith::test {

namespace {

[[noreturn]] void give_up(const std::string& reason) {
    throw std::runtime_error("the PostgreSQL cluster for tests: " + reason);
}

// The script as a child: what is written to `commands` it reads, what it prints is read from
// `answers`.
class Cluster {
public:
    Cluster()
        : folder_((std::filesystem::temp_directory_path() / "kith-postgres-XXXXXX").string()) {
        if (!::mkdtemp(folder_.data())) give_up("no temporary folder " + folder_);
        int down[2], up[2];
        if (::pipe2(down, O_CLOEXEC) != 0 || ::pipe2(up, O_CLOEXEC) != 0) give_up("no pipe");
        spawn(down[0], up[1]);
        ::close(down[0]);
        ::close(up[1]);
        commands_ = down[1];
        answers_ = up[0];
        expect_ready();
    }

    ~Cluster() { close(); }

    void restart() {
        const std::string command = "restart\n";
        if (::write(commands_, command.data(), command.size()) != ssize_t(command.size()))
            give_up("its script has gone");
        expect_ready();
    }

    std::string url() const { return "postgresql:///postgres?user=kith&host=" + folder_; }

private:
    // In a session of its own, so that Ctrl-C does not reach the server before the script cleans
    // up.
    void spawn(int input, int output) {
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
        posix_spawnattr_t attributes;
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
        std::string shell = "/bin/sh", script = KITH_POSTGRES_CLUSTER_SCRIPT;
        char* const arguments[] = {shell.data(), script.data(), folder_.data(), nullptr};
        const int status =
            ::posix_spawn(&child_, shell.c_str(), &actions, &attributes, arguments, environ);
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
        if (status != 0) give_up("cannot start " + script);
    }

    void expect_ready() {
        std::string line;
        for (char c = 0; ::read(answers_, &c, 1) == 1 && c != '\n';) line += c;
        if (line == "ready") return;
        close();
        give_up(line.empty() ? "its script ended without a word" : line);
    }

    void close() {
        if (commands_ < 0) return;
        ::close(commands_);
        ::close(answers_);
        commands_ = answers_ = -1;
        ::waitpid(child_, nullptr, 0);
    }

    std::string folder_;
    pid_t child_ = -1;
    int commands_ = -1, answers_ = -1;
};

// Tried once: a machine without PostgreSQL gives the same reason in every case at once.
Cluster& cluster() {
    static std::optional<Cluster> started;
    static std::string failure;
    if (!started && failure.empty()) {
        try {
            started.emplace();
        } catch (const std::exception& e) {
            failure = e.what();
        }
    }
    if (!started) throw std::runtime_error(failure);
    return *started;
}

}  // namespace

std::string fresh_postgres_url() {
    static int last_schema = 0;
    const auto name = "case_" + std::to_string(++last_schema);
    const auto url = cluster().url();
    sql::Settings settings{.url = url, .readers = 1, .writers = 1};
    auto admin = sql::Db::open(settings);
    if (!admin) give_up(admin.error().detail);
    auto made = (*admin)->write([&](sql::Tx& tx) { return tx.execute("CREATE SCHEMA " + name); });
    if (!made) give_up(made.error().detail);
    return url + "&options=-csearch_path%3D" + name;
}

void restart_postgres() { cluster().restart(); }

}  // namespace kith::test
