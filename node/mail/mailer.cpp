#include "node/mail/mailer.hpp"

#include "base/crypto/encoding.hpp"
#include "config/limits/sign_up.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>

namespace kith::mail {

namespace {

constexpr std::size_t line_characters = 76;  // RFC 2045 6.8
constexpr std::string_view file_prefix = "file:";

bool has_line_end(const std::string& text) { return text.find_first_of("\r\n") != text.npos; }

bool is_ascii(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string with_crlf(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}

std::string in_lines(const std::string& base64) {
    std::string out;
    for (std::size_t at = 0; at < base64.size(); at += line_characters)
        out += base64.substr(at, line_characters) + "\r\n";
    return out;
}

struct Reading {
    const std::string& text;
    std::size_t at = 0;
};

std::size_t read_on(char* to, std::size_t size, std::size_t count, void* reading) {
    auto& from = *static_cast<Reading*>(reading);
    const auto bytes = std::min(size * count, from.text.size() - from.at);
    std::memcpy(to, from.text.data() + from.at, bytes);
    from.at += bytes;
    return bytes;
}

template <auto release>
struct Releaser {
    template <class T>
    void operator()(T* held) const {
        release(held);
    }
};

Result<> hand_over(const std::string& server, const std::string& from, const std::string& to, const std::string& text) {
    std::unique_ptr<CURL, Releaser<curl_easy_cleanup>> curl(curl_easy_init());
    std::unique_ptr<curl_slist, Releaser<curl_slist_free_all>> recipients(
        curl_slist_append(nullptr, ("<" + to + ">").c_str()));
    Reading reading{text};
    char error[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(curl.get(), CURLOPT_URL, server.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    // Where there is a password, it goes over TLS or not at all.
    const bool secret = server.find('@') != server.npos;
    curl_easy_setopt(curl.get(), CURLOPT_USE_SSL, long(secret ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, read_on);
    curl_easy_setopt(curl.get(), CURLOPT_READDATA, &reading);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, long(limits::mail_timeout_s));
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, error);
    const auto code = curl_easy_perform(curl.get());
    if (code == CURLE_OK) return {};
    return fail(Code::unavailable, "the mail server did not take the letter",
                error[0] ? error : curl_easy_strerror(code));
}

Result<> put_into(const std::filesystem::path& directory, const std::string& name, const std::string& text) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    const auto whole = directory / (name + ".eml"), part = directory / (name + ".part");
    std::ofstream(part, std::ios::binary) << text;
    std::filesystem::rename(part, whole, error);
    if (error) return fail(Code::unavailable, "the letter cannot be written", whole.string() + ": " + error.message());
    return {};
}

}  // namespace

Result<std::string> message(const Letter& letter, const std::string& from, TimeMs now, const std::string& message_id) {
    if (has_line_end(letter.to) || has_line_end(letter.subject) || has_line_end(from))
        return fail(Code::invalid, "a line end in the head of a letter");
    const auto subject = is_ascii(letter.subject)
                             ? letter.subject
                             : "=?UTF-8?B?" + crypto::base64_encode(letter.subject) + "?=";
    const auto stop = letter.stop_url.empty() ? std::string()
                                              : "\r\nList-Unsubscribe: <" + letter.stop_url +
                                                    ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click";
    return "From: <" + from + ">\r\nTo: <" + letter.to + ">\r\nSubject: " + subject + "\r\nDate: " +
           format_http_date(now) + "\r\nMessage-ID: <" + message_id +
           ">" + stop + "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
           "Content-Transfer-Encoding: base64\r\n\r\n" +
           in_lines(crypto::base64_encode(with_crlf(letter.text)));
}

Result<> send(const Config& config, const Letter& letter, const Clock& clock, Random& random) {
    const auto& server = config.mail.server;
    if (server.empty()) return fail(Code::unsupported, "no mail server is configured (mail.server)");
    auto from = config.mail.from.empty() ? config.server.contact_email : config.mail.from;
    if (from.empty()) from = "noreply@" + config.server.account_domain.substr(0, config.server.account_domain.find(':'));
    const auto name = random.token(16);
    const auto text = TRY(message(letter, from, clock.now_ms(), name + "@" + config.server.account_domain));
    if (server.starts_with(file_prefix)) return put_into(server.substr(file_prefix.size()), name, text);
    return hand_over(server, from, letter.to, text);
}

}  // namespace kith::mail
