#pragma once
#include "federation/discovery/object_store.hpp"
#include "node/community/context.hpp"

namespace kith::community {

// Posts that somebody here asked for by their URL: stored with author and parents, whether or not
// anybody here is concerned by them.
class ResolvedPosts final : public discovery::ObjectStore {
public:
    explicit ResolvedPosts(Context& context) : context_(context) {}

    Result<Id> store_post(const vocab::Post&, discovery::DocumentSource&) override;

private:
    Context& context_;
};

}  // namespace kith::community
