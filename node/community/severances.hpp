#pragma once
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/severance.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Follows that end because a host is suspended, in either direction. They do not come back with the
// block's end; but who lost whom is kept, and everybody concerned is told.
namespace kith::community {

inline constexpr std::string_view sever_job = "sever";

// In the transaction of the block, after the host's actors were hidden: leaves the rest to the job.
Result<> begin_severance(sql::Tx&, const Context&, const std::string& host);
// The next piece. Gives the payload of the piece after it, or nothing when it is done.
Result<std::optional<std::string>> continue_severance(Context&, const std::string& payload);

struct SeveranceView {
    model::Severance severance;
    std::int64_t followers_count = 0, following_count = 0;
};
// As one person here is concerned; nothing where there is none, or not for them.
Result<std::optional<SeveranceView>> load_severance(sql::Tx&, Id owner, Id severance);

struct SeveredNames {
    SeveranceView view;
    std::vector<model::Actor> followers, following;
};
// Code::not_found where it does not concern the person.
Result<SeveredNames> severed_names(Context&, Id actor, Id severance);

}  // namespace kith::community
