// The page of a collection of accounts: what a link to it opens.
#include "node/community/accounts.hpp"
#include "node/community/collections.hpp"
#include "node/http/exchange.hpp"
#include "node/web/render.hpp"
#include "node/web/routes.hpp"

#include <algorithm>

namespace kith::web {

Result<> collection_page(community::Context& context, http::Exchange& exchange) {
    const auto view = TRY(community::collection(context, community::Viewer::nobody(), TRY(exchange.id_param("id"))));
    const auto& c = view.collection;
    Values values, accounts{Values::type::list};
    for (const auto& actor : TRY(community::faces(context, std::span(&view, 1), view.items.size()))) {
        if (actor.id == c.owner_id) {
            values.set("owner", name_html(context, actor));
            values.set("owner_url", actor.url);
            const auto is_own = [&](const auto& item) { return item.actor_id == c.owner_id; };
            if (std::none_of(view.items.begin(), view.items.end(), is_own)) continue;
        }
        Values row;
        row.set("name", name_html(context, actor));
        row.set("url", actor.url);
        row.set("acct", "@" + community::acct_of(context, actor));
        accounts << row;
    }
    values.set("name", c.name);
    set_if_there(values, "description", c.description);
    set_if_there(values, "lang", c.language);
    set_if_there(values, "tag", c.tag);
    values.set("sensitive", Values(c.sensitive));
    values.set("has_accounts", Values(!accounts.list_value().empty()));
    values.set("accounts", accounts);
    const Head head{.title = c.name,
                    .description = c.description,
                    .canonical = context.urls.collection(c.id),
                    .activity = context.urls.collection(c.id),
                    .noindex = !c.discoverable};
    return exchange.html(200, page(context, head, render("collection", values)));
}

}  // namespace kith::web
