#pragma once
#include <cstddef>
#include <iterator>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace kith {

// A map by text that forgets what was not used for the longest time once it holds `entries_max`:
// the shape of every cache and of all state kept per peer, which must never grow with what
// strangers send. Not thread-safe.
template <class Value>
class LruMap {
public:
    explicit LruMap(std::size_t entries_max) : entries_max_(entries_max) {}

    // Null where absent. Counts as a use. Valid until the next put or erase.
    Value* find(std::string_view key) {
        const auto at = index_.find(key);
        if (at == index_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, at->second);
        return &at->second->second;
    }

    Value& put(std::string_view key, Value value) {
        if (auto* held = find(key)) return *held = std::move(value);
        entries_.emplace_front(std::string(key), std::move(value));
        index_.emplace(entries_.front().first, entries_.begin());
        if (entries_.size() > entries_max_) erase(std::prev(entries_.end()));
        return entries_.front().second;
    }

    void erase(std::string_view key) {
        if (const auto at = index_.find(key); at != index_.end()) erase(at->second);
    }

    // Erases what `gone(key, value)` holds for.
    template <class Gone>
    void erase_if(Gone gone) {
        for (auto at = entries_.begin(); at != entries_.end();) {
            const auto here = at++;
            if (gone(here->first, here->second)) erase(here);
        }
    }

    std::size_t size() const { return entries_.size(); }

private:
    using Entries = std::list<std::pair<const std::string, Value>>;

    void erase(typename Entries::iterator at) {
        index_.erase(at->first);
        entries_.erase(at);
    }

    std::size_t entries_max_;
    Entries entries_;                                                         // the last used first
    std::unordered_map<std::string_view, typename Entries::iterator> index_;  // views entries_
};

}  // namespace kith
