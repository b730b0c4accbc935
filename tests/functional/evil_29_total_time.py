"""Checklist line 29: an outgoing request is bounded in total time. A server that sends a byte now
and then, or nothing at all, is cut, and nothing else waits for it."""

import time

from framework import check
from framework.case import run
from framework.evil import Scene, marker, note_document
from framework.peer import Peer
from framework.reply import Reply

TOTAL_SECONDS_MAX = 40


def setup():
    global scene, slow, eve
    scene = Scene()
    slow = Peer()
    eve = slow.actor("eve")


def _cut(path, what):
    start = time.monotonic()
    scene.not_resolved(slow.base + path, what)
    check.at_most(time.monotonic() - start, 2 * TOTAL_SECONDS_MAX, f"seconds for two tries, {what}")


def test_a_document_that_comes_a_little_late():
    note = note_document(eve, marker())
    slow.serve(note["id"].removeprefix(slow.base), Reply.json(note, delay_s=1.0))
    check.equal(scene.alice.find_status(note["id"])["uri"], note["id"], "a late document")


def test_a_document_that_drips():
    slow.serve("/drip", Reply(200, b" " * 10_000, drip_s=0.2))
    _cut("/drip", "a dripping body")


def test_a_document_that_never_comes():
    slow.serve("/hang", Reply(hang=True))
    _cut("/hang", "no answer")


def test_a_black_hole_does_not_hold_up_others():
    """Deliveries to a host that takes and never answers: those to another host go on."""
    slow.inbox_reply = Reply(hang=True)
    scene.alice.find_account(eve.id)
    for number in range(20):
        scene.alice.status(f"{eve.handle} into the hole {number}", visibility="direct")
    word = marker()
    start = time.monotonic()
    scene.alice.status(f"{scene.carol.handle} {word}", visibility="direct")
    check.eventually(lambda: any(word in str(a) for a in scene.good.activities("Create")), 5,
                     "carol's host gets its delivery")
    check.at_most(time.monotonic() - start, 3, "seconds until carol's host has it")


if __name__ == "__main__":
    run(globals())
