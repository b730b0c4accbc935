#pragma once
#include <string_view>

namespace kith::ap {

enum class Form { activity, page };

// What is served to this Accept field at a URL that is both (federation.md 1.3, item 6): the page only
// where text/html ranks above every ActivityPub type, a bare application/ld+json being one of them.
Form form_of(std::string_view accept);

// Whether the field names an ActivityPub type itself and does not prefer text/html: what "/" asks,
// where everybody else wants the page.
bool asks_for_activity(std::string_view accept);

}  // namespace kith::ap
