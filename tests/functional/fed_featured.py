"""The posts that somebody shows first: Add and Remove to and from `featured`, both ways; by the owner
only, of own posts only, and not without end."""

from framework import check
from framework.case import run
from framework.evil import Scene, marker

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


def test_what_others_show_first():
    carol, node = scene.carol, scene.node
    known = scene.introduce(carol)[0]
    fresh = carol.note(marker())
    for uri in (known["uri"], fresh["id"]):
        carol.send(node.inbox, _featured(carol, "Add", uri))
        check.eventually(lambda: uri in _pinned(carol), 20, "it is shown first")
    carol.send(node.inbox, _featured(carol, "Remove", known["uri"]))
    check.eventually(lambda: _pinned(carol) == [fresh["id"]], 20, "and no more")


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
    scene.eve.send(scene.node.inbox, good)
    check.eventually(lambda: _pinned(scene.eve) == [own], 20, "her own, in her own")


def test_one_more_than_many_replaces_the_oldest():
    dan = scene.good.actor("dan")
    scene.introduce(dan)
    notes = [dan.note(marker()) for _ in range(PINS_MAX + 2)]
    for note in notes:
        activity = _featured(dan, "Add", note["id"])
        dan.send(scene.node.inbox, activity)
        check.eventually(lambda: scene.node.inbox_state(activity) == "applied", 20, "applied")
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
