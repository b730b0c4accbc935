#pragma once
#include "federation/inbox/domain_blocks.hpp"
#include "federation/inbox/pipeline.hpp"
#include "federation/keys/key_cache.hpp"
#include "node/community/context.hpp"
#include "node/http/front.hpp"
#include "node/http/router.hpp"

#include <functional>
#include <string>

// ActivityPub over HTTP, and what makes a node findable: WebFinger, host-meta, NodeInfo.
namespace kith::ap {

// Answers with the page for people of a URL that is an ActivityPub id too. Without one the client is
// sent to the page's own URL, or gets the document where that is the same URL.
using PageHook = std::function<Result<>(http::Exchange&)>;

struct Pages {
    PageHook root;      // "/"
    PageHook person;    // "/u/:name"
    PageHook group;     // "/c/:name"
    PageHook post;      // "/post/:id"
    PageHook collection;  // "/collections/:id"
};

class GroupHomes;

// What the routes work with; all outlive the router.
struct ApContext {
    community::Context& community;
    keys::KeyCache& keys;
    inbox::DomainBlocks& blocks;
    inbox::Pipeline& pipeline;
    GroupHomes& group_homes;
    Pages pages;
    std::string version;   // of the program, for NodeInfo
};

// Adds every route of this place. `context` outlives the router.
void add_routes(http::Router&, ApContext& context);

// Lets a signed request wait in the front until its sender's key is here, so that workers only verify.
class KeyParking final : public http::ParkHook {
public:
    explicit KeyParking(inbox::Pipeline& pipeline) : pipeline_(pipeline) {}

    std::string key(const http::Head&, http::ListenerTag) override;
    void begin(const http::Head&, std::function<void()> resume) override;

private:
    inbox::Pipeline& pipeline_;
};

}  // namespace kith::ap
