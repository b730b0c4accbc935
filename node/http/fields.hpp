#pragma once
#include <optional>
#include <string>
#include <string_view>

// The syntax of header fields (RFC 9110 5) and of forms.
namespace kith::http {

// A field name or method: one or more tchar (RFC 9110 5.6.2).
bool is_token(std::string_view);

// A field value that cannot end its line: no control characters but tab.
bool is_field_value(std::string_view);

// Cuts the first element off a comma-separated list, trimmed. `rest` is empty after the last one.
std::string_view next_in_list(std::string_view& rest);
bool list_contains(std::string_view list, std::string_view word);   // without regard to case

// application/x-www-form-urlencoded: '+' is a space. Nothing where an escape is broken.
std::optional<std::string> decode_form_text(std::string_view);

// Text that may go into a database and JSON: valid UTF-8 without U+0000.
bool is_clean_text(std::string_view);

}  // namespace kith::http
