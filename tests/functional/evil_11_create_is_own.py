"""Checklist line 11: what a Create makes is of the actor's own host and attributed to that actor,
by one URL; a number, a list, somebody else or a local member as author is refused (FEP-fe34)."""

from framework.case import run
from framework.evil import DOOR_STATUSES, Scene


def setup():
    global scene
    scene = Scene()


def _refused(what, **changes):
    """The same Create once spoiled and once as it should be."""
    activity, word = scene.mention(scene.eve)
    evil = {**activity, "object": {**activity["object"], **changes}}
    scene.refused(lambda: scene.eve.send(scene.node.inbox, evil), DOOR_STATUSES, what)
    scene.applied(scene.eve, activity, word)


def test_attributed_to_somebody_else():
    _refused("carol of another host", attributedTo=scene.carol.id)
    _refused("another actor of the host", attributedTo=scene.evil.base + "/u/else")
    _refused("an embedded carol", attributedTo={"type": "Person", "id": scene.carol.id})
    _refused("a local member", attributedTo=scene.alice_id)
    _refused("a local page", attributedTo=scene.node.base + "/@alice")


def test_attributed_to_what_is_no_url():
    for value in (1, 0, -1, True, "1", "", "alice", {}, {"id": 1}, [1], [], None,
                  "javascript:alert(1)", f" {scene.eve.id}", f"{scene.eve.id}\n"):
        _refused(f"attributedTo {value!r}", attributedTo=value)


def test_attributed_to_several():
    _refused("victim first", attributedTo=[scene.carol.id, scene.eve.id])
    _refused("victim last", attributedTo=[scene.eve.id, scene.carol.id])
    _refused("a local member too", attributedTo=[scene.eve.id, scene.alice_id])


def test_an_object_of_another_host():
    _refused("carol's host", id=scene.good.base + "/note/forged")
    _refused("carol's existing id", id=scene.note(scene.carol, "theirs")["id"])
    _refused("another port", id=scene.evil.base.rpartition(":")[0] + ":1/note/1")
    _refused("another scheme", id=scene.evil.base.replace("http:", "https:") + "/note/1")


def test_an_activity_id_of_another_host():
    activity, word = scene.mention(scene.eve)
    evil = {**activity, "id": scene.good.base + "/activity/forged"}
    scene.refused(lambda: scene.eve.send(scene.node.inbox, evil), DOOR_STATUSES, "activity id")
    scene.applied(scene.eve, activity, word)


if __name__ == "__main__":
    run(globals())
