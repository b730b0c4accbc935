"""A group moves from A to B: its members on three nodes, all that is in it, and the links to it. A node that is killed
on the way goes on."""


from framework import ap, check, crowd
from framework.case import run
from framework.check import eventually
from framework.node import Node
from framework.peer import Peer

KITH = "/api/kith/v1"
DONE = 2
WAIT_S = 40


def setup():
    global a, b, c, ann, bob, bea, ben, cid
    a, b, c = (Node().start() for _ in range(3))
    ann, bob = a.add_user("ann"), a.add_user("bob")
    bea, ben = b.add_user("bea"), b.add_user("ben")
    cid = c.add_user("cid")


def _group(name):
    """A group on A with a member more on A, two on B and one on C, and the handle it has elsewhere."""
    a.add_group(name, "ann")
    handle = f"{name}@{a.host}"
    bob.follow_accepted(name)
    for member in (bea, ben, cid):
        member.follow_accepted(handle)
    return handle


def _local(node, uri):
    return eventually(lambda: node.sql("SELECT * FROM post WHERE ap_id = ?", uri), 20, f"{uri} on {node.host}")[0]


def _id_of_group(node, ap_id):
    return node.sql("SELECT id FROM actor WHERE ap_id = ?", ap_id)[0]["id"]


def _entries(node, ap_id):
    """The group's threads in its order: (post, votes for it, comments)."""
    rows = node.sql("SELECT p.ap_id, p.likes_count, p.dislikes_count, t.comments FROM group_entry e JOIN post p ON p.id = e.post_id "
                    "JOIN actor g ON g.id = e.group_id JOIN thread t ON t.post_id = p.id AND t.group_id = g.id WHERE g.ap_id = ? "
                    "ORDER BY e.id", ap_id)
    return [(r["ap_id"], r["likes_count"], r["dislikes_count"], r["comments"]) for r in rows]


def _tree(node, ap_id):
    """{post: (what it answers, its thread)} of all that is in the group."""
    rows = node.sql("SELECT p.ap_id, q.ap_id AS parent, t.ap_id AS thread FROM post p JOIN actor g ON g.id = p.group_id LEFT JOIN "
                    "post q ON q.id = p.in_reply_to_id JOIN post t ON t.id = p.thread_id WHERE g.ap_id = ? AND p.deleted_at IS NULL", ap_id)
    return {r["ap_id"]: (r["parent"] or None, r["thread"]) for r in rows}


def _members(node, ap_id):
    rows = node.sql("SELECT a.ap_id, m.role FROM membership m JOIN actor g ON g.id = m.group_id JOIN actor a ON a.id = m.actor_id "
                    "WHERE g.ap_id = ? AND m.left_at IS NULL", ap_id)
    return {r["ap_id"]: r["role"] for r in rows}


def _live_in(handle):
    """Threads, comments and votes from all three nodes; ids of the threads, oldest first."""
    group_ap_id = a.group_id(handle.split("@")[0])
    first = ann.status(f"@{handle} The first thread")["uri"]
    second = cid.status(f"@{handle} The second thread")["uri"]
    _local(a, second)
    third = bea.status(f"@{handle} The third thread")["uri"]
    _local(a, third)
    for member, node in ((cid, c), (bea, b), (bob, a)):
        reply = member.status(f"a comment from {node.host}", in_reply_to_id=_local(node, first)["id"])["uri"]
        _local(a, reply)
        member.act(_local(node, second)["id"], "favourite")
    deeper = ann.status("a deeper one", in_reply_to_id=_local(a, reply)["id"])["uri"]
    for node in (a, b, c):
        _local(node, deeper)
        _local(node, third)
    eventually(lambda: [e[1:] for e in _entries(a, group_ap_id)] == [(0, 0, 4), (3, 0, 0), (0, 0, 0)], 20, "votes and comments at A")
    return first, second, third


def _offer(name, new):
    b.cli("group", "add", new, "--owner", "bea")
    b.cli("group", "take-over", new, "--from", a.group_id(name))
    return b.group_id(new)


