#include "config/config.hpp"
#include "config/keys.hpp"
#include "config/suggest.hpp"
#include "config/toml_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <set>

namespace kith {

namespace {

using config::Key;
using config::Setting;

constexpr std::string_view environment_prefix = "KITH_";

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = char(c - 'a' + 'A');
    return out;
}

std::string variable_of(std::string_view key) {
    std::string out = std::string(environment_prefix) + upper(key);
    std::replace(out.begin(), out.end(), '.', '_');
    return out;
}

const Key* find_key(std::string_view name) {
    for (const Key& key : config::keys())
        if (key.name == name) return &key;
    return nullptr;
}

// Merges settings into a Config and keeps what went wrong, so that one run shows every problem.
class Loader {
public:
    Config config;

    void apply(const Setting& setting) {
        const Key* key = find_key(setting.key);
        if (!key) return problem(setting.origin, setting.key, unknown_key(setting.key));
        given_.insert(setting.key);
        if (!key->read(config, setting))
            return problem(setting.origin, setting.key,
                           "expected " + std::string(key->expected) + ", got " +
                               config::show_raw(setting.raw));
        config.origins[setting.key] = setting.origin;
    }

    // A variable KITH_SECTION_… of a section that exists must be a key's; others are not ours to
    // judge (KITH_TEST_CLOCK).
    void apply_environment(const Sources& sources) {
        std::map<std::string, const Key*> variables;
        for (const Key& key : config::keys()) variables[variable_of(key.name)] = &key;
        for (const auto& [name, value] : sources.environment) {
            if (!name.starts_with(environment_prefix)) continue;
            if (const auto found = variables.find(name); found != variables.end())
                apply({std::string(found->second->name), {value}, name, sources.working_directory});
            else if (names_a_section(name))
                problem(name, {}, "unknown variable" + did_you_mean(name, variables));
        }
    }

    // What no single key can say.
    void complete() {
        if (!given_.contains("server.host")) missing_host();
        if (config.server.account_domain.empty()) config.server.account_domain = config.server.host;
        const std::string_view default_port =
            config.server.scheme == Scheme::https ? ":443" : ":80";
        if (config.server.host.ends_with(default_port))
            problem(origin("server.host"), "server.host",
                    "expected the host without " + std::string(default_port) +
                        ", which the scheme implies");
        const auto& server = config.server;
        check_distinct("server.ops_listen", server.ops_listen);
        check_reserved();
        check_sign_up();
    }

    Result<Config> finish() {
        if (problems_.empty()) return std::move(config);
        std::string detail;
        for (const auto& line : problems_) detail += (detail.empty() ? "" : "\n") + line;
        const std::string count = std::to_string(problems_.size());
        return fail(
            Code::invalid,
            "the configuration has " + count + (problems_.size() == 1 ? " problem" : " problems"),
            std::move(detail));
    }

private:
    void problem(const std::string& where, const std::string& key, const std::string& what) {
        problems_.push_back(where + ": " + (key.empty() ? "" : key + ": ") + what);
    }

    std::string origin(const std::string& key) const {
        const auto found = config.origins.find(key);
        return found == config.origins.end() ? "default" : found->second;
    }

    void missing_host() {
        const std::string where =
            config.file.empty() ? "no configuration file" : config.file.string();
        problem(where, "server.host",
                "missing; expected " + std::string(find_key("server.host")->expected));
    }

    void check_distinct(const std::string& key, const std::optional<ListenAddress>& address) {
        if (!address || address->port == 0 || *address != config.server.listen) return;
        problem(origin(key), key,
                "expected another address than server.listen, got " + address->text());
    }

    // A node that does what its file does not say is worse than one that does not start.
    void check_reserved() {
        if (!config.federation.enabled)
            problem(origin("federation.enabled"), "federation.enabled",
                    "federation cannot be switched off yet; federation.allow_list speaks only with hosts that were allowed");
        if (config.server.stream_listen)
            problem(origin("server.stream_listen"), "server.stream_listen",
                    "there is no second port for streams yet; they come by server.listen");
    }

