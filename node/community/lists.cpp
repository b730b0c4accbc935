#include "node/community/lists.hpp"

#include "base/text/utf8.hpp"
#include "config/limits/personal.hpp"
#include "node/community/page_window.hpp"
#include "storage/repo/lists.hpp"

namespace kith::community {

using model::List;
using sql::Tx;

namespace {

Failure invalid(std::string what) {
    return fail(Code::unprocessable, "Validation failed: " + std::move(what));
}

Result<List> own_list(Tx& tx, Id owner, Id id) {
    auto list = TRY(repo::find_list(tx, owner, id));
    if (!list) return fail(Code::not_found, "Record not found");
    return std::move(*list);
}

Result<> apply(List& list, const ListChange& change) {
    if (change.title) list.title = *change.title;
    if (change.replies) list.replies = *change.replies;
    if (change.exclusive) list.exclusive = *change.exclusive;
    if (list.title.empty()) return invalid("Title can't be blank");
    if (utf8::length(list.title) > limits::list_title_characters_max)
        return invalid("Title is too long (maximum is " +
                       std::to_string(limits::list_title_characters_max) + " characters)");
    return {};
}

}  // namespace

Result<List> create_list(Context& context, Id owner, const ListChange& change) {
    return context.db.write([&](Tx& tx) -> Result<List> {
        if (TRY(repo::lists_of(tx, owner)).size() >= limits::lists_max)
            return invalid("You have reached the maximum number of lists");
        List list{.id = context.ids.next(), .owner_id = owner, .title = ""};
        TRY(apply(list, change));
        TRY(repo::insert_list(tx, list));
        return list;
    });
}

Result<List> change_list(Context& context, Id owner, Id id, const ListChange& change) {
    return context.db.write([&](Tx& tx) -> Result<List> {
        auto list = TRY(own_list(tx, owner, id));
        TRY(apply(list, change));
        TRY(repo::update_list(tx, list));
        return list;
    });
}

Result<> delete_list(Context& context, Id owner, Id id) {
    return context.db.write([&](Tx& tx) -> Result<> {
        return repo::delete_list(tx, TRY(own_list(tx, owner, id)).id);
    });
}

Result<List> list_by_id(Context& context, Id owner, Id id) {
    return context.db.read([&](Tx& tx) { return own_list(tx, owner, id); });
}

Result<std::vector<List>> lists(Context& context, Id owner) {
    return context.db.read([owner](Tx& tx) { return repo::lists_of(tx, owner); });
}

Result<std::vector<List>> lists_with(Context& context, Id owner, Id member) {
    return context.db.read([=](Tx& tx) { return repo::lists_with(tx, owner, member); });
}

Result<Page<model::Actor>> list_members(Context& context, Id owner, Id id, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<model::Actor>> {
        const auto list = TRY(own_list(tx, owner, id));
        return actor_page_from(TRY(repo::list_members_page(tx, list.id, window_of(request))), request);
    });
}

Result<> add_to_list(Context& context, Id owner, Id id, std::span<const Id> members) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto list = TRY(own_list(tx, owner, id));
        if (TRY(repo::count_list_members(tx, list.id)) + std::int64_t(members.size()) >
            limits::list_members_max)
            return invalid("The list has too many members");
        for (const auto member : members) {
            const auto follow = TRY(repo::find_follow(tx, owner, member));
            if (!follow && member != owner) return fail(Code::not_found, "Record not found");
            if (!TRY(repo::add_list_member(tx, list.id, member, context.ids.next())))
                return invalid("Account has already been taken");
        }
        return {};
    });
}

Result<> remove_from_list(Context& context, Id owner, Id id, std::span<const Id> members) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto list = TRY(own_list(tx, owner, id));
        for (const auto member : members) TRY(repo::remove_list_member(tx, list.id, member));
        return {};
    });
}

}  // namespace kith::community
