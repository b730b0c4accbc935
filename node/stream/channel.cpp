#include "node/stream/channel.hpp"

#include "base/text/fold.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kith::stream {

namespace {

constexpr std::array<std::pair<ChannelKind, std::string_view>, 12> names{{
    {ChannelKind::user, "user"},
    {ChannelKind::user_notification, "user:notification"},
    {ChannelKind::public_, "public"},
    {ChannelKind::public_media, "public:media"},
    {ChannelKind::public_local, "public:local"},
    {ChannelKind::public_local_media, "public:local:media"},
    {ChannelKind::public_remote, "public:remote"},
    {ChannelKind::public_remote_media, "public:remote:media"},
    {ChannelKind::hashtag, "hashtag"},
    {ChannelKind::hashtag_local, "hashtag:local"},
    {ChannelKind::list, "list"},
    {ChannelKind::direct, "direct"},
}};

std::string_view name_of(ChannelKind kind) {
    for (const auto& [each, name] : names)
        if (each == kind) return name;
    return {};
}

}  // namespace

std::optional<Channel> channel_from(std::string_view name, std::string_view tag, std::string_view list,
                                    bool only_media) {
    std::string wanted(name);
    std::replace(wanted.begin(), wanted.end(), '/', ':');
    if (only_media && wanted.starts_with("public") && !wanted.ends_with(":media")) wanted += ":media";
    for (const auto& [kind, each] : names) {
        if (each != wanted) continue;
        Channel channel{.kind = kind, .tag = {}};
        if (kind == ChannelKind::hashtag || kind == ChannelKind::hashtag_local) {
            if (tag.starts_with('#')) tag.remove_prefix(1);
            channel.tag = text::fold(tag);
            if (channel.tag.empty()) return {};
        }
        if (kind == ChannelKind::list) {
            const auto id = parse_id(list);
            if (!id) return {};
            channel.list = *id;
        }
        return channel;
    }
    return {};
}

std::string_view scope_of(const Channel& channel) {
    switch (channel.kind) {
        case ChannelKind::user_notification:
            return "read:notifications";
        case ChannelKind::list:
            return "read:lists";
        default:
            return "read:statuses";
    }
}

void write_channel(json::Writer& w, const Channel& channel) {
    w.array().value(name_of(channel.kind));
    if (!channel.tag.empty()) w.value(channel.tag);
    if (channel.list != 0) w.value(std::to_string(channel.list));
    w.end();
}

bool takes(const Channel& channel, bool local, bool has_media) {
    switch (channel.kind) {
        case ChannelKind::public_media:
            return has_media;
        case ChannelKind::public_local:
        case ChannelKind::hashtag_local:
            return local;
        case ChannelKind::public_local_media:
            return local && has_media;
        case ChannelKind::public_remote:
            return !local;
        case ChannelKind::public_remote_media:
            return !local && has_media;
        default:
            return true;
    }
}

}  // namespace kith::stream
