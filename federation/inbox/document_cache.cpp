#include "federation/inbox/document_cache.hpp"

#include "config/limits/inbox.hpp"

namespace kith::inbox {

DocumentCache::DocumentCache(const Clock& clock)
    : clock_(clock), held_(limits::fetched_documents_cached_max) {}

std::shared_ptr<const std::string> DocumentCache::find(std::string_view id, TimeMs not_before) {
    std::lock_guard lock(mutex_);
    auto* held = held_.find(id);
    if (!held || held->fetched_at < not_before) return nullptr;
    if (clock_.now_ms() - held->fetched_at >= limits::fetched_documents_cached_ms) return nullptr;
    return held->raw;
}

void DocumentCache::put(std::string_view id, std::string raw) {
    if (raw.size() > limits::fetched_document_cached_bytes_max) return;
    auto shared = std::make_shared<const std::string>(std::move(raw));
    std::lock_guard lock(mutex_);
    held_.put(id, {std::move(shared), clock_.now_ms()});
}

}  // namespace kith::inbox
