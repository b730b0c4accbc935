#include "federation/keys/key_document.hpp"

#include "base/text/url.hpp"
#include "federation/vocab/reader.hpp"

namespace kith::keys {

Result<vocab::Actor> read_owner(const FetchedDocument& fetched) {
    const auto root = fetched.document.root();
    if (!vocab::is_actor_type(root))
        return fail(Code::unauthorized, "the key does not lead to an actor", fetched.id);
    auto actor = TRY(vocab::read_actor(root));
    if (actor.id != fetched.id)
        return fail(Code::unauthorized, "the actor has another id", fetched.id);
    return actor;
}

Result<std::variant<vocab::Actor, ClaimedOwner>> read_key_document(const FetchedDocument& fetched) {
    using Found = std::variant<vocab::Actor, ClaimedOwner>;
    const auto root = fetched.document.root();
    if (vocab::is_actor_type(root)) return Found(TRY(read_owner(fetched)));
    const auto owner = vocab::id_of(root.first_of({"owner", "controller"}));
    const bool is_key = !root.first_of({"publicKeyPem", "publicKeyMultibase"}).is_nothing();
    const auto owner_url = Url::parse(owner);
    if (!is_key || !owner_url)
        return fail(Code::unauthorized, "there is no key at the key's id", fetched.id);
    // Actors keep only keys of their own origin (store_actor), so it need not be asked.
    if (!same_origin(*owner_url, TRY(Url::parse(fetched.id))))
        return fail(Code::unauthorized, "the key's owner is of another origin", fetched.id);
    return Found(ClaimedOwner{owner});
}

}  // namespace kith::keys
