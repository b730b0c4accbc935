#include "node/main/libre_translate.hpp"

#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "config/limits/translation.hpp"

namespace kith {

using mastodon::Translated;

LibreTranslate::LibreTranslate(const std::string& server, client::Transport& transport, const Clock& clock)
    : base_(server), transport_(transport), clock_(clock) {
    const auto begin = server.find("://") + 3;
    const auto at = server.find('@', begin);
    if (at == server.npos) return;
    const auto colon = server.find(':', begin);
    if (colon < at) key_ = server.substr(colon + 1, at - colon - 1);
    base_ = server.substr(0, begin) + server.substr(at + 1);
}

Result<std::string> LibreTranslate::ask(client::Method method, const std::string& path, std::string body) {
    client::Request request;
    request.method = method;
    request.url = TRY(Url::parse(base_ + path));
    request.accept = "application/json";
    if (!body.empty()) {
        request.headers.add("Content-Type", "application/json");
        request.body = std::make_shared<const std::string>(std::move(body));
    }
    request.timeout_ms = limits::translation_timeout_ms;
    request.response_bytes_max = limits::translation_response_bytes_max;
    auto answer = client::fetch(transport_, std::move(request));
    if (!answer)
        return fail(Code::unavailable, "The translation server does not answer", answer.error().detail);
    if (answer->status == 429 || answer->status >= 500)
        return fail(Code::unavailable, "The translation server is busy", std::to_string(answer->status));
    if (answer->status != 200)
        return fail(Code::upstream, "The translation server refused", std::to_string(answer->status));
    return std::move(answer->body);
}

Result<Translated> LibreTranslate::translate(std::span<const std::string> texts, std::string_view from,
                                             std::string_view to) {
    json::Writer w;
    w.object().key("q").array();
    for (const auto& text : texts) w.value(text);
    w.end().member("source", from.empty() ? "auto" : from).member("target", to).member("format", "html");
    if (!key_.empty()) w.member("api_key", key_);
    w.end();
    const auto answer = TRY(ask(client::Method::post, "/translate", w.take()));
    const auto document = json::Document::parse(answer);
    if (!document) return fail(Code::upstream, "The translation server answers no JSON");
    Translated out;
    for (auto text : (*document)["translatedText"]) out.texts.emplace_back(text.string_or(""));
    out.source_language = std::string(from);
    for (auto found : (*document)["detectedLanguage"])
        if (out.source_language.empty()) out.source_language = std::string(found["language"].string_or(""));
    return out;
}

Result<std::map<std::string, std::vector<std::string>>> LibreTranslate::languages() {
    {
        std::lock_guard lock(mutex_);
        if (!languages_.empty() && clock_.now_ms() < told_at_ + limits::translation_languages_fresh_ms)
            return languages_;
    }
    const auto answer = TRY(ask(client::Method::get, "/languages", ""));
    const auto document = json::Document::parse(answer);
    if (!document) return fail(Code::upstream, "The translation server answers no JSON");
    std::map<std::string, std::vector<std::string>> told;
    for (auto language : document->root()) {
        const std::string code(language["code"].string_or(""));
        for (auto target : language["targets"])
            if (const std::string to(target.string_or("")); to != code && !code.empty()) told[code].push_back(to);
    }
    std::lock_guard lock(mutex_);
    languages_ = std::move(told);
    told_at_ = clock_.now_ms();
    return languages_;
}

}  // namespace kith
