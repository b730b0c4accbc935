#include "config/values.hpp"

#include "base/core/quoted.hpp"
#include "base/text/utf8.hpp"
#include "config/duration.hpp"
#include "config/limits/config.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace kith {

namespace {

// The names of an enum's values, in one place for both directions.
template <class Enum>
struct Names;

template <>
struct Names<Scheme> {
    static constexpr std::array<std::pair<std::string_view, Scheme>, 2> all{
        {{"https", Scheme::https}, {"http", Scheme::http}}};
};
template <>
struct Names<RegistrationMode> {
    static constexpr std::array<std::pair<std::string_view, RegistrationMode>, 4> all{
        {{"closed", RegistrationMode::closed},
         {"invite", RegistrationMode::invite},
         {"approval", RegistrationMode::approval},
         {"open", RegistrationMode::open}}};
};
template <>
struct Names<BlocksShown> {
    static constexpr std::array<std::pair<std::string_view, BlocksShown>, 3> all{
        {{"nobody", BlocksShown::nobody},
         {"members", BlocksShown::members},
         {"everyone", BlocksShown::everyone}}};
};
template <>
struct Names<log::Level> {
    static constexpr std::array<std::pair<std::string_view, log::Level>, 4> all{
        {{"debug", log::Level::debug},
         {"info", log::Level::info},
         {"warn", log::Level::warn},
         {"error", log::Level::error}}};
};
template <>
struct Names<log::Format> {
    static constexpr std::array<std::pair<std::string_view, log::Format>, 2> all{
        {{"logfmt", log::Format::logfmt}, {"json", log::Format::json}}};
};

template <class Enum>
std::string_view name_of(Enum value) {
    for (const auto& [name, each] : Names<Enum>::all)
        if (each == value) return name;
    return {};
}

template <class Enum>
bool read_name(const config::Raw& raw, Enum& out) {
    const auto* text = std::get_if<std::string>(&raw.value);
    if (!text) return false;
    for (const auto& [name, each] : Names<Enum>::all) {
        if (name != *text) continue;
        out = each;
        return true;
    }
    return false;
}

}  // namespace

std::string_view to_string(Scheme value) { return name_of(value); }
std::string_view to_string(RegistrationMode value) { return name_of(value); }
std::string_view to_string(BlocksShown value) { return name_of(value); }

}  // namespace kith

namespace kith::config {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The items of a list; of a text those between commas, none for an empty text.
std::optional<std::vector<std::string>> texts_of(const Raw& raw) {
    std::vector<std::string> out;
    if (const auto* text = std::get_if<std::string>(&raw.value)) {
        std::string_view rest = trimmed(*text);
        while (!rest.empty()) {
            const auto comma = rest.find(',');
            out.emplace_back(trimmed(rest.substr(0, comma)));
            rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        }
    } else if (const auto* list = std::get_if<RawList>(&raw.value)) {
        for (const auto& item : *list) {
            const auto* item_text = std::get_if<std::string>(&item.value);
            if (!item_text) return std::nullopt;
            out.push_back(*item_text);
        }
    } else {
        return std::nullopt;
    }
    if (out.size() > limits::config_list_entries_max) return std::nullopt;
    return out;
}

// Each item through `parse`; false where one does not parse.
template <class T, class Parse>
bool read_each(const Raw& raw, std::vector<T>& out, Parse parse) {
    const auto texts = texts_of(raw);
    if (!texts) return false;
    out.clear();
    for (const auto& text : *texts) {
        const auto value = parse(text);
        if (!value) return false;
        out.push_back(*value);
    }
    return true;
}

template <class T, class Show>
std::string show_each(const std::vector<T>& items, Show show) {
    std::string out;
    for (const auto& item : items) out += (out.empty() ? "" : ", ") + show(item);
    return "[" + out + "]";
}

}  // namespace

bool read_value(const Raw& raw, std::string& out) {
    const auto* text = std::get_if<std::string>(&raw.value);
    if (text) out = *text;
    return text;
}

bool read_value(const Raw& raw, bool& out) {
    if (const auto* value = std::get_if<bool>(&raw.value)) {
        out = *value;
        return true;
    }
    const auto* text = std::get_if<std::string>(&raw.value);
    if (!text) return false;
    const bool yes = *text == "on" || *text == "true";
    const bool no = *text == "off" || *text == "false";
    if (yes || no) out = yes;
    return yes || no;
}

bool read_value(const Raw& raw, std::int64_t& out) {
    if (const auto* value = std::get_if<std::int64_t>(&raw.value)) {
        out = *value;
        return true;
    }
    const auto* text = std::get_if<std::string>(&raw.value);
    if (!text) return false;
    const char* end = text->data() + text->size();
    const auto parsed = std::from_chars(text->data(), end, out);
    return parsed.ec == std::errc{} && parsed.ptr == end;
}

bool read_value(const Raw& raw, std::vector<std::string>& out) {
    return read_each(raw, out, [](const std::string& text) { return std::optional(text); });
}

