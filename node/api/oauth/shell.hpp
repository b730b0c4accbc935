#pragma once
#include "node/api/oauth/carried.hpp"

#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>

// What every page of signing in and of one's account is put into. The template escapes all texts.
namespace kith::oauth {

std::string shell_page(std::string_view node, const std::string& title, const char* body,
                       const kainjow::mustache::data& values);

// A section is shown where there is something to show.
void set_if_there(kainjow::mustache::data& values, const char* key, const std::string& text);

// A list of {key, value}, for hidden fields.
kainjow::mustache::data as_data(const Hidden&);

}  // namespace kith::oauth
