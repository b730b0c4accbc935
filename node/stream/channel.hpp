#pragma once
#include "base/core/ids.hpp"
#include "base/json/writer.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace kith::stream {

// What a client can listen to (Mastodon: methods/streaming).
enum class ChannelKind {
    user,
    user_notification,
    public_,
    public_media,
    public_local,
    public_local_media,
    public_remote,
    public_remote_media,
    hashtag,
    hashtag_local,
    list,
    direct,
};

struct Channel {
    ChannelKind kind{};
    std::string tag;  // of a hashtag, folded
    Id list = 0;      // of a list
    auto operator<=>(const Channel&) const = default;
};

// Its name as clients write it ("public:local:media"), with `tag` and `list` where it needs them. What
// is asked for by path ("user/notification", "public/local" with only_media) is the same.
std::optional<Channel> channel_from(std::string_view name, std::string_view tag, std::string_view list,
                                    bool only_media);

// The scope that listening needs, beyond a member's token.
std::string_view scope_of(const Channel&);

// ["hashtag","cats"]: how messages name it.
void write_channel(json::Writer&, const Channel&);

// Whether it shows posts of this kind at all.
bool takes(const Channel&, bool local, bool has_media);

}  // namespace kith::stream
