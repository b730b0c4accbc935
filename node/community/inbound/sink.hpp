#pragma once
#include "federation/inbox/sink.hpp"
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"

#include <functional>

namespace kith::community {

// What peers' activities do to the domain. One file of this folder for each family of activities; each
// has the three phases of inbox::ActivitySink as functions of the same names.
class CommunitySink final : public inbox::ActivitySink {
public:
    explicit CommunitySink(Context& context) : context_(context) {}

    Result<> authorize(const inbox::Inbound&) override;
    Result<std::unique_ptr<inbox::Plan>> resolve(const inbox::Inbound&, inbox::Fetcher&) override;
    Result<> apply(sql::Tx&, const inbox::Inbound&, const inbox::Plan&) override;

private:
    Context& context_;
};

}  // namespace kith::community
