#include "node/main/node.hpp"

#include "base/core/log.hpp"
#include "node/main/node_parts.hpp"

namespace kith {

Result<> Node::Parts::start() {
    projection = std::make_unique<insight::Projection>(context());
    streams->start();
    feed->start();
    push_sender->start();
    link_reader->start();
    remote_files->start();
    TRY(uploads->start());
    TRY(publisher->start());
    TRY(lanes->start());
    pipeline->start();
    if (store->config.insight.enabled) TRY(projection->start());
    TRY(catch_up->start());  // before the worker, which notes that the node is there
    return worker->start();
}

void Node::Parts::stop() {
    control.reset();
    uploads->stop();
    remote_files->stop();
    link_reader->stop();
    push_sender->stop();
    feed->stop();
    streams->stop();
    worker->stop();
    catch_up->stop();
    projection->stop();
    pipeline->stop();
    publisher->stop();
    lanes->stop();
    key_cache->stop();
}

Node::Node(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Node::~Node() = default;

Result<std::unique_ptr<Node>> Node::open(Config config) {
    auto parts = std::make_unique<Parts>(TRY(Store::open(std::move(config))));
    TRY(parts->open_federation());
    TRY(parts->open_media());
    TRY(parts->open_news());
    TRY(parts->open_doors());
    parts->open_jobs();
    TRY(parts->start());
    return std::unique_ptr<Node>(new Node(std::move(parts)));
}

bool Node::run() {
    const bool clean = parts_->front->run() == http::Front::Stop::clean;
    if (!clean) return false;
    parts_->stop();
    log::info("node.stopped", {});
    return true;
}

void Node::request_stop() { parts_->front->request_stop(); }

}  // namespace kith
