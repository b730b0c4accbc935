#include "node/insight/history.hpp"

#include "base/text/fold.hpp"
#include "node/community/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/insight.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace kith::insight {

using repo::OpsEvent;
using repo::OpsKind;
using sql::Tx;

namespace {

constexpr std::string_view import_origin = "import";
constexpr std::string_view import_host = "imported.invalid";  // RFC 2606: never anybody's

Actor actor_of(const community::Context& context, const repo::OpsPerson& person) {
    Actor a;
    a.id = person.actor.id;
    a.name = person.actor.host == import_host ? person.actor.username
                                              : community::acct_of(context, person.actor);
    const bool operates = person.role && *person.role >= model::GroupRole::moderator;
    a.role = person.actor.bot || person.flagged_bot ? Role::bot
             : operates                             ? Role::operator_
                                                    : Role::member;
    a.origin = person.actor.local ? Origin::local : Origin::remote;
    a.opted_out = person.opted_out;
    a.suspended = person.actor.suspended_at.has_value() || person.actor.deleted_at.has_value();
    a.discoverable =
        person.actor.discoverable.value_or(person.actor.local || person.actor.host == import_host);
    return a;
}

// Puts the stream's rows, in the order they were received, into the records.
class Assembler {
public:
    explicit Assembler(GroupHistory& history) : history_(history) {
        for (std::size_t i = 0; i < history.actors.size(); ++i) people_[history.actors[i].id] = i;
    }

    void add(const OpsEvent& e) {
        auto person = people_.find(e.actor_id);
        if (person == people_.end()) return;
        auto& actor = history_.actors[person->second];
        switch (e.kind) {
            case OpsKind::joined:
                actor.spells.push_back({e.at, {}});
                break;
            case OpsKind::left:
                if (!actor.spells.empty() && !actor.spells.back().left_at)
                    actor.spells.back().left_at = e.at;
                break;
            case OpsKind::contributed:
                add_contribution(e);
                break;
            case OpsKind::deleted:
                if (auto found = objects_.find(e.object_id.value_or(0)); found != objects_.end())
                    history_.contributions[found->second].deleted_at = e.at;
                break;
            case OpsKind::reacted:
                reactions_[{e.actor_id, e.object_id.value_or(0)}] = history_.reactions.size();
                history_.reactions.push_back(
                    {.actor = e.actor_id, .at = std::min(e.at, e.received_at), .undone_at = {}});
                break;
            case OpsKind::unreacted:
                if (auto found = reactions_.find({e.actor_id, e.object_id.value_or(0)});
                    found != reactions_.end())
                    history_.reactions[found->second].undone_at = e.at;
                break;
        }
    }

private:
    void add_contribution(const OpsEvent& e) {
        Contribution c;
        c.object = e.object_id.value_or(0);
        c.author = e.actor_id;
        c.parent = e.parent_id;
        c.answers = e.target_actor_id;
        c.label = e.object_ap_id;
        std::optional<TimeMs> parent_at;
        if (c.parent)
            if (auto parent = objects_.find(*c.parent); parent != objects_.end())
                parent_at = history_.contributions[parent->second].at;
        c.at = event_time(e.at, parent_at, {}, e.received_at);
        objects_[c.object] = history_.contributions.size();
        history_.contributions.push_back(std::move(c));
    }