def _arrived(name, target, members):
    """Everybody is there, nothing waits on any node."""
    old = a.group_id(name)
    for node, group in ((a, old), (b, target)):
        eventually(lambda: node.sql("SELECT state FROM group_move WHERE group_id = ?", _id_of_group(node, group))[0]["state"] == DONE,
                   WAIT_S, f"the move is done at {node.host}: {node.cli('group', 'moves')}")
    eventually(lambda: sorted(_members(b, target)) == sorted(members), WAIT_S, "all members")
    eventually(lambda: not c.sql("SELECT 1 AS x FROM post WHERE group_id = ?", _id_of_group(c, old)), WAIT_S, "C puts the posts into the new group")
    for node in (a, b, c):
        here = _id_of_group(node, target)
        eventually(lambda: node.count("follow", "followed_id = ? AND state <> 1", here) == 0, WAIT_S, f"all follows are accepted at {node.host}")
        eventually(lambda: node.count("follow", "followed_id = ?", _id_of_group(node, old)) == 0, WAIT_S, f"the old group is let go at {node.host}")


def _location(url):
    status, _, response = ap.get(url, "text/html")
    check.equal(status, 301, f"{url} leads elsewhere")
    return response.header("Location")


def test_a_group_of_a_hundred_members():
    handle = _group("garden")
    old = a.group_id("garden")
    threads = _live_in(handle)
    garden = _id_of_group(a, old)
    members = [n.person_id(m) for n, m in ((a, "ann"), (a, "bob"), (b, "bea"), (b, "ben"), (c, "cid"))]
    for home, member, count in ((a, "bob", 32), (b, "ben", 31), (c, "cid", 32)):
        members += crowd.multiply(home, a, member, old, count)
    check.equal((len(members), len(_members(a, old))), (100, 100), "members before")
    moderate = lambda kind, **more: ann.request("POST", f"{KITH}/groups/{garden}/moderation", {"kind": kind, **more}).expect(200)
    ann.request("PUT", "/api/v4/community", body={"community_id": garden, "sidebar": "All *about* it"}).expect(200)
    lost = cid.status(f"@{handle} Buy my tomatoes")["uri"]
    moderate("remove_post", status_id=_local(a, lost)["id"], reason="advertising")
    moderate("lock_post", status_id=_local(a, threads[1])["id"], reason="it gets loud")
    moderate("feature_post", status_id=_local(a, threads[2])["id"])
    moderate("add_moderator", account_id=ann.find_account(f"cid@{c.host}")["id"], reason="knows tomatoes")
    eve = a.add_user("eve").me()["id"]
    moderate("ban", account_id=eve, reason="spam")
    eventually(lambda: a.count("event_todo", "consumer = 0") == 0 and a.count("delivery") == 0, 20, "A has told everything")
    order, tree = _entries(a, old), _tree(a, old)

    refused = a.cli("group", "move", "garden", "--to", b.group_id("garden"), code=1)
    check.true(refused, "no group there")
    target = _offer("garden", "tomatoes")
    a.cli("group", "move", "garden", "--to", target)
    _arrived("garden", target, members)

    check.equal(_entries(b, target), order, "threads, their order, votes and comments")
    check.equal(_tree(b, target), tree, "what answers what")
    check.equal({k: v for k, v in _tree(c, target).items() if k != lost}, {k: v for k, v in tree.items() if k != lost}, "the same at C")
    roles = _members(b, target)
    check.equal((roles[b.person_id("bea")], roles[a.person_id("ann")], roles[c.person_id("cid")], roles[a.person_id("bob")]), (3, 2, 2, 0), "roles")
    check.equal([n.count("follow", "followed_id = ?", _id_of_group(n, target)) for n in (a, b, c)], [34, 100, 33], "follows")
    new_id = _id_of_group(b, target)
    new = b.sql("SELECT name, source, locked FROM actor WHERE id = ?", new_id)[0]
    check.equal((new["name"], new["source"], bool(new["locked"])), ("Garden", "All *about* it", False), "title, text, no approval")
    check.true(_local(b, lost)["removed_at"] and _local(b, threads[1])["locked"], "what was removed and locked is so")
    check.equal(b.sql("SELECT p.ap_id FROM post_pin n JOIN post p ON p.id = n.post_id WHERE n.actor_id = ?", new_id), [{"ap_id": threads[2]}], "shown first")
    check.equal(b.sql("SELECT a.ap_id FROM group_ban n JOIN actor a ON a.id = n.actor_id WHERE n.group_id = ?", new_id),
                [{"ap_id": a.person_id("eve")}], "banned")
    log = b.client("bea").get(f"{KITH}/groups/{new_id}/moderation_log")
    kinds = [r["kind"] for r in log if r["kind"] != "change_group"]
    # What B has heard of before came by as many ways as there are posts.
    check.equal(sorted(kinds), ["add_moderator", "ban", "feature_post", "lock_post", "remove_post"], "the log")
    changed = [r["moderator"]["acct"] for r in log if r["kind"] == "change_group"]
    check.equal(sorted(changed), [f"ann@{a.host}", "tomatoes"], "what the settings were made there, and how they came here")

    _, document, _ = ap.get(old)
    check.equal(document["movedTo"], target, "movedTo")
    for path in ("/c/garden", "/@garden", "/c/garden/moderation"):
        check.equal(_location(a.base + path), target, f"A's {path}")
    place = _location(f"{a.base}/post/{_local(a, threads[0])['id']}")
    check.true(place.startswith(target + "/thread?id="), f"a thread's page leads to B: {place}")
    status, _, response = ap.get(place, "text/html")
    check.equal((status, response.header("Location")), (302, f"{b.base}/post/{_local(b, threads[0])['id']}"), "B knows the thread")
    check.contains(ap.get(response.header("Location"), "text/html")[2].body.decode(), "The first thread", "the thread's page at B")
    status, note, _ = ap.get(threads[0])
    check.equal((status, note["id"], note["audience"]), (200, threads[0], target), "the post itself stays with its author")
    check.equal(ann.get("/api/v1/accounts/lookup", acct="garden")["moved"]["url"], target, "the API says where")
    community = ann.get("/api/v4/community", name="garden")["community_view"]["community"]
    check.equal(community["ap_id"], target, "Lemmy's API leads there")
    answer = ann.request("POST", f"/api/v1/accounts/{garden}/follow")
    check.equal((answer.status, target in answer.json["error"]), (403, True), "nobody joins the old one")

    # Also by the old name, which many have in their fingers.
    late = [bob.status(f"@{handle} From A, by the old name"), cid.status(f"@tomatoes@{b.host} From C"), ben.status("@tomatoes From B")]
    late.append(cid.status("and a comment", in_reply_to_id=_local(c, threads[0])["id"]))
    for post in late:
        for node in (a, b, c):
            there = _local(node, post["uri"])
            check.equal(there["group_id"], _id_of_group(node, target), f"{post['uri']} on {node.host}")
    cid.post(f"/api/v1/statuses/{_local(c, threads[1])['id']}/unfavourite")
    eventually(lambda: _local(b, threads[1])["likes_count"] == 2, 20, "a vote from before is taken back")


