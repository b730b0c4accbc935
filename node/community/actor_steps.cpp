#include "node/community/actor_steps.hpp"

#include "base/crypto/keys.hpp"
#include "base/text/fold.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/community.hpp"
#include "storage/repo/actors.hpp"

#include <algorithm>

namespace kith::community {

using model::Actor;
using model::ActorKey;
using model::ActorKind;
using model::KeyAlgorithm;
using sql::Tx;

namespace {

Result<ActorKey> fresh_key(KeyAlgorithm algorithm) {
    auto key = TRY(algorithm == KeyAlgorithm::rsa ? crypto::PrivateKey::generate_rsa()
                                                  : crypto::PrivateKey::generate_ed25519());
    ActorKey out;
    out.algorithm = algorithm;
    out.private_pem = TRY(key.to_pem());
    out.public_pem = key.public_key().to_pem();
    return out;
}

}  // namespace

Result<> check_new_password(std::string_view password) {
    if (utf8::length(password) < limits::password_characters_min)
        return fail(Code::unprocessable, "a password has at least " +
                                             std::to_string(limits::password_characters_min) +
                                             " characters");
    return {};
}

Result<> check_new_name(std::string_view name) {
    const bool good = !name.empty() && name.size() <= limits::username_characters_max &&
                      std::all_of(name.begin(), name.end(), [](char c) {
                          return text::is_alpha(c) || text::is_digit(c) || c == '_';
                      });
    if (!good)
        return fail(Code::unprocessable,
                    "a name consists of 1 to " + std::to_string(limits::username_characters_max) +
                        " letters a-z, digits and underscores",
                    std::string(name));
    return {};
}

Actor new_local_actor(const Context& context, ActorKind kind, std::string_view name) {
    const auto& urls = context.urls;
    Actor a;
    a.id = context.ids.next();
    a.kind = kind;
    a.local = true;
    a.username = name;
    a.ap_id = kind == ActorKind::group         ? urls.group(name)
              : kind == ActorKind::application ? urls.instance_actor()
                                               : urls.person(name);
    a.url = kind == ActorKind::person ? urls.person_page(name) : a.ap_id;
    a.inbox = a.ap_id + "/inbox";
    a.shared_inbox = urls.shared_inbox();
    a.outbox = a.ap_id + "/outbox";
    a.followers_url = a.ap_id + "/followers";
    a.following_url = a.ap_id + "/following";
    a.featured_url = a.ap_id + "/featured";
    if (kind == ActorKind::group) a.moderators_url = a.ap_id + "/moderators";
    a.bot = kind == ActorKind::application;
    a.fields = a.also_known_as = "[]";
    a.created_at = a.updated_at = a.fetched_at = context.clock.now_ms();
    return a;
}

Result<> stock_key_pool(Context& context, std::int64_t at_least) {
    for (auto algorithm : {KeyAlgorithm::rsa, KeyAlgorithm::ed25519}) {
        auto have =
            TRY(context.db.read([&](Tx& tx) { return repo::key_pool_size(tx, algorithm); }));
        for (; have < at_least; ++have) {
            const auto key = TRY(fresh_key(algorithm));
            TRY(context.db.write(
                [&](Tx& tx) { return repo::add_to_key_pool(tx, context.ids.next(), key); }));
        }
    }
    return {};
}

Result<> store_local_actor(Tx& tx, const Context& context, const Actor& actor) {
    auto folded = text::fold(actor.username);
    if (TRY(repo::find_actor_by_name(tx, folded, "")))
        return fail(Code::unprocessable,
                    "the name is taken, or was once: names are never given again", actor.username);
    TRY(repo::insert_actor(tx, actor, folded));
    for (auto algorithm : {KeyAlgorithm::rsa, KeyAlgorithm::ed25519}) {
        auto pooled = TRY(repo::take_from_key_pool(tx, algorithm));
        auto key = pooled ? *pooled : TRY(fresh_key(algorithm));
        key.actor_id = actor.id;
        key.fetched_at = context.clock.now_ms();
        key.key_id = algorithm == KeyAlgorithm::rsa ? Urls::main_key(actor.ap_id)
                                                    : Urls::ed25519_key(actor.ap_id);
        TRY(repo::put_key(tx, key));
    }
    return {};
}

}  // namespace kith::community
