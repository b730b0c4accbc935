"""Conversation containers (FEP-171b): what the owner of a conversation adds to it is read, each post from its
own origin; an owner forges and changes nothing of what others wrote."""

from framework import ap, check
from framework.case import run
from framework.evil import Scene, marker
from framework.peer import Peer


def setup():
    global scene, owner, host, other
    scene = Scene()
    host, other = Peer(), Peer()
    owner = host.actor("olga")
    scene.alice.follow_accepted(owner.handle)


def _publish(peer, note):
    peer.publish({"@context": ap.CONTEXT, **note})
    return note


def _add(inner, by=None, container=None, owned_by=None):
    by = by or owner
    container = container or owner.id + "/contexts/1/history"
    return by.activity("Add", inner, target={"type": "OrderedCollection", "id": container,
                                             "attributedTo": owned_by or by.id})


def _root():
    word = marker()
    note = _publish(host, owner.note(word, contextHistory=owner.id + "/contexts/1/history"))
    owner.send(scene.node.inbox, _add(owner.create(note)))
    return check.eventually(lambda: next((s for s in scene.alice.home() if s["uri"] == note["id"]), None), 15,
                            "the first post is in alice's home"), note


def _replies(root):
    return {s["uri"]: s["content"] for s in scene.alice.context(root["id"])["descendants"]}


def test_a_conversation_by_its_owner():
    root, note = _root()
    bert = other.actor("bert")
    reply = _publish(other, bert.note(marker(), parent=note["id"]))
    owner.send(scene.node.inbox, _add(bert.create(reply)))
    check.eventually(lambda: reply["id"] in _replies(root), 15, "a reply that the owner adds")
    changed = _publish(other, {**reply, "content": "<p>edited by bert</p>", "updated": ap.iso()})
    owner.send(scene.node.inbox, _add(bert.update(changed)))
    check.eventually(lambda: "edited by bert" in _replies(root)[reply["id"]], 15, "its edit")
    other.remove(reply["id"], 410)
    owner.send(scene.node.inbox, _add(bert.delete(reply["id"])))
    check.eventually(lambda: reply["id"] not in _replies(root), 15, "and its Delete")


def test_an_owner_forges_nothing():
    root, note = _root()
    bert = other.actor("ben")
    reply = _publish(other, bert.note("<p>what ben wrote</p>", parent=note["id"]))
    owner.send(scene.node.inbox, _add(bert.create({**reply, "content": "<p>what the owner wants</p>"})))
    check.eventually(lambda: "what ben wrote" in _replies(root).get(reply["id"], ""), 15, "the origin's text")
    scene.refused_later(owner, _add(bert.delete(reply["id"])), "a Delete of what its origin still has")
    check.true(reply["id"] in _replies(root), "it stays")
    forged = bert.note("<p>never written</p>", parent=note["id"])
    other.remove(forged["id"])
    scene.refused_later(owner, _add(bert.create(forged)), "a post that its origin does not have")
    scene.refused_later(owner, _add(bert.like(note["id"])), "a vote, which nobody can be asked about")
    scene.refused_later(scene.eve, _add(bert.update({**reply, "content": "<p>eve's</p>"}), by=scene.eve,
                                        container=owner.id + "/contexts/1/history", owned_by=owner.id),
                        "an Add to somebody else's container")
    check.contains(_replies(root)[reply["id"]], "what ben wrote", "and it is unchanged")


def test_who_answers_hears_of_answers_and_a_stranger_s_conversation_is_nobody_s_business():
    root, note = _root()
    mine = scene.alice.status("what alice says", in_reply_to_id=root["id"])
    bert = other.actor("bea")
    word = marker()
    reply = _publish(other, bert.note(word, parent=mine["uri"], mentions=[(scene.alice_id,
                                                                         scene.node.handle("alice"))]))
    owner.send(scene.node.inbox, _add(bert.create(reply)))
    check.eventually(lambda: scene.sees(word), 15, "alice is told of an answer that comes this way")
    lone = _publish(scene.evil, scene.eve.note(marker()))
    scene.refused_later(scene.eve, _add(scene.eve.create(lone), by=scene.eve,
                                        container=scene.eve.id + "/contexts/9"), "nobody follows eve")


def test_a_container_is_read_when_a_conversation_is_opened():
    root, note = _root()
    bert = other.actor("bob")
    replies = [_publish(other, bert.note(marker(), parent=note["id"])) for _ in range(2)]
    added = _add(bert.create(replies[1]))
    host.publish({"@context": ap.CONTEXT, **added})
    container = owner.id + "/contexts/1/history"
    host.publish({**ap.collection(container, [_add(bert.create(replies[0])), added["id"],
                                              _add(bert.like(note["id"]))]), "attributedTo": owner.id})
    scene.alice.context(root["id"])
    check.eventually(lambda: {r["id"] for r in replies} <= set(_replies(root)), 20, "what the container holds")


if __name__ == "__main__":
    run(globals())
