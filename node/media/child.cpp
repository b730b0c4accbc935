#include "node/media/child.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kith::media {

namespace {

constexpr std::array<const char*, 2> tool_folders{"/usr/bin", "/bin"};
constexpr const char* tool_path = "PATH=/usr/bin:/bin";  // the same
constexpr int no_such_program = 127;
constexpr std::size_t printed_bytes_max = 64 << 10;

void bound(int resource, std::uint64_t value) {
    const rlimit limit{value, value};
    ::setrlimit(__rlimit_resource_t(resource), &limit);
}

// Between fork and exec only what is safe in a process with threads: everything was made before.
[[noreturn]] void become(const char* folder, char* const* words, int out, const Bounds& bounds) {
    char* const environment[] = {const_cast<char*>(tool_path),
                                 const_cast<char*>("VIPS_BLOCK_UNTRUSTED=1"),
                                 const_cast<char*>("VIPS_CONCURRENCY=1"), nullptr};
    bound(RLIMIT_AS, bounds.memory_bytes);
    bound(RLIMIT_CPU, std::uint64_t(bounds.seconds));
    bound(RLIMIT_FSIZE, bounds.file_bytes);
    bound(RLIMIT_CORE, 0);
    const int nothing = ::open("/dev/null", O_RDWR);
    ::dup2(nothing, 0);
    ::dup2(out, 1);
    ::dup2(nothing, 2);
    ::setpgid(0, 0);
    if (::chdir(folder) == 0) ::execvpe(words[0], words, environment);
    ::_exit(no_such_program);
}

// A timer of this machine, not of the node's clock: what is bounded is a process here.
int timer_of(int seconds) {
    const int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    itimerspec when{};
    when.it_value.tv_sec = seconds;
    if (timer >= 0) ::timerfd_settime(timer, 0, &when, nullptr);
    return timer;
}

struct Output {
    std::string text;
    bool in_time = true, ended = false;
};

// Until it closes its output, the time is up, or somebody ends it.
Output read_until_closed(int from, int timer, int ended_by) {
    Output out;
    std::array<char, 4096> buffer;
    for (;;) {
        std::array<pollfd, 3> waiting{{{from, POLLIN, 0}, {timer, POLLIN, 0}, {ended_by, POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno == EINTR) continue;
        out.in_time = timer >= 0 && (waiting[1].revents & POLLIN) == 0;
        out.ended = (waiting[2].revents & POLLIN) != 0;
        if (!out.in_time || out.ended) return out;
        const auto got = ::read(from, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return out;
        if (out.text.size() < printed_bytes_max) out.text.append(buffer.data(), std::size_t(got));
    }
}

}  // namespace

bool has_tool(const std::string& name) {
    return std::any_of(tool_folders.begin(), tool_folders.end(), [&](const char* folder) {
        return ::access((std::string(folder) + "/" + name).c_str(), X_OK) == 0;
    });
}

Result<std::string> run_tool(const std::filesystem::path& folder, const std::vector<std::string>& words,
                             const Bounds& bounds) {
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const auto directory = folder.string();
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return fail(Code::unavailable, "The server is busy", "pipe");
    const auto child = ::fork();
    if (child == 0) become(directory.c_str(), arguments.data(), ends[1], bounds);
    ::close(ends[1]);
    if (child < 0) {
        ::close(ends[0]);
        return fail(Code::unavailable, "The server is busy", "fork");
    }
    const int timer = timer_of(bounds.seconds);
    const auto printed = read_until_closed(ends[0], timer, bounds.ended_by);
    ::close(ends[0]);
    if (timer >= 0) ::close(timer);
    if (!printed.in_time || printed.ended) ::kill(-child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (printed.ended) return fail(Code::unavailable, "The server is stopping", words.front());
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return printed.text;
    if (WIFEXITED(status) && WEXITSTATUS(status) == no_such_program)
        return fail(Code::unavailable, "This server cannot read such files", words.front() + " is not installed");
    return fail(Code::unprocessable, "Validation failed: File could not be read as a picture", words.front());
}

}  // namespace kith::media
