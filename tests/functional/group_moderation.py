"""Moderation of a group on three nodes, in the open: what moderators do, wherever they are, is seen by all, has its line
in the log, and can be taken back. A is the host of the group, B has a moderator, C a member."""

import time

from framework import ap, api, check
from framework.case import run
from framework.check import eventually
from framework.node import Node
from framework.peer import Peer

KITH = "/api/kith/v1"


def setup():
    global a, b, c, ann, bea, cid, handle, at, members
    a, b, c = (Node().start() for _ in range(3))
    ann, bea, cid = a.add_user("ann"), b.add_user("bea"), c.add_user("cid")
    a.add_group("garden", "ann")
    handle = "garden@" + a.host
    bea.follow_accepted(handle)
    cid.follow_accepted(handle)
    for node in (b, c):
        eventually(lambda: node.count("remote_moderator") == 1, 20, f"{node.host} knows who moderates")
    at = {n: n.client(name).find_account("garden" if n is a else handle)["id"] for n, name in ((a, "ann"), (b, "bea"), (c, "cid"))}
    members = {a: ann, b: bea, c: cid}


def _act(client, node, kind, **more):
    return client.request("POST", f"{KITH}/groups/{at[node]}/moderation", {"kind": kind, **more})


def _done(client, node, kind, **more):
    return _act(client, node, kind, **more).expect(200).json


def _log(node, **query):
    return api.Client(node.url, host=node.host).get(f"{KITH}/groups/{at[node]}/moderation_log", **query)


def _logged(node, kind, count=1):
    return eventually(lambda: [x for x in _log(node) if x["kind"] == kind][:count] if
                      len([x for x in _log(node) if x["kind"] == kind]) >= count else None, 20, f"{kind} in the log of {node.host}")


def _shown(node, uri):
    return members[node].request("GET", f"/api/v1/statuses/{node.post_id(uri)}").status


def _refused(node, activity):
    return node.inbox_state(activity) == "refused"


def _everywhere(uri, status):
    for node in (a, b, c):
        eventually(lambda: _shown(node, uri) == status, 20, f"{uri} answers {status} on {node.host}")


def _thread(text):
    post = cid.status(f"@{handle} {text}")
    for node in (a, b):
        node.post_id(post["uri"])
    return post["uri"]


def test_who_may_and_what_is_asked_for():
    uri = _thread("Who moderates?")
    on_a, on_b, on_c = (n.post_id(uri) for n in (a, b, c))
    for client, node, id in ((bea, b, on_b), (cid, c, on_c)):
        answer = _act(client, node, "remove_post", status_id=id, reason="no reason")
        check.equal((answer.status, "moderators" in answer.json["error"]), (403, True), "not a moderator")
    check.equal(api.Client(a.url, host=a.host).request("POST", f"{KITH}/groups/{at[a]}/moderation", {"kind": "ban"}).status, 401, "nobody")
    narrow = api.Client(a.url, a.token("ann", "read write:statuses"), a.host)
    check.equal(_act(narrow, a, "remove_post", status_id=on_a, reason="x").status, 403, "a token for something else")
    for form, status in (({"kind": "remove_post", "status_id": on_a}, 422), ({"kind": "nonsense"}, 422), ({"kind": "ban", "reason": "x"}, 404),
                         ({"kind": "remove_post", "reason": "x", "status_id": 1}, 404), ({"kind": "unlock_post", "status_id": on_a}, 422),
                         ({"kind": "ban", "reason": "x", "account_id": at[a]}, 404),
                         ({"kind": "lock_post", "status_id": on_a, "reason": "x" * 1001}, 422)):
        answer = ann.request("POST", f"{KITH}/groups/{at[a]}/moderation", form)
        check.equal((answer.status, bool(answer.json["error"])), (status, True), str(form)[:60])
    check.equal((_log(a), _shown(a, uri)), ([], 200), "nothing was done")
    check.equal(ann.request("POST", f"{KITH}/groups/{ann.me()['id']}/moderation", {"kind": "ban"}).status, 404, "a person is no group")


