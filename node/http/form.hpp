#pragma once
#include "base/core/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Bodies that browsers and clients send from forms. One pass over bytes that are there already, no
// regex: httplib's own multipart reader matches part headers with one, and libstdc++'s recurses per
// character.
namespace kith::http {

// One part of a multipart/form-data body (RFC 7578).
struct FormPart {
    std::string name;
    std::optional<std::string> filename;
    std::string content_type;   // as sent; empty where there was none
    std::string_view bytes;     // into the body
};

// Code::invalid where the closing boundary is missing, a part has no name, or the bounds
// limits::http_params_max parts and limits::http_form_part_head_bytes_max are passed.
Result<std::vector<FormPart>> parse_multipart(std::string_view body, std::string_view boundary);

}  // namespace kith::http
