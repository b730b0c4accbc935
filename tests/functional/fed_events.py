"""Events that people answer to (FEP-8a8e), between three nodes with one virtual clock: the author on C, the group on B,
who comes on A. Answers go to the author and nobody else; everybody else learns a number."""

import re

from framework import ap, check
from framework.case import run
from framework.evil import marker
from framework.node import Node, VirtualClock

KITH = "/api/kith/v1"
PAUSE_S = 181   # between two Updates of how many come
HOUR_S = 3600


def setup():
    global clock, a, b, c, ann, abe, bea, bob, cid
    clock = VirtualClock()
    a, b, c = (Node(clock=clock).start() for _ in range(3))
    ann, abe = a.add_user("ann"), a.add_user("abe")
    bea, bob, cid = b.add_user("bea"), b.add_user("bob"), c.add_user("cid")
    b.add_group("garden", "bea")
    for member in (ann, abe, cid):
        member.follow_accepted("garden@" + b.host)
    bob.follow_accepted("garden")


def eventually(found, timeout, what):
    """As check.eventually; the clock goes on a little meanwhile, for what looks at it now and then."""
    return check.eventually(lambda: found() or clock.advance(0.1), timeout, what)


def _at(seconds, offset="+00:00"):
    sign = 1 if offset[0] == "+" else -1
    shift = sign * (int(offset[1:3]) * HOUR_S + int(offset[4:]) * 60)
    return ap.iso(clock.now_ms / 1000 + seconds + shift)[:19] + offset


def _garden(member, name="garden"):
    return member.find_account(name if member in (bea, bob) else f"{name}@{b.host}")["id"]


def _event(member, start_s=2 * HOUR_S, length_s=HOUR_S, **more):
    fields = {"title": "Seed swap " + marker(), "text": "Bring *seeds*", "group_id": _garden(member),
              "starts_at": _at(start_s), "ends_at": _at(start_s + length_s), **more}
    return member.request("POST", f"{KITH}/events", body=fields).expect(200).json


def _seen(member, event, what="the event in the group", name="garden"):
    """The event as that member's node lists it in the group, once it is there."""
    return eventually(lambda: next((e for e in member.get(f"{KITH}/groups/{_garden(member, name)}/events")
                                    if e["uri"] == event["uri"]), None), 30, what)


def _now(member, event):
    return member.get(f"{KITH}/events/{event['id']}")


def _act(member, event, verb, status=200):
    return member.request("POST", f"{KITH}/events/{event['id']}/{verb}").expect(status).json


def _until(member, event, timeout=30, **wanted):
    """Waits until the event is so on that member's node."""
    def is_so():
        now = _now(member, event)
        return now if all(now[k] == v for k, v in wanted.items()) else None
    return eventually(is_so, timeout, f"{wanted} for {member.me()['acct']}")


def _names(member, event, state="going"):
    return sorted(x["account"]["acct"] for x in member.get(f"{KITH}/events/{event['id']}/answers", state=state))


def _told(member, event, kind="update"):
    return [n for n in member.notifications(kind) if n["status"]["id"] == event["id"]]


def _text(html):
    return re.sub(r"<[^>]+>", " ", html)


