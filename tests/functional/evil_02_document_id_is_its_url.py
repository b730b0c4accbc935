"""Checklist line 2: a fetched document's id must be the URL that was asked. Where it differs within
the origin it is fetched once more by its id; where it names another origin it is refused."""

from framework import check
from framework.case import run
from framework.evil import Scene, marker, note_document
from framework.reply import Reply


def setup():
    global scene
    scene = Scene()


def test_a_document_under_another_path_of_its_origin_is_fetched_by_its_id():
    word = marker()
    note = note_document(scene.carol, word)
    scene.good.serve("/alias", Reply.json({**note, "content": "<p>not this copy</p>"}))
    found = scene.alice.find_status(scene.good.base + "/alias")
    check.equal(found["uri"], note["id"], "id of what was found")
    check.contains(found["content"], word, "its content")


def test_a_note_that_claims_the_id_of_another_origin():
    victim = note_document(scene.carol, marker())
    scene.good.remove(victim["id"])
    scene.evil.serve("/note/fake", Reply.json(victim))
    scene.not_resolved(scene.evil.base + "/note/fake", "a note with a foreign id")
    own = note_document(scene.eve, marker())
    check.equal(scene.alice.find_status(own["id"])["uri"], own["id"], "eve's own note")


def test_an_actor_that_claims_the_id_of_another_origin():
    victim = scene.good.actor("vera")
    scene.evil.serve("/u/vera", Reply.json(victim.document()))
    scene.not_resolved(scene.evil.base + "/u/vera", "an actor with a foreign id")
    check.equal(scene.alice.find_account(victim.id)["username"], "vera", "the true actor")


def test_a_key_from_a_document_with_a_foreign_id():
    victim = scene.good.actor("victor")
    claimed = victim.document()
    claimed["publicKey"] = {"id": scene.evil.base + "/u/victor#main-key", "owner": victim.id,
                            "publicKeyPem": scene.eve.key.public_pem}
    scene.evil.serve("/u/victor", Reply.json(claimed))
    activity, word = scene.mention(victim)
    scene.refused(lambda: victim.send(scene.node.inbox, activity, key=scene.eve.key,
                                      key_id=claimed["publicKey"]["id"]), what="a foreign key")
    scene.applied(victim, activity, word)


def test_a_boost_of_a_document_with_a_foreign_id():
    victim = note_document(scene.carol, marker())
    scene.good.remove(victim["id"])
    scene.evil.serve("/note/boosted", Reply.json(victim))
    scene.refused_anyhow(scene.eve, scene.eve.announce(scene.evil.base + "/note/boosted"),
                         "a boost of a false copy")
    check.equal(scene.alice.search(victim["id"], "statuses"), [], "the victim's note")


if __name__ == "__main__":
    run(globals())
