#include "federation/discovery/collection_walk.hpp"

#include <set>

#include "base/text/url.hpp"
#include "federation/vocab/reader.hpp"

namespace kith::discovery {

namespace {

bool of_one_origin(const std::string& a, const std::string& b) {
    const auto one = Url::parse(a), other = Url::parse(b);
    return one && other && same_origin(*one, *other);
}

class Walk {
public:
    Walk(const std::string& url, const FetchPage& fetch, const Visit& visit, WalkBounds bounds)
        : url_(url), fetch_(fetch), visit_(visit), bounds_(bounds) {}

    Result<> run() {
        const auto collection = TRY(page(url_));
        // Some embed the first page, some all items, some name the first page only.
        auto next = collection.items.empty() && collection.next.empty() ? collection.first
                                                                        : collection.next;
        if (!collection.items.empty() && !TRY(visit(collection))) return {};
        // The items that stand in the collection itself may be a part of all: the pages go on.
        if (next.empty() && !collection.items.empty()) next = collection.first;
        while (!next.empty()) {
            const auto read = page(next);
            if (!read || !TRY(visit(*read))) return {};
            next = read->next;
        }
        return {};
    }

private:
    Result<vocab::CollectionPage> page(const std::string& id) {
        if (pages_ == bounds_.pages_max || !of_one_origin(id, url_) || !seen_.insert(id).second)
            return fail(Code::invalid, "the collection does not end", id);
        ++pages_;
        held_ = TRY(fetch_(id));
        return vocab::read_collection(held_.document.root());
    }

    // Whether it is worth to go on.
    Result<bool> visit(const vocab::CollectionPage& page) {
        bool fresh = false;
        for (const auto item : page.items) {
            if (items_++ == bounds_.items_max) return false;
            fresh |= TRY(visit_(item)) == Item::fresh;
        }
        return fresh;
    }

    const std::string& url_;
    const FetchPage& fetch_;
    const Visit& visit_;
    WalkBounds bounds_;
    keys::FetchedDocument held_;  // what the page's items view
    std::set<std::string> seen_;
    int pages_ = 0;
    int items_ = 0;
};

}  // namespace

Result<> walk_collection(const std::string& url, const FetchPage& fetch, const Visit& visit,
                         WalkBounds bounds) {
    return Walk(url, fetch, visit, bounds).run();
}

}  // namespace kith::discovery
