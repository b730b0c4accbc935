#include "node/main/command_line.hpp"

#include "node/main/terminal.hpp"

#include <CLI/CLI.hpp>

namespace kith {

namespace {

constexpr int exit_failed = 1;
constexpr int exit_usage = 2;

}  // namespace

struct Command::Parts {
    std::unique_ptr<CLI::App> owned;  // the root's only
    CLI::App* app = nullptr;
    Action action;
    // CLI11 writes here while it parses; a flag's slot holds "true" when it was given.
    std::map<std::string, std::vector<std::string>> slots;
    std::vector<std::unique_ptr<Command>> children;
};

std::string Arguments::text(std::string_view name) const { return find(name).value_or(""); }

std::optional<std::string> Arguments::find(std::string_view name) const {
    const auto found = values_.find(std::string(name));
    if (found == values_.end()) return std::nullopt;
    return found->second.front();
}

std::vector<std::string> Arguments::all(std::string_view name) const {
    const auto found = values_.find(std::string(name));
    return found == values_.end() ? std::vector<std::string>{} : found->second;
}

Command::Command(std::string description, std::string version) : parts_(std::make_unique<Parts>()) {
    parts_->owned = std::make_unique<CLI::App>(std::move(description), "kith");
    parts_->app = parts_->owned.get();
    parts_->app->fallthrough();  // --config and --set may stand behind the subcommand
    parts_->app->require_subcommand(1);
    parts_->app->set_version_flag("--version", "kith " + version);
    option("--config", "The configuration file (else ./kith.toml, /etc/kith/kith.toml)");
    repeated_option("--set", "KEY=VALUE: override one key of the configuration");
}

Command::Command(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Command::~Command() = default;

std::vector<std::string>& Command::slot(const std::string& name) { return parts_->slots[name]; }

Command& Command::group(const std::string& name, const std::string& help) {
    Command& added = command(name, help, {});
    added.parts_->app->require_subcommand(1);
    return added;
}

Command& Command::group(const std::string& name, const std::string& help, Action action) {
    Command& added = command(name, help, std::move(action));
    added.parts_->app->require_subcommand(0, 1);
    return added;
}

Command& Command::command(const std::string& name, const std::string& help, Action action) {
    auto parts = std::make_unique<Parts>();
    parts->app = parts_->app->add_subcommand(name, help);
    parts->app->footer("--config FILE and --set KEY=VALUE may stand here, too.");
    parts->action = std::move(action);
    parts_->children.push_back(std::unique_ptr<Command>(new Command(std::move(parts))));
    return *parts_->children.back();
}

namespace {

// Takes one word and leaves the others to those behind it.
CLI::Option& one_word(CLI::Option* option, const std::string& shown_as) {
    return *option->expected(1)->allow_extra_args(false)->type_name(shown_as);
}

constexpr const char* no_word = "";  // an argument's name says it
constexpr const char* a_value = "VALUE";
constexpr const char* one_of = "one of";

}  // namespace

Command& Command::argument(const std::string& name, const std::string& help) {
    one_word(parts_->app->add_option(name, slot(name), help), no_word).required();
    return *this;
}

Command& Command::optional_argument(const std::string& name, const std::string& help) {
    one_word(parts_->app->add_option(name, slot(name), help), no_word);
    return *this;
}

Command& Command::option(const std::string& name, const std::string& help) {
    one_word(parts_->app->add_option(name, slot(name), help), a_value);
    return *this;
}

Command& Command::required_option(const std::string& name, const std::string& help) {
    one_word(parts_->app->add_option(name, slot(name), help), a_value).required();
    return *this;
}

Command& Command::repeated_option(const std::string& name, const std::string& help) {
    one_word(parts_->app->add_option(name, slot(name), help), a_value)
        .multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    return *this;
}

Command& Command::choice(const std::string& name, std::initializer_list<const char*> values,
                         const std::string& help) {
    one_word(parts_->app->add_option(name, slot(name), help), one_of)
        .check(CLI::IsMember(std::vector<std::string>(values.begin(), values.end())));
    return *this;
}

Command& Command::required_choice(const std::string& name, std::initializer_list<const char*> values,
                                  const std::string& help) {
    choice(name, values, help);
    parts_->app->get_option(name)->required();
    return *this;
}

Command& Command::flag(const std::string& name, const std::string& help) {
    auto& into = slot(name);
    parts_->app->add_flag_callback(
        name, [&into] { into = {"true"}; }, help);
    return *this;
}

const Command* Command::chosen() const {
    for (const auto& child : parts_->children)
        if (child->parts_->app->parsed()) return child->chosen();
    return this;
}

namespace {

// What the libraries of others throw ends a command, and is told as any error.
Result<> carried_out(const Action& action, Context& context, const Arguments& arguments) {
    try {
        return action(context, arguments);
    } catch (const std::exception& error) {
        return fail(Code::internal, "the command failed", error.what());
    }
}

}  // namespace

int run_command_line(Command& root, int argc, const char* const* argv, Context& context) {
    CLI::App& app = *root.parts_->app;
    try {
        app.parse(argc, argv);
    } catch (const CLI::RequiredError& error) {
        // CLI11 asks for a subcommand where in truth the one given is misspelt.
        const auto unknown = app.remaining(true);
        if (unknown.empty()) return app.exit(error, context.out, context.err), exit_usage;
        context.err << "kith: unknown command or argument '" << unknown.front() << "'\n"
                    << "Run with --help for more information.\n";
        return exit_usage;
    } catch (const CLI::ParseError& error) {
        return app.exit(error, context.out, context.err) == 0 ? 0 : exit_usage;
    }
    if (const auto& file = root.slot("--config"); !file.empty())
        context.sources.file = file.front();
    for (const auto& pair : root.slot("--set")) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos) {
            context.err << "--set: expected KEY=VALUE, got " << pair << '\n';
            return exit_usage;
        }
        context.sources.flags.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }

    const Command& command = *root.chosen();
    Arguments arguments;
    for (const auto& [name, values] : command.parts_->slots)
        if (!values.empty()) arguments.values_[name] = values;
    const auto outcome = carried_out(command.parts_->action, context, arguments);
    if (outcome) return 0;
    context.err << "kith: " << for_terminal(outcome.error().safe_text) << '\n';
    if (!outcome.error().detail.empty()) context.err << for_terminal(outcome.error().detail) << '\n';
    return exit_failed;
}

}  // namespace kith