    // Where the letter that is asked for cannot be sent, nobody could sign up.
    void check_sign_up() {
        const auto& registration = config.registration;
        if (registration.mode == RegistrationMode::closed || !registration.confirm_email || !config.mail.server.empty()) return;
        problem(origin("registration.confirm_email"), "registration.confirm_email",
                "needs mail.server, which sends the letter that asks for it");
    }

    static bool names_a_section(std::string_view variable) {
        return std::any_of(config::keys().begin(), config::keys().end(), [&](const Key& key) {
            return variable.starts_with(variable_of(config::section_of(key.name)) + "_");
        });
    }

    template <class Map>
    static std::string did_you_mean(const std::string& name, const Map& known) {
        std::vector<std::string_view> names;
        for (const auto& [each, value] : known) names.push_back(each);
        return config::suggestion(name, names);
    }

    static std::string unknown_key(const std::string& name) {
        std::vector<std::string_view> names;
        for (const Key& key : config::keys()) {
            // A section is no mistyped key: its keys stand in a table of that name.
            if (config::section_of(key.name) == name) return "unknown key";
            names.push_back(key.name);
        }
        return "unknown key" + config::suggestion(name, names);
    }

    std::vector<std::string> problems_;
    std::set<std::string> given_;  // keys that were set, rightly or wrongly
};

// Defaults that depend on where the configuration lies.
void set_path_defaults(Config& config, const std::filesystem::path& base) {
    config.database.url = "sqlite:" + (base / "kith.db").lexically_normal().string();
    config.media.store = "file:" + (base / "media").lexically_normal().string();
}

}  // namespace

Sources process_sources() {
    Sources out;
    std::error_code ignored;  // where it was deleted there is none: then paths are relative to nothing
    out.working_directory = std::filesystem::current_path(ignored);
    out.search = {"kith.toml", "/etc/kith/kith.toml"};
    for (char** each = environ; each && *each; ++each) {
        const std::string_view entry(*each);
        const auto equals = entry.find('=');
        if (equals != std::string_view::npos && entry.starts_with(environment_prefix))
            out.environment.emplace(entry.substr(0, equals), entry.substr(equals + 1));
    }
    return out;
}

std::optional<std::filesystem::path> find_file(const Sources& sources) {
    // What may not be looked at is told when it is read, and not passed over.
    const auto is_there = [](const std::filesystem::path& path) {
        std::error_code error;
        return std::filesystem::exists(path, error) || error == std::errc::permission_denied;
    };
    if (sources.file) {
        if (is_there(*sources.file)) return sources.file;
        return std::nullopt;
    }
    for (const auto& path : sources.search)
        if (is_there(path)) return path;
    return std::nullopt;
}

Result<Config> load(const Sources& sources) {
    Loader loader;
    const auto file = find_file(sources);
    if (sources.file && !file)
        return fail(Code::not_found, "the configuration file does not exist",
                    sources.file->string());
    std::filesystem::path base = sources.working_directory;
    std::vector<Setting> from_file;
    if (file) {
        loader.config.file = *file;
        from_file = TRY(config::read_toml_file(*file));
        base = (sources.working_directory / *file).lexically_normal().parent_path();
    }
    set_path_defaults(loader.config, base);
    for (Setting& setting : from_file) {
        setting.base = base;
        loader.apply(setting);
    }
    loader.apply_environment(sources);
    for (const auto& [key, value] : sources.flags)
        loader.apply({key, {value}, "--set", sources.working_directory});
    loader.complete();
    return loader.finish();
}

std::string Config::base_url() const {
    return std::string(to_string(server.scheme)) + "://" + server.host;
}

std::filesystem::path Config::data_directory() const {
    static constexpr std::string_view sqlite = "sqlite:";
    const std::string_view url = database.url;
    if (url.starts_with(sqlite) && url != "sqlite::memory:")
        return std::filesystem::path(url.substr(sqlite.size())).parent_path();
    return std::filesystem::path(media.store.substr(std::string_view("file:").size())).parent_path();
}

}  // namespace kith
