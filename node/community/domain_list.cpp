#include "node/community/domain_list.hpp"

#include "base/text/csv.hpp"
#include "base/text/host.hpp"
#include "base/text/strings.hpp"

#include <optional>
#include <set>

namespace kith::community {

namespace {

using model::BlockSeverity;
using model::DomainBlock;

const std::vector<std::string> header{"#domain",        "#severity",       "#reject_media",
                                      "#reject_reports", "#public_comment", "#obfuscate"};

struct Columns {
    std::size_t host = 0, severity = 1;
    std::optional<std::size_t> reject_media, reject_reports, comment, obfuscate;
};

std::string plain(std::string_view name) {
    return text::to_lower_ascii(name.starts_with('#') ? name.substr(1) : name);
}

// By the names in the first line; a list without them has hosts in its first column.
std::optional<Columns> columns_of(const std::vector<std::string>& first) {
    std::optional<Columns> found;
    for (std::size_t i = 0; i < first.size(); ++i) {
        const auto name = plain(first[i]);
        if (name == "domain") {
            if (!found) found = Columns{};
            found->host = i;
        }
        if (!found) continue;
        if (name == "severity") found->severity = i;
        if (name == "reject_media") found->reject_media = i;
        if (name == "reject_reports") found->reject_reports = i;
        if (name == "public_comment" || name == "reason") found->comment = i;
        if (name == "obfuscate") found->obfuscate = i;
    }
    return found;
}

std::string field(const std::vector<std::string>& row, std::size_t column) {
    return column < row.size() ? std::string(text::trim(row[column])) : std::string();
}

bool flag(const std::vector<std::string>& row, const std::optional<std::size_t>& column) {
    if (!column) return false;
    const auto word = text::to_lower_ascii(field(row, *column));
    return word == "true" || word == "1" || word == "t" || word == "yes";
}

std::optional<BlockSeverity> severity_of(std::string_view word) {
    if (word.empty() || word == "suspend") return BlockSeverity::suspend;
    if (word == "silence" || word == "limit") return BlockSeverity::silence;
    if (word == "noop") return BlockSeverity::none;
    return {};
}

}  // namespace

DomainList read_domain_list(std::string_view text, TimeMs now) {
    DomainList list;
    auto rows = csv::parse(text);
    const auto columns = rows.empty() ? std::nullopt : columns_of(rows.front());
    if (columns) rows.erase(rows.begin());
    const auto at = columns.value_or(Columns{});
    std::set<std::string> seen;
    for (const auto& row : rows) {
        if (!columns && field(row, 0).starts_with('#')) continue;  // a remark
        const auto host = normalize_host(field(row, at.host));
        const auto severity = severity_of(field(row, at.severity));
        if (!host || !severity) {
            list.unreadable.push_back(field(row, at.host));
            continue;
        }
        DomainBlock block{.host = *host, .severity = *severity, .reason = "", .created_at = now, .note = ""};
        if (at.comment) block.reason = field(row, *at.comment);
        block.reject_media = flag(row, at.reject_media);
        block.reject_reports = flag(row, at.reject_reports);
        block.obfuscate = flag(row, at.obfuscate);
        // Mastodon lists hosts that it has only remarks about: nothing follows from those.
        const bool says_nothing = *severity == BlockSeverity::none && !block.reject_media &&
                                  !block.reject_reports;
        if (!says_nothing && seen.insert(*host).second) list.blocks.push_back(std::move(block));
    }
    return list;
}

std::string write_domain_list(const std::vector<DomainBlock>& blocks) {
    const auto word = [](bool yes) { return std::string(yes ? "TRUE" : "FALSE"); };
    auto out = csv::line(header);
    for (const auto& block : blocks)
        out += csv::line({block.host, std::string(to_string(block.severity)), word(block.reject_media),
                          word(block.reject_reports), block.reason, word(block.obfuscate)});
    return out;
}

std::string_view to_string(BlockSeverity severity) {
    switch (severity) {
        case BlockSeverity::silence:
            return "silence";
        case BlockSeverity::suspend:
            return "suspend";
        case BlockSeverity::none:
            return "noop";
    }
    return "";
}

}  // namespace kith::community
