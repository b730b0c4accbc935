"""Checklist line 8: key and owner must name each other, and a key document of its own must have the
id that was asked for. A key that merely says whose it is, is nobody's."""

from framework.case import run
from framework.evil import Scene
from framework.reply import Reply


def setup():
    global scene
    scene = Scene()


def _key_document(base, number, owner, key, **more):
    key_id = f"{base}/keys/{number}"
    return {"@context": "https://w3id.org/security/v1", "id": key_id, "type": "Key",
            "owner": owner, "publicKeyPem": key.public_pem, **more}


def _serve(peer, document, at=None):
    peer.serve((at or document["id"]).removeprefix(peer.base), Reply.json(document))
    return at or document["id"]


def _refused(actor, key, key_id, what):
    activity, _ = scene.mention(actor)
    scene.refused(lambda: actor.send(scene.node.inbox, activity, key=key, key_id=key_id), what=what)


def test_a_key_document_of_its_own_that_the_owner_names():
    owner = scene.good.actor("olga")
    document = _key_document(scene.good.base, 1, owner.id, owner.key)
    scene.good.publish(owner.document(publicKey={
        "id": document["id"], "owner": owner.id, "publicKeyPem": owner.key.public_pem}))
    activity, word = scene.mention(owner)
    scene.applied(owner, activity, word, key_id=_serve(scene.good, document))


def test_a_key_on_another_host():
    document = _key_document(scene.evil.base, 2, scene.carol.id, scene.eve.key)
    _refused(scene.carol, scene.eve.key, _serve(scene.evil, document), "carol's key at evil's host")


def test_a_key_of_the_host_that_the_owner_does_not_name():
    mallory = scene.good.actor("mallory")
    document = _key_document(scene.good.base, 3, scene.carol.id, mallory.key)
    _refused(scene.carol, mallory.key, _serve(scene.good, document), "a key carol does not name")


def test_a_key_document_with_another_id():
    owner = scene.good.actor("otto")
    document = _key_document(scene.good.base, 4, owner.id, owner.key)
    asked = _serve(scene.good, document, at=scene.good.base + "/keys/asked")
    _refused(owner, owner.key, asked, "a key under another id than asked")
    scene.applied(owner, *scene.mention(owner))


def test_an_actor_that_shows_somebody_elses_key():
    thief = scene.evil.actor("thief")
    scene.evil.publish(thief.document(publicKey={
        "id": thief.key_id, "owner": scene.carol.id, "publicKeyPem": thief.key.public_pem}))
    activity, _ = scene.mention(scene.carol)
    scene.refused(lambda: scene.carol.send(scene.node.inbox, activity, key=thief.key,
                                           key_id=thief.key_id), what="carol as owner")
    _refused(thief, thief.key, thief.key_id, "a key that says it is carol's")


if __name__ == "__main__":
    run(globals())
