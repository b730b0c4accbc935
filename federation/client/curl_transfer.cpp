#include "federation/client/curl_transfer.hpp"

#include "base/text/strings.hpp"
#include "config/limits/client.hpp"

#include <sys/socket.h>
#include <algorithm>

namespace kith::client {
namespace {

// The list takes a copy. Where there is no memory the list stays as it is.
bool append(curl_slist*& list, const std::string& text) {
    curl_slist* longer = curl_slist_append(list, text.c_str());
    if (longer) list = longer;
    return longer != nullptr;
}

void drop(curl_slist*& list) {
    curl_slist_free_all(list);
    list = nullptr;
}

TransportFault classify(CURLcode code) {
    switch (code) {
        case CURLE_URL_MALFORMAT:
            return TransportFault::url_refused;
        case CURLE_COULDNT_RESOLVE_HOST:
            return TransportFault::dns;
        case CURLE_COULDNT_CONNECT:
            return TransportFault::connect;
        case CURLE_OPERATION_TIMEDOUT:
            return TransportFault::timeout;
        case CURLE_FILESIZE_EXCEEDED:
            return TransportFault::too_large;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
            return TransportFault::tls;
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_UNSUPPORTED_PROTOCOL:  // an answer that is not HTTP/1.0 or newer
        case CURLE_BAD_CONTENT_ENCODING:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
            return TransportFault::protocol;
        default:
            return TransportFault::network;
    }
}

}  // namespace

CurlTransfer::~CurlTransfer() {
    drop(header_list_);
    drop(resolve_list_);
    curl_easy_cleanup(easy_);
}

bool CurlTransfer::prepare(std::unique_ptr<Exchange> exchange, TimeMs timeout_ms) {
    exchange_ = std::move(exchange);
    if (!easy_) easy_ = curl_easy_init();
    if (!easy_) return false;
    const Request& request = exchange_->request;
    curl_easy_setopt(easy_, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, error_text_);
    curl_easy_setopt(easy_, CURLOPT_SHARE, context_.share);
    curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_ms));
    curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(std::min(timeout_ms, request.connect_timeout_ms)));
    curl_easy_setopt(easy_, CURLOPT_FRESH_CONNECT, exchange_->on_fresh_connection ? 1L : 0L);
    curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy_, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
    set_guards();
    set_request();
    return set_headers() && set_resolve();
}

// Nothing that the environment, a .netrc or the peer says changes where the bytes go.
void CurlTransfer::set_guards() {
    curl_easy_setopt(easy_, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    curl_easy_setopt(easy_, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy_, CURLOPT_PROXY, "");
    curl_easy_setopt(easy_, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy_, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(easy_, CURLOPT_FOLLOWLOCATION, 0L);  // each hop is guarded and signed anew
    curl_easy_setopt(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
}

void CurlTransfer::set_request() {
    const Request& request = exchange_->request;
    const bool https = request.url.scheme() == "https";
    curl_easy_setopt(easy_, CURLOPT_URL, request.url.ascii().without_fragment().c_str());
    curl_easy_setopt(easy_, CURLOPT_PATH_AS_IS, 1L);  // what was signed is what is sent
    curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    // Wait for a connection that is being made where it may turn out to carry many streams.
    curl_easy_setopt(easy_, CURLOPT_PIPEWAIT, https ? 1L : 0L);
    if (request.method == Method::post) {
        const std::string_view body = exchange_->body();
        curl_easy_setopt(easy_, CURLOPT_POST, 1L);
        curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, body.empty() ? "" : body.data());
    } else {
        curl_easy_setopt(easy_, CURLOPT_HTTPGET, 1L);
    }
    if (request.oversize == Oversize::refuse) {  // a longer Content-Length ends it at once
        curl_easy_setopt(easy_, CURLOPT_MAXFILESIZE_LARGE,
                         static_cast<curl_off_t>(request.response_bytes_max));
    }
}

bool CurlTransfer::set_headers() {
    const Request& request = exchange_->request;
    curl_easy_setopt(easy_, CURLOPT_USERAGENT, context_.user_agent.c_str());
    // "Accept:" without a value keeps curl from sending its own "*/*"; the same for Expect, which
    // would cost a round trip. Compressed answers are not asked for: no bombs, and bytes counted
    // are bytes kept.
    bool all =
        append(header_list_, request.accept.empty() ? "Accept:" : "Accept: " + request.accept);
    all = append(header_list_, "Expect:") && all;
    all = append(header_list_, "Accept-Encoding: identity") && all;
    for (const Header& field : exchange_->signed_headers) {
        if (text::iequals(field.name, "Host")) continue;  // curl's, from the URL
        // "Name;" is how curl sends a field with an empty value.
        all = append(header_list_,
                     field.value.empty() ? field.name + ";" : field.name + ": " + field.value) &&
              all;
    }
    curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, header_list_);
    return all;
}

bool CurlTransfer::set_resolve() {
    const Url& url = exchange_->request.url;
    const auto found = context_.resolve.find(url.host());
    if (found == context_.resolve.end()) return true;
    const bool v6 = found->second.find(':') != std::string::npos;
    const std::string address = v6 ? "[" + found->second + "]" : found->second;
    const bool added =
        append(resolve_list_, url.host() + ":" + std::to_string(url.port()) + ":" + address);
    curl_easy_setopt(easy_, CURLOPT_RESOLVE, resolve_list_);
    return added;
}

std::size_t CurlTransfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<CurlTransfer*>(self);
    return transfer.take_header_line({data, size * count}) ? size * count : 0;
}

