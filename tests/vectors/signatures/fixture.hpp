#pragma once
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/crypto/encoding.hpp"
#include "base/crypto/keys.hpp"
#include "base/crypto/pem.hpp"
#include "base/json/view.hpp"

namespace kith::vectors {

inline json::Document file(const std::string& name) {
    std::ifstream in(std::string(KITH_TEST_DATA) + "/vectors/" + name);
    auto document = json::Document::parse(std::string(std::istreambuf_iterator<char>(in), {}));
    BOOST_REQUIRE_MESSAGE(document, name);
    return std::move(*document);
}

inline std::string bytes_of(std::string_view hex) {
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        out += char(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    return out;
}

inline std::string text(json::View view) { return std::string(view.string_or("")); }

}  // namespace kith::vectors
