#pragma once
#include "base/json/writer.hpp"
#include "node/api/kith/routes.hpp"
#include "node/community/paging.hpp"
#include "node/http/exchange.hpp"

#include <initializer_list>
#include <string_view>

// What the handlers of this API share.
namespace kith::own_api {

struct Endpoint {
    std::string_view verb, path;
    Result<> (*method)(const ApiContext&, http::Exchange&);
};
void add_endpoints(http::Router&, const ApiContext&, std::initializer_list<Endpoint>);

// Who asks, by a token that may read, or write. Code::unauthorized, Code::forbidden.
Result<Id> reader(const ApiContext&, http::Exchange&);
Result<Id> writer(const ApiContext&, http::Exchange&);

// Of max_id, since_id, min_id and limit.
Result<community::PageRequest> page_of(http::Exchange&, int limit, int limit_max);

template <class Items, class Write>
Result<> answer_list(http::Exchange& exchange, const Items& items, Write write) {
    json::Writer w;
    w.array();
    for (const auto& item : items) write(w, item);
    w.end();
    return exchange.json(200, w.take());
}

template <class Write>
Result<> answer_one(http::Exchange& exchange, Write write) {
    json::Writer w;
    write(w);
    return exchange.json(200, w.take());
}

inline Result<> answer_nothing(http::Exchange& exchange) { return exchange.json(200, "{}"); }

}  // namespace kith::own_api
