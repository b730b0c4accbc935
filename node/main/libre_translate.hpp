#pragma once
#include "base/core/clock.hpp"
#include "federation/client/transport.hpp"
#include "node/api/mastodon/translator.hpp"

#include <mutex>

namespace kith {

// A server with LibreTranslate's API (POST /translate, GET /languages).
class LibreTranslate final : public mastodon::Translator {
public:
    // `server`: an http(s) URL; its password, where it has one, is the key.
    LibreTranslate(const std::string& server, client::Transport&, const Clock&);

    Result<mastodon::Translated> translate(std::span<const std::string> texts, std::string_view from,
                                           std::string_view to) override;
    Result<std::map<std::string, std::vector<std::string>>> languages() override;
    std::string_view name() const override { return "LibreTranslate"; }

private:
    Result<std::string> ask(client::Method, const std::string& path, std::string body);

    std::string base_, key_;
    client::Transport& transport_;
    const Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, std::vector<std::string>> languages_;   // as last told …
    TimeMs told_at_ = 0;                                          // … then
};

}  // namespace kith
