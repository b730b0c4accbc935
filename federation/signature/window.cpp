#include "federation/signature/window.hpp"

#include <string>

#include "config/limits/signature.hpp"

namespace kith::signature {

Result<> check_near_now(TimeMs then_ms, TimeMs now_ms, std::string_view name) {
    if (then_ms < now_ms - limits::signature_window_ms)
        return fail(Code::unauthorized, std::string(name) + " is more than an hour ago");
    if (then_ms > now_ms + limits::signature_window_ms)
        return fail(Code::unauthorized, std::string(name) + " is more than an hour ahead");
    return {};
}

}  // namespace kith::signature
