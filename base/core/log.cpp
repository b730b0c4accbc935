#include "base/core/log.hpp"

#include "base/core/quoted.hpp"

#include <fmt/chrono.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>

namespace kith::log {

namespace {

std::atomic<Level> least{Level::info};
std::atomic<Format> format{Format::logfmt};

spdlog::logger& logger() {
    static auto instance = [] {
        auto made = std::make_shared<spdlog::logger>(
            "kith", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%v");
        made->set_level(spdlog::level::trace);
        made->flush_on(spdlog::level::trace);
        return made;
    }();
    return *instance;
}

std::string_view name_of(Level level) {
    switch (level) {
        case Level::debug: return "debug";
        case Level::info: return "info";
        case Level::warn: return "warn";
        case Level::error: return "error";
    }
    return "info";
}

}  // namespace

void configure(Level at_least, Format as) {
    least = at_least;
    format = as;
}

void write(Level level, std::string_view event, Fields fields) {
    if (level < least.load(std::memory_order_relaxed)) return;
    const bool json = format == Format::json;
    std::string line;
    auto add = [&](std::string_view name, std::string_view value, bool quoted) {
        if (json) {
            line += line.empty() ? '{' : ',';
            append_quoted(line, name);
            line += ':';
        } else {
            if (!line.empty()) line += ' ';
            line += name;
            line += '=';
        }
        if (quoted) append_quoted(line, value);
        else line += value;
    };
    // fmt's own time, not Clock: a log line tells when it was written, also under a virtual clock.
    add("at", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))), json);
    add("level", name_of(level), json);
    add("event", event, json);
    for (const auto& field : fields) add(field.name, field.value, field.quoted);
    if (json) line += '}';
    logger().log(level == Level::error  ? spdlog::level::err
                 : level == Level::warn ? spdlog::level::warn
                                        : spdlog::level::info,
                 "{}", line);
}

}  // namespace kith::log
