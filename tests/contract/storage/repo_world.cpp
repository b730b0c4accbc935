#include "tests/contract/storage/repo_world.hpp"

#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/schema/schema.hpp"

namespace kith::test {

using model::Visibility;

World::World(sql::Db& db) : db_(db) { must(sql::migrate(db, repo::schema(), noon)); }

Id World::add_actor(std::string_view name, std::string_view host, model::ActorKind kind) {
    model::Actor a;
    a.id = next_id();
    a.kind = kind;
    a.local = host.empty();
    a.username = name;
    a.host = host;
    const auto site = "https://" + std::string(a.local ? "here.example" : host);
    a.ap_id = site + "/u/" + a.username;
    a.inbox = a.ap_id + "/inbox";
    if (!a.local) a.shared_inbox = site + "/inbox";
    a.followers_url = a.ap_id + "/followers";
    a.fields = a.also_known_as = "[]";
    a.created_at = a.updated_at = noon;
    put(db_, repo::insert_actor, a, name);
    return a.id;
}

Id World::person(std::string_view name) {
    const auto actor = add_actor(name, "", model::ActorKind::person);
    model::User user;
    user.id = next_id();
    user.actor_id = actor;
    user.email = std::string(name) + "@mail.example";
    user.created_at = noon;
    put(db_, repo::insert_user, user, user.email);
    return actor;
}

Id World::stranger(std::string_view name, std::string_view host) {
    return add_actor(name, host, model::ActorKind::person);
}

Id World::group(std::string_view name, Id owner) {
    const auto group = add_actor(name, "", model::ActorKind::group);
    put(db_, repo::insert_group,
        model::GroupSettings{.group_id = group, .owner_id = owner, .created_at = noon});
    return group;
}

Id World::account_of(Id actor) { return ask(db_, repo::find_user_by_actor, actor).value().id; }

model::Post World::draft(Id author) {
    model::Post p;
    p.id = p.thread_id = next_id();
    p.ap_id = "https://here.example/post/" + std::to_string(p.id);
    p.url = "https://here.example/@somebody/" + std::to_string(p.id);
    p.actor_id = author;
    p.local = actor(author).local;
    p.content = "<p>text</p>";
    p.published_at = p.received_at = noon + p.id;
    return p;
}

model::Post World::store(model::Post p) {
    put(db_, repo::insert_post, p);
    return p;
}

Id World::post(Id author, Visibility visibility) {
    auto p = draft(author);
    p.visibility = visibility;
    return store(p).id;
}

Id World::reply(Id author, Id parent_id) {
    const auto parent = post_row(parent_id);
    auto p = draft(author);
    p.in_reply_to_id = parent.id;
    p.in_reply_to_actor_id = parent.actor_id;
    p.thread_id = parent.thread_id;
    return store(p).id;
}

Id World::group_post(Id author, Id group) {
    auto p = draft(author);
    p.visibility = Visibility::group;
    p.group_id = group;
    return store(p).id;
}

model::Follow World::follow(Id follower, Id followed, model::FollowState state) {
    model::Follow f;
    f.id = next_id();
    f.follower_id = follower;
    f.followed_id = followed;
    f.state = state;
    f.ap_id = "https://here.example/activity/" + std::to_string(f.id);
    f.created_at = noon;
    if (state == model::FollowState::accepted) f.accepted_at = noon;
    BOOST_TEST(put(db_, repo::add_follow, f));
    return f;
}

model::Boost World::boost(Id actor, Id post) {
    model::Boost b;
    b.id = next_id();
    b.actor_id = actor;
    b.post_id = post;
    b.ap_id = "https://here.example/activity/" + std::to_string(b.id);
    b.created_at = noon;
    BOOST_TEST(put(db_, repo::add_boost, b));
    return b;
}

void World::block(Id actor, Id target) {
    const model::Block b{actor, target, "https://here.example/block/" + std::to_string(last_id_),
                         noon};
    BOOST_TEST(put(db_, repo::add_block, b, next_id()));
}

model::Actor World::actor(Id id) { return ask(db_, repo::find_actor, id).value(); }

model::Post World::post_row(Id id) { return ask(db_, repo::find_post, id).value(); }

}  // namespace kith::test
