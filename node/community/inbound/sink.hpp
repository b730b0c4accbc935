#pragma once
#include "federation/inbox/sink.hpp"
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"

#include <functional>

namespace kith::community {

// What peers' activities do to the domain. One file of this folder for each family of activities;
// each has the three phases of inbox::ActivitySink as functions of the same names.
class CommunitySink final : public inbox::ActivitySink {
public:
    // `heard` is told the host of every activity whose signature held: a peer that was given up
    // speaks.
    using Heard = std::function<void(const std::string& host)>;
    CommunitySink(Context& context, Heard heard) : context_(context), heard_(std::move(heard)) {}

    Result<> authorize(const inbox::Inbound&) override;
    Result<std::unique_ptr<inbox::Plan>> resolve(const inbox::Inbound&, inbox::Fetcher&) override;
    Result<> apply(sql::Tx&, const inbox::Inbound&, const inbox::Plan&) override;

private:
    Context& context_;
    const Heard heard_;
};

}  // namespace kith::community
