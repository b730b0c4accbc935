#include "node/http/router.hpp"

#include <algorithm>
#include <exception>

#include "base/core/log.hpp"
#include "base/text/strings.hpp"
#include "config/limits/http.hpp"
#include "node/http/fields.hpp"
#include "node/http/middleware.hpp"

namespace kith::http {

namespace {

// The non-empty segments of a path, as they stand.
std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> out;
    while (!path.empty()) {
        path.remove_prefix(1);   // the slash
        const auto end = std::min(path.find('/'), path.size());
        if (end > 0) out.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return out;
}

std::vector<std::string> copy(const std::vector<std::string_view>& parts) {
    return {parts.begin(), parts.end()};
}

// Nothing where the path cannot belong to anything here: a broken escape, no text, too long.
std::optional<std::vector<std::string>> decode(std::string_view path) {
    std::vector<std::string> out;
    for (const auto part : split(path)) {
        auto segment = text::percent_decode(part);
        if (!segment || !is_clean_text(*segment)) return std::nullopt;
        if (out.size() == limits::http_path_segments_max) return std::nullopt;
        out.push_back(std::move(*segment));
    }
    return out;
}

bool is_below(const std::vector<std::string>& path, const std::vector<std::string>& prefix) {
    return path.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

}  // namespace

struct Router::Node {
    struct Any {
        std::string lead;   // literal text before the colon: "@" in "/@:name"
        std::unique_ptr<Node> node;
    };
    using Routes = std::map<std::string, Route, std::less<>>;   // by method

    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::vector<Any> any;   // longest lead first
    Routes here;
    Routes tail;            // "*rest"
};

struct Router::Search {
    const Segments& segments;
    std::string_view method;
    std::vector<std::string> values;
    std::vector<std::string> allowed;   // methods of routes that match the path
    const Route* found = nullptr;
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

void Router::add(std::string_view method, std::string_view pattern, Handler handler) {
    Route route{std::string(pattern), {}, std::move(handler)};
    auto* node = root_.get();
    for (const auto segment : split(pattern)) {
        const auto colon = segment.find(':');
        if (segment.starts_with('*')) {
            route.names.emplace_back(segment.substr(1));
            node->tail.insert_or_assign(std::string(method), std::move(route));
            return;
        }
        if (colon == segment.npos) {
            auto& child = node->literals[std::string(segment)];
            if (!child) child = std::make_unique<Node>();
            node = child.get();
            continue;
        }
        route.names.emplace_back(segment.substr(colon + 1));
        const auto lead = segment.substr(0, colon);
        auto place = std::find_if(node->any.begin(), node->any.end(),
                                  [&](const Node::Any& a) { return a.lead.size() <= lead.size(); });
        const auto same = std::find_if(place, node->any.end(),
                                       [&](const Node::Any& a) { return a.lead == lead; });
        if (same != node->any.end()) place = same;
        else place = node->any.insert(place, {std::string(lead), std::make_unique<Node>()});
        node = place->node.get();
    }
    node->here.insert_or_assign(std::string(method), std::move(route));
}

void Router::before(std::string_view prefix, Filter filter) {
    filters_.push_back({copy(split(prefix)), std::move(filter)});
}

void Router::errors(std::string_view prefix, ErrorHandler handler) {
    error_handlers_.push_back({copy(split(prefix)), std::move(handler)});
    std::stable_sort(error_handlers_.begin(), error_handlers_.end(), [](const auto& a, const auto& b) {
        return a.prefix.size() > b.prefix.size();
    });
}

// Depth first, the most literal way first. The depth is that of the tree, not of the request.
bool Router::find(const Node& node, std::size_t depth, Search& search) {
    const auto offer = [&search](const Node::Routes& routes) {
        for (const auto& [method, route] : routes) {
            search.allowed.push_back(method);
            if (method == search.method) search.found = &route;
        }
        return search.found != nullptr;
    };
    if (depth == search.segments.size()) return offer(node.here);
    const auto& segment = search.segments[depth];
    if (const auto child = node.literals.find(segment); child != node.literals.end())
        if (find(*child->second, depth + 1, search)) return true;
    for (const auto& [lead, child] : node.any) {
        if (!segment.starts_with(lead) || segment.size() == lead.size()) continue;
        search.values.push_back(segment.substr(lead.size()));
        if (find(*child, depth + 1, search)) return true;
        search.values.pop_back();
    }
    if (!offer(node.tail)) return false;
    std::string rest;
    for (auto i = depth; i < search.segments.size(); ++i)
        rest += (rest.empty() ? "" : "/") + search.segments[i];
    search.values.push_back(std::move(rest));
    return true;
}

void Router::dispatch(Exchange& exchange) const {
    Segments segments;
    try {
        if (auto decoded = decode(exchange.path())) segments = std::move(*decoded);
        else return fail_with(exchange, {}, Error(Code::not_found, "Record not found"));
        for (const auto& filter : filters_)
            if (is_below(segments, filter.prefix) && !filter.use(exchange)) return;
        run(exchange, segments);
    } catch (const std::exception& e) {
        fail_with(exchange, segments, Error(Code::internal, "Internal error", e.what()));
    } catch (...) {
        fail_with(exchange, segments, Error(Code::internal, "Internal error", "not an exception"));
    }
}

void Router::run(Exchange& exchange, const Segments& segments) const {
    Search search{segments, exchange.method() == "HEAD" ? "GET" : exchange.method(), {}, {}, nullptr};
    if (find(*root_, 0, search)) {
        for (std::size_t i = 0; i < search.found->names.size(); ++i)
            exchange.path_values_.emplace_back(search.found->names[i], std::move(search.values[i]));
        if (const auto done = search.found->handler(exchange); !done)
            fail_with(exchange, segments, done.error());
        return;
    }
    if (search.allowed.empty())
        return fail_with(exchange, segments, Error(Code::not_found, "Record not found"));
    std::sort(search.allowed.begin(), search.allowed.end());
    std::string allow = "OPTIONS";
    for (const auto& method : search.allowed)
        if (!list_contains(allow, method))
            allow += ", " + method + (method == "GET" ? ", HEAD" : "");
    exchange.set_header("Allow", allow);
    if (exchange.method() == "OPTIONS") (void)exchange.empty(204);
    else (void)exchange.json(405, R"({"error":"Method not allowed"})");
}

void Router::fail_with(Exchange& exchange, const Segments& segments, const Error& error) const {
    for (const auto& handler : error_handlers_) {
        if (!is_below(segments, handler.prefix)) continue;
        try {
            return handler.use(exchange, error);
        } catch (const std::exception& e) {
            log::error("http.error_page_failed", {{"path", exchange.path()}, {"what", e.what()}});
            break;
        }
    }
    answer_error(exchange, error);
}

std::vector<std::pair<std::string, std::string>> Router::routes() const {
    std::vector<std::pair<std::string, std::string>> out;
    const auto collect = [&out](const Node& node, const auto& self) -> void {
        for (const auto* routes : {&node.here, &node.tail})
            for (const auto& [method, route] : *routes) out.emplace_back(method, route.pattern);
        for (const auto& [name, child] : node.literals) self(*child, self);
        for (const auto& any : node.any) self(*any.node, self);
    };
    collect(*root_, collect);
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace kith::http
