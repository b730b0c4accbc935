#pragma once
#include "base/core/clock.hpp"
#include "base/core/log.hpp"
#include "base/core/result.hpp"
#include "config/address.hpp"
#include "config/limits/posts.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith {

enum class Scheme { https, http };
enum class RegistrationMode { closed, invite, approval, open };

std::string_view to_string(Scheme);
// Who may read which hosts are blocked here, and why.
enum class BlocksShown { nobody, members, everyone };

std::string_view to_string(RegistrationMode);
std::string_view to_string(BlocksShown);

// What an admin may set: one struct a section, one member a key, of the same name. What each key
// means and accepts stands in keys.cpp, which is also where the default file's comments come from.
struct ServerConfig {
    std::string host;  // "social.example", with the port when it is not the scheme's own
    Scheme scheme = Scheme::https;
    std::string account_domain;  // what stands after the @ of an account; never empty after load()
    ListenAddress listen{"127.0.0.1", 8080};
    std::optional<ListenAddress> stream_listen;
    std::optional<ListenAddress> ops_listen = ListenAddress{"127.0.0.1", 9090};
    std::vector<Network> trusted_proxies{*parse_network("127.0.0.0/8"), *parse_network("::1")};
    std::string title = "kith";
    std::string source_url;  // where the source code of this node is; empty = its front page tells
    std::string description;
    std::string contact_email;
    std::vector<std::string> languages{"en"};
};

struct DatabaseConfig {
    std::string url;  // "sqlite:/absolute/path", "sqlite::memory:" or "postgres://…"
    std::int64_t readers = 4;
};

struct FederationConfig {
    bool enabled = true;
    bool allow_private_addresses = false;
    bool allow_list = false;        // only hosts that the operator named are spoken with
    bool authorized_fetch = false;  // "secure mode": who asks must say by a signature who they are
    // Where only some hosts are spoken with, who asks must say who they are, too.
    bool asks_who_reads() const { return authorized_fetch || allow_list; }
    BlocksShown blocks_shown = BlocksShown::nobody;
    std::map<std::string, std::string> resolve;  // host name → address literal
    std::vector<TimeMs> retry_delays{0,           minute_ms,   5 * minute_ms, 15 * minute_ms,
                                     hour_ms,     3 * hour_ms, 6 * hour_ms,   12 * hour_ms,
                                     24 * hour_ms};
};

struct RegistrationConfig {
    RegistrationMode mode = RegistrationMode::closed;
    bool confirm_email = false;
    bool captcha = false;
};

struct MailConfig {
    std::string server;  // "smtps://name:password@mail.example:465", "file:/absolute/directory"; empty: no mail
    std::string from;    // whose mail it is; empty: server.contact_email
};

struct TranslateConfig {
    std::string server;  // "https://:key@translate.example", LibreTranslate's API; empty: none
};

struct OauthConfig {
    bool allow_password_grant = false;
};

struct LimitsConfig {
    bool rate = true;
    std::int64_t post_characters_max = limits::post_characters_max;
};

struct MediaConfig {
    std::string store;         // "file:/absolute/directory"
    bool recordings = true;    // video and sound are taken in, where ffmpeg is installed
    bool proxy_remote = true;  // clients get the files of other servers through this node
    std::int64_t cache_days = 14;
};

struct InsightConfig {
    bool enabled = true;
};

// What NodeInfo says of the software; empty: what it is.
struct NodeInfoConfig {
    std::string present_as;  // "NAME VERSION"
};

struct LogConfig {
    log::Level level = log::Level::info;
    log::Format format = log::Format::logfmt;
};

// The whole configuration of a process: validated, complete (what was not set has its default) and
// never changed after load().
struct Config {
    ServerConfig server;
    DatabaseConfig database;
    FederationConfig federation;
    RegistrationConfig registration;
    MailConfig mail;
    TranslateConfig translate;
    OauthConfig oauth;
    LimitsConfig limits;
    MediaConfig media;
    InsightConfig insight;
    LogConfig log;
    NodeInfoConfig nodeinfo;

    std::filesystem::path file;  // the file that was read; empty where there was none
    std::map<std::string, std::string> origins;  // "server.host" → "kith.toml:3"; absent = default

    std::string base_url() const;  // "https://social.example", without a final slash

    // Where the control socket lives: the folder of the SQLite file, where the lock file is, too; with
    // another database that in which media.store is, by default that of the configuration file.
    std::filesystem::path data_directory() const;
};

// Where the settings come from. A later one overrides an earlier one: defaults, file, environment
// (KITH_SECTION_KEY), flags.
struct Sources {
    std::optional<std::filesystem::path> file;  // --config; must exist
    std::vector<std::filesystem::path> search;  // else the first of these that exists
    std::map<std::string, std::string> environment;
    std::vector<std::pair<std::string, std::string>> flags;  // "server.listen" → "127.0.0.1:0"
    std::filesystem::path working_directory;                 // of relative paths outside the file
};

// This process's sources: ./kith.toml, then /etc/kith/kith.toml, and its environment.
Sources process_sources();

// The file that load() would read; nothing where none exists.
std::optional<std::filesystem::path> find_file(const Sources&);

// Reads, merges and validates. Code::not_found where the named file does not exist; Code::invalid
// with every problem, one a line of `detail`: source ("kith.toml:3" or the variable's name), key,
// what was expected and what stood there. Unknown keys are problems too.
Result<Config> load(const Sources&);

// As TOML that load() reads again, each value with where it came from. Passwords are masked.
std::string print(const Config&);

// A file with only `server.host` set (and `scheme = "http"` for a host on this machine) and every
// other key in a comment with its meaning and default.
std::string default_toml(std::string_view host);

// Writes default_toml(host), readable by the owner only. Code::conflict where the file exists.
Result<> write_default_file(const std::filesystem::path&, std::string_view host);

}  // namespace kith