def test_an_event_from_its_announcement_to_its_end():
    made = _event(cid, capacity=1, starts_at=_at(2 * HOUR_S, "+02:00"), ends_at=_at(3 * HOUR_S, "+02:00"),
                  time_zone="Europe/Berlin", place="Old bridge", address="Bridge street 1", latitude=50.1, longitude=8.6,
                  online_url="https://meet.example/seeds")
    check.equal((made["answer"], made["attendees_count"], made["remaining"], made["join_mode"]), (None, 0, 1, "free"), "new")
    at_a, at_b = _seen(ann, made), _seen(bea, made)
    for name in ("title", "starts_at", "ends_at", "utc_offset_minutes", "time_zone", "place", "address", "latitude",
                 "longitude", "online_url", "status", "join_mode", "capacity", "attendees_count"):
        for there in (at_a, at_b):
            check.equal(there[name], made[name], name)
    check.equal(made["utc_offset_minutes"], 120, "the author's clock")

    # To apps that know nothing of events it is a post with all that matters in its text.
    status = ann.get(f"/api/v1/statuses/{at_a['id']}")
    text = _text(status["content"])
    for part in (made["title"], "Old bridge, Bridge street 1", "(UTC+02:00)", "https://meet.example/seeds", "seeds"):
        check.contains(text, part, "the status")
    check.equal((status["poll"], status["edited_at"]), (None, None), "nothing odd about it")

    # Who comes
    check.is_in(_act(ann, at_a, "join")["answer"], ("asked", "going"), "ann's answer at once")
    _until(ann, at_a, answer="going")
    check.equal(_act(ann, at_a, "join")["answer"], "going", "said twice")
    check.equal(_now(cid, made)["attendees_count"], 1, "at the author's node")
    check.equal(_names(cid, made), [f"ann@{a.host}"], "the author sees who")
    check.equal(_names(ann, at_a), ["ann"], "ann finds herself")
    check.equal((_names(bea, at_b), _names(abe, _seen(abe, made))), ([], []), "nobody else is told")
    clock.advance(PAUSE_S)
    for member, event in ((bea, at_b), (ann, at_a)):
        _until(member, event, attendees_count=1, remaining=0)
        check.equal(member.get(f"/api/v1/statuses/{event['id']}")["edited_at"], None, "a number is no edit")

    # Full
    check.is_in(_act(abe, at_a, "join")["answer"], ("asked", "refused"), "abe's answer at once")
    _until(abe, at_a, answer="refused")
    check.equal(_now(cid, made)["attendees_count"], 1, "not more than there are places")

    # Another place: who comes is told, who does not is not
    before = len(_told(ann, at_a))
    told_abe = len(_told(abe, at_a))
    cid.request("PUT", f"{KITH}/events/{made['id']}", body={"place": "New bridge"}).expect(200)
    _until(ann, at_a, place="New bridge", title=made["title"])
    eventually(lambda: _told(ann, at_a), 20, "ann is told")
    check.equal((len(_told(ann, at_a)), before), (1, 1), "the latest news takes the place of what was told")
    check.equal(len(_told(abe, at_a)), told_abe, "abe is not told")

    # A place is free again
    check.equal(_act(ann, at_a, "leave")["answer"], "left", "ann's answer")
    _until(cid, made, attendees_count=0)
    _act(abe, at_a, "join")
    _until(abe, at_a, answer="going")
    check.equal(_names(cid, made), [f"abe@{a.host}"], "abe comes")

    for node in (a, b, c):
        node.restart()
    for member, event, answer in ((ann, at_a, "left"), (abe, at_a, "going"), (cid, made, None)):
        now = _now(member, event)
        check.equal((now["answer"], now["place"], now["capacity"]), (answer, "New bridge", 1), "after a restart")

    check.equal(_act(cid, made, "cancel")["status"], "cancelled", "the author cancels")
    _until(abe, at_a, status="cancelled")
    check.contains(ann.get(f"/api/v1/statuses/{at_a['id']}")["content"], "cancelled", "the status says so")
    check.contains(ann.request("POST", f"{KITH}/events/{at_a['id']}/join").expect(422).json["error"], "cancelled", "nobody joins")
    cid.delete(f"/api/v1/statuses/{made['id']}")
    eventually(lambda: ann.request("GET", f"{KITH}/events/{at_a['id']}").status == 404, 20, "deleted everywhere")
    for node in (a, b, c):
        check.equal((node.count("gathering"), node.count("rsvp")), (0, 0), f"rows on {node.host}")


