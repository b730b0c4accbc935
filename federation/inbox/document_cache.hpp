#pragma once
#include "base/core/clock.hpp"
#include "base/core/lru_map.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace kith::inbox {

// The bytes of documents that were fetched a moment ago, because many peers speak of one post at
// once. Bounded in number; large ones are not kept. Thread-safe.
class DocumentCache {
public:
    explicit DocumentCache(const Clock& clock);

    // Null where there is none younger than limits::fetched_documents_cached_ms, or it was fetched
    // before `not_before`.
    std::shared_ptr<const std::string> find(std::string_view id, TimeMs not_before);
    void put(std::string_view id, std::string raw);

private:
    struct Held {
        std::shared_ptr<const std::string> raw;
        TimeMs fetched_at;
    };
    const Clock& clock_;
    std::mutex mutex_;
    LruMap<Held> held_;
};

}  // namespace kith::inbox
