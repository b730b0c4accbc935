#pragma once
#include "config/config.hpp"

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// The table of all keys, and the neutral form in which the sources hand in what they hold. Internal
// to config/: everybody else includes config/config.hpp.
namespace kith::config {

struct Raw;
using RawList = std::vector<Raw>;
using RawTable = std::map<std::string, Raw>;

// A value as its source holds it. The environment and flags know only text; `read` of a key takes
// text for every type (lists separated by commas, tables as name=value).
struct Raw {
    std::variant<std::string, std::int64_t, double, bool, RawList, RawTable> value;
};

// One setting of one source.
struct Setting {
    std::string key;  // "server.host"
    Raw raw;
    std::string origin;          // "kith.toml:3", "KITH_SERVER_HOST", "--set"
    std::filesystem::path base;  // what a relative path in it is relative to
};

struct Key {
    std::string_view name;
    std::string_view meaning;               // for the default file
    std::string_view expected;              // for messages: "expected …"
    bool (*read)(Config&, const Setting&);  // false: not as expected
    std::string (*show)(const Config&);     // as a TOML value, secrets masked
};

// In the order of the default file: by section.
std::span<const Key> keys();

std::string_view section_of(std::string_view key);

// The text with the password of a URL (scheme://user:secret@host, ?password=secret) as ***.
std::string mask_secrets(std::string text);

// As TOML would write it, secrets masked; for messages.
std::string show_raw(const Raw&);

// A TOML basic string with its quotes.
std::string quote(std::string_view);

}  // namespace kith::config
