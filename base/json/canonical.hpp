#pragma once
#include "base/json/view.hpp"

#include <span>
#include <string>
#include <string_view>

namespace kith::json {

// A member of the outermost object that is written otherwise than it stands there.
struct Instead {
    std::string_view name;
    View value;  // absent: the member is left out; of a name that is not there: it is added
};

// The value as RFC 8785 (JCS) writes it, so that one value has one text: members in order of their
// names' UTF-16 code units, numbers as ECMAScript prints them, no white space. Absent: "null".
std::string canonical(View);
// The same of an object with some members changed.
std::string canonical(View object, std::span<const Instead>);

// A finite double as ECMAScript's Number::toString prints it (RFC 8785 3.2.2.3).
std::string canonical_number(double);

}  // namespace kith::json
