"""Events that people answer to on one node: what can be and what cannot, who sees what, many at once for the last
place, and an event of one's own profile."""

import threading
import time

from framework import ap, check
from framework.case import run
from framework.node import Node

KITH = "/api/kith/v1"
HOUR = 3600


def setup():
    global node, ann, bob, eve, group
    node = Node().start()
    ann, bob, eve = (node.add_user(name) for name in ("ann", "bob", "eve"))
    node.add_group("garden", "ann")
    group = ann.find_account("garden")["id"]
    bob.follow_accepted("garden")


def _at(hours):
    return ap.iso(time.time() + hours * HOUR)


def _fields(**more):
    return {"title": "Seed swap", "text": "Bring *seeds*", "starts_at": _at(2), "ends_at": _at(4), **more}


def _make(member=None, **more):
    return (member or ann).request("POST", f"{KITH}/events", body=_fields(**more))


def _event(member=None, **more):
    return _make(member, **more).expect(200).json


def _act(member, event, verb, status=200):
    return member.request("POST", f"{KITH}/events/{event['id']}/{verb}").expect(status).json


def test_what_cannot_be():
    before = node.count("post")
    for fields, words in (
            ({"title": " "}, "Title can't be blank"), ({"title": "a\nb"}, "one line"), ({"starts_at": None}, "Starts at can't be blank"),
            ({"starts_at": "tomorrow"}, "starts_at is no time"), ({"ends_at": _at(1)}, "ends before it starts"),
            ({"ends_at": _at(24 * 32 + 3)}, "at most 31 days"), ({"starts_at": _at(-9), "ends_at": _at(-8)}, "over before"),
            ({"starts_at": _at(24 * 366 * 11), "ends_at": None}, "too far ahead"), ({"time_zone": "Mars/Base"}, "time zone"),
            ({"place": "x" * 201}, "the place is one line"), ({"address": "a\nb"}, "the address is one line"),
            ({"online_url": "javascript:alert(1)"}, "online address"), ({"latitude": "1"}, "belong together"),
            ({"latitude": "91", "longitude": "0"}, "latitude"), ({"latitude": "x", "longitude": "0"}, "latitude is no number"),
            ({"latitude": "nan", "longitude": "0"}, "latitude"), ({"capacity": "0"}, "capacity"), ({"capacity": "many"}, "capacity"),
            ({"join_mode": "maybe"}, "join_mode"), ({"status": "maybe"}, "status"), ({"visibility": "secret"}, "visibility"),
            ({"join_mode": "external"}, "elsewhere"), ({"join_mode": "external", "participation_url": "mailto:a b@c"}, "elsewhere")):
        answer = _make(**fields)
        check.equal(answer.status, 422, f"{fields}")
        check.contains(answer.json["error"], words, f"{fields}")
    check.equal(_make(member=node.client()).status, 401, "nobody")
    check.equal((node.count("post"), node.count("gathering")), (before, 0), "nothing is left behind")


def test_an_open_end_and_its_change():
    event = _event(ends_at=None, status="tentative", join_mode="external", participation_url="mailto:ann@example.org")
    check.equal((event["ends_at"], event["status"], event["participation_url"]), (None, "tentative", "mailto:ann@example.org"), "open")
    _, document, _ = ap.get(event["uri"])
    check.equal((document["displayEndTime"], document["eventStatus"], document["ical:status"]), (False, "EventTentative", "TENTATIVE"), "said")
    check.true(document["endTime"] > document["startTime"], "an end for programs (FEP-8a8e)")
    check.true("attendees" not in document, "nobody answers here")
    check.equal(ap.get(event["uri"] + "/attendees")[0], 404, "nor is there a collection")
    changed = ann.put(f"{KITH}/events/{event['id']}", body={"ends_at": _at(5), "join_mode": "free", "capacity": 3, "title": "Swap"})
    check.equal((changed["title"], changed["capacity"], changed["participation_url"], changed["status"]), ("Swap", 3, None, "tentative"), "changed")
    check.true(changed["ends_at"] and "seeds" in changed["content"], "what is not given stays")
    back = ann.put(f"{KITH}/events/{event['id']}", body={"ends_at": "", "capacity": ""})
    check.equal((back["ends_at"], back["capacity"]), (None, None), "and what is given empty goes")
    # Apps edit the text of a post; the event stays.
    ann.put(f"/api/v1/statuses/{event['id']}", {"status": "Bring nothing"})
    now = ann.get(f"{KITH}/events/{event['id']}")
    check.equal((now["title"], now["starts_at"]), ("Swap", event["starts_at"]), "still an event")
    check.contains(now["content"], "Bring nothing", "the text")


