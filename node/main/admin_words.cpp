#include "node/main/admin_words.hpp"

#include "config/limits/announcements.hpp"
#include "node/community/announcements.hpp"
#include "node/community/documents.hpp"

namespace kith {

namespace {

using community::DocumentKind;

Result<Id> id_of(const AdminRequest& r) {
    const auto id = parse_id(r.text("ID"));
    if (!id) return fail(Code::invalid, "\"" + r.text("ID") + "\" is no id: the list shows them");
    return *id;
}

constexpr std::size_t date_characters = 10;  // of 2026-12-01

// A day, or a point in time. Whether it was a day alone is told by its length.
Result<std::optional<TimeMs>> time_of(const AdminRequest& r, const std::string& option) {
    if (!r.has(option)) return std::optional<TimeMs>{};
    auto text = r.text(option);
    if (text.size() == date_characters) text += "T00:00:00Z";
    TimeMs at = 0;
    if (!parse_iso8601(text, at))
        return fail(Code::invalid, option + " \"" + r.text(option) +
                                       "\" is no time: it looks like 2026-12-01 or 2026-12-01T18:00:00Z");
    return std::optional<TimeMs>(at);
}

Result<DocumentKind> kind_of(const AdminRequest& r) {
    const auto name = r.text("KIND");
    if (name == "about") return DocumentKind::about;
    if (name == "privacy") return DocumentKind::privacy;
    if (name == "terms") return DocumentKind::terms;
    return fail(Code::invalid, "\"" + name + "\" is none of about, privacy, terms");
}

std::string line_of(Id id, const std::string& text) { return std::to_string(id) + "  " + text + "\n"; }

}  // namespace

Result<std::string> rule_add(community::Context& context, const AdminRequest& r) {
    return line_of(TRY(community::add_rule(context, r.text("TEXT"), r.text("--hint"))).id, r.text("TEXT"));
}

Result<std::string> rule_remove(community::Context& context, const AdminRequest& r) {
    TRY(community::remove_rule(context, TRY(id_of(r))));
    return std::string("removed\n");
}

Result<std::string> rule_list(community::Context& context, const AdminRequest&) {
    std::string out;
    for (const auto& rule : TRY(community::rules(context)))
        out += line_of(rule.id, rule.text + (rule.hint.empty() ? "" : " (" + rule.hint + ")"));
    return out.empty() ? std::string("this node has no rules\n") : out;
}

Result<std::string> announcement_add(community::Context& context, const AdminRequest& r) {
    community::NewAnnouncement asked{.text = r.text("TEXT"), .starts_at = {}, .ends_at = {}};
    asked.starts_at = TRY(time_of(r, "--starts"));
    asked.ends_at = TRY(time_of(r, "--ends"));
    const auto is_day = [&](const std::string& option) {
        return !r.has(option) || r.text(option).size() == date_characters;
    };
    asked.all_day = is_day("--starts") && is_day("--ends");
    if (asked.all_day && asked.ends_at) *asked.ends_at += day_ms;  // the last day is one of them
    return line_of(TRY(community::announce(context, asked)).id, asked.text);
}

Result<std::string> announcement_remove(community::Context& context, const AdminRequest& r) {
    TRY(community::remove_announcement(context, TRY(id_of(r))));
    return std::string("removed\n");
}

Result<std::string> announcement_list(community::Context& context, const AdminRequest&) {
    std::string out;
    for (const auto& each : TRY(community::announcements(context))) {
        auto text = each.text;
        if (each.starts_at) text += "  from " + format_iso8601(*each.starts_at);
        if (each.ends_at) text += "  until " + format_iso8601(*each.ends_at);
        out += line_of(each.id, text);
    }
    return out.empty() ? std::string("nothing is announced\n") : out;
}

Result<std::string> document_set(community::Context& context, const AdminRequest& r) {
    const auto kind = TRY(kind_of(r));
    const auto effective = TRY(time_of(r, "--effective"));
    if (effective && kind != DocumentKind::terms) return fail(Code::invalid, "--effective is of terms alone");
    const auto text = TRY(read_file(r.text("FILE"), limits::document_bytes_max));
    const auto today = context.clock.now_ms() / day_ms * day_ms;
    TRY(community::set_document(context, kind, text, effective.value_or(today)));
    return std::string("published\n");
}

Result<std::string> document_show(community::Context& context, const AdminRequest& r) {
    auto found = community::document(context, TRY(kind_of(r)));
    if (!found && found.error().code == Code::not_found) return fail(Code::not_found, "this node has no " + r.text("KIND"));
    return TRY(std::move(found)).text;
}

}  // namespace kith
