"""Relays of both kinds (FEP-ae0c): the node subscribes, gives its public posts, and takes what
the relay forwards or announces, each from its own origin; a relay's word is never enough."""

from framework import ap, check
from framework.case import run
from framework.evil import Scene, marker


def setup():
    global scene, relay, hub, inbox
    scene = Scene()
    hub = scene.good.__class__(verify=True)
    relay = hub.actor("relay", "Application")
    inbox = relay.base + "/inbox"
    _join()


def _join():
    scene.node.cli("relay", "add", inbox)
    follow = check.eventually(lambda: next(iter(hub.activities("Follow")), None), 15,
                              "the relay is asked")
    check.equal(follow["object"], ap.PUBLIC, "what is followed")
    check.equal(follow["actor"], scene.node.base + "/actor", "who follows")
    check.contains(scene.node.cli("relay", "list"), "asked", "before it answers")
    # Somebody else's Accept counts for nothing.
    scene.refused_later(scene.eve, scene.eve.accept(follow["id"]), "an Accept by a stranger")
    relay.send(scene.node.inbox, relay.accept(follow["id"]))
    check.eventually(lambda: "accepted" in scene.node.cli("relay", "list"), 15, "it is accepted")


def _federated(uri):
    """The public timeline's status with this id."""
    return next((s for s in scene.bob.get("/api/v1/timelines/public") if s["uri"] == uri), None)


def _stranger():
    """Somebody whom nobody here knows, with a public note at its id."""
    actor = scene.good.actor(marker())
    return actor, actor.note(marker())


def test_what_is_public_goes_to_the_relay():
    public = scene.alice.status("for the relay")
    unlisted = scene.alice.status("not for the relay", visibility="unlisted")
    create = check.eventually(lambda: next((a for a in hub.activities("Create")
                                            if a["object"]["id"] == public["uri"]), None), 15,
                              "the relay gets the Create")
    check.equal(create["to"], [ap.PUBLIC], "to is a list")
    scene.alice.put(f"/api/v1/statuses/{public['id']}", {"status": "for the relay, edited"})
    check.eventually(lambda: hub.activities("Update"), 15, "and the Update")
    scene.alice.delete(f"/api/v1/statuses/{public['id']}")
    check.eventually(lambda: hub.activities("Delete"), 15, "and the Delete")
    check.true(not any(a["object"]["id"] == unlisted["uri"] for a in hub.activities("Create")),
               "an unlisted post stays away")


def test_a_forwarded_post_is_taken_from_its_origin():
    carol, note = _stranger()
    create = carol.create({**note, "content": "<p>as the relay would have it</p>"})
    create["signature"] = {"type": "RsaSignature2017", "creator": carol.key_id,
                           "created": ap.iso(), "signatureValue": "AAAA"}
    check.equal(relay.send(scene.node.inbox, create).status, 202, "status of a forwarded Create")
    status = check.eventually(lambda: _federated(note["id"]), 20, "the federated timeline shows it")
    check.contains(status["content"], note["content"][3:-4], "the text is its origin's")
    check.equal(scene.alice.home(), [s for s in scene.alice.home() if s["uri"] != note["id"]],
                "nobody's home has it")

    changed = {**note, "content": "<p>changed at home</p>", "updated": ap.iso()}
    scene.good.publish({"@context": ap.CONTEXT, **changed})
    relay.send(scene.node.inbox, carol.update(note))
    check.eventually(lambda: "changed at home" in _federated(note["id"])["content"], 20,
                     "a forwarded Update")

    relay.send(scene.node.inbox, carol.delete(note["id"]))
    kept = carol.delete(note["id"])
    relay.send(scene.node.inbox, kept)
    check.true(_federated(note["id"]), "a Delete of what its origin still has")
    scene.good.remove(note["id"], 410)
    relay.send(scene.node.inbox, carol.delete(note["id"]))
    check.eventually(lambda: not _federated(note["id"]), 20, "a Delete that its origin confirms")


