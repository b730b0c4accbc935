#include "node/insight/import.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

#include "config/limits/insight.hpp"
#include "node/insight/import_lines.hpp"

namespace kith::insight {
namespace {

std::optional<TimeMs> parse_unix_seconds(std::string_view text) {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (seconds < 0 || seconds > limits::import_unix_seconds_max) return std::nullopt;
    return seconds * second_ms;
}

Result<ImportedEvent> parse_edge(const ImportLine& line) {
    auto fields = split_fields(line.text, " \t");
    std::erase_if(fields, [](std::string_view field) { return field.empty(); });
    if (fields.size() != 3) return import_failure(line.number, "is not 'src dst unix-seconds'");
    if (!is_import_name(fields[0]) || !is_import_name(fields[1]))
        return import_failure(line.number, "a name is too long or not printable");
    const auto at = parse_unix_seconds(fields[2]);
    if (!at) return import_failure(line.number, "the time is not in seconds from 1970 to 2100");

    ImportedEvent event;
    event.kind = ImportedKind::contribution;
    event.object = "line-" + std::to_string(line.number);
    event.actor = fields[0];
    event.answers = fields[1];
    event.at = *at;
    return event;
}

}  // namespace

Result<std::vector<ImportedEvent>> read_edges(std::string_view text) {
    const auto lines = TRY(import_lines(text));
    if (lines.empty()) return fail(Code::invalid, "the file is empty: a header line is wanted");
    // Taken for a header, an edge in the first line would be lost without a word.
    if (parse_edge(lines.front()))
        return import_failure(lines.front().number, "is an edge where the header is wanted");

    std::vector<ImportedEvent> events;
    std::map<std::string, TimeMs> first_seen;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        events.push_back(TRY(parse_edge(lines[i])));
        const ImportedEvent& event = events.back();
        for (const std::string& name : {event.actor, event.answers}) {
            const auto [place, added] = first_seen.try_emplace(name, event.at);
            if (!added) place->second = std::min(place->second, event.at);
        }
    }
    for (const auto& [name, at] : first_seen) {
        ImportedEvent join;
        join.actor = name;
        join.at = at;
        events.push_back(std::move(join));
    }
    std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) {
        return std::tie(a.at, a.kind) < std::tie(b.at, b.kind);
    });
    return events;
}

}  // namespace kith::insight
