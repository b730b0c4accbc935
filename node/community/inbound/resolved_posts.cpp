#include "node/community/inbound/resolved_posts.hpp"

#include "federation/keys/actor_store.hpp"
#include "node/community/inbound/authors.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/remote_posts.hpp"

#include <memory>
#include <utility>

namespace kith::community {

using sql::Tx;

namespace {

class SourceFetcher final : public inbox::Fetcher {
public:
    explicit SourceFetcher(discovery::DocumentSource& source) : source_(source) {}

    Result<inbox::Fetched> fetch(const std::string& id) override {
        auto found = TRY(source_.fetch(id));
        return inbox::Fetched{std::move(found.id), std::move(found.raw), std::move(found.document)};
    }
    int fetches_left() const override { return source_.fetches_left(); }

private:
    discovery::DocumentSource& source_;
};

}  // namespace

Result<Id> ResolvedPosts::store_post(const vocab::Post& post, discovery::DocumentSource& source) {
    SourceFetcher fetcher(source);
    // Shared, because a write may run its closure more than once.
    auto plan = std::make_shared<DeedPlan>();
    if (!TRY(fetch_author(context_, post.attributed_to, fetcher, *plan)))
        return fail(Code::not_found, "Record not found", "the author of " + post.id);
    TRY(resolve_post(context_, post, fetcher, *plan));
    return context_.db.write([&context = context_, plan, post](Tx& tx) -> Result<Id> {
        const auto now = context.clock.now_ms();
        for (const auto& actor : plan->actors) TRY(keys::store_actor(tx, context.ids, now, actor));
        for (const auto& ancestor : plan->ancestors)
            TRY(store_remote_post(tx, context, ancestor, now, nullptr));
        auto stored = TRY(store_remote_post(tx, context, post, now, nullptr));
        if (!stored || stored->deleted_at)
            return fail(Code::not_found, "Record not found", post.id);
        TRY(settle_quote(tx, context, *stored, post, *plan, now, Turn::forbidden));
        return stored->id;
    });
}

}  // namespace kith::community
