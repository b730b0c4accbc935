#include "node/community/blocklists.hpp"

#include "base/core/log.hpp"
#include "base/text/url.hpp"
#include "config/limits/domains.hpp"
#include "node/community/domain_list.hpp"
#include "node/community/domains.hpp"
#include "storage/repo/domains.hpp"

#include <algorithm>
#include <map>
#include <span>

namespace kith::community {

using model::Blocklist;
using model::BlockSeverity;
using model::DomainBlock;
using sql::Tx;

namespace {

using ByHost = std::map<std::string, DomainBlock>;

int strength(BlockSeverity severity) {
    return severity == BlockSeverity::suspend ? 2 : severity == BlockSeverity::silence ? 1 : 0;
}

// The strictest word of all lists about each host.
ByHost taken_together(std::vector<DomainBlock> entries) {
    ByHost out;
    for (auto& entry : entries) {
        auto [it, is_new] = out.try_emplace(entry.host, entry);
        if (is_new) continue;
        auto& block = it->second;
        if (strength(entry.severity) > strength(block.severity)) block.severity = entry.severity;
        block.reject_media = block.reject_media || entry.reject_media;
        block.reject_reports = block.reject_reports || entry.reject_reports;
    }
    return out;
}

bool says_the_same(const DomainBlock& a, const DomainBlock& b) {
    return a.severity == b.severity && a.reject_media == b.reject_media &&
           a.reject_reports == b.reject_reports && a.reason == b.reason && a.list_id == b.list_id;
}

struct Changes {
    std::vector<DomainBlock> put;
    std::vector<std::string> removed;
};

// From what is blocked to what the lists' entries say; what was set by hand is no part of it.
Result<Changes> changes(Tx& tx, std::vector<DomainBlock> entries) {
    Changes out;
    auto wanted = taken_together(std::move(entries));
    for (const auto& block : TRY(repo::domain_blocks(tx))) {
        const auto found = wanted.find(block.host);
        if (block.list_id && found == wanted.end()) out.removed.push_back(block.host);
        if (found == wanted.end()) continue;
        if (block.list_id && !says_the_same(block, found->second)) {
            auto put = found->second;
            put.id = block.id;
            put.created_at = block.created_at;
            out.put.push_back(std::move(put));
        }
        wanted.erase(found);
    }
    for (auto& [host, block] : wanted) out.put.push_back(std::move(block));
    return out;
}

Result<ListEffect> effect_of(Tx& tx, const Changes& changes) {
    ListEffect effect;
    for (const auto& block : changes.put)
        effect.blocked.push_back({block, block.severity == BlockSeverity::suspend
                                             ? TRY(repo::follows_with_host(tx, block.host))
                                             : 0});
    effect.unblocked = changes.removed;
    return effect;
}

// Makes blocks agree with the lists, a bounded number in one transaction.
Result<> settle(Context& context, const std::string& cause) {
    for (;;) {
        const bool more = TRY(context.db.write([&](Tx& tx) -> Result<bool> {
            const auto todo = TRY(changes(tx, TRY(repo::blocklist_entries(tx))));
            std::size_t done = 0;
            for (auto block : todo.put) {
                if (done++ == limits::domain_blocks_per_write_max) break;
                if (block.id == 0) {
                    block.id = context.ids.next();
                    block.created_at = context.clock.now_ms();
                }
                TRY(repo::put_domain_block(tx, block));
            }
            for (const auto& host : todo.removed) {
                if (done++ >= limits::domain_blocks_per_write_max) break;
                TRY(repo::remove_domain_block(tx, host));
            }
            if (todo.put.size() + todo.removed.size() > limits::domain_blocks_per_write_max) return true;
            TRY(settle_domains(tx, context, cause));
            return false;
        }));
        if (!more) return {};
    }
}

Result<> store(Context& context, const Blocklist& list, const std::vector<DomainBlock>& blocks,
               TimeMs now) {
    std::span<const DomainBlock> rest(blocks);
    while (!rest.empty()) {
        const auto piece = rest.first(std::min(rest.size(), limits::domain_blocks_per_write_max));
        TRY(context.db.write([&](Tx& tx) -> Result<> {
            for (const auto& block : piece) TRY(repo::put_blocklist_entry(tx, list.id, block, now));
            return {};
        }));
        rest = rest.subspan(piece.size());
    }
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(repo::drop_blocklist_entries(tx, list.id, now));
        auto fetched = list;
        fetched.fetched_at = now;
        fetched.next_at = now + limits::blocklist_asked_every_ms;
        fetched.last_error.clear();
        return repo::save_blocklist(tx, fetched);
    });
}