bool CurlTransfer::take_header_line(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > limits::client_response_header_bytes_max) {
        headers_too_large_ = true;
        return false;
    }
    if (line.starts_with("HTTP/")) {  // also of the final answer after a 1xx
        response_.headers = {};
        head_complete_ = false;
        return true;
    }
    const std::string_view field = text::trim(line);
    if (field.empty()) head_complete_ = true;
    const std::size_t colon = field.find(':');
    if (head_complete_ || colon == std::string_view::npos) return true;
    response_.headers.add(std::string(text::trim(field.substr(0, colon))),
                          std::string(text::trim(field.substr(colon + 1))));
    return true;
}

std::size_t CurlTransfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<CurlTransfer*>(self);
    const std::size_t room = transfer.exchange_->request.response_bytes_max - transfer.received_bytes_;
    const std::string_view piece(data, std::min(size * count, room));
    if (transfer.take_body(piece) && piece.size() == size * count) return size * count;
    transfer.body_too_large_ = piece.size() < size * count;
    return 0;  // ends the transfer with CURLE_WRITE_ERROR
}

bool CurlTransfer::take_body(std::string_view piece) {
    received_bytes_ += piece.size();
    const auto& taker = exchange_->request.take_body;
    long status = 0;
    if (taker) curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    if (taker && status == 200) return taker(piece);
    response_.body.append(piece);
    return true;
}

// The last moment before bytes go anywhere: the address that is really connected to. A connection
// that is used again was judged when it was made.
curl_socket_t CurlTransfer::on_open_socket(void* self, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<CurlTransfer*>(self);
    if (!transfer.context_.guard.allows(address->addr)) {
        transfer.refused_address_ = address_text(address->addr);
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

Outcome CurlTransfer::conclude(CURLcode code) {
    const Request& request = exchange_->request;
    const bool cut = body_too_large_ && request.oversize == Oversize::cut;
    if (code != CURLE_OK && !(code == CURLE_WRITE_ERROR && cut)) {
        return tl::unexpected(describe(code));
    }
    if (!head_complete_) {  // curl is content with half a head
        return fault(TransportFault::network, "the connection broke within the answer's head");
    }
    const auto encoding = response_.headers.get("Content-Encoding");
    if (encoding && !text::iequals(*encoding, "identity") && !response_.body.empty()) {
        return fault(TransportFault::protocol,
                     "answered with a content encoding that was not asked for");
    }
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    response_.final_url = request.url;
    return std::move(response_);
}

TransportError CurlTransfer::describe(CURLcode code) const {
    const std::string url = " (" + exchange_->request.url.str() + ")";
    if (headers_too_large_) return {TransportFault::protocol, "too many header bytes" + url};
    if (body_too_large_) return {TransportFault::too_large, "answer too long" + url};
    if (code == CURLE_COULDNT_CONNECT && !refused_address_.empty()) {
        return {TransportFault::address_refused, "not a public address: " + refused_address_ + url};
    }
    const char* text = *error_text_ ? error_text_ : curl_easy_strerror(code);
    return {classify(code), text + url};
}

bool CurlTransfer::died_on_kept_connection(CURLcode code) const {
    switch (code) {
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
            break;
        default:
            return false;
    }
    long connections_made = 0;
    curl_easy_getinfo(easy_, CURLINFO_NUM_CONNECTS, &connections_made);
    return connections_made == 0 && header_bytes_ == 0 && !exchange_->on_fresh_connection;
}

std::unique_ptr<Exchange> CurlTransfer::release() {
    if (easy_) curl_easy_reset(easy_);
    drop(header_list_);
    drop(resolve_list_);
    error_text_[0] = '\0';
    response_ = {};
    header_bytes_ = received_bytes_ = 0;
    head_complete_ = headers_too_large_ = body_too_large_ = false;
    refused_address_.clear();
    return std::move(exchange_);
}

}  // namespace kith::client
