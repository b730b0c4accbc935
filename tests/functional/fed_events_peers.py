"""Events as Mobilizon has them, both ways: its Event, its Join and Leave; what we send to it; and the collection of
who comes, which names nobody."""

import time

from framework import ap, check
from framework.case import run
from framework.evil import marker
from framework.node import Node
from framework.peer import Peer

KITH = "/api/kith/v1"
YEAR = time.localtime().tm_year + 1   # what is further ahead than ten years cannot be
START, END = f"{YEAR}-05-10T14:00:00+02:00", f"{YEAR}-05-10T17:30:00+02:00"


def setup():
    global a, ann, peer, moe, kay
    a = Node().start()
    ann = a.add_user("ann")
    peer = Peer()
    moe, kay = peer.actor("moe"), peer.actor("kay")
    for actor in (moe, kay):
        actor.send(a.inbox, actor.follow(a.person_id("ann")))
    check.eventually(lambda: len(peer.activities("Accept")) == 2, 20, "ann has followers")
    ann.follow_accepted(moe.id)


def _mobilizon_event(**more):
    event = moe.note(marker(), type="Event", name="A walk " + marker(), uuid=marker(), category="OUTDOORS_ADVENTURE",
                     startTime=START, endTime=END, timezone="Europe/Berlin", joinMode="free", externalParticipationUrl=None,
                     maximumAttendeeCapacity=20, remainingAttendeeCapacity=18, participantCount=2, draft=False,
                     **{"ical:status": "CONFIRMED"}, actor=moe.id, location={
                         "type": "Place", "name": "Old bridge", "latitude": 50.1, "longitude": 8.6,
                         "address": {"type": "PostalAddress", "streetAddress": "Bridge street 1",
                                     "addressLocality": "Rivertown", "postalCode": "12345", "addressRegion": None}})
    return {**event, **more}


def _take(event):
    """Moe's event, as ann's node then has it."""
    moe.send(a.inbox, moe.create(event))
    status = check.eventually(lambda: next((s for s in ann.home() if s["uri"] == event["id"]), None), 20, "moe's event")
    return ann.get(f"{KITH}/events/{status['id']}")


def _event(**more):
    fields = {"title": "Seed swap " + marker(), "text": "Bring seeds", "starts_at": START, "ends_at": END,
              "time_zone": "Europe/Berlin", **more}
    return ann.request("POST", f"{KITH}/events", body=fields).expect(200).json


def _now(event):
    return ann.get(f"{KITH}/events/{event['id']}")


def _until(event, **wanted):
    check.eventually(lambda: all(_now(event)[k] == v for k, v in wanted.items()), 20, f"{wanted}")


def _join(event, actor=None):
    actor = actor or moe
    return actor.activity("Join", event["uri"], participationMessage="count me in", published=ap.iso())


def _answer_to(join):
    """What the node says to a Join."""
    def found():
        return next((x for kind in ("Accept", "Reject", "Ignore") for x in peer.activities(kind)
                     if ap.id_of(x["object"]) == join["id"]), None)
    return check.eventually(found, 20, "an answer to the Join")


def _send(actor, activity):
    check.equal(actor.send(a.inbox, activity).status, 202, f"status of a {activity['type']}")


def test_an_event_of_mobilizon_is_data():
    event = _take(_mobilizon_event())
    check.equal((event["starts_at"], event["utc_offset_minutes"]), (f"{YEAR}-05-10T12:00:00.000Z", 120), "when")
    check.equal((event["place"], event["address"]), ("Old bridge", "Bridge street 1, 12345, Rivertown"), "where")
    check.equal((event["time_zone"], event["capacity"], event["attendees_count"], event["join_mode"]),
                ("Europe/Berlin", 20, 2, "free"), "the rest")
    check.equal(event["answer"], None, "ann said nothing")


def test_a_join_its_accept_an_update_and_a_leave():
    document = _mobilizon_event()
    event = _take(document)
    ann.post(f"{KITH}/events/{event['id']}/join")
    join = check.eventually(lambda: next((x for x in peer.activities("Join") if x["object"] == event["uri"]), None), 20, "a Join")
    check.equal((join["actor"], ap.as_list(join["to"])), (a.person_id("ann"), [moe.id]), "from ann to moe alone")
    check.equal(_now(event)["answer"], "asked", "until moe says so")
    _send(moe, moe.accept({"type": "Join", "id": join["id"], "actor": join["actor"], "object": event["uri"]}))
    _until(event, answer="going")

    # A number is no edit; what else changes comes with a new `updated`.
    _send(moe, moe.activity("Update", {**document, "participantCount": 3}, to=[ap.PUBLIC]))
    _until(event, attendees_count=3)
    check.equal(_now(event)["edited_at"], None, "no edit")
    told = len(ann.notifications("update"))
    _send(moe, moe.update({**document, "ical:status": "CANCELLED", "participantCount": 3}))
    _until(event, status="cancelled")
    check.eventually(lambda: len(ann.notifications("update")) >= told, 20, "ann is told")

    ann.post(f"{KITH}/events/{event['id']}/leave")
    leave = check.eventually(lambda: next((x for x in peer.activities("Leave") if x["object"] == event["uri"]), None), 20, "a Leave")
    check.equal((leave["actor"], _now(event)["answer"]), (a.person_id("ann"), "left"), "ann left")


