#include "node/insight/import_lines.hpp"

#include <algorithm>

#include "config/limits/insight.hpp"

namespace kith::insight {

Failure import_failure(std::size_t line, std::string_view what) {
    return fail(Code::invalid, "line " + std::to_string(line) + ": " + std::string(what));
}

Result<std::vector<ImportLine>> import_lines(std::string_view text) {
    if (text.size() > limits::import_bytes_max)
        return fail(Code::too_large, "the file is larger than " +
                                         std::to_string(limits::import_bytes_max >> 20) + " MiB");
    std::vector<ImportLine> lines;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.size() > limits::import_line_bytes_max)
            return import_failure(number, "is longer than a line may be");
        if (line.find_first_not_of(" \t") == line.npos || line.starts_with('#')) continue;
        if (lines.size() == limits::import_lines_max)
            return fail(Code::too_large, "the file has more than " +
                                             std::to_string(limits::import_lines_max) + " lines");
        lines.push_back({number, line});
    }
    return lines;
}

std::vector<std::string_view> split_fields(std::string_view line, std::string_view separators) {
    std::vector<std::string_view> fields;
    while (true) {
        const auto end = line.find_first_of(separators);
        fields.push_back(line.substr(0, end));
        if (end == line.npos) return fields;
        line.remove_prefix(end + 1);
    }
}

bool is_import_name(std::string_view name) {
    const auto is_plain = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte > ' ' && byte != 0x7f;
    };
    return !name.empty() && name.size() <= limits::import_name_bytes_max &&
           std::all_of(name.begin(), name.end(), is_plain);
}

}  // namespace kith::insight
