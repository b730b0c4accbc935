#include "node/main/admin_domains.hpp"

#include "base/text/csv.hpp"
#include "base/text/host.hpp"
#include "base/text/strings.hpp"
#include "config/limits/main.hpp"
#include "node/community/severances.hpp"
#include "storage/repo/host_suspension.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

namespace kith {

namespace {

using community::Context;
using model::BlockSeverity;
using model::DomainBlock;

// The columns of Mastodon's list; what this node does not know stays as it is by default.
const std::vector<std::string> header{"#domain",        "#severity",       "#reject_media",
                                      "#reject_reports", "#public_comment", "#obfuscate"};

struct Columns {
    std::size_t host = 0, severity = 1;
    std::optional<std::size_t> comment;
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
        if (found && name == "severity") found->severity = i;
        if (found && (name == "public_comment" || name == "reason")) found->comment = i;
    }
    return found;
}

std::string field(const std::vector<std::string>& row, std::size_t column) {
    return column < row.size() ? std::string(text::trim(row[column])) : std::string();
}

struct Wanted {
    std::vector<DomainBlock> blocks;
    std::vector<std::string> unreadable;  // what is no host, or no severity
};

Wanted read_list(std::string_view text, TimeMs now) {
    Wanted wanted;
    auto rows = csv::parse(text);
    auto columns = rows.empty() ? std::nullopt : columns_of(rows.front());
    if (columns) rows.erase(rows.begin());
    for (const auto& row : rows) {
        const auto at = columns.value_or(Columns{});
        const auto host = normalize_host(field(row, at.host));
        const auto severity = field(row, at.severity);
        const bool silences = severity == "silence" || severity == "limit";
        if (!host || !(silences || severity.empty() || severity == "suspend")) {
            if (severity != "noop") wanted.unreadable.push_back(field(row, at.host));
            continue;
        }
        wanted.blocks.push_back({*host, silences ? BlockSeverity::silence : BlockSeverity::suspend,
                                 at.comment ? field(row, *at.comment) : std::string(), now});
    }
    return wanted;
}

Result<std::string> read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(Code::not_found, "the file cannot be read: " + path);
    std::string text(limits::blocklist_bytes_max + 1, '\0');
    in.read(text.data(), std::streamsize(text.size()));
    text.resize(std::size_t(in.gcount()));
    if (text.size() > limits::blocklist_bytes_max)
        return fail(Code::too_large, "the file is longer than a list of blocks may be: " + path);
    return text;
}

std::string describe(const DomainBlock& block, std::int64_t follows) {
    const bool suspends = block.severity == BlockSeverity::suspend;
    return block.host + "  " + (suspends ? "suspend" : "silence") +
           (suspends && follows > 0 ? "  ends " + std::to_string(follows) + " follows" : "") + "\n";
}

}  // namespace

Result<std::string> domain_export(Context& context, const AdminRequest&) {
    const auto blocks = TRY(context.db.read(repo::domain_blocks));
    auto out = csv::line(header);
    for (const auto& block : blocks)
        out += csv::line({block.host,
                          block.severity == BlockSeverity::suspend ? "suspend" : "silence", "FALSE",
                          "FALSE", block.reason, "FALSE"});
    return out;
}

Result<std::string> domain_import(Context& context, const AdminRequest& request) {
    const auto wanted = read_list(TRY(read_file(request.text("FILE"))), context.clock.now_ms());
    const bool preview = request.has("--preview");
    return context.db.write([&](sql::Tx& tx) -> Result<std::string> {
        std::string out;
        std::size_t added = 0;
        for (const auto& block : wanted.blocks) {
            if (TRY(repo::find_domain_block(tx, block.host))) continue;
            out += describe(block, TRY(repo::follows_with_host(tx, block.host)));
            ++added;
            if (!preview) TRY(repo::put_domain_block(tx, block));
        }
        for (const auto& text : wanted.unreadable) out += "not understood: " + text + "\n";
        out += std::to_string(added) + (preview ? " would be added\n" : " added\n");
        if (preview || added == 0) return out;
        TRY(repo::follow_domain_blocks(tx, context.clock.now_ms()));
        TRY(community::begin_severance(tx, context, "a list of " + std::to_string(added) + " hosts"));
        return out;
    });
}

}  // namespace kith