    GroupHistory& history_;
    std::unordered_map<Id, std::size_t> people_, objects_;
    std::map<std::pair<Id, Id>, std::size_t> reactions_;
};

// An actor of no server, for somebody who stands in a file.
Result<Id> imported_actor(Tx& tx, const community::Context& context, Id group_id,
                          const ImportedEvent& e, const std::string& name) {
    const auto ap_id = "urn:kith:import:" + std::to_string(group_id) + ":" + name;
    if (auto known = TRY(repo::find_actor_by_ap_id(tx, ap_id))) return known->id;
    model::Actor actor;
    actor.id = context.ids.next();
    actor.username = name;
    actor.host = import_host;
    actor.ap_id = actor.url = ap_id;
    actor.fields = actor.also_known_as = "[]";
    actor.bot = e.role == Role::bot && name == e.actor;
    actor.created_at = actor.updated_at = actor.fetched_at = e.at;
    TRY(repo::insert_actor(tx, actor, text::fold(name)));
    return actor.id;
}

Result<> store_join(Tx& tx, const community::Context& context, Id group_id, Id actor,
                    const ImportedEvent& e) {
    TRY(repo::join_group(tx, group_id, actor, e.at));
    if (e.role == Role::operator_)
        TRY(repo::set_group_role(tx, group_id, actor, model::GroupRole::moderator));
    if (e.opted_out) TRY(repo::opt_out(tx, group_id, actor, e.at));
    return repo::add_ops_event(tx, {.id = context.ids.next(),
                                    .group_id = group_id,
                                    .actor_id = actor,
                                    .kind = OpsKind::joined,
                                    .object_id = {},
                                    .object_ap_id = {},
                                    .parent_id = {},
                                    .target_actor_id = {},
                                    .at = e.at,
                                    .received_at = e.at,
                                    .origin = std::string(import_origin)});
}

}  // namespace

Result<GroupHistory> load_history(community::Context& context, Id group_id) {
    return context.db.read([&](Tx& tx) -> Result<GroupHistory> {
        auto group = TRY(repo::find_actor(tx, group_id));
        if (!group || !TRY(repo::find_group(tx, group_id)))
            return fail(Code::not_found, "no such group here");
        GroupHistory history;
        history.group = group_id;
        history.name = group->username;
        for (const auto& person : TRY(repo::ops_people(tx, group_id)))
            history.actors.push_back(actor_of(context, person));
        Assembler assembler(history);
        for (const auto& event : TRY(repo::ops_events_of(tx, group_id))) assembler.add(event);
        return history;
    });
}

Result<std::int64_t> store_import(community::Context& context, Id group_id,
                                  const std::vector<ImportedEvent>& events) {
    return context.db.write([&](Tx& tx) -> Result<std::int64_t> {
        if (!TRY(repo::find_group(tx, group_id)))
            return fail(Code::not_found, "no such group here");
        std::map<std::string, Id> people, objects;
        std::int64_t stored = 0;
        auto person = [&](const ImportedEvent& e, const std::string& name) -> Result<Id> {
            if (auto known = people.find(name); known != people.end()) return known->second;
            return people[name] = TRY(imported_actor(tx, context, group_id, e, name));
        };
        for (const auto& e : events) {
            const auto actor = TRY(person(e, e.actor));
            if (e.kind == ImportedKind::join) {
                auto member = TRY(repo::find_membership(tx, group_id, actor));
                if (member) continue;  // the file was imported before
                TRY(store_join(tx, context, group_id, actor, e));
            } else {
                const auto label =
                    "urn:kith:import:" + std::to_string(group_id) + ":object:" + e.object;
                if (TRY(repo::has_ops_object(tx, group_id, label))) continue;
                OpsEvent row{.id = context.ids.next(),
                             .group_id = group_id,
                             .actor_id = actor,
                             .kind = OpsKind::contributed,
                             .object_id = {},
                             .object_ap_id = label,
                             .parent_id = {},
                             .target_actor_id = {},
                             .at = e.at,
                             .received_at = e.at,
                             .origin = std::string(import_origin)};
                row.object_id = objects[e.object] = context.ids.next();
                if (auto parent = objects.find(e.parent); parent != objects.end())
                    row.parent_id = parent->second;
                if (!e.answers.empty()) row.target_actor_id = TRY(person(e, e.answers));
                TRY(repo::add_ops_event(tx, row));
            }
            ++stored;
        }
        return stored;
    });
}

}  // namespace kith::insight