def test_who_may_do_what():
    event = _event(group_id=group, join_mode="restricted")
    check.equal(event["group"]["acct"], "garden", "in the group")
    for verb in ("PUT", "cancel"):
        path = f"{KITH}/events/{event['id']}" + ("" if verb == "PUT" else "/cancel")
        check.equal(bob.request("PUT" if verb == "PUT" else "POST", path, body={"place": "Moon"}).status, 404, f"{verb} by bob")
    check.contains(ann.request("POST", f"{KITH}/events/{event['id']}/join").expect(422).json["error"], "need not answer", "her own")
    check.equal(_act(bob, event, "join")["answer"], "asked", "bob asks")
    check.equal(_act(eve, event, "join")["answer"], "asked", "eve asks")
    check.equal(bob.get(f"{KITH}/events/{event['id']}/answers", state="asked")[0]["account"]["acct"], "bob", "bob finds himself")
    check.equal(len(ann.get(f"{KITH}/events/{event['id']}/answers", state="asked")), 2, "ann all")
    page = ann.get(f"{KITH}/events/{event['id']}/answers", state="asked", limit=1)
    rest = ann.get(f"{KITH}/events/{event['id']}/answers", state="asked", max_id=page[0]["id"])
    check.equal([x["account"]["acct"] for x in page + rest], ["eve", "bob"], "page by page")
    eve_id = eve.me()["id"]
    bob.request("POST", f"{KITH}/events/{event['id']}/answers/{eve_id}/accept").expect(403)
    _act(ann, event, f"answers/{eve_id}/reject")
    check.contains(eve.request("POST", f"{KITH}/events/{event['id']}/join").expect(403).json["error"], "refused", "eve stays out")
    _act(ann, event, f"answers/{bob.me()['id']}/accept")
    check.equal(bob.get(f"{KITH}/events/{event['id']}")["answer"], "going", "bob comes")
    check.true([n for n in bob.notifications("update") if n["status"]["id"] == event["id"]], "and is told")
    check.true([n for n in ann.notifications("favourite") if n["status"]["id"] == event["id"]], "ann was told that they ask")
    ann.request("POST", f"{KITH}/events/{event['id']}/answers/{ann.me()['id']}/accept").expect(404)
    note = ann.status("no event")
    for verb in ("join", "leave", "cancel"):
        ann.request("POST", f"{KITH}/events/{note['id']}/{verb}").expect(404)
    check.equal(ann.request("GET", f"{KITH}/events/{note['id']}").status, 404, "a Note is none")


def test_an_event_for_some_is_for_them_only():
    event = _event(visibility="direct", text="@bob come")
    check.equal(_act(bob, event, "join")["answer"], "going", "who is named")
    for client in (eve, node.client()):
        check.equal(client.request("GET", f"{KITH}/events/{event['id']}").status, 404, "nobody else")
    eve.request("POST", f"{KITH}/events/{event['id']}/join").expect(404)
    eve.request("GET", f"{KITH}/events/{event['id']}/answers").expect(404)