def test_the_author_lets_in():
    made = _event(cid, join_mode="restricted")
    at_a = _seen(ann, made)
    for member in (ann, abe):
        check.equal(_act(member, at_a, "join")["answer"], "asked", "it is asked")
    eventually(lambda: len(_names(cid, made, "asked")) == 2, 20, "both wait")
    check.equal(_now(cid, made)["attendees_count"], 0, "nobody comes yet")
    check.equal(len(_told(cid, made, "favourite")), 2, "the author is told of both")
    ids = {x["account"]["acct"]: x["account"]["id"] for x in cid.get(f"{KITH}/events/{made['id']}/answers", state="asked")}
    at_b = _seen(bea, made)
    check.equal(_names(bea, at_b, "asked"), [], "nor does the group's moderator see who asks elsewhere")
    _act(cid, made, f"answers/{ids['ann@' + a.host]}/accept")
    _act(cid, made, f"answers/{ids['abe@' + a.host]}/reject")
    _until(ann, at_a, answer="going")
    _until(abe, at_a, answer="refused")
    check.true(_told(ann, at_a) and _told(abe, at_a), "both are told")

    # Asked again, and refused again without asking the author; who comes can be sent away.
    _act(abe, at_a, "join")
    _until(abe, at_a, answer="refused")
    check.equal(_names(cid, made, "asked"), [], "nobody waits")
    _act(cid, made, f"answers/{ids['ann@' + a.host]}/reject")
    _until(ann, at_a, answer="refused")
    check.equal(_now(cid, made)["attendees_count"], 0, "nobody comes")
    _act(cid, made, f"answers/{ids['abe@' + a.host]}/accept")
    _until(abe, at_a, answer="going")
    ann.request("POST", f"{KITH}/events/{at_a['id']}/answers/{abe.me()['id']}/accept").expect(403)


def test_a_moderator_of_the_group_lets_in():
    made = _event(bob, join_mode="restricted")
    at_a, at_b = _seen(ann, made), _seen(bea, made)
    _act(ann, at_a, "join")
    waiting = eventually(lambda: bea.get(f"{KITH}/events/{at_b['id']}/answers", state="asked"), 20, "bea sees who asks")
    _act(bea, at_b, f"answers/{waiting[0]['account']['id']}/accept")
    _until(ann, at_a, answer="going")
    check.equal(_names(bob, made), [f"ann@{a.host}"], "the author sees it, too")


def test_an_event_of_a_private_group_is_answered_by_its_members():
    b.add_group("cellar", "bea")
    for member in (ann, bob):
        member.follow_accepted("cellar" if member is bob else f"cellar@{b.host}")
    bea.request("PATCH", f"{KITH}/groups/{_garden(bea, 'cellar')}", body={"visibility": "private"}).expect(200)
    made = _event(bob, group_id=_garden(bob, "cellar"))
    at_a = _seen(ann, made, name="cellar")
    _act(ann, at_a, "join")
    _until(ann, at_a, answer="going")
    check.equal(_names(bob, made), [f"ann@{a.host}"], "a member elsewhere comes")
    abe.request("GET", f"{KITH}/events/{at_a['id']}").expect(404)
    abe.request("POST", f"{KITH}/events/{at_a['id']}/join").expect(404)
    check.equal(ap.get(made["uri"] + "/attendees")[0], 404, "a stranger asks how many")


def test_after_the_end_nobody_joins():
    made = _event(cid, start_s=300, length_s=300)
    at_a = _seen(ann, made)
    _act(ann, at_a, "join")
    _until(ann, at_a, answer="going")
    clock.advance(601)
    check.contains(abe.request("POST", f"{KITH}/events/{at_a['id']}/join").expect(422).json["error"], "over", "why")
    check.equal(_now(ann, at_a)["over"], True, "over")
    check.true(made["uri"] not in [e["uri"] for e in ann.get(f"{KITH}/groups/{_garden(ann)}/events")], "not listed any more")


def test_events_of_my_groups_by_their_start():
    later, sooner = _event(cid, start_s=5 * HOUR_S), _event(bob, start_s=4 * HOUR_S)
    for event in (later, sooner):
        _seen(ann, event)
    mine = [e["uri"] for e in ann.get(f"{KITH}/events") if e["uri"] in (later["uri"], sooner["uri"])]
    check.equal(mine, [sooner["uri"], later["uri"]], "the first to start first")
    first = ann.get(f"{KITH}/events", limit=1)
    check.equal(len(first), 1, "a page of one")
    rest = ann.get(f"{KITH}/events", after_id=first[0]["id"])
    check.equal([e["uri"] for e in first + rest], [e["uri"] for e in ann.get(f"{KITH}/events")], "and what follows")


if __name__ == "__main__":
    run(globals())