def test_who_may_move_a_group_by_the_api():
    a.add_group("shed", "ann")
    cid.follow_accepted(f"shed@{a.host}")
    first = ann.status("@shed Nobody on B has heard of this")["uri"]  # nor of who answers
    lea, moe = c.add_user("lea"), c.add_user("moe")
    for reply in (cid.status("Nor of this", in_reply_to_id=_local(c, first)["id"]), lea.status(f"@shed@{a.host} And a thread from C")):
        _local(a, reply["uri"])
    moe.act(_local(c, first)["id"], "favourite")
    eventually(lambda: _local(a, first)["likes_count"] == 1, 20, "the vote at A")
    order, tree = _entries(a, a.group_id("shed")), _tree(a, a.group_id("shed"))
    here = a.client("ann").find_account("shed")["id"]
    ann.request("PATCH", f"{KITH}/groups/{here}", body={"visibility": "private"}).expect(200)
    path = f"{KITH}/groups/{here}/move"
    check.equal(bob.request("POST", path, {"target": b.group_id("none")}).status, 403, "somebody else")
    check.equal(bob.request("POST", f"{KITH}/groups/{here}/take_over", {"from": b.group_id("none")}).status, 403, "somebody else")
    check.equal((ann.request("POST", path).status, ann.request("GET", path).status), (422, 404), "no target, no move")
    b.add_group("barn", "bea")
    target = b.group_id("barn")
    answer = ann.request("POST", path, {"target": target})
    check.equal((answer.status, "alias" in answer.json["error"]), (422, True), "the target names no alias")
    new = bea.find_account("barn")["id"]
    check.equal(bea.request("POST", f"{KITH}/groups/{new}/take_over", {"from": a.group_id("shed")}).status, 200, "bea takes it over")
    state = ann.request("POST", path, {"target": target}).expect(200).json
    check.equal((state["direction"], state["other"]), ("away", target), "it begins")
    eventually(lambda: ann.get(path)["state"] == "done" and bea.get(f"{KITH}/groups/{new}/move")["state"] == "done", WAIT_S, "it is done")
    check.true(b.sql("SELECT locked FROM actor WHERE id = ?", int(new))[0]["locked"], "who joins is asked there, too")
    check.equal(ann.request("DELETE", path).status, 409, "too late to stay")
    check.equal((_entries(b, target), _tree(b, target)), (order, tree), "B has read what it did not know")
    moe.act(_local(c, first)["id"], "unfavourite")
    eventually(lambda: _local(b, first)["likes_count"] == 0, 20, "a vote that B had heard of only is taken back")


