#pragma once
#include "node/community/context.hpp"
#include "storage/repo/devices.hpp"

#include <optional>
#include <vector>

// Where a member is signed in, and how that ends.
namespace kith::community {

// A browser's session, or an app that holds a token. Uses are noted to the day.
struct Device {
    enum class Kind { browser, app };
    Kind kind = Kind::app;
    repo::DeviceRow row;
};
// Newest first, at most limits::devices_max of each kind.
Result<std::vector<Device>> devices(Context&, Id user);
// Code::not_found for what is not the member's.
Result<> sign_out_device(Context&, Id user, Device::Kind, Id device);
// All but this session; every app's token ends.
Result<> sign_out_others(Context&, Id user, Id kept_session);

// Every session and token ends, and everything that was on its way to become one: codes that were not
// exchanged, sign-ins that wait for a second factor, links for a forgotten password.
Result<> sign_out_everywhere(sql::Tx&, Id user, TimeMs now);

// Whether a use now is worth writing down: that is done once a day.
bool is_first_use_today(std::optional<TimeMs> used_at, TimeMs now);

}  // namespace kith::community
