#include "federation/client/activity_json.hpp"

#include "base/text/strings.hpp"

#include <algorithm>

namespace kith::client {
namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view activity_profile = "https://www.w3.org/ns/activitystreams";

// A reader of `type/subtype *( OWS ";" OWS name "=" ( token / quoted-string ) )` (RFC 9110 8.3.1).
class MediaTypeReader {
public:
    explicit MediaTypeReader(std::string_view text) : rest_(text) {}

    // Up to the next blank or one of `;="`.
    std::string_view token() {
        skip_blanks();
        const std::string_view word = rest_.substr(0, rest_.find_first_of(" \t;=\""));
        rest_.remove_prefix(word.size());
        return word;
    }

    bool accept(char c) {
        skip_blanks();
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }

    // A parameter's value; nothing where a quoted one does not end.
    std::optional<std::string> value() {
        if (!accept('"')) return std::string(token());
        std::string unquoted;
        while (!rest_.empty()) {
            char c = rest_.front();
            rest_.remove_prefix(1);
            if (c == '"') return unquoted;
            if (c == '\\' && !rest_.empty()) {
                c = rest_.front();
                rest_.remove_prefix(1);
            }
            unquoted += c;
        }
        return std::nullopt;
    }

    bool at_end() {
        skip_blanks();
        return rest_.empty();
    }

private:
    void skip_blanks() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
    }

    std::string_view rest_;
};

// A profile parameter is a list of URIs with blanks between (RFC 6906 3.1).
bool names_profile(std::string_view list, std::string_view wanted) {
    while (!list.empty()) {
        const std::string_view uri = list.substr(0, list.find(' '));
        if (uri == wanted) return true;
        list.remove_prefix(std::min(uri.size() + 1, list.size()));
    }
    return false;
}

Failure status_failure(int status, const Url& url) {
    std::string detail = "status " + std::to_string(status) + " from " + url.str();
    switch (status) {
        case 401:
        case 403:
            return fail(Code::forbidden, "The other server refused", std::move(detail));
        case 404:
            return fail(Code::not_found, "Not found", std::move(detail));
        case 410:
            return fail(Code::gone, "Gone", std::move(detail));
        case 429:
            return fail(Code::rate_limited, "The other server asks to wait", std::move(detail));
        default:
            return fail(status >= 500 ? Code::unavailable : Code::upstream,
                        "The other server answered with an error", std::move(detail));
    }
}

}  // namespace

bool is_activity_content_type(std::string_view content_type) {
    MediaTypeReader reader(content_type);
    const std::string_view type = reader.token();
    const bool activity = text::iequals(type, "application/activity+json");
    if (!activity && !text::iequals(type, "application/ld+json")) return false;
    bool profiled = false;
    while (!reader.at_end()) {
        if (!reader.accept(';')) return false;
        const std::string_view name = reader.token();
        if (name.empty()) continue;  // ";;" and a trailing ";" are allowed
        if (!reader.accept('=')) return false;
        const auto value = reader.value();
        if (!value) return false;
        if (text::iequals(name, "profile")) profiled |= names_profile(*value, activity_profile);
    }
    return activity || profiled;
}

Result<> require_activity_json(const Response& response) {
    const auto type = response.headers.get("Content-Type");
    if (type && response.headers.count("Content-Type") == 1 && is_activity_content_type(*type)) {
        return {};
    }
    return fail(
        Code::upstream, "The other server did not send an ActivityPub document",
        "content type '" + std::string(type.value_or("")) + "' from " + response.final_url.str());
}

Request activity_json_request(const Url& url, const FetchOptions& options) {
    Request request;
    request.url = url;
    request.accept = activity_accept;
    request.identity = options.identity;
    request.response_bytes_max = options.response_bytes_max;
    request.timeout_ms = options.timeout_ms;
    return request;
}

Result<Response> activity_json_answer(Outcome outcome) {
    if (!outcome) return tl::unexpected(outcome.error().to_error());
    if (outcome->status != 200) return status_failure(outcome->status, outcome->final_url);
    TRY(require_activity_json(*outcome));
    return std::move(*outcome);
}

Result<Response> get_activity_json(Transport& transport, const Url& url,
                                   const FetchOptions& options) {
    return activity_json_answer(fetch(transport, activity_json_request(url, options)));
}

}  // namespace kith::client
