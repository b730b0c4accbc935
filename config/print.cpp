#include "config/config.hpp"
#include "config/keys.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace kith {

namespace {

std::string_view last_part(std::string_view key) { return key.substr(key.find('.') + 1); }

// Calls `write(key, out)` for each key, with the [section] headings between them.
template <class Write>
std::string by_section(Write write) {
    std::string out;
    std::string_view section;
    for (const config::Key& key : config::keys()) {
        if (config::section_of(key.name) != section) {
            section = config::section_of(key.name);
            out += (out.empty() ? "[" : "\n[") + std::string(section) + "]\n";
        }
        write(key, out);
    }
    return out;
}

void append_comment(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const auto end = text.find('\n');
        out += "# " + std::string(text.substr(0, end)) + "\n";
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
}

bool is_on_this_machine(std::string_view host) {
    return host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("[::1]");
}

}  // namespace

std::string print(const Config& config) {
    std::string out = config.file.empty() ? "# no configuration file\n"
                                          : "# file: " + config.file.string() + "\n";
    return out + by_section([&](const config::Key& key, std::string& text) {
               const auto origin = config.origins.find(std::string(key.name));
               text += std::string(last_part(key.name)) + " = " + key.show(config) + "   # " +
                       (origin == config.origins.end() ? "default" : origin->second) + "\n";
           });
}

std::string default_toml(std::string_view host) {
    Config defaults;
    defaults.server.host = host;
    defaults.database.url = "sqlite:kith.db";
    defaults.media.store = "file:media";
    const bool local = is_on_this_machine(host);
    if (local) defaults.server.scheme = Scheme::http;
    const std::string head =
        "# The configuration of this kith node. What is commented out shows its default. Every key "
        "can\n"
        "# also be set by the environment: server.listen by KITH_SERVER_LISTEN.\n"
        "# `kith config check` says whether this file is right, `kith config print` what "
        "holds.\n\n";
    return head + by_section([&](const config::Key& key, std::string& text) {
               const bool set = key.name == "server.host" || (local && key.name == "server.scheme");
               append_comment(text, key.meaning);
               text += (set ? "" : "#") + std::string(last_part(key.name)) + " = " +
                       key.show(defaults) + "\n";
           });
}

Result<> write_default_file(const std::filesystem::path& path, std::string_view host) {
    const std::string text = default_toml(host);
    // 0600 from the start: the file may come to hold the database's password.
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        const int reason = errno;
        return fail(reason == EEXIST ? Code::conflict : Code::internal,
                    "the configuration file cannot be created",
                    path.string() + ": " + std::strerror(reason));
    }
    const bool whole = ::write(file, text.data(), text.size()) == ssize_t(text.size());
    if (::close(file) != 0 || !whole)
        return fail(Code::internal, "the configuration file cannot be written", path.string());
    return {};
}

}  // namespace kith
