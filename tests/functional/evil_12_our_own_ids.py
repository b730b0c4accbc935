"""Checklist line 12: nobody else gives out ids on our host, and what has our host's name is looked
up here, never fetched over the network."""

from framework import check
from framework.case import run
from framework.evil import DOOR_STATUSES, Scene


def setup():
    global scene
    scene = Scene()


def _refused(what, change, **options):
    activity, word = scene.mention(scene.eve)
    scene.refused(lambda: scene.eve.send(scene.node.inbox, change(activity), **options),
                  DOOR_STATUSES, what)
    scene.applied(scene.eve, activity, word)


def test_an_activity_id_on_our_host():
    base = scene.node.base
    _refused("activity id", lambda a: {**a, "id": base + "/activity/1234567890123456"})
    _refused("in capitals", lambda a: {**a, "id": base.replace("http", "HTTP") + "/activity/1"})


def test_an_object_id_on_our_host():
    base = scene.node.base
    mine = scene.alice.status("a status of alice")["uri"]
    for url in (base + "/post/1234567890123456", mine):
        _refused(f"object {url}", lambda a: {**a, "object": {**a["object"], "id": url}})


def test_an_actor_on_our_host():
    _refused("alice as actor", lambda a: {**a, "actor": scene.alice_id})
    _refused("alice's key id", lambda a: a, key_id=scene.alice_id + "#main-key")
    _refused("alice as author",
             lambda a: {**a, "object": {**a["object"], "attributedTo": scene.alice_id}})


def test_our_own_urls_are_not_fetched():
    mine = scene.alice.status("found without the network")
    check.equal(scene.bob.find_status(mine["uri"])["id"], mine["id"], "bob finds alice's status")
    for path in ("/post/1234567890123456", "/u/nobody", "/nothing/at/all"):
        scene.not_resolved(scene.node.base + path, "one of our own URLs")
    check.equal(scene.bob.search(f"@nobody@{scene.node.host}", "accounts"), [], "an absent member")


if __name__ == "__main__":
    run(globals())
