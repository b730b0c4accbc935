#pragma once
#include "base/core/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What both event file formats share: lines with numbers, fields, names.
namespace kith::insight {

struct ImportLine {
    std::size_t number = 0;  // from 1
    std::string_view text;   // without its end
};

// The lines that are neither blank nor a comment (#). Refuses more or longer ones than the limits
// allow.
Result<std::vector<ImportLine>> import_lines(std::string_view text);

// "line 7: …"
Failure import_failure(std::size_t line, std::string_view what);

std::vector<std::string_view> split_fields(std::string_view line, std::string_view separators);

// The name of an actor or object: printable, without blanks, at most limits::import_name_bytes_max.
bool is_import_name(std::string_view);

}  // namespace kith::insight
