#pragma once
#include "storage/model/actor.hpp"
#include "storage/model/post.hpp"
#include "storage/model/relation.hpp"
#include "tests/contract/storage/engines.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kith::test {

// One repository function in a transaction of its own; its error ends the test case.
template <class R, class... P, class... A>
auto put(sql::Db& db, Result<R> (*function)(sql::Tx&, P...), const A&... arguments) {
    return must(db.write([&](sql::Tx& tx) { return function(tx, arguments...); }));
}
// The same on a read snapshot.
template <class R, class... P, class... A>
auto ask(sql::Db& db, Result<R> (*function)(sql::Tx&, P...), const A&... arguments) {
    return must(db.read([&](sql::Tx& tx) { return function(tx, arguments...); }));
}

using Ids = std::vector<Id>;

inline constexpr TimeMs noon = 1'700'000'000'000;

// A migrated database and short words to people it. Ids count up from 1, whatever they are of, so
// that what is made later sorts later.
class World {
public:
    explicit World(sql::Db&);  // migrates it

    Id next_id() { return ++last_id_; }

    Id person(std::string_view name);  // local, with an account
    Id stranger(std::string_view name, std::string_view host = "there.example");  // remote
    Id group(std::string_view name, Id owner);                                    // local
    Id account_of(Id actor);

    // A public note without text, not stored yet; change what the case is about.
    model::Post draft(Id author);
    model::Post store(model::Post);
    Id post(Id author, model::Visibility = model::Visibility::public_);
    Id reply(Id author, Id parent);
    Id group_post(Id author, Id group);

    model::Follow follow(Id follower, Id followed,
                         model::FollowState = model::FollowState::accepted);
    model::Boost boost(Id actor, Id post);
    void block(Id actor, Id target);

    model::Actor actor(Id);
    model::Post post_row(Id);

private:
    Id add_actor(std::string_view name, std::string_view host, model::ActorKind);

    sql::Db& db_;
    Id last_id_ = 0;
};

}  // namespace kith::test
