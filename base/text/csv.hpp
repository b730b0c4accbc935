#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace kith::csv {

// RFC 4180: fields in quotes may hold commas, line breaks and doubled quotes; lines end with LF or
// CRLF; empty lines are none. Anything is read somehow: a quote that does not end takes the rest.
std::vector<std::vector<std::string>> parse(std::string_view text);

// One line with its line break; in quotes what needs them.
std::string line(const std::vector<std::string>& fields);

}  // namespace kith::csv
