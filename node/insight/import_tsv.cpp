#include "node/insight/import.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <tuple>

#include "config/limits/insight.hpp"
#include "node/insight/import_lines.hpp"

namespace kith::insight {
namespace {

struct Row {
    std::size_t line = 0;
    std::size_t depth = 0;  // how many ancestors a post has
    ImportedEvent event;
};

bool parse_role(std::string_view text, ImportedEvent& event) {
    if (text == "operator")
        event.role = Role::operator_;
    else if (text == "bot")
        event.role = Role::bot;
    else if (text == "remote")
        event.origin = Origin::remote;
    else if (text == "optout")
        event.opted_out = true;
    else
        return text == "member";
    return true;
}

std::optional<TimeMs> parse_hours(std::string_view text) {
    double hours = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hours);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (!(hours >= 0 && hours <= limits::import_hours_max)) return std::nullopt;
    return std::llround(hours * double(hour_ms));
}

Result<Row> parse_row(const ImportLine& line, TimeMs t0) {
    const auto fields = split_fields(line.text, "\t");
    if (fields.size() < 5 || fields.size() > 6)
        return import_failure(line.number,
                              "has not the columns kind, id, actor, role, hours, parent");
    Row row;
    row.line = line.number;
    if (fields[0] == "post")
        row.event.kind = ImportedKind::contribution;
    else if (fields[0] != "actor")
        return import_failure(line.number, "kind is not actor or post");
    if (!is_import_name(fields[1]) || !is_import_name(fields[2]))
        return import_failure(line.number,
                              "id and actor are 1 to 64 printable bytes without blanks");
    row.event.actor = fields[2];
    if (!parse_role(fields[3], row.event))
        return import_failure(line.number, "role is not member, operator, bot, remote or optout");
    const auto hours = parse_hours(fields[4]);
    if (!hours) return import_failure(line.number, "hours is not a number from 0 to 876600");
    row.event.at = t0 + *hours;

    const std::string_view parent = fields.size() == 6 ? fields[5] : std::string_view();
    if (row.event.kind == ImportedKind::contribution) {
        row.event.object = fields[1];
        row.event.parent = parent;
    } else if (fields[1] != fields[2] || !parent.empty()) {
        return import_failure(line.number, "an actor row has its actor as id and no parent");
    }
    return row;
}

// Keeps one of equal rows; refuses a post that is told in two ways.
Result<> drop_repeated(std::vector<Row>& rows) {
    std::map<std::pair<ImportedKind, std::string>, ImportedEvent> seen;
    std::vector<Row> kept;
    for (Row& row : rows) {
        const bool join = row.event.kind == ImportedKind::join;
        const auto [place, added] = seen.try_emplace(
            {row.event.kind, join ? row.event.actor : row.event.object}, row.event);
        if (added)
            kept.push_back(std::move(row));
        else if (place->second != row.event)
            return import_failure(row.line, "tells otherwise what an earlier line told");
    }
    rows = std::move(kept);
    return {};
}

Result<> check_roles(const std::vector<Row>& rows) {
    std::map<std::string_view, const ImportedEvent*> first;
    for (const Row& row : rows) {
        const ImportedEvent& known = *first.try_emplace(row.event.actor, &row.event).first->second;
        if (std::tie(known.role, known.origin, known.opted_out) !=
            std::tie(row.event.role, row.event.origin, row.event.opted_out))
            return import_failure(row.line, "gives the actor another role than an earlier line");
    }
    return {};
}

// Finds each post's depth in its thread. Refuses parents that are not in the file, replies older
// than what they reply to, and posts that reply in a circle.
Result<> resolve_parents(std::vector<Row>& rows) {
    std::map<std::string_view, Row*> posts;
    for (Row& row : rows)
        if (row.event.kind == ImportedKind::contribution) posts.emplace(row.event.object, &row);

    std::map<std::string_view, std::vector<Row*>> replies;
    std::vector<Row*> settled;
    for (auto& [object, row] : posts) {
        if (row->event.parent.empty()) {
            settled.push_back(row);
            continue;
        }
        const auto parent = posts.find(row->event.parent);
        if (parent == posts.end())
            return import_failure(row->line, "its parent is not in the file");
        if (row->event.at < parent->second->event.at)
            return import_failure(row->line, "is older than its parent");
        replies[row->event.parent].push_back(row);
    }
    for (std::size_t i = 0; i < settled.size(); ++i) {
        for (Row* reply : replies[settled[i]->event.object]) {
            reply->depth = settled[i]->depth + 1;
            settled.push_back(reply);
        }
        replies.erase(settled[i]->event.object);
    }
    if (!replies.empty())
        return import_failure(replies.begin()->second.front()->line, "its thread is a circle");
    return {};
}

}  // namespace

Result<std::vector<ImportedEvent>> read_tsv(std::string_view text, TimeMs t0) {
    std::vector<Row> rows;
    const auto lines = TRY(import_lines(text));
    for (const ImportLine& line : lines) rows.push_back(TRY(parse_row(line, t0)));
    TRY(drop_repeated(rows));
    TRY(check_roles(rows));
    TRY(resolve_parents(rows));
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return std::tie(a.event.at, a.event.kind, a.depth, a.event.object, a.event.actor) <
               std::tie(b.event.at, b.event.kind, b.depth, b.event.object, b.event.actor);
    });
    std::vector<ImportedEvent> events;
    for (Row& row : rows) events.push_back(std::move(row.event));
    return events;
}

}  // namespace kith::insight
