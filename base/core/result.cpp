#include "base/core/result.hpp"

namespace kith {

std::string_view to_string(Code code) {
    switch (code) {
        case Code::invalid: return "invalid";
        case Code::unauthorized: return "unauthorized";
        case Code::forbidden: return "forbidden";
        case Code::not_found: return "not_found";
        case Code::not_acceptable: return "not_acceptable";
        case Code::conflict: return "conflict";
        case Code::gone: return "gone";
        case Code::too_large: return "too_large";
        case Code::unsupported: return "unsupported";
        case Code::unprocessable: return "unprocessable";
        case Code::rate_limited: return "rate_limited";
        case Code::internal: return "internal";
        case Code::upstream: return "upstream";
        case Code::unavailable: return "unavailable";
        case Code::timeout: return "timeout";
    }
    return "internal";
}

}  // namespace kith
