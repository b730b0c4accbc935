#include "federation/keys/signer.hpp"

#include "config/limits/keys.hpp"
#include "federation/signature/cavage.hpp"
#include "federation/signature/message.hpp"
#include "federation/vocab/followers_sync.hpp"
#include "storage/repo/actors.hpp"

namespace kith::keys {

LocalSigner::LocalSigner(sql::Db& db, const Clock& clock, const Urls& urls)
    : db_(db), clock_(clock), urls_(urls), keys_(limits::private_keys_cached_max) {}

Result<std::vector<client::Header>> LocalSigner::sign(const client::SigningRequest& request) {
    const auto key = TRY(key_of(request.identity.actor_id));
    const auto host = request.url.host_port();
    const auto target = request.url.path_and_query();
    signature::OutgoingRequest outgoing;
    outgoing.method = request.method;
    outgoing.host = host;
    outgoing.scheme = request.url.scheme();
    outgoing.target = target;
    if (request.identity.flavour == client::SignatureFlavour::cavage_without_query)
        outgoing.target = outgoing.target.substr(0, outgoing.target.find('?'));
    if (request.method == "POST") outgoing.body = request.body;
    outgoing.content_type = request.headers.get("Content-Type").value_or("");
    outgoing.date_ms = clock_.now_ms();
    outgoing.collection_synchronization =
        request.headers.get(vocab::collection_synchronization).value_or("");
    auto added = request.identity.flavour == client::SignatureFlavour::rfc9421
                     ? TRY(signature::sign_message(
                           outgoing, key.id, key.key,
                           signature::parse_accept_signature(request.identity.asked)
                               .value_or(signature::SignatureRequest{})))
                     : TRY(signature::sign_request(outgoing, key.id, key.key));
    std::vector<client::Header> out;
    for (auto& header : added) out.push_back({std::move(header.name), std::move(header.value)});
    return out;
}

void LocalSigner::forget(Id actor) {
    std::lock_guard lock(mutex_);
    keys_.erase(std::to_string(actor));
}

void LocalSigner::forget_all() {
    std::lock_guard lock(mutex_);
    keys_ = LruMap<Key>(limits::private_keys_cached_max);
}

Result<LocalSigner::Key> LocalSigner::key_of(Id actor) {
    const auto name = std::to_string(actor);
    {
        std::lock_guard lock(mutex_);
        if (auto* held = keys_.find(name)) return *held;
    }
    auto key = TRY(load(actor));
    std::lock_guard lock(mutex_);
    return keys_.put(name, std::move(key));
}

Result<LocalSigner::Key> LocalSigner::load(Id actor) {
    const auto rows = TRY(db_.read([&](sql::Tx& tx) -> Result<std::vector<model::ActorKey>> {
        if (actor != 0) return repo::keys_of(tx, actor);
        const auto instance = TRY(repo::find_actor_by_ap_id(tx, urls_.instance_actor()));
        if (!instance) return fail(Code::not_found, "the instance actor does not exist");
        return repo::keys_of(tx, instance->id);
    }));
    for (const auto& row : rows)
        if (row.algorithm == model::KeyAlgorithm::rsa && !row.private_pem.empty())
            return Key{row.key_id, TRY(crypto::PrivateKey::from_pem(row.private_pem))};
    return fail(Code::not_found, "the actor has no key to sign with", std::to_string(actor));
}

}  // namespace kith::keys
