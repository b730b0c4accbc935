"""Conversations are made whole (FEP-7888, FEP-f228): who opens one, or gets a reply out of one that was
not known here, comes to see what others said in it; where a server has no `context`, by `replies`."""

from framework import ap, check
from framework.case import run
from framework.evil import Scene, marker
from framework.node import Node
from framework.peer import Peer


def setup():
    global scene, a, b, ann, bea
    scene = Scene()
    a, b = Node().start(), Node().start()
    ann, bea = a.add_user("ann"), b.add_user("bea")
    bea.follow_accepted("ann@" + a.host)
    ann.follow_accepted("bea@" + b.host)


def _thread(client, status):
    return {s["uri"] for s in client.context(status["id"])["descendants"]}


def test_who_comes_late_sees_the_whole_thread():
    root = ann.status(f"a thread {marker()}")
    there = check.eventually(lambda: next((s for s in bea.home() if s["uri"] == root["uri"]), None), 20,
                             "bea sees it")
    answer = bea.status("an answer", in_reply_to_id=there["id"])
    here = check.eventually(lambda: next(iter(ann.context(root["id"])["descendants"]), None), 20,
                            "ann sees the answer")
    check.equal(here["uri"], answer["uri"], "the answer")
    more = ann.status("and one more", in_reply_to_id=here["id"])
    found = scene.alice.find_status(root["uri"])
    check.eventually(lambda: _thread(scene.alice, found) == {answer["uri"], more["uri"]}, 30,
                     "a node that knew nothing of it has the whole thread")


def test_a_reply_out_of_the_dark_brings_the_thread():
    peer, dan = Peer(), Peer().actor("dan")
    root = peer.actor("rosa").note(marker())
    answers = [dan.note(marker(), parent=root["id"]) for _ in range(3)]
    root["context"] = peer.base + "/context"
    peer.publish({"@context": ap.CONTEXT, **root})
    reply = scene.note(scene.carol, marker(), inReplyTo=root["id"])
    peer.publish(ap.collection(root["context"], [root["id"], *(n["id"] for n in answers), reply["id"]]))
    scene.carol.send(scene.node.inbox, scene.carol.create(reply))
    check.eventually(lambda: all(scene.node.count("post", "ap_id = ?", n["id"]) for n in answers), 45,
                     "what others answered is here")


def test_without_a_context_there_are_replies():
    peer = Peer()
    rosa = peer.actor("rosa")
    root = rosa.note(marker())
    answers = [rosa.note(marker(), parent=root["id"]) for _ in range(3)]
    replies = f"{root['id']}/replies"
    peer.publish({"@context": ap.CONTEXT, **root, "replies": {
        "id": replies, "type": "Collection", "first": {"type": "CollectionPage", "items": []}}})
    peer.publish({"@context": ap.CONTEXT[0], "id": replies, "type": "Collection", "first": {
        "type": "CollectionPage", "partOf": replies, "next": replies + "/2",
        "items": [answers[0]["id"]]}})
    peer.publish({"@context": ap.CONTEXT[0], "id": replies + "/2", "type": "CollectionPage",
                  "partOf": replies, "items": [n["id"] for n in answers[1:]]})
    found = scene.alice.find_status(root["id"])
    scene.alice.context(found["id"])
    check.eventually(lambda: _thread(scene.alice, found) == {n["id"] for n in answers}, 30, "the replies")
    hits = peer.hits()
    scene.alice.context(found["id"])
    scene.node.client().get(f"/api/v1/statuses/{found['id']}/context")
    other = scene.alice.find_status(rosa.note(marker())["id"])
    scene.alice.context(other["id"])
    check.eventually(lambda: peer.hits(f"/note/{other['uri'].rpartition('/')[2]}") > 1, 20,
                     "another conversation is asked for")
    check.equal(peer.hits(replies), 1, "the same again within a quarter of an hour")
    check.true(peer.hits() - hits < 6, "requests")


def test_a_conversation_is_no_way_around_the_rules():
    peer, victim = Peer(), Peer().actor("victim")
    rosa = peer.actor("rosa")
    root = rosa.note(marker())
    forged = rosa.note(marker(), parent=root["id"], attributedTo=victim.id)
    hidden = rosa.note(marker(), to=[rosa.followers], parent=root["id"])
    good = rosa.note(marker(), parent=root["id"])
    peer.remove(hidden["id"])
    context = peer.base + "/context"
    peer.publish({"@context": ap.CONTEXT, **root, "context": context})
    peer.publish(ap.collection(context, [root["id"], forged["id"], hidden["id"], victim.id,
                                         "https://127.0.0.1/x", 7, good["id"]]))
    found = scene.alice.find_status(root["id"])
    scene.alice.context(found["id"])
    check.eventually(lambda: _thread(scene.alice, found) == {good["id"]}, 30, "what is good is there")
    check.equal(scene.node.count("post", "ap_id IN (?, ?)", forged["id"], hidden["id"]), 0, "the others")


if __name__ == "__main__":
    run(globals())
