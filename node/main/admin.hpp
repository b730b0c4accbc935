#pragma once
#include "node/community/context.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

// A command of the operator, as it travels to the running node: its name and what it was given.
struct AdminRequest {
    std::string name;                                        // "user add"
    std::map<std::string, std::vector<std::string>> values;  // "NAME" → …, "--email" → …

    std::string text(const std::string& key) const;
    bool has(const std::string& key) const { return values.contains(key); }
};

// New keys: a running node forgets those that it holds.
inline constexpr std::string_view rotate_command = "user rotate-keys";

// Does it, in the node or without one; the text is for standard output.
Result<std::string> run_admin(community::Context&, const AdminRequest&);

// A file that a command names. Code::not_found, or Code::too_large where it has more bytes.
Result<std::string> read_file(const std::string& path, std::size_t bytes_max);

// One line of JSON each way over control.sock.
std::string to_json(const AdminRequest&);
Result<AdminRequest> parse_admin_request(std::string_view json);

}  // namespace kith
