"""The posts that somebody shows first: Add and Remove to and from `featured`, both ways; by the owner
only, of own posts only, and not without end."""

import threading
from urllib.parse import urlsplit

from framework import ap, check
from framework.case import run
from framework.evil import Scene, marker
from framework.reply import Reply

PINS_MAX = 20   # limits::remote_pins_max


def setup():
    global scene
    scene = Scene()
    scene.carol.send(scene.node.inbox, scene.carol.follow(scene.alice_id))
    check.eventually(lambda: scene.good.activities("Accept"), 20, "carol follows alice")


def _pinned(actor):
    account = scene.alice.find_account(actor.id)
    return [s["uri"] for s in scene.alice.get(f"/api/v1/accounts/{account['id']}/statuses", pinned=True)]


def _featured(actor, kind, note_id, **more):
    return actor.activity(kind, note_id, target=more.pop("target", actor.id + "/featured"), **more)


def _shows(actor, ids):
    """The actor's own collection: what whoever opens the profile is told."""
    actor.publish(ap.collection(actor.id + "/featured", ids))


def test_what_others_show_first():
    carol, node = scene.carol, scene.node
    known = scene.introduce(carol)[0]["uri"]
    fresh = carol.note(marker())["id"]
    for uri, shown in ((known, [known]), (fresh, [fresh, known])):
        _shows(carol, shown)
        carol.send(node.inbox, _featured(carol, "Add", uri))
        check.eventually(lambda: _pinned(carol) == shown, 20, "it is shown first")
    _shows(carol, [fresh])
    carol.send(node.inbox, _featured(carol, "Remove", known))
    check.eventually(lambda: _pinned(carol) == [fresh], 20, "and no more")


def test_a_list_that_was_asked_for_before_does_not_undo_what_was_told_since():
    for kind in ("Add", "Remove"):
        actor, told = scene.good.actor("late" + kind.lower()), threading.Event()
        uri = scene.introduce(actor)[0]["uri"]
        collection = actor.id + "/featured"
        if kind == "Remove":
            _apply(actor, _featured(actor, "Add", uri))
        older = [uri] if kind == "Remove" else []
        scene.good.serve(urlsplit(collection).path, Reply.json(ap.collection(collection, older), until=told))
        _pinned(actor)
        check.eventually(lambda: scene.good.hits(collection) > 0, 20, "its host is asked")
        _apply(actor, _featured(actor, kind, uri))
        told.set()
        check.eventually(lambda: scene.node.count("catch_up") == 0, 20, "the list is taken")
        check.equal(_pinned(actor), [uri] if kind == "Add" else [], f"what is shown first after the {kind}")


def _apply(actor, activity):
    actor.send(scene.node.inbox, activity)
    check.eventually(lambda: scene.node.inbox_state(activity) == "applied", 20, "applied")


def test_whoever_opens_a_profile_sees_what_its_host_counts():
    known, shy = scene.good.actor("known"), scene.good.actor("shy")
    for name, total in (("followers", 250), ("following", 10 ** 15)):
        scene.good.publish({**ap.collection(f"{known.id}/{name}", []), "totalItems": total})
        scene.good.remove(f"{shy.id}/{name}")
    for actor, counted in ((known, (250, 10 ** 9)), (shy, (0, 0))):
        _pinned(actor)
        account = scene.alice.find_account(actor.id)["id"]
        check.eventually(lambda: scene.good.hits(actor.following) > 0, 20, "its host is asked")
        check.eventually(lambda: (lambda x: (x["followers_count"], x["following_count"]))(
            scene.alice.get(f"/api/v1/accounts/{account}")) == counted, 20, f"the numbers of {actor.name}")


def test_only_own_posts_in_the_own_collection_by_the_owner():
    own = scene.introduce(scene.eve)[0]["uri"]
    of_carol = scene.introduce(scene.carol)[0]["uri"]
    good = _featured(scene.eve, "Add", own)
    for what, activity in (
            ("another's post", _featured(scene.eve, "Add", of_carol)),
            ("another's post that is not known", _featured(scene.eve, "Add", scene.carol.note(marker())["id"])),
            ("another's collection", _featured(scene.eve, "Add", own, target=scene.carol.id + "/featured")),
            ("no collection", _featured(scene.eve, "Add", own, target=scene.eve.id + "/elsewhere")),
            ("a post of ours", _featured(scene.eve, "Add", scene.alice.status(marker())["uri"])),
            ("what is not there", _featured(scene.eve, "Remove", scene.evil.base + "/note/none"))):
        scene.refused_later(scene.eve, activity, what)
    _shows(scene.eve, [own])
    scene.eve.send(scene.node.inbox, good)
    check.eventually(lambda: _pinned(scene.eve) == [own], 20, "her own, in her own")


def test_one_more_than_many_replaces_the_oldest():
    dan = scene.good.actor("dan")
    scene.introduce(dan)
    notes = [dan.note(marker()) for _ in range(PINS_MAX + 2)]
    for note in notes:
        _apply(dan, _featured(dan, "Add", note["id"]))
    _shows(dan, [n["id"] for n in notes[2:]])
    check.equal(sorted(_pinned(dan)), sorted(n["id"] for n in notes[2:]), "what is shown first")


def test_what_we_show_first_is_told():
    status = scene.alice.status(marker())
    for verb, kind in (("pin", "Add"), ("unpin", "Remove")):
        scene.alice.act(status["id"], verb)
        got = check.eventually(lambda: next((x for x in scene.good.activities(kind)
                                             if x["object"] == status["uri"]), None), 20, kind)
        check.equal((got["actor"], got["target"]), (scene.alice_id, scene.alice_id + "/featured"), kind)


if __name__ == "__main__":
    run(globals())
