#pragma once
#include "node/community/context.hpp"
#include "node/community/group_threads.hpp"
#include "node/community/visibility.hpp"
#include "storage/model/group_profile.hpp"
#include "storage/repo/multi_communities.hpp"

#include <optional>
#include <string>
#include <vector>

// Collections of groups that somebody keeps and others follow, here and elsewhere (Lemmy: multi-communities,
// actors of type Feed). Their groups stay as they are: who follows a collection reads it, and has not joined
// its groups.
namespace kith::community {

struct MultiChange {
    std::optional<std::string> title, brief, sidebar;  // one line, one line, markdown
};
// Its keeper follows it. Code::unprocessable for a name that cannot be, or one too many.
Result<model::Actor> create_multi(Context&, Id creator, const std::string& name, const MultiChange&);
// By who keeps it; followers' hosts are told. Code::forbidden for others.
Result<> change_multi(Context&, Id creator, Id multi, const MultiChange&);
Result<> delete_multi(Context&, Id creator, Id multi);
// Code::conflict where it is there; Code::not_found for what is no group, or not in it.
Result<> add_to_multi(Context&, Id creator, Id multi, Id group);
Result<> remove_from_multi(Context&, Id creator, Id multi, Id group);

struct MultiView {
    model::Actor actor;
    model::MultiCommunity multi;
    std::optional<model::Actor> keeper;
    repo::MultiNumbers numbers;
    bool follows = false, asked = false;  // the viewer
};
Result<MultiView> multi_view(Context&, const Viewer&, Id multi);  // Code::not_found
Result<std::vector<MultiView>> find_multis(Context&, const Viewer&, const repo::MultiQuery&);
// Its groups, as far as the viewer may know them.
Result<std::vector<model::Actor>> groups_of_multi(Context&, const Viewer&, Id multi);

}  // namespace kith::community
