// Files of members, and those of other servers.
#include "base/core/log.hpp"
#include "config/limits/media.hpp"
#include "node/main/node_parts.hpp"

#include <filesystem>

namespace kith {

Result<> Node::Parts::open_media() {
    auto& s = *store;
    const auto scratch = std::filesystem::temp_directory_path() / "kith-media";
    media_store = TRY(blob::open_store(s.config.media.store));
    pictures = std::make_unique<media::Pictures>(*media_store, s.random, scratch);
    if (s.config.media.recordings && media::Recordings::installed())
        recordings = std::make_unique<media::Recordings>(*media_store, s.random, *pictures, scratch);
    else if (s.config.media.recordings)
        log::info("media.no_recordings", {{"reason", "ffmpeg is not installed: neither video nor sound is taken"}});
    uploads = std::make_unique<files::Uploads>(files::UploadsParts{
        .context = context(), .store = *media_store, .pictures = *pictures, .recordings = recordings.get()});
    remote_files = std::make_unique<files::Remote>(
        files::RemoteParts{.context = context(),
                           .transport = *fetching,
                           .store = *media_store,
                           .scratch = scratch,
                           .may_reach = [this](const std::string& host) {
                               return !blocks->suspended(host).value_or(true);
                           }});
    return {};
}

// A picture of a page that posts link to. Without remote files of its own the node does not fetch it.
Result<links::ReaderParts::Picture> Node::Parts::look_at(const std::string& url) {
    if (!store->config.media.proxy_remote) return fail(Code::not_found, "Record not found");
    const auto found = TRY(remote_files->fetch(url));
    if (!found.media_type.starts_with("image/") || found.file.size > limits::media_bytes_max)
        return fail(Code::unsupported, "no picture", url);
    auto facts = TRY(pictures->look_at(TRY(found.bytes())));
    return links::ReaderParts::Picture{facts.width, facts.height, std::move(facts.blurhash)};
}

}  // namespace kith
