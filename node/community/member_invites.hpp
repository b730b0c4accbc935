#pragma once
#include "node/community/paging.hpp"
#include "node/community/sign_up.hpp"

#include <string>
#include <string_view>

// Invites that members make for people they know, as many as the admins allow (site_settings.hpp); the node's
// team makes as many as it wants. The code can be read again by who made it: it is derived from the invite's
// id and a key of this node, and only its hash is looked up.
namespace kith::community {

struct MemberInvite {
    model::Invite invite;
    std::string code;
};
// Code::forbidden where nobody signs up here, or one too many; Code::unprocessable: no use, or an end that is past.
Result<MemberInvite> make_member_invite(Context&, Id member, const NewInvite&);
Result<> revoke_member_invite(Context&, Id member, std::string_view code);  // Code::not_found for what is not theirs
Result<Page<MemberInvite>> member_invites(Context&, Id member, const PageRequest&);

}  // namespace kith::community
