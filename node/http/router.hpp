#pragma once
#include "base/core/result.hpp"
#include "node/http/exchange.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::http {

// Answers a request, or says why not: the error becomes an answer at one place (see errors()). A
// lambda that uses TRY names its type: [](Exchange& x) -> Result<> { … }.
using Handler = std::function<Result<>(Exchange&)>;
// Runs before the route is looked up. False: the request is answered.
using Filter = std::function<bool(Exchange&)>;
using ErrorHandler = std::function<void(Exchange&, const Error&)>;

// From method and path to handler: a tree of path segments, one look-up per segment, no regex.
// Set up on one thread; dispatch() is const and may run on many.
class Router {
public:
    Router();
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;
    ~Router();

    // Patterns: "/api/v1/accounts/:id/follow"; a literal before the colon as in "/@:name"; a last
    // segment "*rest" takes all that is left, at least one segment. Literal segments are preferred
    // to `:`, and those to `*`. A trailing slash of the request is ignored. HEAD is answered by GET.
    // Adding the same route twice is an error of the programmer: the later one holds.
    void add(std::string_view method, std::string_view pattern, Handler);

    // For every request below `prefix` ("/api"; "/" is all), in the order of registration, whether
    // a route exists or not: headers that errors need too, preflight answers.
    void before(std::string_view prefix, Filter);

    // How errors below `prefix` look; the longest prefix wins, answer_error() is the default. Code
    // not_found with safe_text "Record not found" stands for a path without a route, and
    // Code::internal for an exception.
    void errors(std::string_view prefix, ErrorHandler);

    // Never throws. Without a route for the path: Code::not_found; for the path but not the method:
    // 405 with Allow, and 204 with Allow for OPTIONS.
    void dispatch(Exchange&) const;

    // (method, pattern) of all, sorted: for tests that compare them with what was called.
    std::vector<std::pair<std::string, std::string>> routes() const;

private:
    using Segments = std::vector<std::string>;
    struct Route {
        std::string pattern;
        std::vector<std::string> names;   // of its path values, in order
        Handler handler;
    };
    struct Node;
    struct Search;
    template <class T>
    struct Scoped {
        Segments prefix;
        T use;
    };

    static bool find(const Node&, std::size_t depth, Search&);
    void run(Exchange&, const Segments&) const;
    void fail_with(Exchange&, const Segments&, const Error&) const;

    std::unique_ptr<Node> root_;
    std::vector<Scoped<Filter>> filters_;
    std::vector<Scoped<ErrorHandler>> error_handlers_;
};

}  // namespace kith::http
