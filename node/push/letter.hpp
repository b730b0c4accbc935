#pragma once
#include "node/community/notifications.hpp"

#include <string>

namespace kith::push {

// What a client shows of a notification (Mastodon's form): JSON with a title, a few words, a picture.
// The token by which Mastodon tells a client which account is meant is not known here, only its hash.
std::string letter(const community::Context&, const community::NotificationView&, std::string_view type,
                   std::string_view language);

}  // namespace kith::push
