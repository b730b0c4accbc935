#include "node/main/command_line.hpp"
#include "node/main/commands.hpp"

namespace kith {

namespace {

Result<> check(Context& context, const Arguments&) {
    const Config config = TRY(context.load_config());
    context.out << (config.file.empty() ? "the environment" : config.file.string())
                << ": the configuration is right\n";
    return {};
}

Result<> print_all(Context& context, const Arguments&) {
    context.out << print(TRY(context.load_config()));
    return {};
}

}  // namespace

void add_config_commands(Command& root) {
    Command& config = root.group("config", "Look at the configuration");
    config.command("check", "Say whether the configuration is right, or everything that is wrong",
                   check);
    config.command("print", "Print every value and where it came from, as TOML, passwords masked",
                   print_all);
}

}  // namespace kith
