#pragma once
#include "base/core/result.hpp"
#include "node/http/head.hpp"
#include "node/http/params.hpp"
#include "node/http/peer.hpp"
#include "node/http/response.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::http {

inline constexpr std::string_view json_type = "application/json; charset=utf-8";
inline constexpr std::string_view html_type = "text/html; charset=utf-8";

// Where an Exchange reads its body. The front has collected the bytes; no call waits for a client.
class BodyReader {
public:
    virtual ~BodyReader() = default;
    // As received: still compressed where the request says so.
    virtual Result<std::string> raw() = 0;
    // Without Content-Encoding. Code::too_large beyond the admission's limit, Code::invalid where it
    // does not unpack.
    virtual Result<std::string> decoded() = 0;
};

// One request on its way through a handler, and its answer. Belongs to one worker thread.
class Exchange {
public:
    Exchange(const Head& head, const Peer& peer, BodyReader& body,
             std::span<const Network> trusted_proxies)
        : head_(head), peer_(peer), reader_(body), trusted_proxies_(trusted_proxies) {}
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    // ---- the request. Views live as long as the Exchange.
    const Head& head() const { return head_; }
    std::string_view method() const { return head_.method; }
    std::string_view path() const { return head_.path; }     // percent-encoded
    std::string_view query() const { return head_.query; }   // percent-encoded
    std::string_view header(std::string_view name) const { return head_.header(name); }
    // Empty where there is none (RFC 6265 5.4).
    std::string_view cookie(std::string_view name) const;

    const Peer& peer() const { return peer_; }
    // Who asks: X-Forwarded-For counts where a trusted proxy wrote it.
    IpAddress client_address() const;

    // What `:name` or `*name` of the route's pattern matched, percent-decoded; empty where the
    // pattern has no such name. Valid UTF-8 without U+0000.
    std::string_view param(std::string_view name) const;
    // The same as an id: Code::not_found where it is none, since nothing has such an id.
    Result<Id> id_param(std::string_view name = "id") const;

    // Exactly the bytes that came, for digests. Read once, then kept.
    Result<std::string_view> raw_body();
    // Unpacked.
    Result<std::string_view> body();
    // Query string and body as one set; never null. Read at the first call, then kept.
    Result<const Params*> params();

    // ---- the answer. All of them end what a handler does, so `return exchange.json(200, text);`.
    Result<> answer(int status, std::string body, std::string_view content_type);
    Result<> json(int status, std::string body) { return answer(status, std::move(body), json_type); }
    Result<> html(int status, std::string body) { return answer(status, std::move(body), html_type); }
    Result<> empty(int status);                     // 204, 304: no body
    Result<> redirect(std::string_view location, int status = 302);
    // In chunks, for what is too large for memory. The worker is busy until the client has nearly all.
    Result<> stream(int status, std::string_view content_type, Producer);

    // The whole file or the part of it that is asked for (RFC 9110 14): 200, 206 or 416. `etag` with its
    // quotes. Of several parts at once none is cut out: the whole file is sent.
    Result<> file(FilePart whole, std::string_view content_type, std::string_view etag);

    // False, and nothing set, where name or value could end the line. `set` replaces, `add` appends.
    bool set_header(std::string_view name, std::string_view value);
    bool add_header(std::string_view name, std::string_view value);
    // Adds a field name to Vary, once.
    void vary_by(std::string_view name);

    const Response& response() const { return response_; }
    Response take_response() { return std::move(response_); }

private:
    friend class Router;
    using PathValues = std::vector<std::pair<std::string_view, std::string>>;

    const Head& head_;
    const Peer& peer_;
    BodyReader& reader_;
    const std::span<const Network> trusted_proxies_;
    PathValues path_values_;   // set by Router
    std::optional<std::string> raw_body_, body_;
    std::optional<Params> params_;
    Response response_;
};

}  // namespace kith::http
