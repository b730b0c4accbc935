// Signs and verifies requests for the tests against other implementations: one JSON command a run
// on standard input, one JSON answer on standard output.
//   {"do":"sign"|"verify", "flavour":"cavage"|"rfc9421", "method", "url", "body", "headers":{…},
//    "keyId", "pem", "nowMs"}  →  {"headers":{…}} | {"ok":true} | {"error":"…"}
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "base/json/writer.hpp"
#include "base/text/url.hpp"
#include "federation/signature/cavage.hpp"
#include "federation/signature/digest.hpp"
#include "federation/signature/message.hpp"

namespace kith::signature {
namespace {

struct Command {
    json::View given;
    Url url;
    std::string target, host;
    std::vector<Header> headers;

    std::string_view text(std::string_view name) const { return given[name].string_or(""); }
    bool has_body() const { return given["body"].is_string(); }
    bool is_cavage() const { return text("flavour") == "cavage"; }
    TimeMs now_ms() const { return given["nowMs"].maybe_integer().value_or(0); }
    RequestView view() const { return {text("method"), target, headers}; }
};

Result<std::string> sign(const Command& command) {
    const auto key = TRY(crypto::PrivateKey::from_pem(command.text("pem")));
    OutgoingRequest request;
    request.method = command.text("method");
    request.scheme = command.url.scheme();
    request.host = command.host;
    request.target = command.target;
    if (command.has_body()) {
        request.body = command.text("body");
        request.content_type = "application/activity+json";
    }
    request.date_ms = command.now_ms();
    const auto key_id = command.text("keyId");
    const auto added = command.is_cavage() ? TRY(sign_request(request, key_id, key))
                                           : TRY(sign_message(request, key_id, key));
    json::Writer w;
    w.object().key("headers").object().member("host", command.host);
    if (command.has_body()) w.member("content-type", request.content_type);
    for (const auto& [name, value] : added) w.member(name, value);
    return w.take();
}

Result<> verify_cavage(const Command& command, const crypto::PublicKey& key) {
    const auto view = command.view();
    const auto signature =
        TRY(parse_signature_header(header_value(view, "signature").value_or("")));
    TRY(check_cavage_coverage(view, signature, command.host, command.now_ms()));
    if (command.has_body()) TRY(check_digest(view, command.text("body")));
    return verify(view, signature, key);
}

Result<> verify_message(const Command& command, const crypto::PublicKey& key) {
    const auto view = command.view();
    const auto signature =
        TRY(parse_message_signature(header_value(view, "signature-input").value_or(""),
                                    header_value(view, "signature").value_or("")));
    TRY(check_message_coverage(view, signature, command.now_ms()));
    if (command.has_body()) TRY(check_content_digest(view, command.text("body")));
    return verify(view, {command.url.scheme(), command.host}, signature, key);
}

Result<std::string> run(const std::string& input) {
    const auto document = TRY(json::Document::parse(input));
    Command command{.given = document.root()};
    command.url = TRY(Url::parse(command.text("url")));
    command.target = command.url.path_and_query();
    command.host = command.url.host_port();
    const auto headers = command.given["headers"];
    for (std::size_t i = 0; i < headers.member_count(); ++i)
        command.headers.push_back({headers.member_name(i), headers.member(i).string_or("")});
    if (command.text("do") == "sign") return sign(command);
    const auto key = TRY(crypto::PublicKey::from_pem(command.text("pem")));
    TRY(command.is_cavage() ? verify_cavage(command, key) : verify_message(command, key));
    return std::string(R"({"ok":true})");
}

}  // namespace
}  // namespace kith::signature

int main() {
    const std::string input(std::istreambuf_iterator<char>(std::cin), {});
    const auto answer = kith::signature::run(input);
    if (answer) {
        std::cout << *answer << '\n';
        return 0;
    }
    kith::json::Writer w;
    w.object().member("error", answer.error().safe_text);
    std::cout << w.take() << '\n';
    return 0;
}