def _moved(node, uri, group):
    return eventually(lambda: _local(node, uri)["group_id"] == _id_of_group(node, group), 20, f"{uri} is in {group} on {node.host}")


def test_a_thread_goes_to_another_group():
    for name in ("herbs", "soils"):
        a.add_group(name, "ann")
        cid.follow_accepted(f"{name}@{a.host}")
    bob.follow_accepted("herbs")
    uri = cid.status(f"@herbs@{a.host} What does clay want?")["uri"]
    reply = bob.status("Patience", in_reply_to_id=_local(a, uri)["id"])["uri"]
    _local(c, reply)
    herbs, soils = (_id_of_group(a, a.group_id(n)) for n in ("herbs", "soils"))
    form = {"status_id": _local(a, uri)["id"], "target_id": soils, "reason": "it is about soil"}
    path = f"{KITH}/groups/{herbs}/moved_threads"
    check.equal(bob.request("POST", path, form).status, 403, "who does not moderate both")
    for wrong, status in (({"target_id": herbs}, 422), ({"status_id": _local(a, reply)["id"]}, 422), ({"status_id": 1}, 404),
                          ({"target_id": bob.me()["id"]}, 404)):
        check.equal(ann.request("POST", path, {**form, **wrong}).status, status, str(wrong))
    ann.request("POST", path, form).expect(200)
    for node in (a, c):
        for post in (uri, reply):
            _moved(node, post, a.group_id("soils"))
        log = [(r["kind"], r["group_id"]) for r in node.sql("SELECT kind, group_id FROM group_act WHERE kind IN (18, 19) ORDER BY id")]
        check.equal(log, [(18, _id_of_group(node, a.group_id("herbs"))), (19, _id_of_group(node, a.group_id("soils")))], f"both logs on {node.host}")
        check.equal(len(_entries(node, a.group_id("soils"))), 1, f"the entry on {node.host}")
    check.equal(ann.request("POST", path, form).status, 404, "it is not there any more")
    status, _, response = ap.get(f"{a.group_id('herbs')}/thread?id={uri}", "text/html")
    check.equal((status, response.header("Location")), (302, f"{a.base}/post/{_local(a, uri)['id']}"), "the old place leads there")
    late = cid.status("It does", in_reply_to_id=_local(c, reply)["id"])["uri"]
    check.equal(_local(a, late)["group_id"], soils, "what is said later goes to the new group")


