#include "node/community/inbound/authors.hpp"

#include "federation/vocab/reader.hpp"
#include "storage/repo/actors.hpp"

#include <algorithm>

namespace kith::community {

namespace {

Result<bool> is_known(Context& context, const std::string& ap_id) {
    return context.db.read([&](sql::Tx& tx) -> Result<bool> {
        return TRY(repo::find_actor_by_ap_id(tx, ap_id)).has_value();
    });
}

}  // namespace

bool passes_later(const Error& e) {
    return e.code == Code::unavailable || e.code == Code::timeout || e.code == Code::rate_limited;
}

Result<bool> fetch_author(Context& context, const std::string& ap_id, inbox::Fetcher& fetcher,
                          DeedPlan& plan) {
    if (context.urls.is_ours(ap_id) || TRY(is_known(context, ap_id))) return true;
    if (std::any_of(plan.actors.begin(), plan.actors.end(),
                    [&](const auto& a) { return a.id == ap_id; }))
        return true;
    auto fetched = fetcher.fetch(ap_id);
    if (!fetched)
        return passes_later(fetched.error()) ? Result<bool>(tl::unexpected(fetched.error()))
                                             : false;
    auto actor = vocab::read_actor(fetched->document.root());
    if (!actor || actor->id != ap_id) return false;
    plan.actors.push_back(std::move(*actor));
    return true;
}

}  // namespace kith::community
