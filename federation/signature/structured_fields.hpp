#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.hpp"

// Structured field values (RFC 9651), as much of them as HTTP message signatures and digests use:
// dictionaries of items and of inner lists, with parameters. Decimals, dates and display strings do
// not occur there and are refused. Strict, and bounded by limits::structured_*.
namespace kith::signature::fields {

struct BareItem {
    enum class Kind { integer, string, token, bytes, boolean };
    Kind kind = Kind::boolean;
    std::int64_t integer = 0;
    std::string text;     // of strings, tokens and bytes (decoded)
    bool boolean = true;  // a key without a value is true

    bool operator==(const BareItem&) const = default;
};

struct Parameter {
    std::string key;
    BareItem value;

    bool operator==(const Parameter&) const = default;
};
using Parameters = std::vector<Parameter>;

struct Item {
    BareItem value;
    Parameters parameters;

    bool operator==(const Item&) const = default;
};

struct Member {
    std::string key;
    bool is_list = false;
    std::vector<Item> items;  // of an inner list; else exactly one
    Parameters parameters;    // of the inner list
};
using Dictionary = std::vector<Member>;

BareItem string_item(std::string_view);
BareItem integer_item(std::int64_t);

// The value of a parameter, or null.
const BareItem* find(const Parameters&, std::string_view key);

// RFC 9651 4.2.2. The RFC lets the last of several equal keys win; here any key twice is refused,
// because two readers could each believe another one. Code::invalid.
Result<Dictionary> parse_dictionary(std::string_view text);

// RFC 9651 4.1: the one spelling of a value. A string must be ASCII without controls, as all are
// that were parsed.
std::string serialize(const Item&);
std::string serialize_list(const std::vector<Item>&, const Parameters&);

}  // namespace kith::signature::fields
