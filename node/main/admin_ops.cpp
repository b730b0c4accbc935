#include "node/main/admin_ops.hpp"

#include "config/limits/insight.hpp"
#include "node/community/accounts.hpp"
#include "node/insight/history.hpp"
#include "node/insight/import.hpp"
#include "node/insight/projection.hpp"
#include "node/insight/report.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/insight.hpp"

namespace kith {

namespace {

using community::Context;

// "2026-02-02" (its beginning, UTC) or a whole time.
Result<TimeMs> time_of(const std::string& text, std::string_view option) {
    TimeMs at = 0;
    if (parse_iso8601(text, at) || parse_iso8601(text + "T00:00:00Z", at)) return at;
    return fail(Code::unprocessable,
                std::string(option) +
                    " is a date (2026-02-02) or a time (2026-02-02T09:00:00Z), not \"" + text +
                    "\"");
}

// A member here or anywhere, or somebody from an import, by name.
Result<Id> member_by_name(Context& context, Id group_id, const std::string& name) {
    auto actor = community::actor_by_acct(context, name);
    if (actor) return actor->id;
    auto imported = TRY(context.db.read([&](sql::Tx& tx) {
        return repo::find_actor_by_ap_id(
            tx, "urn:kith:import:" + std::to_string(group_id) + ":" + name);
    }));
    if (!imported) return fail(Code::not_found, "nobody is known as " + name);
    return imported->id;
}

}  // namespace

Result<std::string> ops_import(Context& context, const AdminRequest& r) {
    auto group = TRY(community::actor_by_acct(context, r.text("--group")));
    auto text = TRY(insight::unpack_import(TRY(read_file(r.text("FILE"), limits::import_bytes_max))));
    const bool edges = r.text("--format") == "edges";
    if (!edges && !r.has("--t0"))
        return fail(Code::unprocessable, "--t0 says when hour 0 of a tsv file was");
    auto events = edges ? TRY(insight::read_edges(text))
                        : TRY(insight::read_tsv(text, TRY(time_of(r.text("--t0"), "--t0"))));
    auto stored = TRY(insight::store_import(context, group.id, events));
    return std::to_string(stored) + " of " + std::to_string(events.size()) +
           " events stored; the others were there already\n";
}

Result<std::string> ops_report(Context& context, const AdminRequest& r) {
    auto group = TRY(community::actor_by_acct(context, r.text("--group")));
    auto as_of =
        r.has("--as-of") ? TRY(time_of(r.text("--as-of"), "--as-of")) : context.clock.now_ms();
    insight::Projection projection(context);
    TRY(projection.catch_up());
    auto history = TRY(insight::load_history(context, group.id));
    auto report = insight::make_report(
        history, as_of, r.has("--public") ? insight::View::everyone : insight::View::operators);
    return r.has("--json") ? insight::to_json(report) + "\n" : insight::to_text(report);
}

Result<std::string> ops_opt_out(Context& context, const AdminRequest& r) {
    auto group = TRY(community::actor_by_acct(context, r.text("--group")));
    auto actor = TRY(member_by_name(context, group.id, r.text("--actor")));
    TRY(context.db.write(
        [&](sql::Tx& tx) { return repo::opt_out(tx, group.id, actor, context.clock.now_ms()); }));
    return std::string("opted out; what was derived is deleted\n");
}

}  // namespace kith
