#include "node/main/admin_moves.hpp"

#include "node/community/accounts.hpp"
#include "node/community/moves.hpp"

namespace kith {

Result<std::string> alias_add(community::Context& context, const AdminRequest& request) {
    TRY(community::set_alias(context, request.text("NAME"), request.text("ACTOR"), true));
    return std::string("added; that account may now move here\n");
}

Result<std::string> alias_remove(community::Context& context, const AdminRequest& request) {
    TRY(community::set_alias(context, request.text("NAME"), request.text("ACTOR"), false));
    return std::string("removed\n");
}

Result<std::string> user_move(community::Context& context, const AdminRequest& request) {
    if (!request.has(std::string(target_was_asked)))
        return fail(Code::unavailable, "the node must be running: it asks the target whether it "
                                       "names the account as its alias");
    const auto target = TRY(community::move_away(context, request.text("NAME"),
                                                 request.text("TARGET")));
    return "moved to " + target.ap_id + "; followers are told\n";
}

}  // namespace kith
