#pragma once
#include "base/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kith::json {

enum class Kind { absent, null, boolean, number, string, array, object };

class Document;

// A place in a parsed document. Cheap to copy; lives no longer than its Document. Every accessor is
// total: asking a number for its text is an error value, never an abort. A View of something that
// is not there has kind `absent`, and everything read from it is absent too, so that
// `doc["object"]["id"].string()` needs no checks between.
class View {
public:
    View() = default;  // absent

    Kind kind() const;
    bool is_absent() const { return kind() == Kind::absent; }
    // Absent or JSON null: ActivityStreams treats both alike.
    bool is_nothing() const { return kind() == Kind::absent || kind() == Kind::null; }
    bool is_object() const { return kind() == Kind::object; }
    bool is_array() const { return kind() == Kind::array; }
    bool is_string() const { return kind() == Kind::string; }

    // The member of an object, else absent.
    View operator[](std::string_view name) const;
    // The first of these members that is not nothing, else absent.
    View first_of(std::initializer_list<std::string_view> names) const;

    // Exactly that type, else Code::invalid with what was expected and what was found in `detail`.
    Result<std::string_view> string() const;
    Result<std::int64_t> integer() const;  // a number without fraction (3, 3.0, 3e2) in int64
    Result<bool> boolean() const;

    // Tolerant readings, for what peers write in several ways.
    std::string_view string_or(std::string_view otherwise) const;
    std::optional<std::string_view> maybe_string() const;
    // A number (fraction cut), or a string that is one. Nothing where it does not fit.
    std::optional<std::int64_t> maybe_integer() const;
    std::optional<double> maybe_number() const;
    // true/false, or the strings "true"/"false".
    std::optional<bool> maybe_boolean() const;

    // Elements of an array; a single value counts as an array of one, nothing as an empty one
    // (ActivityStreams: one-or-many).
    std::size_t size() const;
    View at(std::size_t index) const;
    class Iterator;
    Iterator begin() const;
    Iterator end() const;

    // Members of an object, in order; of anything else none.
    std::size_t member_count() const;
    std::string_view member_name(std::size_t index) const;
    View member(std::size_t index) const;

    // The value as compact JSON, members in their order.
    std::string text() const;

private:
    friend class Document;
    explicit View(const void* value) : value_(value) {}
    const void* value_ = nullptr;  // a rapidjson::Value, which only view.cpp names
};

// What one-or-many yields in a range-for.
class View::Iterator {
public:
    Iterator(View of, std::size_t index) : of_(of), index_(index) {}
    View operator*() const { return of_.at(index_); }
    Iterator& operator++() { return ++index_, *this; }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

private:
    View of_;
    std::size_t index_;
};

// A parsed JSON text that owns its values. Movable; its Views stay valid when it moves.
class Document {
public:
    // RFC 8259. Refused with Code::invalid: depth over limits::json_depth_max and more than
    // limits::json_members_max members (by a linear scan before anything is parsed), a key twice in
    // one object, invalid UTF-8, unpaired surrogates, U+0000 in any string, text after the value,
    // numbers that no double holds. A byte order mark before the value is passed over.
    static Result<Document> parse(std::string_view text);

    Document();
    Document(Document&&) noexcept;
    Document& operator=(Document&&) noexcept;
    ~Document();

    View root() const;
    View operator[](std::string_view name) const { return root()[name]; }

private:
    struct Held;
    std::unique_ptr<Held> held_;
};

}  // namespace kith::json
