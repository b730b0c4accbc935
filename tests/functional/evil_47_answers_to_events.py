"""Answers to events: a Join is its actor's own, for an event that they may see, and counts once; it is answered by the
event's author and nobody else; nobody answers for others, nor through a group."""

import time

from framework import ap, check, database
from framework.case import run
from framework.evil import Scene, marker

KITH = "/api/kith/v1"
START = f"{time.localtime().tm_year + 1}-05-10T14:00:00Z"


def setup():
    global scene, mallory
    scene = Scene()
    mallory = scene.good.actor("mallory")   # of carol's own host
    scene.introduce(mallory)
    scene.alice.follow_accepted(scene.carol.id)


def _event(**more):
    fields = {"title": "Swap " + marker(), "text": marker(), "starts_at": START, **more}
    return scene.alice.request("POST", f"{KITH}/events", body=fields).expect(200).json


def _join(actor, event, **more):
    return actor.activity("Join", event["uri"], **more)


def _count(event):
    return scene.alice.get(f"{KITH}/events/{event['id']}")["attendees_count"]


def _joined(actor, event):
    join = _join(actor, event)
    check.equal(actor.send(scene.node.inbox, join).status, 202, "a good Join")
    check.eventually(lambda: scene.node.inbox_state(join) == "applied", 20, "it is applied")
    return join


def _settled():
    """Deliveries of what was answered before change tables, too."""
    check.eventually(lambda: scene.node.count("event_todo") == 0 and scene.node.count("delivery") == 0, 20, "all is sent")


def test_a_join_for_somebody_else():
    event = _event()
    _settled()
    scene.refused_anyhow(scene.eve, {**_join(scene.eve, event), "actor": scene.carol.id}, "a Join in carol's name")
    check.equal(_count(event), 0, "nobody comes")


def test_joins_of_what_is_no_event_or_not_for_them():
    note = scene.alice.status(marker())
    hidden = _event(visibility="direct")
    followers = _event(visibility="private")
    theirs = scene.carol.note(marker(), type="Event", name="Hers", startTime=START, joinMode="free")
    _settled()
    for uri, what in ((note["uri"], "a Note"), (hidden["uri"], "a direct event"), (followers["uri"], "one for followers"),
                      (scene.node.base + "/post/1", "nothing"), (theirs["id"], "carol's")):
        scene.refused_later(scene.eve, _join(scene.eve, {"uri": uri}), f"a Join of {what}")
    for made in (hidden, followers):
        status, _, _ = ap.get(made["uri"] + "/attendees")
        check.equal(status, 404, "its collection")


def test_a_replay_counts_once_and_never_after_a_leave():
    event = _event()
    join = _joined(scene.carol, event)
    check.equal(_count(event), 1, "carol comes")
    leave = scene.carol.activity("Leave", event["uri"])
    scene.carol.send(scene.node.inbox, leave)
    check.eventually(lambda: _count(event) == 0, 20, "carol left")
    _settled()
    before = scene.node.snapshot(database.JOURNAL_TABLES)
    check.is_in(scene.carol.send(scene.node.inbox, join).status, (202, 401, 403), "the old Join")
    check.eventually(lambda: scene.node.inbox_state(join) in ("applied", "refused"), 20, "judged")
    scene.unchanged(before, "the old Join", database.JOURNAL_TABLES)


def test_nobody_leaves_for_others():
    event = _event()
    join = _joined(scene.carol, event)
    _settled()
    scene.refused_later(scene.eve, scene.eve.activity("Leave", event["uri"]), "a Leave of who did not join")
    scene.refused_later(scene.eve, scene.eve.undo(join), "an Undo of carol's Join")
    scene.refused_later(scene.eve, scene.eve.undo(join["id"]), "likewise by its id")
    scene.refused_later(mallory, mallory.undo(join), "by somebody of carol's host")
    check.equal(_count(event), 1, "carol still comes")


def test_a_blocked_actor_and_a_group_that_speaks_for_others():
    event = _event()
    account = scene.alice.find_account(scene.eve.id)
    scene.alice.post(f"/api/v1/accounts/{account['id']}/block")
    _settled()
    scene.refused_later(scene.eve, _join(scene.eve, event), "a Join of who is blocked")
    scene.alice.post(f"/api/v1/accounts/{account['id']}/unblock")
    group = scene.evil.actor("market", kind="Group")
    scene.introduce(group)
    _settled()
    scene.refused_later(group, group.announce(_join(scene.carol, event)), "an announced Join")
    check.equal(_count(event), 0, "nobody comes")


def _asked():
    """Carol's event that alice has asked to come to; it, and the Join."""
    document = scene.carol.note(marker(), type="Event", name="Hers " + marker(), startTime=START, joinMode="free")
    scene.carol.send(scene.node.inbox, scene.carol.create(document))
    status = check.eventually(lambda: next((s for s in scene.alice.home() if s["uri"] == document["id"]), None), 20, "carol's event")
    scene.alice.post(f"{KITH}/events/{status['id']}/join")
    join = check.eventually(lambda: next((x for x in scene.good.activities("Join") if x["object"] == document["id"]), None), 20, "a Join")
    _settled()
    return status, join


def _answer(status):
    return scene.alice.get(f"{KITH}/events/{status['id']}")["answer"]


def test_forged_answers():
    status, join = _asked()
    for forger in (scene.eve, mallory):
        for kind in ("Accept", "Reject", "Ignore"):
            scene.refused_later(forger, forger.activity(kind, join), f"{kind} by {forger.name}")
            scene.refused_later(forger, forger.activity(kind, join["id"]), f"{kind} by {forger.name} by id")
    check.equal(_answer(status), "asked", "it waits")
    scene.carol.send(scene.node.inbox, scene.carol.accept(join))
    check.eventually(lambda: _answer(status) == "going", 20, "carol's own counts")


def test_answers_to_what_nobody_asked():
    status, join = _asked()
    for invented in ({**join, "id": scene.node.base + "/activity/1", "actor": scene.node.person_id("bob")},
                     scene.node.base + "/activity/2", _join(scene.carol, {"uri": join["object"]})):
        scene.refused_later(scene.carol, scene.carol.accept(invented), "Accept of an invented Join")
    scene.alice.post(f"{KITH}/events/{status['id']}/leave")
    _settled()
    scene.refused_later(scene.carol, scene.carol.accept(join), "Accept after alice left")
    check.equal(_answer(status), "left", "alice does not come")


if __name__ == "__main__":
    run(globals())
