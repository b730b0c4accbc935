#include "node/main/command_line.hpp"
#include "node/main/commands.hpp"

#include <iostream>

int main(int argc, char** argv) {
    kith::Command root("kith: a federated community server", KITH_VERSION);
    kith::add_serve_command(root);
    kith::add_config_commands(root);
    kith::add_admin_commands(root);
    kith::Context context{kith::process_sources(), std::cout, std::cerr};
    return kith::run_command_line(root, argc, argv, context);
}
