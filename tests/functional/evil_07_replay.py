"""Checklist line 7: nothing happens twice. The date must be within an hour, an activity id that was
seen has no further effect, and a signature for one host does not hold at another."""

import time
from urllib.parse import urlsplit

from framework import check, database, raw
from framework.ap import encode
from framework.case import run
from framework.evil import DOOR_STATUSES, Scene

MINUTE = 60
HOUR = 60 * MINUTE


def setup():
    global scene
    scene = Scene()


def test_dates_outside_the_window():
    activity, word = scene.mention(scene.carol)
    for seconds in (-2 * HOUR, -HOUR - 10 * MINUTE, HOUR + 10 * MINUTE, 2 * HOUR):
        scene.refused(lambda: scene.carol.send(scene.node.inbox, activity,
                                               date=time.time() + seconds),
                      what=f"a date {seconds} s from now")
    scene.refused(lambda: scene.carol.send(scene.node.inbox, activity, date="yesterday"),
                  (400, 401), "a date that is none")
    scene.applied(scene.carol, activity, word, date=time.time() - 50 * MINUTE)


def test_the_same_activity_again():
    activity, word = scene.mention(scene.carol)
    scene.applied(scene.carol, activity, word)
    before = scene.node.snapshot()
    for inbox in (scene.node.inbox, scene.alice_id + "/inbox"):
        check.equal(scene.carol.send(inbox, activity).status, 202, "status of the repetition")
    scene.unchanged(before, "the repetition")
    check.equal(len(scene.alice.mentions_with(word)), 1, "notifications")


def test_a_follow_with_a_used_id_counts_after_its_undo():
    carol = scene.carol
    follow = carol.follow(scene.alice_id)

    def followers():
        return scene.node.count("follow", "ap_id = ?", follow["id"])
    for activity, rows in ((follow, 1), (carol.undo(follow), 0), (follow, 1)):
        check.equal(carol.send(scene.node.inbox, activity).status, 202, activity["type"])
        check.eventually(lambda: followers() == rows, what=f"follows after {activity['type']}")
    before = scene.node.snapshot(database.JOURNAL_TABLES)
    check.equal(carol.send(scene.node.inbox, follow).status, 202, "the same Follow again")
    scene.unchanged(before, "the same Follow again", database.JOURNAL_TABLES)


def test_a_request_meant_for_another_host():
    activity, word = scene.mention(scene.carol)
    body = encode(activity)
    elsewhere = "http://other.example/inbox"
    headers = scene.carol.headers("POST", elsewhere, body)
    head = raw.head_of("POST", elsewhere, headers)
    scene.refused(lambda: raw.exchange(scene.node.inbox, head + body), DOOR_STATUSES,
                  "the other host's name")
    renamed = [(n, urlsplit(scene.node.inbox).netloc if n == "Host" else v) for n, v in headers]
    head = raw.head_of("POST", scene.node.inbox, renamed)
    scene.refused(lambda: raw.exchange(scene.node.inbox, head + body),
                  what="our name over a signature for another")
    scene.applied(scene.carol, activity, word)


if __name__ == "__main__":
    run(globals())