def test_an_announced_post_is_taken_and_is_no_boost():
    _, note = _stranger()
    relay.send(scene.node.inbox, relay.announce(note["id"]))
    status = check.eventually(lambda: _federated(note["id"]), 20, "the federated timeline shows it")
    check.equal(status["reblogs_count"], 0, "boosts")


def test_what_is_not_open_to_all_is_not_taken():
    carol = scene.good.actor(marker())
    note = carol.note(marker(), to=[carol.followers])
    before = scene.node.count("post")
    announce = relay.announce(note["id"])
    relay.send(scene.node.inbox, announce)
    check.eventually(lambda: scene.node.inbox_state(announce) in ("applied", "refused"), 20, "judged")
    check.equal(scene.node.count("post"), before, "posts")


def test_only_a_relay_that_was_asked_forwards():
    carol, note = _stranger()
    scene.refused(lambda: scene.eve.send(scene.node.inbox, carol.create(note)),
                  what="a Create that a stranger forwards")
    scene.refused(lambda: relay.send(scene.node.inbox, carol.create(note),
                                     key=scene.eve.key), what="a relay's name under another key")


def test_what_a_relay_forwards_besides_has_no_effect():
    carol, _ = _stranger()
    before = scene.node.snapshot()
    for activity in (carol.like(scene.alice.status("liked?")["uri"]), carol.follow(scene.alice_id)):
        before = scene.node.snapshot()
        check.equal(relay.send(scene.node.inbox, activity).status, 202, activity["type"])
        scene.unchanged(before, f"a forwarded {activity['type']}")


def test_it_can_be_left():
    scene.node.cli("relay", "remove", inbox)
    undo = check.eventually(lambda: next(iter(hub.activities("Undo")), None), 15, "the Undo")
    check.equal(undo["object"]["object"], ap.PUBLIC, "what is undone")
    check.contains(scene.node.cli("relay", "list"), "no relay", "the list")
    _, note = _stranger()
    scene.refused_later(relay, relay.announce(note["id"]), "an Announce of a relay that was left")
    scene.node.cli("relay", "add", "no url", code=1)
    scene.node.cli("relay", "remove", inbox, code=1)


def test_a_relay_of_litepub_s_kind():
    other = scene.good.__class__(verify=True)
    pub = other.actor("pub", "Application")
    scene.node.cli("relay", "add", pub.id, "--litepub")
    follow = check.eventually(lambda: next(iter(other.activities("Follow")), None), 15, "it is asked")
    check.equal((follow["object"], follow["actor"]), (pub.id, scene.node.base + "/actor"), "who follows whom")
    check.eventually(lambda: "accepted" in next(
        line for line in scene.node.cli("relay", "list").splitlines() if other.host in line), 15, "it accepts")
    scene.refused_later(scene.eve, scene.eve.follow(scene.node.base + "/actor"), "a stranger's Follow")
    back = pub.follow(scene.node.base + "/actor")
    pub.send(scene.node.inbox, back)
    check.eventually(lambda: any(ap.id_of(a["object"]) == back["id"] for a in other.activities("Accept")), 15,
                     "its own Follow is accepted")
    public = scene.alice.status("for the other relay")
    unlisted = scene.alice.status("not for the other relay", visibility="unlisted")
    announced = lambda: [ap.id_of(a["object"]) for a in other.activities("Announce")]
    check.eventually(lambda: public["uri"] in announced(), 15, "the instance actor announces it")
    check.equal(other.activities("Create"), [], "and sends no Create")
    dora, note = _stranger()
    scene.good.publish({"@context": ap.CONTEXT, **note})
    pub.send(scene.node.inbox, pub.announce(note["id"]))
    check.eventually(lambda: _federated(note["id"]), 20, "what it announces is taken from its origin")
    scene.node.cli("relay", "remove", pub.inbox)
    check.eventually(lambda: other.activities("Undo"), 15, "the subscription ends")
    scene.alice.status("after the end")
    late = scene.alice.status("a second one after it")
    check.eventually(lambda: scene.node.count("event_todo") + scene.node.count("delivery") == 0, 15,
                     "everything was sent")
    check.true(late["uri"] not in announced() and unlisted["uri"] not in announced(), "the other has not")


if __name__ == "__main__":
    run(globals())
