#pragma once
#include "federation/signature/request_view.hpp"
#include "node/http/head.hpp"

#include <vector>

namespace kith::ap {

// A request's head as signatures see it. Views the Head.
class WireHead {
public:
    explicit WireHead(const http::Head& head) {
        headers_.reserve(head.headers.size());
        for (const auto& h : head.headers) headers_.push_back({h.name, h.value});
        view_ = {head.method, head.target, headers_};
    }
    WireHead(const WireHead&) = delete;
    WireHead& operator=(const WireHead&) = delete;

    const signature::RequestView& view() const { return view_; }

private:
    std::vector<signature::Header> headers_;
    signature::RequestView view_;
};

}  // namespace kith::ap
