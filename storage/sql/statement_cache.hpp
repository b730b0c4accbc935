#pragma once
#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace kith::sql {

// The prepared statements of one connection by their text; the longest unused one goes when it is
// full. Not thread-safe, as its connection is not.
template <class Prepared>
class StatementCache {
public:
    explicit StatementCache(std::size_t max) : max_(max) {}

    // Valid until the next insert.
    Prepared* find(std::string_view text) {
        const auto found = index_.find(text);
        if (found == index_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, found->second);
        return &found->second->second;
    }

    // `text` must not be in it. Gives back what had to go.
    std::optional<Prepared> insert(std::string_view text, Prepared prepared) {
        std::optional<Prepared> evicted;
        if (entries_.size() >= max_) {
            index_.erase(entries_.back().first);
            evicted.emplace(std::move(entries_.back().second));
            entries_.pop_back();
        }
        entries_.emplace_front(std::string(text), std::move(prepared));
        index_.emplace(entries_.front().first, entries_.begin());
        return evicted;
    }

    void clear() {
        index_.clear();
        entries_.clear();
    }

private:
    using Entry = std::pair<std::string, Prepared>;
    std::size_t max_;
    std::list<Entry> entries_;  // the latest used first
    std::unordered_map<std::string_view, typename std::list<Entry>::iterator> index_;
};

}  // namespace kith::sql
