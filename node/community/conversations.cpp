#include "node/community/conversations.hpp"

#include "node/community/page_window.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/conversations.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>

namespace kith::community {

using model::Conversation;
using sql::Tx;

namespace {

// The author and whom the post is for, each once.
Result<std::vector<model::Actor>> people_in(Tx& tx, Id author, Id post) {
    auto ids = TRY(repo::audience_of(tx, post));
    if (std::find(ids.begin(), ids.end(), author) == ids.end()) ids.push_back(author);
    return repo::actors_by_ids(tx, ids);
}

Result<ConversationView> view_of(Tx& tx, const Conversation& conversation) {
    ConversationView out{.conversation = conversation, .others = {}, .last = {}};
    const Entry entry{.id = conversation.last_post_id, .post_id = conversation.last_post_id};
    auto views = TRY(load_views(tx, Viewer::actor(conversation.owner_id), std::span(&entry, 1)));
    if (views.empty()) return out;
    out.last = std::move(views.front());
    auto people = TRY(people_in(tx, out.last->author.id, conversation.last_post_id));
    std::erase_if(people, [&](const model::Actor& a) { return a.id == conversation.owner_id; });
    std::sort(people.begin(), people.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    out.others = std::move(people);
    return out;
}

}  // namespace

Result<Page<ConversationView>> conversations(Context& context, Id owner, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<ConversationView>> {
        const auto rows = TRY(repo::conversations_page(tx, owner, window_of(request)));
        Page<ConversationView> page;
        if (!rows.empty())
            set_cursors(page, rows.front().last_post_id, rows.back().last_post_id, rows.size(), request);
        for (const auto& row : rows) page.items.push_back(TRY(view_of(tx, row)));
        return page;
    });
}

Result<ConversationView> load_conversation(Tx& tx, Id owner, Id id) {
    const auto found = TRY(repo::find_conversation(tx, owner, id));
    if (!found) return fail(Code::not_found, "Record not found");
    return view_of(tx, *found);
}

Result<ConversationView> set_conversation_unread(Context& context, Id owner, Id id, bool unread) {
    return context.db.write([=](Tx& tx) -> Result<ConversationView> {
        TRY(repo::set_conversation_read(tx, owner, id, unread));
        return load_conversation(tx, owner, id);
    });
}

Result<> remove_conversation(Context& context, Id owner, Id id) {
    return context.db.write([=](Tx& tx) -> Result<> {
        if (!TRY(repo::remove_conversation(tx, owner, id))) return fail(Code::not_found, "Record not found");
        return {};
    });
}

Result<> enter_conversations(Tx& tx, const Context& context, const model::Post& post) {
    if (post.visibility != model::Visibility::direct) return {};
    for (const auto& person : TRY(people_in(tx, post.actor_id, post.id))) {
        if (!person.local || person.is_group() || person.deleted_at) continue;
        TRY(repo::touch_conversation(tx, {.id = context.ids.next(),
                                          .owner_id = person.id,
                                          .thread_id = post.thread_id,
                                          .last_post_id = post.id,
                                          .unread = person.id != post.actor_id}));
    }
    return {};
}

}  // namespace kith::community
