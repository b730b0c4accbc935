#pragma once
#include "base/json/view.hpp"

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace kith::json {

// Writes compact JSON straight from records. Nesting is by calls. A misuse yields no broken output:
// a value without a key inside an object gets the key "", a key without a value gets null, a key
// outside an object, an end without a begin and a second root value are left out; `misused()` says
// so.
//
//   json::Writer w;
//   w.object();
//   w.member("id", id).member("likes", 3);
//   w.key("tag").array(); ... w.end();
//   w.end();
//   return w.take();
class Writer {
public:
    Writer();
    Writer(Writer&&) noexcept;
    Writer& operator=(Writer&&) noexcept;
    ~Writer();

    Writer& object();
    Writer& array();
    Writer& end();  // of the innermost object or array
    Writer& key(std::string_view name);

    // Invalid UTF-8 and U+0000 become U+FFFD: peers and PostgreSQL refuse both.
    Writer& value(std::string_view text);
    Writer& value(const char* text) { return value(std::string_view(text)); }
    Writer& value(const std::string& text) { return value(std::string_view(text)); }
    Writer& value(bool);
    Writer& value(double);  // not finite: null
    Writer& value(View);    // a copy of what a peer sent; absent: null
    template <std::integral Number>
    Writer& value(Number number) {
        if constexpr (std::signed_integral<Number>)
            return integer(number);
        else
            return unsigned_integer(number);
    }
    template <class T>
    Writer& value(const std::optional<T>& maybe) {  // nothing: null
        return maybe ? value(*maybe) : null();
    }
    Writer& null();
    // Bytes that are JSON already, unchanged: an activity kept as it came. Not checked; empty:
    // null.
    Writer& raw(std::string_view json);

    template <class T>
    Writer& member(std::string_view name, T&& v) {
        return key(name).value(std::forward<T>(v));
    }
    Writer& null_member(std::string_view name) { return key(name).null(); }
    // Only where there is something to say.
    Writer& member_unless_empty(std::string_view name, std::string_view text) {
        return text.empty() ? *this : member(name, text);
    }

    bool misused() const;

    // Closes what is open and gives the text (of a writer without a value: null); it is empty
    // again.
    std::string take();

private:
    struct Held;
    Writer& integer(std::int64_t);
    Writer& unsigned_integer(std::uint64_t);
    std::unique_ptr<Held> held_;
};

}  // namespace kith::json
