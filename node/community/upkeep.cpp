#include "node/community/upkeep.hpp"

#include "base/json/writer.hpp"
#include "config/limits/community.hpp"
#include "node/community/actor_steps.hpp"
#include "config/limits/inbox.hpp"
#include "node/community/key_rotation.hpp"
#include "node/community/post_steps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/events.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/timelines.hpp"
#include "storage/repo/withdrawn.hpp"

namespace kith::community {

using sql::Tx;

Result<std::optional<std::string>> continue_fan_out(Context& context, const std::string& payload) {
    auto document = TRY(json::Document::parse(payload));
    repo::FanOut f;
    f.entry_id = TRY(document["entry"].integer());
    f.post_id = TRY(document["post"].integer());
    f.boost_id = document["boost"].maybe_integer();
    f.author_id = TRY(document["author"].integer());
    f.parent_author_id = document["parent_author"].maybe_integer();
    f.audience_only = document["audience_only"].maybe_boolean().value_or(false);
    f.seen_since = context.clock.now_ms() - limits::home_unseen_ms;
    const auto after = TRY(document["after"].integer());
    auto reached = TRY(context.db.write([&](Tx& tx) -> Result<std::optional<Id>> {
        auto post = TRY(repo::find_post(tx, f.post_id));
        if (!post || post->deleted_at) return std::optional<Id>{};
        f.language = language_at_home(*post, f.boost_id);
        return repo::fan_out(tx, f, after, limits::home_fan_out_rows_max);
    }));
    if (!reached) return std::optional<std::string>{};
    json::Writer w;
    w.object();
    for (std::size_t i = 0; i < document.root().member_count(); ++i)
        if (document.root().member_name(i) != "after")
            w.key(document.root().member_name(i)).value(document.root().member(i));
    w.member("after", *reached).end();
    return std::optional<std::string>(w.take());
}

Result<> fill_key_pool(Context& context) { return stock_key_pool(context, limits::key_pool_min); }

Result<> trim(Context& context) {
    const auto now = context.clock.now_ms();
    auto homes = TRY(context.db.read([](Tx& tx) {
        return repo::long_homes(tx, limits::home_rows_max + limits::home_rows_slack,
                                limits::trim_batch_rows);
    }));
    for (auto owner : homes)
        TRY(context.db.write(
            [owner](Tx& tx) { return repo::trim_home(tx, owner, limits::home_rows_max); }));
    TRY(context.db.write([now](Tx& tx) {
        return repo::delete_idempotent_before(tx, now - limits::idempotency_ms);
    }));
    TRY(context.db.write([now](Tx& tx) {
        return repo::trim_events(tx, now - limits::event_days * day_ms, limits::trim_batch_rows);
    }));
    TRY(drop_retired_keys(context));
    return context.db.write([now](Tx& tx) {
        return repo::trim_withdrawn(tx, now - limits::inbox_withdrawn_ms, limits::trim_batch_rows);
    });
}

}  // namespace kith::community
