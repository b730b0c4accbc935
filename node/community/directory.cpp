#include "node/community/directory.hpp"

#include "storage/repo/actors.hpp"

#include <algorithm>

namespace kith::community {

using sql::Tx;

Result<std::vector<model::Actor>> directory(Context& context, const Viewer& viewer, const DirectoryQuery& query) {
    return context.db.read([&](Tx& tx) {
        return repo::directory(tx, viewer.actor_id, query.order, query.local_only, query.limit, query.offset);
    });
}

Result<std::vector<Suggestion>> suggestions(Context& context, Id actor, int limit) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<Suggestion>> {
        std::vector<Suggestion> out;
        for (auto& account : TRY(repo::suggested_by_follows(tx, actor, limit)))
            out.push_back({SuggestionSource::friends_of_friends, std::move(account)});
        for (auto& account : TRY(repo::suggested_by_size(tx, actor, limit))) {
            if (int(out.size()) >= limit) break;
            if (std::none_of(out.begin(), out.end(), [&](const auto& each) { return each.account.id == account.id; }))
                out.push_back({SuggestionSource::most_followed, std::move(account)});
        }
        return out;
    });
}

Result<> dismiss_suggestion(Context& context, Id actor, Id target) {
    return context.db.write([&](Tx& tx) -> Result<> {
        if (!TRY(repo::find_actor(tx, target))) return fail(Code::not_found, "Record not found");
        return repo::dismiss_suggestion(tx, actor, target);
    });
}

}  // namespace kith::community
