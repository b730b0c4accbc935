#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "node/http/exchange.hpp"

// An Exchange without a connection.
struct ExchangeFixture : kith::http::BodyReader {
    kith::http::Head head;
    kith::http::Peer peer;
    std::vector<kith::Network> trusted;
    std::string bytes;

    explicit ExchangeFixture(const std::string& request_line, const std::string& fields = "",
                             std::string body = "")
        : bytes(std::move(body)) {
        head.text = request_line + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
        if (kith::http::parse_head(head, {}) != 0) throw std::logic_error(head.text);
    }

    kith::http::Exchange exchange{head, peer, *this, trusted};

    kith::Result<std::string> raw() override { return bytes; }
    kith::Result<std::string> decoded() override { return "unpacked " + bytes; }
};
