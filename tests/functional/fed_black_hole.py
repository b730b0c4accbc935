"""A peer that takes connections and never answers costs the others nothing: what 50 healthy peers get
arrives as fast beside it. Measured as a ratio within one run, the two kinds of phases in turn."""

import statistics
import time

from framework import check
from framework.case import run
from framework.node import Node
from framework.peer import Peer
from framework.reply import Reply

HEALTHY = 50
ROUNDS = 15
POSTS = 10  # in a phase: 500 arrivals
RATIO_MAX = 1.5


def setup():
    global node, alice, healthy
    node = Node().start()
    alice = node.add_user("alice")
    healthy = [_follower(f"h{number}") for number in range(HEALTHY)]


def _follower(name):
    """A host whose one actor follows alice."""
    peer = Peer()
    actor = peer.actor(name)
    actor.send(node.inbox, actor.follow(node.person_id("alice")))
    check.eventually(lambda: peer.activities("Accept"), 30, f"{name}'s follow is accepted")
    return peer


def _arrivals(word, start):
    """Seconds from `start` until each healthy peer had the post; None while one has not."""
    seconds = []
    for peer in healthy:
        found = [r.time for r in peer.inbox[-POSTS:] if word in r.body]
        if not found:
            return None
        seconds.append(found[0] - start)
    return seconds


def _p99_ms(phase):
    """Of the times from a post to its arrivals, in a phase."""
    seconds = []
    for number in range(POSTS):
        word = f"{phase} post {number} end"
        start = time.monotonic()
        alice.status(word)
        seconds += check.eventually(lambda: _arrivals(word.encode(), start), 30, word, every=0.02)
    return 1000 * sorted(seconds)[int(len(seconds) * 0.99) - 1]


def _waiting(peer):
    return node.count("delivery", "host = ?", peer.host)


def _compare(name, bad_reply):
    hole = _follower(name)
    _p99_ms(f"{name} warm")
    without, beside = [], []
    for number in range(ROUNDS):
        hole.inbox_reply = Reply(202)
        hole.stop()  # what hangs there ends, and is sent again
        hole.start()
        check.eventually(lambda: _waiting(hole) == 0, 30, "nothing waits for the bad peer")
        without.append(_p99_ms(f"{name} without {number}"))

        hole.inbox_reply = bad_reply
        before = len(hole.inbox)
        beside.append(_p99_ms(f"{name} beside {number}"))
        check.true(len(hole.inbox) > before, "the bad peer was tried meanwhile")
        check.true(_waiting(hole) > 0, "posts wait for the bad peer")
    hole.inbox_reply = Reply(202)
    hole.stop()
    hole.start()
    check.eventually(lambda: _waiting(hole) == 0, 60, "what waited arrives in the end")

    print(f"p99 without {name}: {[round(x) for x in without]} ms, "
          f"beside it: {[round(x) for x in beside]} ms", flush=True)
    ratio = statistics.median(beside) / statistics.median(without)
    print(f"medians {statistics.median(without):.0f} and {statistics.median(beside):.0f} ms, "
          f"ratio {ratio:.2f}", flush=True)
    check.at_most(ratio, RATIO_MAX, "p99 beside it, as a multiple of p99 without it")


def test_a_peer_that_never_answers_slows_nobody():
    _compare("silence", Reply(202, delay_s=3600))


def test_a_peer_that_drips_its_answer_slows_nobody():
    _compare("drip", Reply(202, b"x" * 3000, drip_s=0.1))


if __name__ == "__main__":
    run(globals())
