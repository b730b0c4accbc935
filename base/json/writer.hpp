#pragma once
#include "base/json/view.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace kith::json {

// Writes compact JSON straight from records. Nesting is by calls; a misuse (a value without a key
// inside an object, an end without a begin) is an assertion in tests and yields no broken output:
// the writer adds what is missing.
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
    Writer& end();   // of the innermost object or array
    Writer& key(std::string_view name);

    Writer& value(std::string_view text);   // invalid UTF-8 becomes U+FFFD
    Writer& value(const char* text) { return value(std::string_view(text)); }
    Writer& value(const std::string& text) { return value(std::string_view(text)); }
    Writer& value(bool);
    Writer& value(std::int64_t);
    Writer& value(int number) { return value(std::int64_t(number)); }
    Writer& value(double);   // not finite: null
    Writer& value(View);     // a copy of what a peer sent
    Writer& null();
    // Bytes that are JSON already: an activity kept as it came.
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

    // Closes what is open and gives the text; the writer is empty again.
    std::string take();

private:
    struct Held;
    std::unique_ptr<Held> held_;
};

}  // namespace kith::json