def test_a_thread_moves_elsewhere_as_nodebb_says_it():
    peer, other = Peer(), Peer()
    author, mod, eve = peer.actor("author"), peer.actor("mod"), other.actor("eve")
    old, new, far = peer.actor("old", kind="Group"), peer.actor("new", kind="Group"), other.actor("far", kind="Group")
    for group in (old, new):
        cid.follow_accepted(group.id)
    context = f"{peer.base}/topic/1"
    page = author.note("A topic", to=[ap.PUBLIC, old.id], audience=old.id, context=context)
    old.send(c.inbox, old.announce(author.create(page)))
    _local(c, page["id"])

    def move(by, **more):
        return by.activity("Move", context, **{"origin": old.id, "target": new.id, "to": [ap.PUBLIC], **more})

    forged = [(eve, move(eve)), (eve, move(eve, target=far.id)), (mod, move(mod, target=far.id)), (mod, move(mod, origin=new.id)),
              (new, new.announce(move(mod))), (far, far.announce(move(mod))), (eve, eve.activity("Remove", context, target=old.id))]
    for by, activity in forged:
        by.send(c.inbox, activity)
        eventually(lambda: c.inbox_state(activity) == "refused", 20, f"the refusal of {activity}")
    check.equal(_local(c, page["id"])["group_id"], _id_of_group(c, old.id), "it is where it was")
    peer.publish({**ap.collection(context, [page["id"]]), "audience": new.id})
    mod.send(c.inbox, move(mod))
    _moved(c, page["id"], new.id)
    back = new.announce(move(mod, origin=new.id, target=old.id))
    new.send(c.inbox, back)
    _moved(c, page["id"], old.id)
    mod.send(c.inbox, mod.activity("Remove", context, target=old.id, to=[ap.PUBLIC]))
    eventually(lambda: not _local(c, page["id"])["group_id"], 20, "it is in no group")
    check.equal(_entries(c, old.id), [], "and shown in none")
    a.add_group("ours", "ann")
    ours = mod.activity("Move", ann.status("@ours Not theirs")["uri"], origin=a.group_id("ours"), target=a.group_id("herbs"), to=[ap.PUBLIC])
    mod.send(a.inbox, ours)
    eventually(lambda: a.inbox_state(ours) == "refused", 20, "of groups there nobody else says anything")


# In the order in which each of the two hosts passes them.
POINTS = {
    "a": ["group_move.offered", "delivery.queued", "group_move.read:3", "inbox.accepted", "inbox.applied", "delivery.queued", "group_move.rehomed"],
    "b": ["inbox.accepted", "inbox.applied", "group_move.page", "group_move.page:3", "group_move.copied", "delivery.queued", "group_move.rehomed"],
}


def test_kills_at_every_point_give_the_same_end():
    """One move, through which either host is killed at each point in turn; each time it goes on where it was."""
    handle = _group("club")
    _live_in(handle)
    target = _offer("club", "club2")
    for node in (a, b):
        eventually(lambda: node.count("event_todo", "consumer = 0") == 0 and node.count("delivery") == 0, 20, f"{node.host} is at rest")
    old = a.group_id("club")
    order, tree, members = _entries(a, old), _tree(a, old), _members(a, old)
    nodes, left, passed = {"a": a, "b": b}, {side: list(points) for side, points in POINTS.items()}, []
    for side, node in nodes.items():
        node.stop()
        node.start(stop_at=left[side][0])
    a.cli("group", "move", "club", "--to", target, code=1)  # killed while it answers

    def all_passed():
        for side, node in nodes.items():
            if not left[side] or node.running():
                continue
            node.wait_killed()
            passed.append((side, left[side].pop(0)))
            node.start(wait=False, stop_at=left[side][0] if left[side] else None)  # it may die at once
        check.true(not any(left.values()), f"what was not reached: {left}, after {passed}: {[n.tail() for n in nodes.values()]}")
        return True
    eventually(all_passed, 2 * WAIT_S, "every point", every=0.02)
    for node in nodes.values():
        eventually(node.healthy, WAIT_S, f"{node.host} goes on")
    _arrived("club", target, members)
    check.equal((_entries(b, target), _tree(b, target)), (order, tree), "all is there")


if __name__ == "__main__":
    run(globals())
