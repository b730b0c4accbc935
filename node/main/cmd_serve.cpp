// kith serve: the node itself.
#include "base/core/log.hpp"
#include "node/main/command_line.hpp"
#include "node/main/commands.hpp"
#include "node/main/node.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>

namespace kith {

namespace {

Node* running = nullptr;

void stop_running(int) {
    if (running) running->request_stop();
}

// The first start in an empty place: a file that says what can be set, and a node to look at.
Result<> write_first_file(Context& context) {
    const auto& sources = context.sources;
    const bool named = std::any_of(sources.flags.begin(), sources.flags.end(), [](const auto& flag) { return flag.first == "server.host"; });
    if (sources.file || find_file(sources) || named || sources.environment.contains("KITH_SERVER_HOST"))
        return {};
    const auto file = context.sources.working_directory / "kith.toml";
    TRY(write_default_file(file, "localhost:8080"));
    context.err << "wrote " << file.string()
                << ": look through it and set server.host before anybody else meets this node\n";
    return {};
}

void warn_of_open_doors(const Config& config) {
    if (config.federation.allow_private_addresses && !config.server.listen.is_loopback())
        log::warn("config.private_addresses", {{"listen", config.server.listen.text()},
                                               {"reason",
                                                "federation.allow_private_addresses is on: anybody "
                                                "can make this node speak to its own network"}});
}

Result<> serve(Context& context, const Arguments&) {
    TRY(write_first_file(context));
    auto config = TRY(context.load_config());
    warn_of_open_doors(config);
    auto node = TRY(Node::open(std::move(config)));
    running = node.get();
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGTERM, stop_running);
    std::signal(SIGINT, stop_running);
    const bool clean = node->run();
    running = nullptr;
    if (clean) return {};
    log::error("node.stop_forced", {});
    std::_Exit(1);  // a thread still runs a handler: nothing may be taken down under it
}

}  // namespace

void add_serve_command(Command& root) {
    root.command("serve", "Run the node until SIGTERM", serve);
}

}  // namespace kith
