#include "base/text/email.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "config/limits/base.hpp"

namespace kith::text {
namespace {

bool is_word_char(char c) { return is_alpha(c) || is_digit(c); }

bool is_atom(std::string_view atom) {
    return !atom.empty() && std::all_of(atom.begin(), atom.end(), [](char c) {
        return is_word_char(c) ||
               std::string_view("#$&'*+-/=?^_{}~").find(c) != std::string_view::npos;
    });
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= limits::host_label_bytes_max && label.front() != '-' &&
           label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
               return is_word_char(c) || c == '-';
           });
}

// How many parts between dots there are; 0 where one of them is not `good`.
std::size_t parts(std::string_view text, bool (*good)(std::string_view)) {
    std::size_t count = 0;
    for (const auto part : split(text, '.')) {
        if (!good(part)) return 0;
        ++count;
    }
    return count;
}

}  // namespace

bool is_email_address(std::string_view text) {
    if (text.size() > limits::email_bytes_max) return false;
    const auto at = text.rfind('@');
    if (at == text.npos || at > limits::email_local_part_bytes_max) return false;
    return parts(text.substr(0, at), is_atom) >= 1 && parts(text.substr(at + 1), is_label) >= 2;
}

}  // namespace kith::text
