"""How much one member writes in groups: slow mode, on two nodes whose time the test sets, and how many groups one post may
name. A is the host of the group; what comes from B or from a Peer is judged there, by A's clock."""

from framework import ap, api, check
from framework.case import run
from framework.check import eventually
from framework.node import Node, VirtualClock
from framework.peer import Peer

KITH = "/api/kith/v1"


def setup():
    global a, b, clock, ann, mem, bea, boss, garden, handle
    clock = VirtualClock()
    a, b = Node(clock=clock).start(), Node(clock=clock).start()
    ann, mem, bea = a.add_user("ann"), a.add_user("mem"), b.add_user("bea")
    for name in ("garden", "one", "two", "three"):
        a.add_group(name, "ann")
    handle = "garden@" + a.host
    garden = ann.find_account("garden")["id"]
    bea.follow_accepted(handle)
    a.add_user("boss", role="admin")
    boss = api.Client(a.url, a.token("boss", "read admin:read"), host=a.host)


def _settings(status=200, **form):
    return ann.request("PATCH", f"{KITH}/groups/{garden}", body=form).expect(status).json


def _post(client, text, **more):
    return client.request("POST", "/api/v1/statuses", {"status": text, **more})


def _on(node, uri):
    return node.post_id(uri)


def _send(peer_actor, activity):
    return peer_actor.send(a.inbox, activity, date=clock.now_ms / 1000)


def _state(activity, wanted):
    eventually(lambda: a.inbox_state(activity) == wanted, 20, f"{activity['type']} is {wanted}")


def test_the_setting():
    check.equal((_settings()["slow_threads"], _settings()["slow_comments"]), (0, 0), "off")
    made = _settings(slow_threads=600, slow_comments=30)
    check.equal((made["slow_threads"], made["slow_comments"]), (600, 30), "set")
    check.equal(mem.get(f"{KITH}/groups/{garden}")["slow_threads"], 600, "seen by all")
    log = ann.get(f"{KITH}/groups/{garden}/moderation_log")[0]
    check.contains(log["reason"], "seconds between two threads of a member: 600", "in the log")
    for form in ({"slow_threads": -1}, {"slow_comments": 604801}, {"slow_threads": "soon"}):
        _settings(422, **form)
    check.equal(mem.request("PATCH", f"{KITH}/groups/{garden}", body={"slow_threads": 0}).status, 403, "moderators only")
    check.equal(_settings()["slow_threads"], 600, "as it was")


def test_members_here_wait_and_are_told_how_long():
    _settings(slow_threads=600, slow_comments=30)
    first = _post(mem, "@garden One").expect(200).json
    clock.advance(60)
    refused = _post(mem, "@garden Two")
    check.equal(refused.status, 429, "too soon")
    check.contains(refused.json["error"], "your next thread has to wait until", "says what")
    check.contains(refused.json["error"], ap.iso(clock.now_ms / 1000 + 540)[:16], "says when")
    check.contains(refused.json["error"], "(540 seconds)", "and how long that is")
    check.equal(mem.request("POST", "/api/v4/post", body={"name": "Two", "community_id": int(garden)}).status, 429, "at Lemmy's door")
    check.equal(a.count("post", "title LIKE '%Two%'"), 0, "nothing is left of it")
    _post(mem, "in no group").expect(200)
    _post(mem, "A comment", in_reply_to_id=first["id"]).expect(200)
    check.equal(_post(mem, "Another", in_reply_to_id=first["id"]).status, 429, "comments have a pace of their own")
    clock.advance(30)
    mine = _post(mem, "Another", in_reply_to_id=first["id"]).expect(200).json
    mem.put(f"/api/v1/statuses/{mine['id']}", {"status": "Edited"})
    mem.delete(f"/api/v1/statuses/{mine['id']}")
    check.equal(_post(mem, "Once more", in_reply_to_id=first["id"]).status, 429, "a deleted one counts")
    for n in range(3):
        _post(ann, f"@garden Moderators do not wait {n}").expect(200)
    clock.advance(510)
    _post(mem, "@garden Two").expect(200)


def test_a_member_elsewhere_waits_by_the_hosts_clock():
    _settings(slow_threads=600, slow_comments=0)
    one = bea.status(f"@{handle} From B")
    _on(a, one["uri"])
    clock.advance(10)
    two = bea.status(f"@{handle} Too soon from B")
    eventually(lambda: any("slow mode" in r for r in _refusals()), 20, "refused, with the reason")
    check.equal(a.count("post", "ap_id = ?", two["uri"]), 0, "not in the group")
    clock.advance(600)
    three = bea.status(f"@{handle} In time")
    _on(a, three["uri"])


def _refusals():
    return [r["reason"] for r in boss.get(f"{KITH}/admin/refusals", limit=50)]


def test_what_an_author_claims_is_no_time():
    _settings(slow_threads=600, slow_comments=0)
    peer = Peer()
    far = peer.actor("far")
    group = a.group_id("garden")

    def thread(text, published):
        note = far.note(text, to=[ap.PUBLIC], cc=[group], audience=group, published=ap.iso(published))
        activity = far.create(note)
        _send(far, activity)
        return note, activity

    now = clock.now_ms / 1000
    note, made = thread("First", now - 5000)
    _state(made, "applied")
    for published in (now, now + 5000, now - 90000):
        other, made = thread("Again", published)
        _state(made, "refused")
        check.equal(a.count("post", "ap_id = ?", other["id"]), 0, "not taken")
    check.true(any("slow mode" in r for r in _refusals()), "in the operator's log of refusals")
    clock.advance(601)
    _, made = thread("Later", now - 5000)
    _state(made, "applied")
    # Replayed, the first is what it was: there.
    check.equal(a.count("post", "ap_id = ?", note["id"]), 1, "one of it")
    _settings(slow_threads=0)
    _, made = thread("As they like", now)
    _state(made, "applied")


def test_a_post_names_few_groups_and_is_in_the_first():
    _settings(slow_threads=0)
    many = _post(mem, "@garden @one @two @three to all of you")
    check.equal(many.status, 422, "four groups")
    check.contains(many.json["error"], "names at most 3 groups", "says so")
    check.equal(a.count("post", "content LIKE '%to all of you%'"), 0, "not posted")
    few = _post(mem, "@garden @one @two to you").expect(200).json
    where = a.sql("SELECT g.username FROM post p JOIN actor g ON g.id = p.group_id WHERE p.id = ?", int(few["id"]))
    check.equal(where, [{"username": "garden"}], "in the first")
    check.equal(a.count("group_entry", "post_id = ?", int(few["id"])), 1, "and in no other")
    _post(mem, "@garden @one @two @three a letter", visibility="direct").expect(200)
    far = Peer().actor("spam")
    groups = [a.group_id(n) for n in ("one", "two", "three", "garden")]
    note = far.note("buy", to=[ap.PUBLIC], cc=groups, mentions=[(g, "@x") for g in groups])
    made = far.create(note)
    _send(far, made)
    _state(made, "applied")
    taken = a.sql("SELECT g.username FROM group_entry e JOIN post p ON p.id = e.post_id JOIN actor g ON g.id = e.group_id "
                  "WHERE p.ap_id = ?", note["id"])
    check.equal(taken, [{"username": "one"}], "what comes from elsewhere, too")


if __name__ == "__main__":
    run(globals())