bool read_value(const Raw& raw, std::vector<TimeMs>& out) {
    return read_each(raw, out, parse_duration);
}

bool read_value(const Raw& raw, std::vector<Network>& out) {
    return read_each(raw, out, parse_network);
}

bool read_value(const Raw& raw, std::map<std::string, std::string>& out) {
    out.clear();
    if (const auto* table = std::get_if<RawTable>(&raw.value)) {
        if (table->size() > limits::config_list_entries_max) return false;
        for (const auto& [name, value] : *table)
            if (!read_value(value, out[name])) return false;
        return true;
    }
    std::vector<std::string> pairs;
    if (std::holds_alternative<RawList>(raw.value) || !read_value(raw, pairs)) return false;
    for (const auto& pair : pairs) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos) return false;
        out[std::string(trimmed(pair.substr(0, equals)))] =
            trimmed(std::string_view(pair).substr(equals + 1));
    }
    return true;
}

bool read_value(const Raw& raw, ListenAddress& out) {
    const auto* text = std::get_if<std::string>(&raw.value);
    const auto address = text ? parse_listen_address(*text) : std::nullopt;
    if (address) out = *address;
    return address.has_value();
}

bool read_value(const Raw& raw, std::optional<ListenAddress>& out) {
    const auto* text = std::get_if<std::string>(&raw.value);
    if (text && text->empty()) {
        out.reset();
        return true;
    }
    ListenAddress address;
    if (!read_value(raw, address)) return false;
    out = address;
    return true;
}

bool read_value(const Raw& raw, Scheme& out) { return read_name(raw, out); }
bool read_value(const Raw& raw, RegistrationMode& out) { return read_name(raw, out); }
bool read_value(const Raw& raw, BlocksShown& out) { return read_name(raw, out); }
bool read_value(const Raw& raw, log::Level& out) { return read_name(raw, out); }
bool read_value(const Raw& raw, log::Format& out) { return read_name(raw, out); }

std::string show_value(const std::string& value) { return quote(value); }
std::string show_value(bool value) { return value ? "true" : "false"; }
std::string show_value(std::int64_t value) { return std::to_string(value); }
std::string show_value(const std::vector<std::string>& list) { return show_each(list, quote); }

std::string show_value(const std::vector<TimeMs>& list) {
    return show_each(list, [](TimeMs ms) { return quote(format_duration(ms)); });
}

std::string show_value(const std::vector<Network>& list) {
    return show_each(list, [](const Network& network) { return quote(network.text()); });
}

std::string show_value(const std::map<std::string, std::string>& table) {
    std::string out;
    for (const auto& [name, value] : table)
        out += (out.empty() ? " " : ", ") + quote(name) + " = " + quote(value);
    return out.empty() ? "{}" : "{" + out + " }";
}

std::string show_value(const ListenAddress& value) { return quote(value.text()); }
std::string show_value(const std::optional<ListenAddress>& value) {
    return quote(value ? value->text() : "");
}
std::string show_value(Scheme value) { return quote(name_of(value)); }
std::string show_value(RegistrationMode value) { return quote(name_of(value)); }
std::string show_value(BlocksShown value) { return quote(name_of(value)); }
std::string show_value(log::Level value) { return quote(name_of(value)); }
std::string show_value(log::Format value) { return quote(name_of(value)); }

std::string quote(std::string_view text) {
    std::string out;
    append_quoted(out, text);
    return out;
}

std::string mask_secrets(std::string text) {
    static constexpr std::string_view mask = "***";
    static constexpr std::string_view parameter = "password=";
    for (auto found = text.find(parameter); found != std::string::npos;
         found = text.find(parameter, found + 1)) {
        const auto from = found + parameter.size();
        const auto to = std::min(text.find('&', from), text.size());
        text.replace(from, to - from, mask);
    }
    if (const auto scheme = text.find("://"); scheme != std::string::npos) {
        const auto user = scheme + 3;
        const auto at = text.rfind('@');  // the last one: a password may hold any sign
        const auto colon = text.find(':', user);
        if (at != std::string::npos && colon < at) text.replace(colon + 1, at - colon - 1, mask);
    }
    return text;
}

namespace {

// Enough of a text to know it by.
std::string beginning_of(const std::string& text) {
    const auto shown = utf8::truncate_bytes(text, limits::config_shown_bytes_max);
    return quote(shown) + (shown.size() < text.size() ? "…" : "");
}

}  // namespace

std::string show_raw(const Raw& raw) {
    struct Show {
        std::string operator()(const std::string& text) const { return beginning_of(mask_secrets(text)); }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(double) const { return "a number with a fraction"; }
        std::string operator()(bool value) const { return value ? "true" : "false"; }
        std::string operator()(const RawList& list) const { return show_each(list, show_raw); }
        std::string operator()(const RawTable&) const { return "a table"; }
    };
    return std::visit(Show{}, raw.value);
}

}  // namespace kith::config
