#pragma once
#include <string>
#include <string_view>

namespace kith {

// As it may be written to a terminal: what others wrote (reports, reasons, lists) cannot move the cursor or
// change what is shown. Control characters become U+FFFD, but for line ends and tabs, and so does what is not UTF-8.
std::string for_terminal(std::string_view text);

}  // namespace kith
