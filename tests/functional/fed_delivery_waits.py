"""What goes out waits until its peer has taken it: while the peer fails, and through a kill."""

from framework import check
from framework.case import run
from framework.node import Node
from framework.peer import Peer
from framework.reply import Reply


def setup():
    global node, alice
    node = Node().start()
    alice = node.add_user("alice")


def _peer_with_follower(name):
    """A host whose one actor follows alice."""
    peer = Peer(verify=True)
    actor = peer.actor(name)
    actor.send(node.inbox, actor.follow(node.person_id("alice")))
    check.eventually(lambda: peer.activities("Accept"), 15, f"{name}'s follow is accepted")
    return peer


def _creates(peer, word):
    return [a for a in peer.activities("Create") if word in a["object"]["content"]]


def test_a_peer_that_fails_at_first_gets_each_activity_once():
    peer = _peer_with_follower("carol")
    peer.fail_inbox(4, Reply(503))
    for number in range(6):
        alice.status(f"patience {number}")
    check.eventually(lambda: len(_creates(peer, "patience")) >= 6, 30, "six posts arrive")
    check.eventually(lambda: node.count("delivery") == 0, 10, "nothing waits any more")
    check.equal(set(peer.counts().values()), {1}, "how often each activity arrived")
    check.equal(len(_creates(peer, "patience")), 6, "posts that arrived")


def test_an_edit_does_not_overtake_its_post():
    peer = _peer_with_follower("chris")
    peer.fail_inbox(2, Reply(503))
    status = alice.status("first wording")
    alice.put(f"/api/v1/statuses/{status['id']}", {"status": "second wording"})
    check.eventually(lambda: peer.activities("Update"), 30, "the Update arrives")
    kinds = [a["type"] for a in peer.activities() if a["type"] in ("Create", "Update")]
    check.equal(kinds, ["Create", "Update"], "the order of arrival")


def test_what_waits_survives_a_kill():
    peer = _peer_with_follower("corey")
    peer.inbox_reply = Reply(503)
    alice.status("through the night")
    check.eventually(lambda: any(r.answered == 503 for r in list(peer.inbox)), 15, "one try failed")
    node.kill9()
    peer.inbox_reply = Reply(202)
    node.start()
    check.eventually(lambda: _creates(peer, "through the night"), 30, "the post arrives")
    check.eventually(lambda: node.count("delivery", "host = ?", peer.host) == 0, 15,
                     "nothing waits for the peer any more")
    check.equal(len(_creates(peer, "through the night")), 1, "how often it arrived")


if __name__ == "__main__":
    run(globals())
