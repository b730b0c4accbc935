#include "base/json/view.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <vector>

#include "base/json/rapid.hpp"
#include "base/json/scan.hpp"
#include "base/text/utf8.hpp"

namespace kith::json {
namespace {

using Value = rapidjson::Value;
using Arena = rapidjson::MemoryPoolAllocator<>;

constexpr double int64_limit = 9223372036854775808.0;  // 2^63, the first that does not fit

const Value& value_at(const void* value) { return *static_cast<const Value*>(value); }

std::string_view text_of(const Value& v) { return {v.GetString(), v.GetStringLength()}; }

const char* name_of(Kind kind) {
    switch (kind) {
        case Kind::absent:
            return "nothing";
        case Kind::null:
            return "null";
        case Kind::boolean:
            return "a boolean";
        case Kind::number:
            return "a number";
        case Kind::string:
            return "a string";
        case Kind::array:
            return "an array";
        case Kind::object:
            return "an object";
    }
    return "";
}

Failure wrong_type(const char* expected, Kind found) {
    return fail(Code::invalid, "JSON value of the wrong type",
                std::string("expected ") + expected + ", found " + name_of(found));
}

// A double as an int64, the fraction cut.
std::optional<std::int64_t> cut(double number) {
    if (!(number >= -int64_limit && number < int64_limit)) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

template <class Number>
std::optional<Number> read_whole(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<double> read_finite(std::string_view text) {
    const auto number = read_whole<double>(text);
    if (!number || !std::isfinite(*number)) return std::nullopt;  // from_chars takes "inf", "nan"
    return number;
}

bool has_duplicate_key(const Value& object) {
    const auto begin = object.MemberBegin(), end = object.MemberEnd();
    constexpr std::size_t few = 12;  // up to here pairs cost less than a sorted copy
    if (object.MemberCount() <= few) {
        for (auto a = begin; a != end; ++a) {
            for (auto b = begin; b != a; ++b) {
                if (text_of(a->name) == text_of(b->name)) return true;
            }
        }
        return false;
    }
    std::vector<std::string_view> names;
    names.reserve(object.MemberCount());
    for (auto m = begin; m != end; ++m) names.push_back(text_of(m->name));
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
}

// The first object, depth first, that names a key twice. Recursion is bounded by json_depth_max.
bool any_duplicate_key(const Value& value) {
    if (value.IsArray()) {
        return std::any_of(value.Begin(), value.End(), any_duplicate_key);
    }
    if (!value.IsObject()) return false;
    if (has_duplicate_key(value)) return true;
    return std::any_of(value.MemberBegin(), value.MemberEnd(),
                       [](const auto& member) { return any_duplicate_key(member.value); });
}

// Values take about as many bytes as their text; one chunk is nearly always enough.
std::size_t arena_bytes(std::size_t text_bytes) { return 2 * text_bytes + 1024; }

}  // namespace

// ---- View --------------------------------------------------------------------------------------

Kind View::kind() const {
    if (!value_) return Kind::absent;
    switch (value_at(value_).GetType()) {
        case rapidjson::kNullType:
            return Kind::null;
        case rapidjson::kFalseType:
        case rapidjson::kTrueType:
            return Kind::boolean;
        case rapidjson::kObjectType:
            return Kind::object;
        case rapidjson::kArrayType:
            return Kind::array;
        case rapidjson::kStringType:
            return Kind::string;
        case rapidjson::kNumberType:
            return Kind::number;
    }
    return Kind::absent;
}

View View::operator[](std::string_view name) const {
    if (!is_object()) return {};
    const Value& object = value_at(value_);
    for (auto m = object.MemberBegin(); m != object.MemberEnd(); ++m) {
        if (text_of(m->name) == name) return View(&m->value);
    }
    return {};
}

View View::first_of(std::initializer_list<std::string_view> names) const {
    for (const auto name : names) {
        if (const View found = (*this)[name]; !found.is_nothing()) return found;
    }
    return {};
}

Result<std::string_view> View::string() const {
    if (!is_string()) return wrong_type("a string", kind());
    return text_of(value_at(value_));
}

Result<std::int64_t> View::integer() const {
    if (kind() != Kind::number) return wrong_type("a number", kind());
    const Value& number = value_at(value_);
    if (number.IsInt64()) return number.GetInt64();
    const auto whole = cut(number.GetDouble());
    if (number.IsUint64() || !whole || double(*whole) != number.GetDouble()) {
        return fail(Code::invalid, "JSON number is not an integer of 64 bits", text());
    }
    return *whole;
}

Result<bool> View::boolean() const {
    if (kind() != Kind::boolean) return wrong_type("a boolean", kind());
    return value_at(value_).GetBool();
}

std::string_view View::string_or(std::string_view otherwise) const {
    return is_string() ? text_of(value_at(value_)) : otherwise;
}

std::optional<std::string_view> View::maybe_string() const {
    if (!is_string()) return std::nullopt;
    return text_of(value_at(value_));
}

std::optional<std::int64_t> View::maybe_integer() const {
    if (kind() == Kind::number && value_at(value_).IsInt64()) return value_at(value_).GetInt64();
    if (is_string()) {
        const auto text = text_of(value_at(value_));
        if (const auto whole = read_whole<std::int64_t>(text)) return whole;
    }
    const auto number = maybe_number();
    return number ? cut(*number) : std::nullopt;
}

std::optional<double> View::maybe_number() const {
    if (kind() == Kind::number) return value_at(value_).GetDouble();
    if (is_string()) return read_finite(text_of(value_at(value_)));
    return std::nullopt;
}

std::optional<bool> View::maybe_boolean() const {
    if (kind() == Kind::boolean) return value_at(value_).GetBool();
    if (string_or("") == "true") return true;
    if (string_or("") == "false") return false;
    return std::nullopt;
}

std::size_t View::size() const {
    if (is_array()) return value_at(value_).Size();
    return is_nothing() ? 0 : 1;
}

View View::at(std::size_t index) const {
    if (index >= size()) return {};
    if (!is_array()) return *this;
    return View(&value_at(value_)[static_cast<rapidjson::SizeType>(index)]);
}

View::Iterator View::begin() const { return {*this, 0}; }
View::Iterator View::end() const { return {*this, size()}; }

std::size_t View::member_count() const { return is_object() ? value_at(value_).MemberCount() : 0; }

std::string_view View::member_name(std::size_t index) const {
    if (index >= member_count()) return {};
    return text_of((value_at(value_).MemberBegin() + std::ptrdiff_t(index))->name);
}

View View::member(std::size_t index) const {
    if (index >= member_count()) return {};
    return View(&(value_at(value_).MemberBegin() + std::ptrdiff_t(index))->value);
}

std::string View::text() const {
    if (!value_) return "null";
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    value_at(value_).Accept(writer);
    return {buffer.GetString(), buffer.GetSize()};
}

// ---- Document ----------------------------------------------------------------------------------

struct Document::Held {
    explicit Held(std::size_t text_bytes) : arena(arena_bytes(text_bytes)), values(&arena) {}

    Arena arena;
    rapidjson::Document values;
};

Document::Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

View Document::root() const {
    return held_ ? View(static_cast<const Value*>(&held_->values)) : View();
}

Result<Document> Document::parse(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    TRY(scan(text));
    if (!utf8::valid(text)) return fail(Code::invalid, "invalid JSON", "invalid UTF-8");

    // Parsed in place in a copy, so that no string is allocated by itself. Iteratively: the depth
    // is bounded by the scan, but the stack of a worker should not depend on that alone. The
    // encoding is checked above, eight bytes at a time.
    auto held = std::make_unique<Held>(text.size());
    char* copy = static_cast<char*>(held->arena.Malloc(text.size() + 1));
    std::memcpy(copy, text.data(), text.size());
    copy[text.size()] = '\0';
    constexpr unsigned flags = rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag |
                               rapidjson::kParseFullPrecisionFlag;
    held->values.ParseInsitu<flags>(copy);
    if (held->values.HasParseError()) {
        return fail(Code::invalid, "invalid JSON",
                    std::string(rapidjson::GetParseError_En(held->values.GetParseError())) +
                        " at byte " + std::to_string(held->values.GetErrorOffset()));
    }
    if (any_duplicate_key(held->values)) {
        return fail(Code::invalid, "invalid JSON", "a key twice in one object");
    }
    Document document;
    document.held_ = std::move(held);
    return document;
}

}  // namespace kith::json
