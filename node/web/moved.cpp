#include "node/web/moved.hpp"

#include "base/text/strings.hpp"
#include "node/community/moves.hpp"
#include "node/web/routes.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_moves.hpp"
#include "storage/repo/posts.hpp"

namespace kith::web {

using sql::Tx;

std::optional<std::string> new_place_of(const community::Context& context, const model::Actor& group) {
    const auto target = community::moved_target(context, group);
    if (!target || !target->is_group()) return {};
    return target->url.empty() ? target->ap_id : target->url;
}

Result<std::optional<std::string>> new_place_of(community::Context& context, const model::Post& post) {
    if (!post.group_id) return std::optional<std::string>{};
    return context.db.read([&](Tx& tx) -> Result<std::optional<std::string>> {
        if (!TRY(repo::moved_from_here_to(tx, *post.group_id, post.published_at))) return std::optional<std::string>{};
        const auto group = TRY(repo::find_actor(tx, *post.group_id));
        if (!group || group->local || group->deleted_at) return std::optional<std::string>{};
        return std::optional(group->ap_id + "/thread?id=" + text::percent_encode(post.ap_id));
    });
}

Result<> thread_of_group(community::Context& context, http::Exchange& exchange) {
    const auto group = TRY(group_of_page(context, exchange));
    const auto id = std::string(TRY(exchange.params())->get_or("id", ""));
    const auto post = TRY(context.db.read([&](Tx& tx) -> Result<std::optional<model::Post>> {
        auto found = TRY(repo::find_post_by_ap_id(tx, id));
        if (!found || !TRY(repo::sees_post(tx, {}, found->id))) return std::optional<model::Post>{};
        if (found->group_id != group.id && !TRY(repo::was_thread_of(tx, found->thread_id, group.id))) found.reset();
        return found;
    }));
    if (!post) return fail(Code::not_found, "Record not found");
    return exchange.redirect(context.urls.post(post->id), 302);
}

}  // namespace kith::web
