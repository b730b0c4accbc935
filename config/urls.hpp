#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kith {

// Every URL this node gives out, in one place, because they are frozen at first start: peers and
// clients keep them. All take names as their owner wrote them.
class Urls {
public:
    // `base` = "https://social.example" without a final slash; `host` = "social.example[:port]".
    Urls(std::string base, std::string host) : base_(std::move(base)), host_(std::move(host)) {}

    const std::string& base() const { return base_; }
    const std::string& host() const { return host_; }

    // ActivityPub ids.
    std::string person(std::string_view name) const { return base_ + "/u/" + std::string(name); }
    std::string group(std::string_view name) const { return base_ + "/c/" + std::string(name); }
    std::string instance_actor() const { return base_ + "/actor"; }
    std::string shared_inbox() const { return base_ + "/inbox"; }
    std::string post(Id id) const { return base_ + "/post/" + std::to_string(id); }
    std::string activity(Id id) const { return base_ + "/activity/" + std::to_string(id); }
    // A second activity that follows from the same event: "announce", "delete".
    std::string activity_part(Id id, std::string_view part) const {
        return activity(id) + "/" + std::string(part);
    }
    std::string emoji(std::string_view shortcode) const { return base_ + "/emoji/" + std::string(shortcode); }
    std::string collection(Id id) const { return base_ + "/collections/" + std::to_string(id); }
    std::string tag(std::string_view name) const { return base_ + "/tags/" + std::string(name); }
    static std::string main_key(std::string_view actor) { return std::string(actor) + "#main-key"; }
    static std::string ed25519_key(std::string_view actor) {
        return std::string(actor) + "#ed25519-key";
    }

    // Pages for people.
    std::string person_page(std::string_view name) const {
        return base_ + "/@" + std::string(name);
    }
    std::string post_page(std::string_view name, Id id) const {
        return base_ + "/@" + std::string(name) + "/" + std::to_string(id);
    }
    // Of a file, for clients: ours are stored as paths. A file of another server is given out as it is,
    // or, once pass_remote_files() was called, as a URL of this node that carries the remote one and a
    // signature over it, so that nobody else can make this node fetch something.
    std::string file(const std::string& stored) const;
    void pass_remote_files(std::string key) { file_key_ = std::move(key); }
    static constexpr std::string_view remote_files = "/proxy/";
    // The remote URL in such a URL's path ("/proxy/SIGNATURE/URL"); nothing where it is not signed by us.
    std::optional<std::string> remote_file(std::string_view path) const;
    std::string default_avatar() const { return base_ + "/assets/avatar.png"; }
    std::string default_header() const { return base_ + "/assets/header.png"; }

    // What follows the base in a URL of ours ("/u/alice"), or "" where the URL is not ours.
    std::string_view path_of(std::string_view url) const {
        if (!url.starts_with(base_)) return {};
        auto rest = url.substr(base_.size());
        return rest.empty() || rest.front() == '/' ? rest : std::string_view{};
    }
    bool is_ours(std::string_view url) const { return url == base_ || !path_of(url).empty(); }

private:
    std::string base_, host_, file_key_;
};

}  // namespace kith
