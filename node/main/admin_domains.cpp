#include "node/main/admin_domains.hpp"

#include "base/json/writer.hpp"
#include "base/text/host.hpp"
#include "config/limits/domains.hpp"
#include "node/community/domain_list.hpp"
#include "node/community/domains.hpp"
#include "storage/repo/domains.hpp"


namespace kith {

namespace {

using community::Context;
using model::BlockSeverity;
using model::DomainBlock;

BlockSeverity severity_asked(const AdminRequest& r) {
    if (r.text("--severity") == "silence") return BlockSeverity::silence;
    if (r.text("--severity") == "noop") return BlockSeverity::none;
    return BlockSeverity::suspend;
}

std::string words(const DomainBlock& block) {
    return block.host + "  " + std::string(community::to_string(block.severity)) +
           (block.reject_media ? "  no media" : "") + (block.reject_reports ? "  no reports" : "");
}

std::string describe(const DomainBlock& block, std::int64_t follows) {
    return words(block) +
           (follows > 0 ? "  ends " + std::to_string(follows) + " follows" : "") + "\n";
}

std::string describe(const community::ListEffect& effect, std::string_view tense) {
    std::string out;
    for (const auto& line : effect.blocked) out += describe(line.block, line.follows_ended);
    for (const auto& host : effect.unblocked) out += host + "  unblocked\n";
    for (const auto& text : effect.unreadable) out += "not understood: " + text + "\n";
    return out + std::to_string(effect.blocked.size()) + " blocked, " +
           std::to_string(effect.unblocked.size()) + " unblocked" + std::string(tense) + "\n";
}

constexpr std::string_view only_told = " (nothing was changed)";

void write_json(json::Writer& w, const DomainBlock& b, const std::vector<model::Blocklist>& lists) {
    w.object().member("host", b.host).member("severity", community::to_string(b.severity));
    w.member("reject_media", b.reject_media).member("reject_reports", b.reject_reports);
    w.member("reason", b.reason).member("note", b.note).member("obfuscate", b.obfuscate);
    w.member("since", format_iso8601(b.created_at)).key("list");
    const auto list = std::find_if(lists.begin(), lists.end(),
                                   [&](const auto& each) { return b.list_id == each.id; });
    if (list == lists.end())
        w.null();
    else
        w.value(list->url);
    w.end();
}

}  // namespace

Result<std::string> domain_block(Context& context, const AdminRequest& r) {
    const auto host = TRY(normalize_host(r.text("HOST")));
    TRY(community::block_domain(context, {.host = host,
                                          .severity = severity_asked(r),
                                          .reason = r.text("--reason"),
                                          .reject_media = r.has("--reject-media"),
                                          .reject_reports = r.has("--reject-reports"),
                                          .note = r.text("--note"),
                                          .obfuscate = r.has("--obfuscate")}));
    return "blocked " + host + "\n";
}

Result<std::string> domain_unblock(Context& context, const AdminRequest& r) {
    const auto host = TRY(normalize_host(r.text("HOST")));
    TRY(community::unblock_domain(context, host));
    return "unblocked " + host + "\n";
}

Result<std::string> domain_list(Context& context, const AdminRequest& r) {
    const auto blocks = TRY(context.db.read(repo::domain_blocks));
    const auto allows = TRY(context.db.read(repo::domain_allows));
    const auto lists = TRY(context.db.read(repo::blocklists));
    if (r.has("--json")) {
        json::Writer w;
        w.array();
        for (const auto& b : blocks) write_json(w, b, lists);
        w.end();
        return w.take() + "\n";
    }
    std::string out;
    for (const auto& b : blocks)
        out += words(b) + (b.list_id ? "  (by a list)" : "") + (b.reason.empty() ? "" : "  " + b.reason) +
               "\n";
    if (out.empty()) out = "no domain is blocked\n";
    for (const auto& allow : allows) out += allow.host + "  allowed\n";
    return out;
}

Result<std::string> domain_allow(Context& context, const AdminRequest& r) {
    const auto host = TRY(normalize_host(r.text("HOST")));
    TRY(community::allow_domain(context, host));
    return "allowed " + host +
           (context.config.federation.allow_list
                ? "\n"
                : "; it has no effect before federation.allow_list is on\n");
}

Result<std::string> domain_disallow(Context& context, const AdminRequest& r) {
    const auto host = TRY(normalize_host(r.text("HOST")));
    TRY(community::disallow_domain(context, host));
    return host + " is not allowed any more\n";
}

Result<std::string> domain_export(Context& context, const AdminRequest&) {
    return community::write_domain_list(TRY(context.db.read(repo::domain_blocks)));
}

Result<std::string> domain_import(Context& context, const AdminRequest& request) {
    const auto wanted =
        community::read_domain_list(TRY(read_file(request.text("FILE"), limits::blocklist_bytes_max)), context.clock.now_ms());
    const bool preview = request.has("--preview");
    return context.db.write([&](sql::Tx& tx) -> Result<std::string> {
        std::string out;
        std::size_t added = 0;
        for (auto block : wanted.blocks) {
            if (TRY(repo::find_domain_block(tx, block.host))) continue;
            const bool ends = block.severity == BlockSeverity::suspend;
            out += describe(block, ends ? TRY(repo::follows_with_host(tx, block.host)) : 0);
            ++added;
            block.id = context.ids.next();
            if (!preview) TRY(repo::put_domain_block(tx, block));
        }
        for (const auto& text : wanted.unreadable) out += "not understood: " + text + "\n";
        out += std::to_string(added) + (preview ? " would be added\n" : " added\n");
        if (preview || added == 0) return out;
        TRY(community::settle_domains(tx, context, "a list of " + std::to_string(added) + " hosts"));
        return out;
    });
}

Result<std::string> domain_subscribe(Context& context, const AdminRequest& r,
                                     const community::FetchList& fetch) {
    const auto most = r.has("--silence-only") ? BlockSeverity::silence : BlockSeverity::suspend;
    if (r.has("--preview"))
        return describe(TRY(community::preview_blocklist(context, fetch, r.text("URL"), most)), only_told);
    return describe(TRY(community::subscribe_blocklist(context, fetch, r.text("URL"), most)), "");
}

Result<std::string> subscribe_without_node(Context&, const AdminRequest&) {
    return fail(Code::unavailable, "only a running node fetches lists: start it with kith serve");
}

Result<std::string> domain_unsubscribe(Context& context, const AdminRequest& r) {
    if (r.has("--preview"))
        return describe(TRY(community::preview_leaving(context, r.text("URL"))), only_told);
    return describe(TRY(community::leave_blocklist(context, r.text("URL"))), "");
}

Result<std::string> domain_subscriptions(Context& context, const AdminRequest&) {
    std::string out;
    for (const auto& list : TRY(context.db.read(repo::blocklists))) {
        out += list.url + (list.severity_max == BlockSeverity::silence ? "  silence only" : "");
        out += "  read " + (list.fetched_at ? format_iso8601(*list.fetched_at) : std::string("never"));
        out += (list.last_error.empty() ? "" : "  last time: " + list.last_error) + "\n";
    }
    return out.empty() ? std::string("this node follows no list\n") : out;
}

community::FetchList list_fetcher(client::Transport& transport) {
    return [&transport](const std::string& url) -> Result<std::string> {
        client::Request request;
        request.url = TRY(Url::parse(url));
        request.accept = "text/csv, text/plain;q=0.9, */*;q=0.1";
        request.timeout_ms = limits::blocklist_timeout_ms;
        request.response_bytes_max = limits::blocklist_bytes_max;
        auto answer = client::fetch(transport, std::move(request));
        if (!answer) return tl::unexpected(answer.error().to_error());
        if (answer->status != 200)
            return fail(Code::upstream, "the list answers with status " + std::to_string(answer->status), url);
        return std::move(answer->body);
    };
}

}  // namespace kith
