"""CPU time of the node for one delivery, beside that of one RSA-2048 signature.

20,000 rows wait in the queue: 400 Creates of about 1.5 kB, each to one follower on each of 50
hosts. They are queued while the hosts refuse connections; then the node is stopped, the hosts
listen again and are marked healthy, and the node is started. Measured is the CPU time of its whole
process from its start until the queue is empty, so starting, reading the queue, signing, sending
and storing every outcome are in it. The hosts keep their connections open.
"""

import sqlite3
import time

import common
from framework import check
from framework.node import Node
from framework.peer import Peer

PEERS = 50
POSTS = 400
BODY_BYTES = 1500
SIGNATURES_MAX = 2.5
DELIVERY_SECONDS_MAX = 600


def _body_bytes(peer, alice, length):
    """The size of the Create of a post of so many characters."""
    before = len(peer.inbox)
    alice.status("x" * length)
    check.eventually(lambda: len(peer.inbox) > before, 15, "a sample arrives")
    return len(peer.inbox[-1].body)


def _text_for(peer, alice, wanted):
    """A text whose Create has about `wanted` bytes: content stands in it more than once."""
    short, long = _body_bytes(peer, alice, 10), _body_bytes(peer, alice, 110)
    return "x" * max(1, 10 + round((wanted - short) * 100 / (long - short)))


def _followed_by_peers(node):
    peers = [Peer() for _ in range(PEERS)]
    for peer in peers:
        actor = peer.actor("follower")
        actor.send(node.inbox, actor.follow(node.person_id("alice")))
    for peer in peers:
        check.eventually(lambda p=peer: p.activities("Accept"), 30, "the follow is accepted")
    return peers


def _make_due(node):
    """Every host is healthy and every row is due; the node must not run."""
    with sqlite3.connect(node.directory / "kith.db") as database:
        database.execute("UPDATE peer SET state = 0, next_at = 0, lease_until = 0, fail_count = 0, "
                         "first_fail_at = NULL, last_error = ''")
        database.execute("UPDATE delivery SET attempts = 0, not_before = 0, last_error = ''")
    database.close()


def test_cpu_of_a_delivery():
    node = Node(config={"federation.retry_delays": ["1h"], "log.level": "info"}).start()
    alice = node.add_user("alice")
    peers = _followed_by_peers(node)
    text = _text_for(peers[0], alice, BODY_BYTES)
    check.eventually(lambda: node.count("delivery") == 0, 30, "the samples are delivered")
    for peer in peers:
        peer.stop()
    for _ in range(POSTS):
        alice.status(text)
    rows = PEERS * POSTS
    check.eventually(lambda: node.count("delivery") == rows, 120, f"{rows} rows wait", every=0.5)
    node.stop()
    _make_due(node)
    for peer in peers:
        peer.inbox.clear()
        peer.requests.clear()
        peer.connections = 0
        peer.start()

    signature_s = common.rsa_signature_s()
    start = time.monotonic()
    node.start()
    check.eventually(lambda: sum(len(p.inbox) for p in peers) >= rows, DELIVERY_SECONDS_MAX,
                     "every row is sent", every=0.2)
    check.eventually(lambda: node.count("delivery") == 0, 60, "every outcome is stored", every=0.2)
    seconds = time.monotonic() - start
    each_s = common.cpu_seconds(node.process.pid) / rows
    signature_s = (signature_s + common.rsa_signature_s()) / 2

    arrived = sum(len(p.inbox) for p in peers)
    body = sum(len(r.body) for r in peers[0].inbox) / len(peers[0].inbox)
    connections = sum(p.connections for p in peers)
    common.figure("delivery", f"{each_s / signature_s:.2f}", "RSA-2048 signatures of CPU each",
                  f"{each_s * 1e6:.0f} µs a delivery, {signature_s * 1e6:.0f} µs a signature; "
                  f"{arrived} Creates of {body:.0f} bytes to {PEERS} hosts over {connections} "
                  f"connections in {seconds:.1f} s, receivers on the same cores",
                  f"{SIGNATURES_MAX}")
    check.equal(arrived, rows, "deliveries, each once")
    check.at_most(each_s / signature_s, SIGNATURES_MAX, "signatures' worth of CPU a delivery")


if __name__ == "__main__":
    common.run(globals())
