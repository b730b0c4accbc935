"""Checklist line 28: chains have an end. Parents, boosts and collections that lead on for ever, or
back to themselves, cost a bounded number of fetches for each activity."""

from framework import ap, check
from framework.case import run
from framework.evil import DOOR_STATUSES, Scene, marker
from framework.peer import Peer
from framework.reply import Reply

FETCHES_MAX = 100


def setup():
    global scene, deep, eve
    scene = Scene()
    deep = Peer()
    eve = deep.actor("eve")
    scene.introduce(eve)
    for number in range(3000):
        deep.serve(f"/chain/{number}", _chain)
        deep.serve(f"/page/{number}", _page)


def _note(path, parent, **more):
    return {"@context": ap.CONTEXT[0], "id": deep.base + path, "type": "Note",
            "content": "<p>x</p>", "attributedTo": eve.id, "to": [ap.PUBLIC],
            "published": ap.iso(), "inReplyTo": parent, **more}


def _chain(request):
    number = int(request.path.rpartition("/")[2])
    return Reply.json(_note(request.path, f"{deep.base}/chain/{number + 1}"))


def _page(request):
    number = int(request.path.rpartition("/")[2])
    return Reply.json({"@context": ap.CONTEXT[0], "id": deep.base + request.path,
                       "type": "OrderedCollectionPage", "next": f"{deep.base}/page/{number + 1}",
                       "orderedItems": [f"{deep.base}/chain/{number}"]})


def _bounded(activity, what):
    """Sends an activity and counts what it makes the node fetch until it is closed."""
    before = deep.hits(method="GET")
    answer = eve.send(scene.node.inbox, activity)
    check.is_in(answer.status, (202, *DOOR_STATUSES), f"{what}: status")
    if answer.status == 202:
        check.eventually(lambda: scene.node.inbox_state(activity) in ("applied", "refused"), 60,
                         f"{what} is handled")
    scene.applied(scene.carol, *scene.mention(scene.carol))
    hits = check.steady(lambda: deep.hits(method="GET"), quiet=1.0, what="fetches") - before
    check.at_most(hits, FETCHES_MAX, f"fetches for {what}")


def test_a_reply_to_a_short_thread():
    deep.serve("/root", Reply.json(_note("/root", None)))
    word = marker()
    reply = scene.note(eve, word, parent=deep.base + "/root")
    status = scene.applied(eve, eve.create(reply), word)
    above = scene.alice.context(status["id"])["ancestors"]
    check.equal([s["uri"] for s in above], [deep.base + "/root"], "ancestors")


def test_a_thread_without_a_root():
    _bounded(eve.create(scene.note(eve, "deep", parent=deep.base + "/chain/0")), "endless parents")


def test_a_thread_that_bites_its_tail():
    deep.serve("/a", Reply.json(_note("/a", deep.base + "/b")))
    deep.serve("/b", Reply.json(_note("/b", deep.base + "/a")))
    deep.serve("/self", Reply.json(_note("/self", deep.base + "/self")))
    for parent in ("/a", "/self"):
        _bounded(eve.create(scene.note(eve, "circle", parent=deep.base + parent)), parent)


def test_boosts_of_boosts():
    for number in range(200):
        inner = {**eve.announce(f"{deep.base}/boost/{number + 1}"),
                 "id": f"{deep.base}/boost/{number}"}
        deep.serve(f"/boost/{number}", Reply.json(inner))
    _bounded(eve.announce(deep.base + "/boost/0"), "boosts of boosts")


def test_collections_without_end():
    first = f"{deep.base}/page/0"
    endless = {"id": deep.base + "/replies", "type": "OrderedCollection", "first": first}
    deep.serve("/replies", Reply.json({"@context": ap.CONTEXT[0], **endless}))
    looped = {"type": "OrderedCollection", "id": deep.base + "/loop", "first": deep.base + "/loop"}
    deep.serve("/loop", Reply.json({"@context": ap.CONTEXT[0], **looped,
                                    "next": deep.base + "/loop"}))
    for replies in (deep.base + "/replies", endless, deep.base + "/loop"):
        note = scene.note(eve, "many replies", replies=replies, context=deep.base + "/loop")
        _bounded(eve.create(note), "endless replies")


if __name__ == "__main__":
    run(globals())
