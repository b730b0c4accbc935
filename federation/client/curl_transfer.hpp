#pragma once
#include "federation/client/address_guard.hpp"
#include "federation/client/exchange.hpp"

#include <curl/curl.h>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace kith::client {

// What all transfers of a transport have in common.
struct TransferContext {
    CURLSH* share;  // TLS sessions; DNS answers and connections are shared by the multi handle
    AddressGuard guard;
    std::string user_agent;
    std::map<std::string, std::string, std::less<>> resolve;  // host → address literal
};

// One curl easy handle and one hop of an exchange on it. Reused: setting a handle up anew is cheap,
// making one is not. Used by the transport's curl thread only. Pinned: curl holds its address.
class CurlTransfer {
public:
    explicit CurlTransfer(const TransferContext& context) : context_(context) {}
    ~CurlTransfer();
    CurlTransfer(const CurlTransfer&) = delete;
    CurlTransfer& operator=(const CurlTransfer&) = delete;

    CURL* handle() const { return easy_; }

    // Sets the handle up for the exchange's next try, which must end in `timeout_ms`. False where
    // curl has no memory for it.
    bool prepare(std::unique_ptr<Exchange>, TimeMs timeout_ms);

    // What came of it, once curl is done with the handle.
    Outcome conclude(CURLcode);

    // Whether a kept connection died before any byte of an answer, so that the peer need not have
    // seen the request: worth one try on a fresh connection, also for a POST (architecture,
    // Delivery). To be asked before release().
    bool died_on_kept_connection(CURLcode) const;

    // Lets go of the exchange; the handle can be prepared again.
    std::unique_ptr<Exchange> release();

    std::size_t received_bytes() const { return received_bytes_; }

private:
    void set_guards();
    void set_request();
    bool set_headers();
    bool set_resolve();

    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
    static curl_socket_t on_open_socket(void* self, curlsocktype, curl_sockaddr*);

    bool take_header_line(std::string_view line);
    bool take_body(std::string_view piece);
    TransportError describe(CURLcode) const;

    const TransferContext& context_;
    CURL* easy_ = nullptr;
    curl_slist* header_list_ = nullptr;
    curl_slist* resolve_list_ = nullptr;
    char error_text_[CURL_ERROR_SIZE] = "";

    std::unique_ptr<Exchange> exchange_;
    Response response_;
    std::size_t header_bytes_ = 0, received_bytes_ = 0;
    bool head_complete_ = false;  // what header lines follow are trailers
    bool headers_too_large_ = false;
    bool body_too_large_ = false;
    std::string refused_address_;
};

}  // namespace kith::client