def test_a_post_is_removed_and_restored():
    uri = _thread("Buy my tomatoes!")
    act = _done(ann, a, "remove_post", status_id=a.post_id(uri), reason="advertising")
    check.equal((act["kind"], act["reason"], act["moderator"]["acct"], act["undone"]), ("remove_post", "advertising", "ann", False), "the act")
    for node in (a, b):
        eventually(lambda: _shown(node, uri) == 404, 20, f"gone from {node.host}")
    line = _logged(c, "remove_post")[0]
    check.equal((line["reason"], line["moderator"]["acct"], line["status"]["uri"]), ("advertising", f"ann@{a.host}", uri), "C's log")
    check.equal(_shown(c, uri), 200, "its author still has it")
    stranger = api.Client(c.url, host=c.host)
    check.equal(stranger.request("GET", f"/api/v1/statuses/{c.post_id(uri)}").status, 404, "others on C do not")
    check.equal(_act(ann, a, "remove_post", status_id=a.post_id(uri), reason="again").status, 422, "it is so already")
    _done(ann, a, "restore_post", status_id=a.post_id(uri))
    _everywhere(uri, 200)
    check.true(_logged(a, "remove_post")[0]["undone"], "taken back")
    status, _, page = ap.get(a.base + "/c/garden/moderation", "text/html")
    check.equal((status, b"advertising" in page.body, b"taken back" in page.body), (200, True, True), "a page for everybody")


def test_a_locked_thread():
    uri = _thread("Peace in the garden")
    _done(ann, a, "lock_post", status_id=a.post_id(uri), reason="it gets loud")
    for node in (b, c):
        _logged(node, "lock_post")
    for node in (b, c):
        answer = members[node].request("POST", "/api/v1/statuses", {"status": "and another thing", "in_reply_to_id": node.post_id(uri)})
        check.equal((answer.status, answer.json["error"]), (403, "This thread is locked"), f"on {node.host}")
    ann.status("a last word", in_reply_to_id=a.post_id(uri))
    _done(ann, a, "unlock_post", status_id=a.post_id(uri))
    for node in (b, c):
        _logged(node, "unlock_post")
    answer = bea.status("thanks", in_reply_to_id=b.post_id(uri))
    a.post_id(answer["uri"])


def test_a_locked_thread_takes_no_comment_from_elsewhere():
    uri = _thread("Locked for strangers, too")
    peer = Peer()
    loud = peer.actor("loud")
    _done(ann, a, "lock_post", status_id=a.post_id(uri), reason="enough")
    note = loud.note("but I say", parent=uri, cc=[a.group_id("garden")], to=[ap.PUBLIC])
    made = loud.create(note)
    loud.send(a.inbox, made)
    eventually(lambda: _refused(a, made), 20, "the refusal")
    check.equal(a.count("post", "ap_id = ?", note["id"]), 0, "no comment")


def test_a_moderator_elsewhere():
    on_a = ann.find_account(f"bea@{b.host}")["id"]
    _done(ann, a, "add_moderator", account_id=on_a, reason="she knows the garden")
    for node in (b, c):
        _logged(node, "add_moderator")
        names = [m["acct"] for m in members[node].get(f"{KITH}/groups/{at[node]}/moderators")]
        check.is_in("bea" if node is b else f"bea@{b.host}", names, f"moderators on {node.host}")
    uri = _thread("Moderated from B")
    _done(bea, b, "remove_post", status_id=b.post_id(uri), reason="twice posted")
    for node in (a, c):
        line = eventually(lambda: next((x for x in _log(node) if x["status"] and x["status"]["uri"] == uri), None), 20, "the act")
        check.equal((line["reason"], line["moderator"]["acct"]), ("twice posted", f"bea@{b.host}"), f"on {node.host}")
    check.equal(_shown(a, uri), 404, "removed at the host")
    _done(bea, b, "restore_post", status_id=b.post_id(uri))
    _everywhere(uri, 200)
    answer = _act(bea, b, "remove_moderator", account_id=bea.find_account(f"ann@{a.host}")["id"], reason="revolution")
    check.equal(answer.status, 403, "not somebody of older standing")


def _lemmy_edit(client, group, **change):
    return client.request("PUT", "/api/v4/community", body={"community_id": int(group), **change})