// A list that names nothing is taken for a page that is no list: nobody subscribes to emptiness, and
// an error page must not unblock everybody.
Result<DomainList> get(Context& context, const FetchList& fetch, const std::string& url) {
    const auto parsed = Url::parse(url);
    if (!parsed || (parsed->scheme() != "https" && parsed->scheme() != "http"))
        return fail(Code::invalid, "a list is named by its http URL", url);
    auto list = read_domain_list(TRY(fetch(url)), context.clock.now_ms());
    if (list.blocks.empty()) return fail(Code::upstream, "no list of domain blocks is there", url);
    if (list.blocks.size() > limits::blocklist_entries_max)
        return fail(Code::too_large, "the list names too many hosts", url);
    return list;
}

Result<std::optional<Blocklist>> find(Tx& tx, const std::string& url) {
    for (auto& list : TRY(repo::blocklists(tx)))
        if (list.url == url) return std::optional<Blocklist>(std::move(list));
    return std::optional<Blocklist>{};
}

Result<ListEffect> effect_with(Context& context, const DomainList& list, BlockSeverity severity_max) {
    return context.db.read([&](Tx& tx) -> Result<ListEffect> {
        auto entries = TRY(repo::blocklist_entries(tx));
        for (auto block : list.blocks) {
            if (block.severity == BlockSeverity::suspend) block.severity = severity_max;
            block.list_id = 0;
            entries.push_back(std::move(block));
        }
        auto effect = TRY(effect_of(tx, TRY(changes(tx, std::move(entries)))));
        effect.unreadable = list.unreadable;
        return effect;
    });
}

Result<Blocklist> followed(Tx& tx, const std::string& url) {
    auto list = TRY(find(tx, url));
    if (!list) return fail(Code::not_found, "the node does not follow this list", url);
    return std::move(*list);
}

Result<ListEffect> effect_without(Context& context, const Blocklist& list) {
    return context.db.read([&](Tx& tx) -> Result<ListEffect> {
        auto entries = TRY(repo::blocklist_entries(tx));
        std::erase_if(entries, [&](const DomainBlock& entry) { return entry.list_id == list.id; });
        return effect_of(tx, TRY(changes(tx, std::move(entries))));
    });
}

Result<> refresh(Context& context, const FetchList& fetch, const Blocklist& list) {
    const auto now = context.clock.now_ms();
    auto got = get(context, fetch, list.url);
    if (!got) {
        log::warn("blocklist.not_read", {{"url", list.url}, {"error", got.error().safe_text}});
        return context.db.write([&](Tx& tx) {
            auto failed = list;
            failed.next_at = now + limits::blocklist_asked_every_ms;
            failed.last_error = got.error().safe_text;
            return repo::save_blocklist(tx, failed);
        });
    }
    TRY(store(context, list, got->blocks, now));
    return settle(context, list.url);
}

}  // namespace

Result<ListEffect> preview_blocklist(Context& context, const FetchList& fetch, const std::string& url,
                                     BlockSeverity severity_max) {
    return effect_with(context, TRY(get(context, fetch, url)), severity_max);
}

Result<ListEffect> subscribe_blocklist(Context& context, const FetchList& fetch, const std::string& url,
                                       BlockSeverity severity_max) {
    const auto got = TRY(get(context, fetch, url));
    auto effect = TRY(effect_with(context, got, severity_max));
    const auto now = context.clock.now_ms();
    Blocklist list{.id = context.ids.next(),
                   .url = url,
                   .severity_max = severity_max,
                   .created_at = now,
                   .next_at = now,
                   .fetched_at = {},
                   .last_error = ""};
    TRY(context.db.write([&](Tx& tx) -> Result<> {
        if (!TRY(repo::add_blocklist(tx, list)))
            return fail(Code::conflict, "the node follows this list already", url);
        return {};
    }));
    TRY(store(context, list, got.blocks, now));
    TRY(settle(context, url));
    return effect;
}

Result<ListEffect> preview_leaving(Context& context, const std::string& url) {
    return effect_without(context, TRY(context.db.read([&](Tx& tx) { return followed(tx, url); })));
}

Result<ListEffect> leave_blocklist(Context& context, const std::string& url) {
    const auto list = TRY(context.db.read([&](Tx& tx) { return followed(tx, url); }));
    auto effect = TRY(effect_without(context, list));
    TRY(context.db.write([&](Tx& tx) { return repo::remove_blocklist(tx, list.id); }));
    TRY(settle(context, url));
    return effect;
}

Result<> refresh_blocklists(Context& context, const FetchList& fetch) {
    const auto lists = TRY(context.db.read(repo::blocklists));
    for (const auto& list : lists)
        if (list.next_at <= context.clock.now_ms()) TRY(refresh(context, fetch, list));
    return {};
}

}  // namespace kith::community
