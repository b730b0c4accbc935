#pragma once
#include "base/core/result.hpp"
#include "node/main/context.hpp"

#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

// What a command was given. Names are those under which it declared them: "NAME", "--email".
class Arguments {
public:
    bool has(std::string_view name) const { return values_.contains(std::string(name)); }
    // The (first) value; empty where it was not given.
    std::string text(std::string_view name) const;
    // The value, or nothing where it was not given.
    std::optional<std::string> find(std::string_view name) const;
    // All values of what may be repeated.
    std::vector<std::string> all(std::string_view name) const;
    const std::map<std::string, std::vector<std::string>>& values() const { return values_; }

private:
    friend class Command;
    friend int run_command_line(class Command&, int, const char* const*, Context&);
    std::map<std::string, std::vector<std::string>> values_;
};

// What a command does. An error is printed (`safe_text`, then `detail`, because whoever runs a
// command is the operator) and ends the process with 1.
using Action = std::function<Result<>(Context&, const Arguments&)>;

// A command, or a group of commands, of the `kith` binary: the one place that knows CLI11. Commands
// are declared before parsing by the add_…_commands() functions (commands.hpp).
class Command {
public:
    // The root. `version` is what --version prints.
    Command(std::string description, std::string version);
    ~Command();
    Command(const Command&) = delete;

    // A group ("user") has no action; a command ("add") has.
    Command& group(const std::string& name, const std::string& help);
    // A group that does something also where none of its commands is named.
    Command& group(const std::string& name, const std::string& help, Action);
    Command& command(const std::string& name, const std::string& help, Action);

    // Each returns the command itself, so that declarations read as one sentence.
    Command& argument(const std::string& name, const std::string& help);  // "NAME", required
    Command& optional_argument(const std::string& name, const std::string& help);
    Command& option(const std::string& name, const std::string& help);  // "--email"
    Command& required_option(const std::string& name, const std::string& help);
    Command& repeated_option(const std::string& name, const std::string& help);
    Command& choice(const std::string& name, std::initializer_list<const char*> values,
                    const std::string& help);
    Command& required_choice(const std::string& name, std::initializer_list<const char*> values,
                             const std::string& help);
    Command& flag(const std::string& name, const std::string& help);

private:
    friend int run_command_line(Command& root, int argc, const char* const* argv, Context&);
    struct Parts;
    explicit Command(std::unique_ptr<Parts>);
    std::vector<std::string>& slot(const std::string& name);
    const Command* chosen() const;

    std::unique_ptr<Parts> parts_;
};

// Parses and runs. The exit code: 0, 1 (the command failed), 2 (wrong usage). Every command also
// takes
// --help, --config FILE and --set KEY=VALUE, which go into the context's sources.
int run_command_line(Command& root, int argc, const char* const* argv, Context&);

}  // namespace kith