def _group_on(node):
    return node.sql("SELECT name, summary, locked FROM actor WHERE ap_id = ?", a.group_id("garden"))[0]


def test_a_moderator_elsewhere_changes_the_group():
    check.equal(_lemmy_edit(cid, at[c], title="Mine now").status, 403, "a member is no moderator")
    check.equal(_lemmy_edit(bea, at[b], title="   ").status, 422, "a title is needed")
    _lemmy_edit(bea, at[b], title="The walled garden", sidebar="Roses *and* beans", posting_restricted_to_mods=True).expect(200)
    for node in (a, c):
        eventually(lambda: _group_on(node)["name"] == "The walled garden", 20, f"the title on {node.host}")
        check.is_in("<em>and</em>", _group_on(node)["summary"], f"the description on {node.host}")
    group = ap.get(a.group_id("garden"))[1]
    check.equal((group["name"], group["postingRestrictedToMods"]), ("The walled garden", True), "what the host serves")
    for title in ("A garden", "My garden", "The garden"):  # one after the other, before the host has heard of the first
        _lemmy_edit(bea, at[b], title=title, posting_restricted_to_mods=False).expect(200)
    eventually(lambda: _group_on(c)["name"] == "The garden", 20, "once more")
    check.is_in("<em>and</em>", _group_on(c)["summary"], "what was not named stays")


def test_featured_posts():
    uri = _thread("Read this first")
    _done(ann, a, "feature_post", status_id=a.post_id(uri))
    for node in (b, c):
        _logged(node, "feature_post")
        shown = members[node].get(f"/api/v1/accounts/{at[node]}/statuses", pinned=True)
        check.equal([p["uri"] for p in shown], [uri], f"first on {node.host}")
    document = ap.get(a.group_id("garden") + "/featured")[1]
    check.is_in(uri, [ap.id_of(x) for x in document["orderedItems"]], "the collection")
    _done(ann, a, "unfeature_post", status_id=a.post_id(uri))
    _logged(c, "unfeature_post")
    check.equal(cid.get(f"/api/v1/accounts/{at[c]}/statuses", pinned=True), [], "no more")


def test_a_ban_with_its_posts():
    kept, uri = _thread("Good advice"), _thread("Bad advice")
    cid_on_b = bea.find_account(f"cid@{c.host}")["id"]
    act = _done(bea, b, "ban", account_id=cid_on_b, reason="threats", with_posts=True, expires_in=3600)
    check.equal((act["with_posts"], act["target"]["acct"]), (True, f"cid@{c.host}"), "the act")
    for node in (a, c):
        line = _logged(node, "ban")[0]
        check.equal((line["reason"], line["expires_at"], line["with_posts"]), ("threats", act["expires_at"], True), f"on {node.host}")
    for each in (kept, uri):
        for node in (a, b):
            eventually(lambda: _shown(node, each) == 404, 20, f"{each} is gone from {node.host}")
    answer = cid.request("POST", "/api/v1/statuses", {"status": f"@{handle} I am back"})
    check.equal((answer.status, answer.json["error"]), (403, "You may not post in this group"), "the banned one is told")
    topic = ann.status("@garden Something to like")
    on_c = c.post_id(topic["uri"])
    check.equal(cid.request("POST", f"/api/v1/statuses/{on_c}/favourite").status, 403, "no votes either")
    cid.status("elsewhere I may")
    _done(bea, b, "unban", account_id=cid_on_b)
    _logged(c, "unban")
    a.post_id(cid.status(f"@{handle} Sorry")["uri"])


def test_a_ban_ends_by_itself():
    on_a = ann.find_account(f"cid@{c.host}")["id"]
    _done(ann, a, "ban", account_id=on_a, reason="a time out", expires_in=2)
    _logged(c, "ban", 2)
    def posts():
        answer = cid.request("POST", "/api/v1/statuses", {"status": f"@{handle} again {time.time()}"})
        return answer.json.get("uri") if answer.status == 200 else None
    a.post_id(eventually(posts, 15, "the ban is over"))


