"""Twenty kills at random moments while 2,000 deliveries wait: every peer gets every activity, in order.

What the API has answered with 200 must arrive; what was in flight at a kill may be sent again with the
same id. KITH_TEST_SEED repeats the moments of a run.
"""

import http.client
import os
import random
import threading
import time
from collections import defaultdict

from framework import check
from framework.ap import id_of
from framework.case import run
from framework.node import Node
from framework.peer import Peer
from framework.reply import Reply

PEERS = 20
POSTS = 100
KILLS = 20
FIRST_POSTS = 80  # before the first kill; the rest is written between and through the kills
IN_FLIGHT_MAX = 8  # to one host
UPTIME_S = (0.02, 0.9)
WAIT_S = 150  # on PostgreSQL the leases of a killed process run out first


def setup():
    global dice
    seed = os.environ.get("KITH_TEST_SEED") or str(random.SystemRandom().randrange(1 << 32))
    print(f"KITH_TEST_SEED={seed}", flush=True)
    dice = random.Random(seed)


def _followers(node):
    """Hosts with a follower of alice each. They take a while to answer, so that a kill meets some of
    what is in flight; a third of them fail at first."""
    peers = []
    for number in range(PEERS):
        peer = Peer(verify=True)
        actor = peer.actor(f"f{number}")
        actor.send(node.inbox, actor.follow(node.person_id("alice")))
        peers.append(peer)
    for number, peer in enumerate(peers):
        check.eventually(lambda p=peer: p.activities("Accept"), 30, "a follow is accepted")
        peer.inbox_reply = Reply(202, delay_s=0.15)
        if number % 3 == 0:
            peer.fail_inbox(dice.randint(3, 8), Reply(503))
    check.eventually(lambda: node.count("delivery") == 0, 30, "the Accepts are done with")
    return peers


class Writer:
    """alice's client: writes 100 posts, edits every fourth and deletes every tenth. Each call is
    repeated until the node has answered it, a post with the same Idempotency-Key."""

    def __init__(self, client):
        self.client = client
        self.allowed = threading.Semaphore(FIRST_POSTS)
        self.posts, self.edited, self.deleted = {}, {}, set()  # by their ActivityPub id
        self.problem = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _answered(self, *request, statuses=(200,), **more):
        deadline = time.monotonic() + WAIT_S
        while True:
            try:
                return self.client.request(*request, **more).expect(*statuses)
            except (OSError, http.client.HTTPException):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)  # the node is dead for a moment

    def _run(self):
        try:
            for number in range(POSTS):
                self.allowed.acquire()
                self._write(number)
        except Exception as problem:  # told by the test
            self.problem = problem

    def _write(self, number):
        post = self._answered("POST", "/api/v1/statuses", {"status": f"post {number} first"},
                              headers={"Idempotency-Key": f"key {number}"}).json
        path, uri = f"/api/v1/statuses/{post['id']}", post["uri"]
        self.posts[uri] = f"post {number} first"
        if number % 4 == 3:
            self._answered("PUT", path, {"status": f"post {number} second"})
            self.edited[uri] = f"post {number} second"
        if number % 10 == 7:
            self._answered("DELETE", path, statuses=(200, 404))  # 404: done before the kill
            self.deleted.add(uri)


def _kill_often(node, writer):
    """Returns when the node was away, as (from, to)."""
    gaps = []
    for _ in range(KILLS):
        writer.allowed.release((POSTS - FIRST_POSTS) // KILLS)
        time.sleep(dice.uniform(*UPTIME_S))  # no waiting for something: any moment will do
        killed = time.monotonic()
        node.kill9()
        node.start()
        gaps.append((killed, time.monotonic()))
    return gaps


def _arrived(peer):
    """The activities about posts that the peer took, as requests; the oldest first."""
    return [r for r in list(peer.inbox)
            if r.answered < 300 and r.json["type"] in ("Create", "Update", "Delete")]


def _ids(peer):
    return {r.json["id"] for r in _arrived(peer)}


def _check_repetitions(peer, gaps):
    """An activity comes again only where a kill fell between; returns how many did."""
    last, again = {}, 0
    for request in _arrived(peer):
        activity_id = request.json["id"]
        if activity_id in last:
            again += 1
            check.true(any(last[activity_id] < up and down < request.time for down, up in gaps),
                       f"{peer.host} got {activity_id} again and no kill was between")
        last[activity_id] = request.time
    return again


def _by_object(peer):
    """{object id: its activities, each once, in the order of their first arrival}."""
    seen, objects = set(), defaultdict(list)
    for request in _arrived(peer):
        activity = request.json
        if activity["id"] not in seen:
            seen.add(activity["id"])
            objects[id_of(activity["object"])].append(activity)
    return objects


def _check_object(uri, activities, writer):
    kinds = [a["type"] for a in activities]
    what = f"activities of {uri}"
    check.equal(kinds, sorted(kinds, key=["Create", "Update", "Delete"].index), f"order of the {what}")
    if uri in writer.deleted:
        # What was deleted before it had left needs no Create.
        check.equal((kinds[-1], kinds.count("Delete"), kinds.count("Create") <= 1),
                    ("Delete", 1, True), what)
        return
    check.equal((kinds.count("Create"), kinds.count("Delete")), (1, 0), what)
    check.equal("Update" in kinds, uri in writer.edited, f"an Update within the {what}")
    wording = writer.edited.get(uri, writer.posts[uri])
    check.contains(activities[-1]["object"]["content"], wording, f"the last wording of {uri}")


def test_twenty_kills_lose_nothing_and_repeat_nothing():
    node = Node().start()
    writer_client = node.add_user("alice")
    peers = _followers(node)
    writer = Writer(writer_client)
    check.eventually(lambda: len(writer.posts) == FIRST_POSTS, WAIT_S, "the first posts")
    waiting = node.count("delivery")
    gaps = _kill_often(node, writer)
    writer.thread.join(WAIT_S)
    check.equal(writer.problem, None, "the writing client's problem")
    check.equal(len(writer.posts), POSTS, "posts that the API has acknowledged")

    check.eventually(lambda: node.count("event_todo", "consumer = 0") == 0, WAIT_S, "all is published")
    check.eventually(lambda: node.count("delivery") == 0, WAIT_S, "nothing waits any more", every=0.2)
    everything = set().union(*map(_ids, peers))
    again = 0
    for peer in peers:
        check.equal(sorted(everything - _ids(peer)), [], f"what {peer.host} lacks")
        objects = _by_object(peer)
        check.equal(set(objects), set(writer.posts), f"the posts that {peer.host} knows")
        for uri, activities in objects.items():
            _check_object(uri, activities, writer)
        repeated = _check_repetitions(peer, gaps)
        check.at_most(repeated, KILLS * IN_FLIGHT_MAX, f"what was sent again to {peer.host}")
        again += repeated
    print(f"{len(everything)} activities to {PEERS} peers, {waiting} deliveries waiting at the first kill, "
          f"{again} sent again after a kill", flush=True)


if __name__ == "__main__":
    run(globals())
