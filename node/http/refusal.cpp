#include "node/http/refusal.hpp"

#include "config/limits/http.hpp"

namespace kith::http {

namespace {

const char* reason(int status) {
    switch (status) {
        case 408: return "Request Timeout";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 431: return "Request Header Fields Too Large";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 505: return "HTTP Version Not Supported";
        default: return "Bad Request";
    }
}

}  // namespace

std::string refusal(int status) {
    const auto body = std::string("{\"error\":\"") + reason(status) + "\"}";
    auto out = "HTTP/1.1 " + std::to_string(status) + ' ' + reason(status) +
               "\r\nConnection: close\r\nAccess-Control-Allow-Origin: *\r\n"
               "Content-Type: application/json\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n";
    if (status == 503)
        out += "Retry-After: " + std::to_string(limits::http_retry_after_s) + "\r\n";
    return out + "\r\n" + body;
}

}  // namespace kith::http
