#pragma once
#include "node/community/context.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/paging.hpp"

#include <string_view>

// What somebody says against an act that they lost something by: once, to the group's team, which takes the
// act back or says why not. The log shows that it was appealed against, and how that ended; not the words.
namespace kith::community {

struct AppealView {
    model::GroupAppeal appeal;
    GroupActView act;
    model::Actor appellant;
    std::optional<model::Actor> decided_by;
};

// By whom the act is about; of a group elsewhere its host is asked. Code::not_found: no such act about them;
// Code::unprocessable: no text, too long a one, or an act that nobody appeals against; Code::conflict: a second
// time, or undone.
Result<AppealView> appeal(Context&, Id person, Id act, std::string_view text);
// The appeal against an act, for whom it is about and the group's team; Code::not_found to others.
Result<AppealView> appeal_of(Context&, Id asking, Id act);
Result<Page<AppealView>> appeals(Context&, Id moderator, Id group, bool decided, const PageRequest&);
// Accepted: the act is taken back, with its line in the log. Refused: with an answer. Code::conflict: decided.
enum class AppealEnd { accepted, refused };
Result<AppealView> decide_appeal(Context&, Id moderator, Id appeal, AppealEnd, std::string_view answer);

bool may_be_appealed(model::GroupActKind);

// The same for who appeals from elsewhere, with the errors of appeal(); `text` is plain and trimmed.
Result<> check_appeal(sql::Tx&, Id person, const model::GroupAct&, std::string_view text);
Result<model::GroupAppeal> file_appeal(sql::Tx&, const Context&, Id person, const model::GroupAct&, std::string text);
// Tells the appellant, where that is a person here, why their appeal was refused.
Result<> tell_refused(sql::Tx&, const Context&, const model::GroupAppeal&);

}  // namespace kith::community