def test_many_want_the_last_place():
    people = [node.add_user(f"p{i}") for i in range(6)]
    event = _event(group_id=group, capacity=2)
    answers = []
    threads = [threading.Thread(target=lambda p=p: answers.append(p.request("POST", f"{KITH}/events/{event['id']}/join").status))
               for p in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check.equal(sorted(answers), [200, 200, 422, 422, 422, 422], "two places")
    now = ann.get(f"{KITH}/events/{event['id']}")
    check.equal((now["attendees_count"], now["remaining"]), (2, 0), "counted")
    check.equal(len(ann.get(f"{KITH}/events/{event['id']}/answers")), 2, "by name")


def test_what_changes_is_told_to_who_comes():
    event = _event(group_id=group)
    _act(bob, event, "join")
    def told():
        return [n for n in bob.notifications("update") if n["status"]["id"] == event["id"]]
    ann.put(f"{KITH}/events/{event['id']}", body={"text": "Other words"})
    check.never(told, 1, "words are no news")
    ann.put(f"{KITH}/events/{event['id']}", body={"starts_at": _at(3)})
    check.eventually(told, 20, "another time is")
    first = told()[0]["id"]
    _act(ann, event, "cancel")
    check.eventually(lambda: [n for n in told() if n["id"] != first], 20, "and that it is cancelled")
    check.equal(len(told()), 1, "the latest takes the place of what was told")
    _act(bob, event, "leave")
    check.equal(ann.get(f"{KITH}/events/{event['id']}")["attendees_count"], 0, "leaving is always possible")


def test_the_same_key_makes_one_event():
    key = {"Idempotency-Key": "swap-1"}
    first = ann.request("POST", f"{KITH}/events", body=_fields(), headers=key).expect(200).json
    check.equal(ann.request("POST", f"{KITH}/events", body=_fields(), headers=key).expect(200).json["id"], first["id"], "once")


def test_lemmys_apps_see_when_and_where_and_may_edit():
    event = _event(group_id=group, text="Bring *seeds*", place="Old bridge")
    for version in ("v3", "v4"):
        post = ann.get(f"/api/{version}/post", id=event["id"])["post_view"]["post"]
        check.equal(post["name"], event["title"], "the title")
        for words in ("\U0001f4c5 ", "\U0001f4cd Old bridge", "Bring *seeds*"):
            check.contains(post["body"], words, f"the body in {version}")
        form = {"post_id": int(event["id"]), "name": "Swap", "body": post["body"] + " and tea"}
        ann.request("PUT", f"/api/{version}/post", body=form).expect(200)
        source = ann.get(f"/api/v1/statuses/{event['id']}/source")["text"]
        check.contains(source, "Bring *seeds* and tea", "what was added")
        check.true("Old bridge" not in source, "when and where are not in the text")
        ann.put(f"{KITH}/events/{event['id']}", body={"text": "Bring *seeds*", "title": event["title"]})
    check.equal(ann.get(f"{KITH}/events/{event['id']}")["place"], "Old bridge", "the event stays")


def test_a_private_groups_events_are_for_its_members():
    node.add_group("secret", "ann")
    closed = ann.find_account("secret")["id"]
    ann.request("PATCH", f"{KITH}/groups/{closed}", body={"visibility": "private"}).expect(200)
    event = _event(group_id=closed)
    check.equal([e["id"] for e in ann.get(f"{KITH}/groups/{closed}/events")], [event["id"]], "for a member")
    check.equal([e["id"] for e in ann.get(f"{KITH}/events") if e["id"] == event["id"]], [event["id"]], "in her list")
    for client in (eve, node.client()):
        answer = client.request("GET", f"{KITH}/groups/{closed}/events")
        check.true(answer.status == 404 or answer.json == [], "nothing for others")
        check.equal(client.request("GET", f"{KITH}/events/{event['id']}").status, 404, "nor the event")
    eve.request("POST", f"{KITH}/events/{event['id']}/join").expect(404)
    anonymous = node.client()
    for path in ("/c/secret/events.ics", f"/post/{event['id']}/event.ics"):
        check.equal(anonymous.request("GET", path).status, 404, path)
        check.equal(ann.request("GET", path).status, 404, f"{path}: pages know nobody")


if __name__ == "__main__":
    run(globals())
