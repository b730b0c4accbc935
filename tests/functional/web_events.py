"""Events on the pages and in calendars: what everybody may read, as HTML and as RFC 5545 has it."""

import re
import time

from framework import ap, check
from framework.case import run
from framework.node import Node

KITH = "/api/kith/v1"
YEAR = time.localtime().tm_year + 1   # what is further ahead than ten years cannot be
START, END = f"{YEAR}-05-10T14:00:00+02:00", f"{YEAR}-05-10T17:30:00+02:00"


def setup():
    global node, ann, bob, nobody, group
    node = Node().start()
    ann, bob, nobody = node.add_user("ann"), node.add_user("bob"), node.client()
    node.add_group("garden", "ann")
    group = ann.find_account("garden")["id"]


def _event(**more):
    fields = {"title": "Seed swap; bring, share", "text": "Line one\n\nLine *two*", "group_id": group, "starts_at": START,
              "ends_at": END, "time_zone": "Europe/Berlin", "place": "Old bridge", "address": "Bridge street 1", "capacity": 3,
              "latitude": 50.1, "longitude": 8.6, **more}
    return ann.request("POST", f"{KITH}/events", body=fields).expect(200).json


def _page(path):
    status, _, response = ap.get(node.base + path, "text/html")
    check.equal(status, 200, path)
    return response.body.decode()


def _calendar(path):
    """The lines of a calendar, unfolded."""
    answer = nobody.request("GET", path).expect(200)
    check.equal(answer.header("Content-Type"), "text/calendar; charset=utf-8", "type")
    text = answer.body.decode()
    check.true(all(len(line.encode()) <= 75 for line in text.split("\r\n")), "no line is longer than 75 octets")
    check.true("\n" not in text.replace("\r\n", ""), "line breaks")
    return text.replace("\r\n ", "").split("\r\n"), answer


def _values(lines, name):
    return [line.partition(":")[2] for line in lines if line.startswith(name + ":")]


def test_pages_say_when_where_and_how_many():
    event = _event()
    bob.post(f"{KITH}/events/{event['id']}/join")
    page = _page(f"/post/{event['id']}")
    for words in (f"{YEAR}-05-10 14:00 – 17:30 (UTC+02:00)", "Old bridge, Bridge street 1", "1 person comes, of at most 3",
                  f"/post/{event['id']}/event.ics"):
        check.contains(page, words, "the post's page")
    check.true("bob" not in page, "not who comes")
    page = _page("/c/garden")
    for words in ("Seed swap; bring, share", f"{YEAR}-05-10 14:00", "/c/garden/events.ics"):
        check.contains(page, words, "the group's page")
    ann.post(f"{KITH}/events/{event['id']}/cancel")
    check.contains(_page("/c/garden"), "cancelled", "the group's page")
    ann.delete(f"/api/v1/statuses/{event['id']}")
    check.true("events.ics" not in _page("/c/garden"), "without events there is nothing to list")


def test_one_event_as_a_calendar():
    event = _event()
    lines, answer = _calendar(f"/post/{event['id']}/event.ics")
    check.equal((lines[0], lines[-2], lines[-1]), ("BEGIN:VCALENDAR", "END:VCALENDAR", ""), "a calendar")
    for name, value in (("UID", event["uri"]), ("DTSTART", f"{YEAR}0510T120000Z"), ("DTEND", f"{YEAR}0510T153000Z"),
                        ("SUMMARY", "Seed swap\\; bring\\, share"), ("LOCATION", "Old bridge\\, Bridge street 1"),
                        ("STATUS", "CONFIRMED"), ("SEQUENCE", "0"), ("URL", event["url"]), ("GEO", "50.100000;8.600000")):
        check.equal(_values(lines, name), [value], name)
    check.contains(_values(lines, "DESCRIPTION")[0], "Line one\\n", "text")
    check.true(re.fullmatch(r"\d{8}T\d{6}Z", _values(lines, "DTSTAMP")[0]), "DTSTAMP")
    tag = answer.header("ETag")
    check.equal(nobody.request("GET", f"/post/{event['id']}/event.ics", headers={"If-None-Match": tag}).status, 304, "unchanged")

    ann.put(f"{KITH}/events/{event['id']}", body={"place": "Hall", "ends_at": ""})
    ann.post(f"{KITH}/events/{event['id']}/cancel")
    lines, _ = _calendar(f"/post/{event['id']}/event.ics")
    check.equal((_values(lines, "UID"), _values(lines, "SEQUENCE"), _values(lines, "STATUS"), _values(lines, "DTEND")),
                ([event["uri"]], ["2"], ["CANCELLED"], []), "after two changes")


def test_a_groups_calendar_holds_what_is_to_come():
    first, second = _event(title="Later", starts_at=f"{YEAR}-06-02T10:00:00Z", ends_at=""), _event(title="Sooner", starts_at=f"{YEAR}-06-01T10:00:00Z", ends_at="")
    lines, _ = _calendar("/c/garden/events.ics")
    uids = [u for u in _values(lines, "UID") if u in (first["uri"], second["uri"])]
    check.equal(uids, [second["uri"], first["uri"]], "by their start")
    check.equal(_values(lines, "X-WR-CALNAME"), ["Garden"], "name")


def test_what_is_not_for_everybody_has_no_calendar():
    note = ann.status("no event")
    hidden = _event(group_id=None, visibility="private")
    for path in (f"/post/{note['id']}/event.ics", f"/post/{hidden['id']}/event.ics", "/post/1/event.ics", "/c/nowhere/events.ics"):
        check.equal(nobody.request("GET", path).status, 404, path)


if __name__ == "__main__":
    run(globals())
