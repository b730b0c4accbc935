#pragma once
#include <string>
#include <string_view>

#include "federation/signature/cavage.hpp"

namespace kith::signature {

// The text that is signed (section 2.3): one line for each listed header. `target` stands for the
// request's own. Code::unauthorized where a listed header is missing, or a time is listed that the
// signature does not carry or may not carry with its algorithm.
Result<std::string> signing_text(const RequestView&, const CavageSignature&,
                                 std::string_view target);

}  // namespace kith::signature