def test_strangers_moderate_nothing():
    uri = _thread("Still here")
    peer = Peer()
    eve = peer.actor("eve")
    garden = a.group_id("garden")
    document = ap.get(garden)[1]
    before = len(_log(a, limit=50))
    acts = [eve.delete(uri, summary="mine now"), eve.activity("Lock", uri, to=[ap.PUBLIC], cc=[garden]),
            eve.activity("Block", c.person_id("cid"), target=garden, removeData=True),
            eve.activity("Add", eve.id, target=document["attributedTo"]), eve.activity("Add", uri, target=document["featured"]),
            eve.activity("Remove", a.person_id("ann"), target=document["attributedTo"])]
    for act in acts:
        eve.send(a.inbox, act)
        eve.send(c.inbox, act)
    for node in (a, c):
        for act in acts:
            eventually(lambda: _refused(node, act), 20, f"{act['type']} is refused on {node.host}")
    check.equal((len(_log(a, limit=50)), _shown(a, uri)), (before, 200), "nothing was done")
    mine = eve.activity("Update", document | {"name": "Eve's"}, to=[ap.PUBLIC], cc=[garden])
    eve.send(a.inbox, mine)
    eventually(lambda: _refused(a, mine), 20, "the group's host refuses an Update by a stranger")
    check.equal(eve.send(c.inbox, mine).status, 401, "elsewhere it is refused at the door")
    for node in (a, c):
        check.equal(_group_on(node)["name"], "The garden", f"the group's title on {node.host}")
    announced = eve.announce(eve.activity("Lock", uri, to=[ap.PUBLIC]))
    eve.send(c.inbox, announced)
    eventually(lambda: _refused(c, announced), 20, "only groups announce")


def test_the_log_of_all_groups():
    acts = api.Client(a.url, host=a.host).get(f"{KITH}/moderation_log", limit=50)
    check.equal({x["group"]["acct"] for x in acts}, {"garden"}, "groups here")
    ids = [int(x["id"]) for x in acts]
    check.equal(ids, sorted(ids, reverse=True), "newest first")
    older = api.Client(a.url, host=a.host).get(f"{KITH}/moderation_log", max_id=acts[1]["id"], limit=2)
    check.equal([x["id"] for x in older], [x["id"] for x in acts[2:4]], "page by page")


def test_what_comes_back_with_the_end_of_a_ban_is_told():
    thread = _thread("back with the ban")
    alone = _thread("taken out by itself")
    cid_on_b = b.client("bea").find_account(f"cid@{c.host}")["id"]
    cid_on_a = a.client("ann").find_account(f"cid@{c.host}")["id"]
    _done(ann, a, "remove_post", status_id=a.post_id(alone), reason="off topic")
    eventually(lambda: _shown(b, alone) == 404, 20, "taken out")
    for who, node, target, term in ((bea, b, cid_on_b, {"expires_in": 3600}), (ann, a, cid_on_a, {"expires_in": 3600}), (ann, a, cid_on_a, {})):
        bans, ends = (len([x for x in _log(c) if x["kind"] == kind]) for kind in ("ban", "unban"))
        _done(who, node, "ban", account_id=target, reason="threats", with_posts=True, **term)
        for n in (a, b):
            eventually(lambda: _shown(n, thread) == 404, 20, f"gone on {n.host}")
        _logged(c, "ban", bans + 1)
        _done(who, node, "unban", account_id=target, with_posts=True)
        _logged(c, "unban", ends + 1)
        for n in (a, b):
            eventually(lambda: _shown(n, thread) == 200, 20, f"back on {n.host}")
            check.equal(_shown(n, alone), 404, f"what was taken out by itself is not, on {n.host}")
        check.equal(_log(c)[0]["with_posts"], True, "as the log has it on the member's node")
    _done(bea, b, "ban", account_id=cid_on_b, reason="threats", with_posts=True, expires_in=3600)
    for n in (a, b):
        eventually(lambda: _shown(n, thread) == 404, 20, f"gone once more on {n.host}")
    ends = len([x for x in _log(a) if x["kind"] == "unban"])
    _done(bea, b, "unban", account_id=cid_on_b)
    _logged(a, "unban", ends + 1)
    check.equal([_shown(n, thread) for n in (a, b)], [404, 404], "where nobody asks for it, it stays away")


if __name__ == "__main__":
    run(globals())
