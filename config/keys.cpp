#include "config/keys.hpp"

#include "config/duration.hpp"
#include "config/limits/config.hpp"
#include "config/limits/media.hpp"
#include "config/limits/posts.hpp"
#include "config/values.hpp"

#include <algorithm>
#include <array>

namespace kith::config {

namespace {

// ---- refinements: what a value must satisfy beyond its type
// --------------------------------------- Each may also bring the value into its normal form.

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

// Letters, digits, hyphens in labels of 1..63 (RFC 1123 2.1), lower-cased; international names
// stand in their ASCII form, because that is what goes over the wire.
bool refine_host_name(std::string& name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    if (name.empty() || name.size() > 253) return false;
    std::size_t label_length = 0;
    char before = '-';  // a label starts neither with a hyphen nor with nothing
    for (const char c : name) {
        if (c == '.') {
            if (label_length == 0 || before == '-') return false;
            label_length = 0;
        } else {
            if (!is_name_character(c) || (label_length == 0 && c == '-')) return false;
            if (++label_length > 63) return false;
        }
        before = c;
    }
    return label_length > 0 && before != '-';
}

bool refine_host(std::string& host, const Setting&) {
    std::string port;
    std::string name = host;
    if (const auto colon = host.rfind(':'); colon != std::string::npos && !host.ends_with(']')) {
        port = host.substr(colon + 1);
        name = host.substr(0, colon);
        const auto number = parse_port(port);
        if (!number || *number == 0) return false;
        port = ":" + std::to_string(*number);
    }
    if (name.starts_with('[')) {
        const auto address = parse_ip_address(name);
        if (!address || address->is_v4()) return false;
        name = "[" + address->text() + "]";
    } else if (!refine_host_name(name)) {
        return false;
    }
    host = name + port;
    return true;
}

// Empty: what load() sets to the host.
bool refine_account_domain(std::string& domain, const Setting& setting) {
    return domain.empty() || refine_host(domain, setting);
}

bool is_postgres(std::string_view url) {
    return url.starts_with("postgres://") || url.starts_with("postgresql://");
}

std::string absolute(const std::string& path, const Setting& setting) {
    return (setting.base / path).lexically_normal().string();
}

bool refine_prefixed_path(std::string& text, std::string_view prefix, const Setting& setting) {
    if (!text.starts_with(prefix) || text.size() == prefix.size()) return false;
    text = std::string(prefix) + absolute(text.substr(prefix.size()), setting);
    return true;
}

bool refine_database_url(std::string& url, const Setting& setting) {
    if (url == "sqlite::memory:" || is_postgres(url)) return true;
    return refine_prefixed_path(url, "sqlite:", setting);
}

bool refine_media_store(std::string& store, const Setting& setting) {
    return refine_prefixed_path(store, "file:", setting);
}

bool has_scheme(std::string_view url, std::initializer_list<std::string_view> schemes) {
    return std::any_of(schemes.begin(), schemes.end(), [url](std::string_view scheme) {
        return url.starts_with(scheme) && url.size() > scheme.size();
    });
}

bool refine_mail_server(std::string& server, const Setting& setting) {
    return server.empty() || has_scheme(server, {"smtp://", "smtps://"}) ||
           refine_prefixed_path(server, "file:", setting);
}

bool refine_web_address(std::string& address, const Setting&) {
    return address.empty() || (has_scheme(address, {"https://", "http://"}) &&
                               std::none_of(address.begin(), address.end(), [](unsigned char c) { return c <= ' ' || c == 0x7f; }));
}

bool refine_translate_server(std::string& server, const Setting&) {
    while (server.ends_with('/')) server.pop_back();
    return server.empty() || has_scheme(server, {"https://", "http://"});
}

bool refine_resolve(std::map<std::string, std::string>& table, const Setting&) {
    std::map<std::string, std::string> out;
    for (const auto& [name, address] : table) {
        std::string host = name;
        const auto parsed = parse_ip_address(address);
        if (!refine_host_name(host) || !parsed) return false;
        out[host] = parsed->text();
    }
    table = std::move(out);
    return true;
}

bool refine_languages(std::vector<std::string>& list, const Setting&) {
    const auto is_tag = [](const std::string& tag) {
        return tag.size() >= 2 && tag.size() <= 35 &&
               std::all_of(tag.begin(), tag.end(),
                           [](char c) { return is_name_character(char(c | 0x20)) || c == '-'; });
    };
    return !list.empty() && std::all_of(list.begin(), list.end(), is_tag);
}

// NodeInfo: software.name is of [a-z0-9-].
bool refine_present_as(std::string& text, const Setting&) {
    if (text.empty()) return true;
    const auto space = text.find(' ');
    if (space == 0 || space == text.npos || space + 1 == text.size() || text.size() > limits::present_as_bytes_max) return false;
    const auto is_version_character = [](char c) { return is_name_character(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '+'; };
    return std::all_of(text.begin(), text.begin() + std::ptrdiff_t(space), is_name_character) &&
           std::all_of(text.begin() + std::ptrdiff_t(space) + 1, text.end(), is_version_character);
}

bool refine_email(std::string& address, const Setting&) {
    return address.empty() || (address.find('@') != std::string::npos &&
                               address.find_first_of(" \r\n<>") == std::string::npos);
}

bool refine_delays(std::vector<TimeMs>& delays, const Setting&) {
    return !delays.empty() && std::is_sorted(delays.begin(), delays.end());
}

bool refine_cache_days(std::int64_t& days, const Setting&) {
    return days >= 1 && days <= limits::media_cache_days_max;
}

bool refine_readers(std::int64_t& count, const Setting&) {
    return count >= 1 && count <= limits::database_readers_max;
}

bool refine_post_characters(std::int64_t& count, const Setting&) {
    return count >= 1 && count <= limits::post_characters_ceiling;
}

// ---- the table
// ------------------------------------------------------------------------------------

template <auto section, auto member, auto refine = nullptr>
bool read_member(Config& config, const Setting& setting) {
    auto value = (config.*section).*member;
    if (!read_value(setting.raw, value)) return false;
    if constexpr (!std::is_null_pointer_v<decltype(refine)>)
        if (!refine(value, setting)) return false;
    (config.*section).*member = std::move(value);
    return true;
}

template <auto section, auto member>
std::string show_member(const Config& config) {
    return show_value((config.*section).*member);
}

template <auto section, auto member, auto refine = nullptr>
constexpr Key key(std::string_view name, std::string_view meaning, std::string_view expected) {
    return {name, meaning, expected, read_member<section, member, refine>,
            show_member<section, member>};
}

// As show_member, of an address that may hold a password.
template <auto section, auto member>
std::string show_masked(const Config& config) {
    return quote(mask_secrets((config.*section).*member));
}

template <auto section, auto member, auto refine>
constexpr Key secret_key(std::string_view name, std::string_view meaning, std::string_view expected) {
    return {name, meaning, expected, read_member<section, member, refine>, show_masked<section, member>};
}

constexpr std::string_view on_or_off = "on or off (true or false)";
constexpr std::string_view some_text = "a text";

constexpr auto server = &Config::server;
constexpr auto federation = &Config::federation;
using Server = ServerConfig;
using Federation = FederationConfig;

constexpr std::array table{
    key<server, &Server::host, refine_host>(
        "server.host",
        "The public name of this node, with its port when it is not the scheme's own.\n"
        "It is part of every address and cannot change after the first start.",
        "a host name such as \"social.example\" or \"localhost:8080\" (in ASCII: xn--…)"),
    key<server, &Server::scheme>(
        "server.scheme", "How the public reaches this node. http is for trials on one machine.",
        "\"https\" or \"http\""),
    key<server, &Server::account_domain, refine_account_domain>(
        "server.account_domain",
        "What stands after the @ of an account; the host where empty.\n"
        "It cannot change after the first start either.",
        "a host name such as \"example.org\""),
    key<server, &Server::listen>("server.listen",
                                 "Where this node listens; nginx or Caddy stand in front of it.",
                                 "ADDRESS:PORT such as \"127.0.0.1:8080\" or \"[::1]:8080\""),
    key<server, &Server::stream_listen>(
        "server.stream_listen",
        "Reserved for a second port; streams come by server.listen.",
        "ADDRESS:PORT such as \"127.0.0.1:8081\", or \"\" for none"),
    key<server, &Server::ops_listen>(
        "server.ops_listen",
        "Where /metrics, /health/live and /health/ready answer; empty: nowhere.",
        "ADDRESS:PORT such as \"127.0.0.1:9090\", or \"\" for none"),
    key<server, &Server::trusted_proxies>("server.trusted_proxies",
                                          "Whose X-Forwarded-For is believed.",
                                          "a list of addresses and networks such as "
                                          "[\"127.0.0.0/8\", \"::1\"], without bits behind the "
                                          "prefix"),
    key<server, &Server::source_url, refine_web_address>("server.source_url", "Where the source code that this node runs can be had; its front page tells where empty.",
                                       "an address such as \"https://HOST/PATH\", or \"\""),
    key<server, &Server::title>("server.title", "The name that people see.", some_text),
    key<server, &Server::description>(
        "server.description", "A sentence or two about this node, shown to visitors.", some_text),
    key<server, &Server::contact_email, refine_email>(
        "server.contact_email", "Where people reach whoever runs this node.", "an e-mail address"),
    key<server, &Server::languages, refine_languages>(
        "server.languages", "The languages that are mainly spoken here.",
        "a list of language tags such as [\"en\", \"pt-BR\"]"),

    secret_key<&Config::database, &DatabaseConfig::url, refine_database_url>(
        "database.url", "sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE.",
        "\"sqlite:PATH\" or \"postgres://…\""),
    key<&Config::database, &DatabaseConfig::readers, refine_readers>(
        "database.readers", "Connections for reading.", "a whole number from 1 to 64"),

    key<federation, &Federation::enabled>(
        "federation.enabled", "Reserved: federation cannot be switched off yet.", on_or_off),
    key<federation, &Federation::allow_list>(
        "federation.allow_list",
        "Whether only hosts that were allowed (kith domain allow) are spoken with.", on_or_off),
    key<federation, &Federation::blocks_shown>(
        "federation.blocks_shown", "Who may read which hosts are blocked here, and why.",
        "\"nobody\", \"members\" or \"everyone\""),
    key<federation, &Federation::authorized_fetch>(
        "federation.authorized_fetch",
        "Whether posts and profiles are given only to peers that sign their requests: blocked hosts "
        "cannot read without saying so.",
        on_or_off),
    key<federation, &Federation::allow_private_addresses>(
        "federation.allow_private_addresses",
        "Speak with peers on private addresses, by http, on any port: tests and demos only.",
        on_or_off),
    key<federation, &Federation::resolve, refine_resolve>(
        "federation.resolve", "Addresses of hosts, past the name service.",
        "a table of host names and addresses such as { \"peer.example\" = \"192.0.2.7\" }"),
    key<federation, &Federation::retry_delays, refine_delays>(
        "federation.retry_delays",
        "How long a peer that failed is left alone, by failure; the last one repeats.",
        "a list of growing durations such as [\"0s\", \"1m\", \"5m\"]"),

    key<&Config::registration, &RegistrationConfig::mode>(
        "registration.mode", "Who may sign up: closed (nobody), invite, approval, open.",
        "\"closed\", \"invite\", \"approval\" or \"open\""),
    key<&Config::registration, &RegistrationConfig::confirm_email>(
        "registration.confirm_email",
        "Whether a new account must confirm its e-mail address first.", on_or_off),
    key<&Config::registration, &RegistrationConfig::captcha>(
        "registration.captcha",
        "Whether who signs up reads letters from a picture first; the page /auth/sign_up and apps of Lemmy's API show it.", on_or_off),

    secret_key<&Config::mail, &MailConfig::server, refine_mail_server>(
        "mail.server", "Where mail is handed over; none is sent where this is empty.",
        "\"smtps://NAME:PASSWORD@HOST:465\", \"smtp://HOST:587\" or \"file:DIRECTORY\""),
    key<&Config::mail, &MailConfig::from, refine_email>(
        "mail.from", "The address that mail comes from; server.contact_email where empty, else noreply@ this node's domain.", "an e-mail address"),

    secret_key<&Config::translate, &TranslateConfig::server, refine_translate_server>(
        "translate.server",
        "A server with LibreTranslate's API, which translates posts; its key stands as a password.",
        "\"https://HOST\" or \"https://:KEY@HOST\""),

    key<&Config::oauth, &OauthConfig::allow_password_grant>(
        "oauth.allow_password_grant", "Let clients sign in with name and password; off is safer.",
        on_or_off),

    key<&Config::limits, &LimitsConfig::rate>(
        "limits.rate", "Limits on how often a client or peer may ask.", on_or_off),
    key<&Config::limits, &LimitsConfig::post_characters_max, refine_post_characters>(
        "limits.post_characters_max", "The longest post, in characters.",
        "a whole number from 1 to 500000"),

    key<&Config::media, &MediaConfig::store, refine_media_store>(
        "media.store", "Where pictures and recordings are kept.", "\"file:DIRECTORY\""),
    key<&Config::media, &MediaConfig::recordings>(
        "media.recordings", "Take in video and sound, where ffmpeg is installed.", on_or_off),
    key<&Config::media, &MediaConfig::proxy_remote>(
        "media.proxy_remote",
        "Give clients the files of other servers through this node, so that those servers do not see who looks.",
        on_or_off),
    key<&Config::media, &MediaConfig::cache_days, refine_cache_days>(
        "media.cache_days", "How long files of other servers are kept after somebody looked at them, in days.",
        "a whole number from 1 to 3650"),

    key<&Config::insight, &InsightConfig::enabled>(
        "insight.enabled", "Metrics of the community for those who look after it.", on_or_off),

    key<&Config::nodeinfo, &NodeInfoConfig::present_as, refine_present_as>(
        "nodeinfo.present_as",
        "Name and version that NodeInfo and Lemmy's API tell instead of kith's, for apps that ask for a name.\n"
        "Other servers act on it, too: docs/lemmy-api.md.",
        "a name and a version such as \"lemmy 0.19.9\", or \"\""),

    key<&Config::log, &LogConfig::level>("log.level", "The least important line that is written.",
                                         "\"debug\", \"info\", \"warn\" or \"error\""),
    key<&Config::log, &LogConfig::format>("log.format", "The form of a log line.",
                                          "\"logfmt\" or \"json\""),
};

}  // namespace

std::span<const Key> keys() { return table; }

std::string_view section_of(std::string_view name) { return name.substr(0, name.find('.')); }

}  // namespace kith::config
