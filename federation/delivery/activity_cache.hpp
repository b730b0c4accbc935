#pragma once
#include "base/core/lru_map.hpp"
#include "base/core/result.hpp"
#include "config/limits/delivery.hpp"
#include "storage/sql/db.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace kith::delivery {

// The bytes of the activities that go out now, shared by all who send them: read once for a
// fan-out, not once for a delivery. One thread only.
class ActivityCache {
public:
    explicit ActivityCache(sql::Db& db) : db_(db), entries_(limits::delivery_cache_entries_max) {}

    struct Bytes {
        std::shared_ptr<const std::string> body;
        std::optional<Id> post_id;  // whose post_reach a delivery changes
        bool synchronizes = false;  // a Create for the followers of its actor (FEP-8fcf)
    };

    // Reads those that are not there yet, in one query.
    Result<> prepare(std::span<const Id>);
    // Code::not_found where the activity is not stored.
    Result<Bytes> get(Id);

private:
    Result<> read(std::span<const Id>);

    sql::Db& db_;
    LruMap<Bytes> entries_;
    std::size_t bytes_ = 0;
};

}  // namespace kith::delivery
