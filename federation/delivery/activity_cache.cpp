#include "federation/delivery/activity_cache.hpp"

#include <vector>

#include "config/limits/delivery.hpp"
#include "federation/delivery/audience.hpp"
#include "storage/repo/delivery.hpp"

namespace kith::delivery {

Result<> ActivityCache::prepare(std::span<const Id> ids) {
    std::vector<Id> missing;
    for (auto id : ids)
        if (!entries_.find(std::to_string(id))) missing.push_back(id);
    return missing.empty() ? Result<>{} : read(missing);
}

Result<ActivityCache::Bytes> ActivityCache::get(Id id) {
    const auto key = std::to_string(id);
    if (auto* held = entries_.find(key)) return *held;
    TRY(read(std::span(&id, 1)));
    if (auto* held = entries_.find(key)) return *held;
    return fail(Code::not_found, "Record not found", "activity " + key);
}

Result<> ActivityCache::read(std::span<const Id> ids) {
    auto found = TRY(db_.read([&](sql::Tx& tx) { return repo::activities_by_ids(tx, ids); }));
    for (auto& activity : found) {
        // All at once rather than one by one: it fills again within a page.
        if (bytes_ + activity.body.size() > limits::delivery_cache_bytes_max) {
            entries_.erase_if([](auto&, auto&) { return true; });
            bytes_ = 0;
        }
        bytes_ += activity.body.size();
        const auto audience = read_audience(activity.audience);
        const bool shows = audience && audience->shows == Shows::post;
        const bool synchronizes =
            audience && !audience->followers_of.empty() && activity.type == "Create";
        entries_.put(std::to_string(activity.id),
                     {std::make_shared<const std::string>(std::move(activity.body)),
                      shows ? audience->post_id : std::nullopt, synchronizes});
    }
    return {};
}

}  // namespace kith::delivery
