#pragma once
#include "base/core/result.hpp"
#include "config/config.hpp"

#include <memory>

namespace kith {

// A whole node: everything made in the order of the house, from the database up to the front, and
// taken down in the opposite one.
class Node {
public:
    // Opens the database, makes what a first start makes, listens. Nothing is answered before
    // run().
    static Result<std::unique_ptr<Node>> open(Config);
    ~Node();

    // Serves until request_stop(); then finishes what is under way. False: a handler would not end,
    // and the caller ends the process.
    bool run();
    // From any thread, also from a signal handler.
    void request_stop();

private:
    struct Parts;
    explicit Node(std::unique_ptr<Parts>);
    std::unique_ptr<Parts> parts_;
};

}  // namespace kith
