#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

namespace kith::log {

enum class Level { debug, info, warn, error };
enum class Format { logfmt, json };

// One named value of a log line. Strings are escaped by the writer; secrets are never given to it.
struct Field {
    std::string_view name;
    std::string value;
    bool quoted = true;

    Field(std::string_view n, std::string_view v) : name(n), value(v) {}
    Field(std::string_view n, const std::string& v) : name(n), value(v) {}
    Field(std::string_view n, const char* v) : name(n), value(v) {}
    template <class Number, class = std::enable_if_t<std::is_arithmetic_v<Number>>>
    Field(std::string_view n, Number v) : name(n), quoted(false) {
        if constexpr (std::is_same_v<Number, bool>) value = v ? "true" : "false";
        else value = std::to_string(v);
    }
};

using Fields = std::initializer_list<Field>;

// Before the first line; the default is info, logfmt. Lines go to standard error.
void configure(Level at_least, Format);

// `event` is a fixed dotted name ("delivery.failed"); what varies goes into fields. Thread-safe.
void write(Level, std::string_view event, Fields);

inline void debug(std::string_view event, Fields fields = {}) { write(Level::debug, event, fields); }
inline void info(std::string_view event, Fields fields = {}) { write(Level::info, event, fields); }
inline void warn(std::string_view event, Fields fields = {}) { write(Level::warn, event, fields); }
inline void error(std::string_view event, Fields fields = {}) { write(Level::error, event, fields); }

}  // namespace kith::log
