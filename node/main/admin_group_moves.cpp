#include "node/main/admin_group_moves.hpp"

#include "base/core/clock.hpp"
#include "config/limits/group_moves.hpp"
#include "node/community/accounts.hpp"
#include "node/community/group_move.hpp"
#include "node/community/moves.hpp"
#include "node/main/admin_moves.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_moves.hpp"

namespace kith {

namespace {

Result<model::Actor> local_group(community::Context& context, const AdminRequest& request) {
    auto group = TRY(community::actor_by_acct(context, request.text("NAME")));
    if (!group.local || !group.is_group()) return fail(Code::not_found, "no group here has that name");
    return group;
}

}  // namespace

Result<std::string> group_take_over(community::Context& context, const AdminRequest& request) {
    const auto group = TRY(local_group(context, request));
    const bool undo = request.has("--undo");
    TRY(community::set_alias(context, group.username, request.text("--from"), !undo));
    if (undo) return std::string("taken back\n");
    return "its owner may now move that group here: kith group move NAME --to " + group.ap_id + "\n";
}

Result<std::string> group_move(community::Context& context, const AdminRequest& request) {
    const auto group = TRY(local_group(context, request));
    if (request.has("--cancel")) {
        TRY(community::withdraw_offer(context, group.id));
        return std::string("the group stays\n");
    }
    if (request.text("--to").empty()) return fail(Code::invalid, "give --to URL, or --cancel");
    if (!request.has(std::string(target_was_asked)))
        return fail(Code::unavailable, "the node must be running: it asks the target whether it takes the group over");
    TRY(community::offer_group(context, group.id, request.text("--to")));
    return "offered to " + request.text("--to") + "; kith group moves tells how it goes\n";
}

Result<std::string> group_moves(community::Context& context, const AdminRequest&) {
    static constexpr std::string_view states[] = {"offered", "moved", "done", "copying", "copied"};
    return context.db.read([](sql::Tx& tx) -> Result<std::string> {
        std::string out;
        for (const auto& move : TRY(repo::group_moves(tx, limits::group_moves_listed_max))) {
            const auto group = TRY(repo::find_actor(tx, move.group_id)), other = TRY(repo::find_actor(tx, move.other_id));
            out += (group ? group->username : std::string("?")) + (move.arrives ? "\tfrom " : "\tto ") + (other ? other->ap_id : std::string("?"));
            out += "\t" + std::string(states[std::size_t(move.state)]) + "\tsince " + format_iso8601(move.started_at);
            if (move.arrives) out += "\t" + std::to_string(move.copied) + " things";
            if (!move.error.empty()) out += "\t" + move.error;
            out += "\n";
        }
        return out.empty() ? std::string("no group moves or has moved\n") : out;
    });
}

}  // namespace kith
