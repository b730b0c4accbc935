#include "config/toml_file.hpp"

#include "config/limits/config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace kith::config {

namespace {

Raw to_raw(const toml::node& node) {
    if (const auto* text = node.as_string()) return {text->get()};
    if (const auto* number = node.as_integer()) return {number->get()};
    if (const auto* number = node.as_floating_point()) return {number->get()};
    if (const auto* boolean = node.as_boolean()) return {boolean->get()};
    if (const auto* array = node.as_array()) {
        RawList list;
        for (const auto& item : *array) list.push_back(to_raw(item));
        return {std::move(list)};
    }
    if (const auto* table = node.as_table()) {
        RawTable out;
        for (const auto& [key, value] : *table) out.emplace(key.str(), to_raw(value));
        return {std::move(out)};
    }
    // Dates and times: no key takes one; its text makes the message clear.
    std::ostringstream out;
    node.visit([&out](const auto& value) {
        if constexpr (toml::is_date<decltype(value)> || toml::is_time<decltype(value)> ||
                      toml::is_date_time<decltype(value)>)
            out << value.get();
    });
    return {out.str()};
}

struct Line {
    Setting setting;
    toml::source_position at;
};

Line make_line(std::string key, const toml::node& node, const std::filesystem::path& file) {
    const auto at = node.source().begin;
    return {{std::move(key), to_raw(node), file.string() + ":" + std::to_string(at.line),
             file.parent_path()},
            at};
}

}  // namespace

Result<std::vector<Setting>> read_toml_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const int reason = in ? 0 : errno;
    std::error_code ignored;
    if (!in || std::filesystem::is_directory(file, ignored))
        return fail(Code::not_found, "the configuration file cannot be read",
                    file.string() + ": " + std::strerror(in ? EISDIR : reason));
    std::string text(limits::config_file_bytes_max + 1, '\0');
    in.read(text.data(), std::streamsize(text.size()));
    text.resize(std::size_t(in.gcount()));
    if (text.size() > limits::config_file_bytes_max)
        return fail(Code::too_large, "the configuration file is too large", file.string());

    std::vector<Line> lines;
    try {
        const toml::table root = toml::parse(text, file.string());
        for (const auto& [section, node] : root) {
            const std::string name(section.str());
            const auto* table = node.as_table();
            if (!table) {
                lines.push_back(make_line(name, node, file));
                continue;
            }
            for (const auto& [key, value] : *table)
                lines.push_back(make_line(name + "." + std::string(key.str()), value, file));
        }
    } catch (const toml::parse_error& error) {
        return fail(Code::invalid, "the configuration file is not TOML",
                    file.string() + ":" + std::to_string(error.source().begin.line) + ": " +
                        std::string(error.description()));
    }
    std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
        return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
    });
    std::vector<Setting> out;
    for (auto& line : lines) out.push_back(std::move(line.setting));
    return out;
}

}  // namespace kith::config
