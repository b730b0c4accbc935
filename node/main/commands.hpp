#pragma once

namespace kith {

class Command;

// Each function declares the commands of one file, cmd_<name>.cpp, below the root.
void add_config_commands(Command& root);
void add_admin_commands(Command& root);
void add_serve_command(Command& root);

}  // namespace kith
