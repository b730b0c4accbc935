#include "node/community/settings_import.hpp"

#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "base/text/host.hpp"
#include "config/limits/lemmy_api.hpp"
#include "node/community/accounts.hpp"
#include "node/community/notices.hpp"
#include "node/community/personal.hpp"
#include "node/community/posts.hpp"
#include "node/community/relations.hpp"
#include "storage/repo/jobs.hpp"

namespace kith::community {

using sql::Tx;

namespace {

std::string written(Id member, const std::vector<ImportEntry>& entries, std::size_t from) {
    json::Writer w;
    w.object().member("member", member).key("entries").array();
    for (auto at = from; at < entries.size(); ++at)
        w.object().member("kind", int(entries[at].kind)).member("name", entries[at].name).end();
    w.end().end();
    return w.take();
}

Result<Id> actor_of(Context& context, const std::string& ap_id, const ImportLookup& lookup) {
    if (const auto known = actor_by_ap_id(context, ap_id)) return known->id;
    return lookup.actor(ap_id);
}

Result<> do_one(Context& context, Id member, const ImportEntry& entry, const ImportLookup& lookup) {
    switch (entry.kind) {
        case ImportKind::follow:
            TRY(follow(context, member, TRY(actor_of(context, entry.name, lookup)), {}));
            return {};
        case ImportKind::block:
            TRY(block(context, member, TRY(actor_of(context, entry.name, lookup))));
            return {};
        case ImportKind::mute_group:
            TRY(mute(context, member, TRY(actor_of(context, entry.name, lookup)), true, {}));
            return {};
        case ImportKind::save: {
            const auto known = visible_post(context, Viewer::actor(member), entry.name);
            return bookmark(context, member, known ? known->id : TRY(lookup.post(entry.name)));
        }
        case ImportKind::block_host:
            return block_host(context, member, entry.name);
        case ImportKind::block_groups_of:
            return block_groups_of(context, member, TRY(normalize_host(entry.name)), true);
    }
    return {};
}

}  // namespace

Result<> queue_import(Context& context, Id member, const std::vector<ImportEntry>& entries) {
    if (entries.empty()) return {};
    const auto now = context.clock.now_ms();
    return context.db.write([&](Tx& tx) {
        return repo::add_job(tx, {.id = context.ids.next(), .kind = std::string(import_job), .payload = written(member, entries, 0), .not_before = now, .created_at = now});
    });
}

Result<std::optional<std::string>> continue_import(Context& context, const std::string& payload, const ImportLookup& lookup) {
    const auto document = TRY(json::Document::parse(payload));
    const auto member = document["member"].maybe_integer().value_or(0);
    std::vector<ImportEntry> entries;
    for (const auto& each : document["entries"])
        entries.push_back({ImportKind(each["kind"].maybe_integer().value_or(0)), std::string(each["name"].string_or(""))});
    std::size_t done = 0;
    for (; done < entries.size() && done < std::size_t(limits::import_entries_at_once); ++done)
        (void)do_one(context, member, entries[done], lookup);
    if (done == entries.size()) return std::optional<std::string>{};
    return std::optional(written(member, entries, done));
}

}  // namespace kith::community