def test_answers_by_id_and_ignore():
    for kind, answer in (("Accept", "going"), ("Reject", "refused"), ("Ignore", "refused")):
        event = _take(_mobilizon_event())
        ann.post(f"{KITH}/events/{event['id']}/join")
        join = check.eventually(lambda: next((x for x in peer.activities("Join") if x["object"] == event["uri"]), None), 20, "a Join")
        _send(moe, moe.activity(kind, join["id"]))
        _until(event, answer=answer)


def test_who_does_not_take_joins_is_not_asked():
    for mode, more, word in (("external", {"externalParticipationUrl": "https://tickets.example/1"}, "https://tickets.example/1"),
                             (None, {}, "takes no answers")):
        event = _take(_mobilizon_event(joinMode=mode, **more))
        error = ann.request("POST", f"{KITH}/events/{event['id']}/join").expect(422).json["error"]
        check.contains(error, word, "why not")
    check.never(lambda: [x for x in peer.activities("Join") if x["object"] == event["uri"]], 1, "a Join")


def test_what_an_event_of_ours_says():
    made = _event(capacity=20, place="Old bridge", address="Bridge street 1", online_url="https://meet.example/1")
    sent = check.eventually(lambda: next((x for x in peer.activities("Create") if x["object"]["id"] == made["uri"]), None), 20, "Create")
    event = sent["object"]
    check.equal((event["type"], event["name"], event["startTime"], event["endTime"], event["timezone"]),
                ("Event", made["title"], START, END, "Europe/Berlin"), "what and when")
    check.equal(event["location"], [{"type": "Place", "name": "Old bridge", "address": "Bridge street 1"},
                                    {"type": "VirtualLocation", "name": "https://meet.example/1", "url": "https://meet.example/1"}],
                "where")
    check.equal((event["eventStatus"], event["ical:status"], event["joinMode"]), ("EventScheduled", "CONFIRMED", "free"), "how")
    check.equal((event["maximumAttendeeCapacity"], event["remainingAttendeeCapacity"], event["participantCount"]), (20, 20, 0), "how many")
    check.equal(event["attendees"], {"type": "Collection", "id": made["uri"] + "/attendees", "totalItems": 0}, "attendees")
    check.equal(event["organizers"]["items"], [a.person_id("ann")], "organizers")
    check.true("📅" not in event["content"], "the text is the author's")


def test_joins_from_mobilizon():
    made = _event()
    join = _join(made)
    _send(moe, join)
    accept = _answer_to(join)
    check.equal((accept["type"], accept["actor"], ap.as_list(accept["to"])), ("Accept", a.person_id("ann"), [moe.id]), "Accept")
    check.equal((accept["object"]["type"], accept["object"]["actor"], accept["object"]["object"]), ("Join", moe.id, made["uri"]), "of what")
    check.equal(_now(made)["attendees_count"], 1, "moe comes")

    status, collection, answer = ap.get(made["uri"] + "/attendees")
    check.equal((status, collection["totalItems"]), (200, 1), "the collection")
    check.true(b"moe" not in answer.body, "it names nobody")

    again = _join(made)   # our answer may have been lost
    _send(moe, again)
    check.equal(_answer_to(again)["type"], "Accept", "asked twice")
    check.equal(_now(made)["attendees_count"], 1, "counted once")

    _send(moe, moe.activity("Leave", made["uri"]))
    _until(made, attendees_count=0)
    back = _join(made)
    _send(moe, back)
    _answer_to(back)
    _send(moe, moe.undo(back))
    _until(made, attendees_count=0)
    check.equal(len(ann.get(f"{KITH}/events/{made['id']}/answers", state="left")), 1, "by an Undo, too")


def test_an_undo_that_overtook_its_join():
    made, join = _event(), None
    join = _join(made)
    _send(moe, moe.undo(join["id"]))
    _send(moe, join)
    check.eventually(lambda: a.inbox_state(join) == "refused", 20, "the Join comes too late")
    check.equal(_now(made)["attendees_count"], 0, "moe does not come")


def test_full_and_not_handled():
    made = _event(capacity=1)
    one, two = _join(made), _join(made, kay)
    _send(moe, one)
    check.equal(_answer_to(one)["type"], "Accept", "the first")
    _send(kay, two)
    check.equal(_answer_to(two)["type"], "Reject", "the second")
    _send(moe, moe.activity("Leave", made["uri"]))
    _until(made, attendees_count=0)
    three = _join(made, kay)
    _send(kay, three)
    check.equal(_answer_to(three)["type"], "Accept", "when there is a place")
    for fields in ({"join_mode": "none"}, {"join_mode": "external", "participation_url": "mailto:ann@example.org"}):
        other = _event(**fields)
        join = _join(other)
        _send(moe, join)
        check.equal(_answer_to(join)["type"], "Ignore", fields["join_mode"])
    cancelled = _event()
    ann.post(f"{KITH}/events/{cancelled['id']}/cancel")
    join = _join(cancelled)
    _send(moe, join)
    check.equal(_answer_to(join)["type"], "Reject", "cancelled")


if __name__ == "__main__":
    run(globals())
