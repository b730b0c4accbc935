"""A group's team on three nodes, least power first: roles, reports and their way to moderators elsewhere and back, warnings,
appeals, requests for an edit, posts that wait, rules that act by themselves, bans that take two. A is the host of the group,
B has a moderator, C members; Peers are people whom nobody asked."""

from framework import ap, api, check
from framework.case import run
from framework.check import eventually
from framework.node import Node
from framework.peer import Peer

KITH = "/api/kith/v1"


def setup():
    global a, b, c, ann, bea, cid, stew, mem, otto, oz, handle, at, people
    a, b, c = (Node().start() for _ in range(3))
    ann, stew, mem, otto, oz = (a.add_user(n) for n in ("ann", "stew", "mem", "otto", "oz"))
    bea, cid = b.add_user("bea"), c.add_user("cid")
    a.add_group("garden", "ann")
    a.add_group("elsewhere", "oz")
    handle = "garden@" + a.host
    at = {a: ann.find_account("garden")["id"]}
    for client in (stew, mem):
        client.post(f"/api/v1/accounts/{at[a]}/follow")
    bea.follow_accepted(handle)
    cid.follow_accepted(handle)
    at |= {b: bea.find_account(handle)["id"], c: cid.find_account(handle)["id"]}
    _done("add_moderator", account_id=ann.find_account(f"bea@{b.host}")["id"])
    for node in (b, c):
        eventually(lambda: node.count("remote_moderator") == 2, 20, f"{node.host} knows who moderates")
    people = {n: a.sql("SELECT id FROM actor WHERE username = ?", n)[0]["id"] for n in ("ann", "stew", "mem", "otto", "oz", "bea", "cid")}


def _act(kind, client=None, node=None, **more):
    return (client or ann).request("POST", f"{KITH}/groups/{at[node or a]}/moderation", {"kind": kind, **more})


def _done(kind, client=None, node=None, **more):
    return _act(kind, client, node, **more).expect(200).json


def _get(path, client=None, **query):
    return (client or ann).get(f"{KITH}/groups/{at[a]}/{path}", **query)


def _status_of(client, path, method="GET", **form):
    return client.request(method, f"{KITH}/groups/{at[a]}/{path}", form or None).status


def _thread(client, text):
    """A thread in the group, once it is on all nodes."""
    post = client.status(f"@{'garden' if client in (ann, stew, mem, otto) else handle} {text}")
    for node in (a, b, c):
        node.post_id(post["uri"])
    return post["uri"]


def _warnings(client):
    return [n for n in client.notifications("moderation_warning")]


def _told(client, words):
    return eventually(lambda: next((n for n in _warnings(client) if words in n["moderation_warning"]["text"]), None), 20,
                      f"somebody is told: {words}")


def _log(client=None, **query):
    client = client or api.Client(a.url, host=a.host)
    return client.get(f"{KITH}/groups/{at[a]}/moderation_log", limit=50, **query)


def test_small_roles():
    _done("give_role", account_id=people["stew"], role="greeter")
    uri = _thread(mem, "Who may what?")
    id = a.post_id(uri)
    for kind in ("remove_post", "lock_post", "warn", "feature_post"):
        answer = _act(kind, stew, status_id=id, reason="because")
        check.equal((answer.status, "greeter" in answer.json["error"]), (403, True), f"a greeter: {kind}")
    check.equal(_status_of(stew, "requests"), 200, "a greeter sees who asks to be let in")
    check.equal(_act("give_role", stew, account_id=people["mem"], role="greeter").status, 403, "a greeter appoints nobody")
    _done("give_role", account_id=people["stew"], role="steward")
    _done("lock_post", stew, status_id=id, reason="it is late")
    _done("unlock_post", stew, status_id=id)
    check.equal(_act("remove_post", stew, status_id=id, reason="x").status, 403, "a steward takes nothing out")
    for role, status in (("moderator", 422), ("king", 422), ("", 422)):
        check.equal(_act("give_role", account_id=people["mem"], role=role).status, status, f"the role {role}")
    check.equal(_act("give_role", account_id=people["otto"], role="host").status, 422, "only members")
    team = {m["account"]["acct"]: m for m in _get("team", otto)}
    check.equal({n: m["role"] for n, m in team.items()}, {"ann": "operator", f"bea@{b.host}": "moderator", "stew": "steward"}, "the team")
    check.is_in("warn", team["stew"]["rights"], "its rights")
    check.true("ban" not in team["stew"]["rights"], "a steward does not ban")
    line = _log()[0:3]
    check.is_in(("lock_post", "steward"), [(x["kind"], x["role"]) for x in line], "the role in the log")
    check.is_in(("give_role", "steward"), [(x["kind"], x["given_role"]) for x in _log()], "the role that was given, in the log")
    _done("give_role", account_id=people["mem"], role="host")
    _done("take_role", mem, account_id=people["mem"])
    check.true("mem" not in [m["account"]["acct"] for m in _get("team")], "anybody may step down")


def test_strangers_and_other_moderators_may_nothing():
    uri = _thread(mem, "Nobody's business")
    id = a.post_id(uri)
    for client in (otto, mem, oz):
        for kind, about in (("warn", {"status_id": id}), ("ask_edit", {"status_id": id}), ("approve_post", {"status_id": id}),
                            ("give_role", {"account_id": people["mem"], "role": "host"}), ("hold_post", {"status_id": id})):
            check.is_in(_act(kind, client, reason="x", **about).status, (403, 422), f"{kind} by somebody else")
        check.equal(_act("warn", client, reason="x", status_id=id).status, 403, "a warning")
        for path in ("reports", "appeals", "care", "requests", "ban_proposals", f"members/{people['ann']}"):
            check.equal(_status_of(client, path), 403, f"GET {path}")
        for path, form in ((f"members/{people['ann']}/notes", {"text": "x"}), ("auto_rules", {"kind": "words", "action": "hold", "terms": ["x"], "reason": "x"})):
            check.equal(_status_of(client, path, "POST", **form), 403, f"POST {path}")
        check.equal(_status_of(client, "care", "PUT", first_posts_held=1), 403, "PUT care")
        check.equal(_get("queue", client), [], "nothing of others in the queue")
    check.equal(api.Client(a.url, host=a.host).request("GET", f"{KITH}/groups/{at[a]}/reports").status, 401, "nobody")
    check.equal(bea.request("GET", f"{KITH}/groups/{at[b]}/care").status, 422, "of a group elsewhere")


def _reports(client, node, **query):
    return client.get(f"{KITH}/groups/{at[node]}/reports", **query)


def _report(client, node, uri, words):
    id = node.post_id(uri)
    seen = client.get(f"/api/v1/statuses/{id}")
    return client.post("/api/v1/reports", {"account_id": seen["account"]["id"], "status_ids": [id], "comment": words})


def _found(client, node, words, **query):
    return eventually(lambda: next((r for r in _reports(client, node, **query) if r["comment"] == words), None), 20, f"the report {words}")


def test_a_report_reaches_moderators_everywhere_and_its_end_comes_back():
    post = cid.status(f"@{handle} What is reported")
    for node in (a, b):
        node.post_id(post["uri"])
    before = ann.get("/api/v4/account/unread_counts")["report_count"]
    _report(mem, a, post["uri"], "rude")
    mine = _found(ann, a, "rude")
    check.equal((mine["reporter"]["acct"], mine["target"]["acct"]), ("mem", f"cid@{c.host}"), "at the group's host")
    theirs = _found(bea, b, "rude")
    check.equal((theirs["origin_host"], theirs["target"]["acct"]), (a.host, f"cid@{c.host}"), "at the moderator's host")
    check.true("mem" not in str(theirs), "who reported is not said elsewhere")
    eventually(lambda: c.count("report", "comment = 'rude'") == 1, 20, "at the author's host")
    check.equal(cid.request("GET", f"{KITH}/groups/{at[c]}/reports").status, 403, "not for whom it is about")
    check.equal(ann.get("/api/v4/account/unread_counts")["report_count"], before + 1, "counted")
    check.true([r for r in ann.get("/api/v4/report/list")["items"] if r["post_report"]["reason"] == "rude"], "Lemmy's list")
    check.equal(otto.request("GET", "/api/v4/report/list").status, 403, "Lemmy's list, of somebody else")
    check.true([n for n in ann.notifications("admin.report") if n["report"]["comment"] == "rude"], "the moderator is told")
    cid.request("PUT", f"/api/v1/statuses/{post['id']}", {"status": f"@{handle} All is well"}).expect(200)
    eventually(lambda: a.count("post_edit") > 0, 20, "the edit")
    check.is_in("What is reported", _found(ann, a, "rude")["statuses"][0]["text"], "as it was")
    bea.post(f"{KITH}/groups/{at[b]}/reports/{theirs['id']}/resolve")
    _report(mem, a, post["uri"], "ruder")
    done = _found(ann, a, "rude", resolved=True)
    listed = {every: {r["post_report"]["reason"]: r["post_report"]["resolved"]
                      for r in ann.get("/api/v4/report/list", unresolved_only=every)["items"]} for every in ("true", "false")}
    check.equal(listed["true"], {"ruder": False}, "Lemmy's list of what is open")
    check.equal(listed["false"], {"rude": True, "ruder": False}, "Lemmy's list of all")
    check.equal(done["resolver"]["acct"], f"bea@{b.host}", "who resolved it")
    eventually(lambda: c.count("report", "comment = 'rude' AND resolved_at IS NOT NULL") == 1, 20, "resolved at the author's host")


def test_a_report_from_a_member_elsewhere_comes_back_resolved():
    uri = _thread(mem, "Reported from C")
    _report(cid, c, uri, "from afar")
    here = _found(ann, a, "from afar")
    check.equal(here["origin_host"], c.host, "where it is from")
    _found(bea, b, "from afar")
    for client in (mem, otto, oz):
        check.equal(_status_of(client, f"reports/{here['id']}/resolve", "POST"), 403, "resolved by somebody else")
    peer = Peer()
    eve = peer.actor("eve")
    flag = c.sql("SELECT ap_id FROM report WHERE comment = 'from afar'")[0]["ap_id"]
    forged = [eve.activity("Resolve", {"id": flag, "type": "Flag", "actor": c.base + "/actor", "object": uri}, to=[a.group_id("garden")]),
              eve.activity("Warn", uri, summary="be afraid", to=[a.person_id("mem")], audience=a.group_id("garden"))]
    for activity in forged:
        eve.send(a.inbox, activity)
        eventually(lambda: a.inbox_state(activity) == "refused", 20, f"a forged {activity['type']} is refused")
    group = peer.actor("den", "Group")
    told = group.announce(eve.activity("Flag", uri, content="forged", id=peer.base + "/flag/1"))
    group.send(a.inbox, told)
    eventually(lambda: a.inbox_state(told) == "refused", 20, "another group's word about it")
    check.equal((a.count("report", "comment = 'forged'"), "be afraid" in str(_warnings(mem))), (0, False), "no effect")
    check.equal(_found(ann, a, "from afar")["resolved_at"], None, "still open")
    ann.post(f"{KITH}/groups/{at[a]}/reports/{here['id']}/resolve")
    row = eventually(lambda: c.sql("SELECT resolved_by_id FROM report WHERE comment = 'from afar' AND resolved_at IS NOT NULL"), 20, "resolved on C")
    check.equal(c.sql("SELECT username FROM actor WHERE id = ?", row[0]["resolved_by_id"])[0]["username"], "ann", "by whom")
    _found(bea, b, "from afar", resolved=True)


def test_warnings_are_between_the_team_and_whom_they_are_about():
    uri = _thread(cid, "A bit loud")
    act = _done("warn", stew, status_id=a.post_id(uri), reason="please speak softly", rule="Be kind")
    check.equal((act["quiet"], act["rule"], act["role"]), (True, "Be kind", "steward"), "the act")
    note = _told(cid, "please speak softly")
    check.equal((note["account"]["acct"], note["moderation_warning"]["action"]), (handle, "none"), "on C, from the group")
    check.true(act["id"] not in [x["id"] for x in _log()], "not for everybody")
    check.is_in(act["id"], [x["id"] for x in _log(ann)], "for the team")
    check.equal(_get(f"members/{people['cid']}")["strikes"], 1, "it counts")
    _done("withdraw_warning", stew, status_id=a.post_id(uri))
    check.equal(_get(f"members/{people['cid']}")["strikes"], 0, "no more")
    note = ann.post(f"{KITH}/groups/{at[a]}/members/{people['cid']}/notes", {"text": "likes roses"})
    check.equal([n["text"] for n in _get(f"members/{people['cid']}", stew)["notes"]], ["likes roses"], "a note")
    check.equal(_get(f"members/{people['mem']}", mem)["notes"], [], "of oneself no notes")
    check.equal(stew.request("DELETE", f"{KITH}/groups/{at[a]}/notes/{note['id']}").status, 403, "a note of somebody else")
    warned = stew.request("POST", "/api/v4/post/warn", body={"post_id": int(a.post_id(uri)), "reason": "again"})
    check.equal(warned.status, 200, "Lemmy's warning")
    _told(cid, "again")


def test_an_appeal():
    uri = _thread(mem, "Tomatoes for sale")
    act = _done("remove_post", status_id=a.post_id(uri), reason="advertising", rule="No ads")
    note = _told(mem, "advertising")
    check.equal((note["moderation_warning"]["id"], note["moderation_warning"]["action"]), (act["id"], "delete_statuses"), "told")
    check.true([n for n in mem.get("/api/v4/account/notification/list", type_="mod_action")["items"]
                if n["data"]["modlog"]["kind"] == "mod_remove_post"], "Lemmy's notification")
    path = f"{KITH}/group_acts/{act['id']}/appeal"
    for client, form, status in ((otto, {"text": "x"}, 404), (mem, {"text": " "}, 422), (mem, {"text": "x" * 2001}, 422)):
        check.equal(client.request("POST", path, form).status, status, "an appeal that is none")
    made = mem.post(path, {"text": "they were a gift"})
    check.equal((made["state"], mem.request("POST", path, {"text": "really"}).status), ("pending", 409), "once")
    check.equal([x["appeal"] for x in _log() if x["id"] == act["id"]], ["pending"], "the log says so")
    check.equal([otto.request("GET", path).status, stew.request("GET", path).status], [404, 404], "not for others")
    check.equal([x["text"] for x in _get("appeals")], ["they were a gift"], "for moderators")
    accept = f"{KITH}/group_appeals/{made['id']}/accept"
    for client in (mem, otto, stew, oz):
        check.equal(client.request("POST", accept, {}).status, 404, "decided by somebody else")
    done = ann.post(accept, {"answer": "sorry"})
    check.equal((done["state"], done["act"]["undone"]), ("approved", True), "accepted")
    check.equal(otto.request("GET", f"/api/v1/statuses/{a.post_id(uri)}").status, 200, "the post is back")
    check.equal([x["appeal"] for x in _log() if x["id"] == act["id"]], ["approved"], "how it ended, in the log")
    check.equal(ann.request("POST", accept, {}).status, 409, "decided once")
    again = _done("lock_post", status_id=a.post_id(uri), reason="enough")
    second = mem.post(f"{KITH}/group_acts/{again['id']}/appeal", {"text": "why"})
    refuse = f"{KITH}/group_appeals/{second['id']}/refuse"
    check.equal(ann.request("POST", refuse, {}).status, 422, "an answer is needed")
    ann.post(refuse, {"answer": "it was enough"})
    _told(mem, "it was enough")
    page = ap.get(a.base + "/c/garden/moderation", "text/html")[2].body
    for words in (b"No ads", b"with success", b"without success", b"(operator)"):
        check.is_in(words, page, "the page")


def _here(client, words):
    """The act that somebody was told of, as their own node numbers it."""
    return _told(client, words)["moderation_warning"]["id"]


def _appealed(act):
    return eventually(lambda: next((x for x in _get("appeals") if x["act"]["id"] == act["id"]), None), 20, "it came")


def test_an_appeal_from_elsewhere():
    uri = _thread(cid, "Seeds for sale")
    act = _done("remove_post", status_id=a.post_id(uri), reason="an advertisement")
    path = f"{KITH}/group_acts/{_here(cid, 'an advertisement')}/appeal"
    for form, status in (({"text": " "}, 422), ({"text": "x" * 2001}, 422)):
        check.equal(cid.request("POST", path, form).status, status, "an appeal that is none")
    words = "a <b>gift</b> & no ad"
    check.equal((cid.post(path, {"text": words})["state"], cid.request("POST", path, {"text": "again"}).status), ("pending", 409), "once")
    made = _appealed(act)
    check.equal((made["text"], made["appellant"]["acct"]), (words, f"cid@{c.host}"), "as it was written")
    check.equal([x["appeal"] for x in _log() if x["id"] == act["id"]], ["pending"], "the log says so")
    check.equal(b.count("group_appeal"), 0, "nobody else hears of it")
    refused = f"{KITH}/group_appeals/{made['id']}/refuse"
    check.equal(otto.request("POST", refused, {"answer": "no"}).status, 404, "decided by somebody else")
    ann.post(refused, {"answer": "it had <prices>"})
    _told(cid, "Your appeal was refused: it had <prices>")
    check.equal(cid.get(path)["state"], "rejected", "on C")
    check.equal([x["appeal"] for x in _log() if x["id"] == act["id"]], ["rejected"], "in the log")


def test_who_is_banned_elsewhere_may_appeal():
    first = _done("ban", bea, b, account_id=bea.find_account(f"cid@{c.host}")["id"], reason="shouting")
    check.true(first, "proposed by a moderator elsewhere")
    path = f"{KITH}/group_acts/{_here(cid, 'shouting')}/appeal"
    cid.post(path, {"text": "it was the wind"})
    made = eventually(lambda: next(iter(_get("appeals")), None), 20, "of who is banned")
    check.equal(a.count("group_ban", "actor_id = ?", people["cid"]), 1, "banned")
    ann.post(f"{KITH}/group_appeals/{made['id']}/accept", {"answer": "so it was"})
    eventually(lambda: cid.get(path)["state"] == "approved", 20, "the outcome, on C")
    eventually(lambda: c.count("group_ban") == 0, 20, "and what it comes to")
    check.equal(cid.get(path)["answer"], "so it was", "with the answer")


def test_forged_appeals():
    peer = Peer()
    eve, den = peer.actor("eve"), peer.actor("den", "Group")
    _thread(mem, "For Eve")
    theirs = _done("warn", account_id=people["mem"], reason="about somebody else", open=True)
    eve.send(a.inbox, eve.activity("Follow", a.group_id("garden")))
    mine = eventually(lambda: a.sql("SELECT id FROM actor WHERE ap_id = ?", eve.id), 20, "Eve is known")[0]["id"]
    about_eve = [_done("warn", account_id=mine, reason=f"be quiet {n}", open=True) for n in range(2)]
    ids = {x["id"]: a.sql("SELECT ap_id FROM group_act WHERE id = ?", x["id"])[0]["ap_id"] for x in (theirs, *about_eve)}

    def appeal(act, content, **more):
        return eve.activity("Appeal", ids[act["id"]], to=[a.group_id("garden")], content=content, **more)

    def sent(activity, state, why):
        eve.send(a.inbox, activity)
        eventually(lambda: a.inbox_state(activity) == state, 20, why)

    sent(appeal(theirs, "not mine"), "refused", "about somebody else's act")
    sent(appeal(about_eve[0], ""), "refused", "without words")
    sent(appeal(about_eve[0], "x" * 2001), "refused", "too long")
    sent(eve.activity("Appeal", a.base + "/activity/1", content="x"), "refused", "about nothing")
    sent(appeal(about_eve[0], "sorry"), "applied", "her own")
    sent(appeal(about_eve[0], "sorry again"), "refused", "twice")
    told = den.announce(appeal(about_eve[1], "by a group"))
    den.send(a.inbox, told)
    eventually(lambda: a.inbox_state(told) == "refused", 20, "announced")
    check.equal([x["text"] for x in _get("appeals")], ["sorry"], "one of them counts")
    # Decided by who is not the group.
    uri = _thread(cid, "To be decided")
    act = _done("lock_post", status_id=a.post_id(uri), reason="too many words")
    path = f"{KITH}/group_acts/{_here(cid, 'too many words')}/appeal"
    cid.post(path, {"text": "too few"})
    made = _appealed(act)
    inner = {"type": "Appeal", "actor": c.person_id("cid"), "object": a.sql("SELECT ap_id FROM group_act WHERE id = ?", act["id"])[0]["ap_id"]}
    for kind in ("Accept", "Reject"):
        answer = den.activity(kind, inner, to=[c.person_id("cid")], content="forged")
        den.send(c.inbox, answer)
        eventually(lambda: c.inbox_state(answer) == "refused", 20, f"a forged {kind}")
    check.equal((cid.get(path)["state"], _appealed(act)["id"]), ("pending", made["id"]), "not decided")


def test_a_request_for_an_edit_closes_itself():
    uri = _thread(cid, "Rosse")
    id = a.post_id(uri)
    check.equal(_act("ask_edit", status_id=id).status, 422, "why is to be said")
    _done("ask_edit", status_id=id, reason="a typing error")
    check.equal(_act("ask_edit", status_id=id, reason="again").status, 422, "asked already")
    _told(cid, "a typing error")
    cid.request("PUT", f"/api/v1/statuses/{c.post_id(uri)}", {"status": f"@{handle} Rose"}).expect(200)
    eventually(lambda: [x for x in _log(ann, status_id=id) if x["kind"] == "close_edit_request"], 20, "it is closed")
    _done("ask_edit", status_id=id, reason="once more")


def _waiting(client=None):
    return {x["uri"]: x for x in _get("queue", client)}


def test_first_posts_wait():
    new, far = a.add_user("new"), c.add_user("far")
    new.post(f"/api/v1/accounts/{at[a]}/follow")
    far.follow_accepted(handle)
    check.equal(_status_of(ann, "care", "PUT", first_posts_held=21), 422, "more than can be")
    ann.request("PUT", f"{KITH}/groups/{at[a]}/care", {"first_posts_held": 1}).expect(200)
    quiet = new.status("@garden @mem Hello, I am new")
    sent = far.status(f"@{handle} Hello from afar")
    eventually(lambda: len(_waiting()) == 2, 20, "both wait")
    check.equal(_get("care", stew)["waiting"], 2, "counted")
    check.equal(set(_waiting(new)), {quiet["uri"]}, "the author sees the own")
    for client in (mem, otto, api.Client(a.url, host=a.host), ann):
        check.equal(client.request("GET", f"/api/v1/statuses/{quiet['id']}").status, 404, "not at the API")
    check.equal(new.request("GET", f"/api/v1/statuses/{quiet['id']}").status, 200, "the author has it")
    for accept in ("application/activity+json", "text/html"):
        check.equal(ap.get(quiet["uri"], accept)[0], 404, f"not as {accept}")
    check.true(quiet["uri"] not in str(mem.get(f"/api/v1/accounts/{at[a]}/statuses")), "not in the group")
    check.true(quiet["uri"] not in str(mem.notifications("mention")), "nobody is told")
    new.request("PUT", f"/api/v1/statuses/{quiet['id']}", {"status": "@garden @mem Hello, I am Newton"}).expect(200)
    marker = _thread(ann, "Meanwhile")
    for uri in (quiet["uri"], sent["uri"]):
        check.equal(b.count("post", "ap_id = ?", uri), 0, "B has not heard of it")
    check.equal(_act("approve_post", mem, status_id=quiet["id"]).status, 403, "let out by somebody else")
    _done("approve_post", stew, status_id=quiet["id"])
    for node in (b, c):
        node.post_id(quiet["uri"])
    check.is_in("Newton", mem.get(f"/api/v1/statuses/{quiet['id']}")["content"], "everybody sees it")
    eventually(lambda: quiet["uri"] in str(mem.notifications("mention")), 20, "who is named is told")
    check.equal(_act("remove_post", stew, status_id=a.post_id(sent["uri"])).status, 422, "refusing needs a reason")
    _done("remove_post", stew, status_id=a.post_id(sent["uri"]), reason="no greetings, please")
    _told(far, "no greetings, please")
    check.equal((_waiting(), b.count("post", "ap_id = ?", sent["uri"])), ({}, 0), "refused, and nowhere else")
    _done("restore_post", status_id=a.post_id(sent["uri"]))
    check.equal(otto.request("GET", f"/api/v1/statuses/{a.post_id(sent['uri'])}").status, 200, "restored, it is let out")
    second = new.status("@garden And now?")
    b.post_id(second["uri"])
    gone = a.add_user("gone")
    gone.post(f"/api/v1/accounts/{at[a]}/follow")
    reply = gone.status("me too", in_reply_to_id=a.post_id(marker))
    check.equal(mem.get(f"/api/v1/statuses/{a.post_id(marker)}")["replies_count"], 0, "an answer that waits is not counted")
    gone.request("DELETE", f"/api/v1/statuses/{reply['id']}").expect(200)
    check.equal((_waiting(), mem.get(f"/api/v1/statuses/{a.post_id(marker)}")["replies_count"]), ({}, 0), "taken back by its author")
    ann.request("PUT", f"{KITH}/groups/{at[a]}/care", {"first_posts_held": 0}).expect(200)


def _rule(**rule):
    return ann.request("POST", f"{KITH}/groups/{at[a]}/auto_rules", {"reason": "by rule", **rule})


def test_rules_that_act_by_themselves():
    for rule in ({"kind": "regex", "action": "hold"}, {"kind": "words", "action": "explode", "terms": ["x"]},
                 {"kind": "words", "action": "hold"}, {"kind": "domains", "action": "hold", "terms": ["no domain"]},
                 {"kind": "newcomers", "action": "hold"}):
        check.equal(_rule(**rule).status, 422, str(rule))
    _thread(mem, "Buy my Casino tickets")
    rule = _rule(kind="words", action="hold", terms=["CASINO"]).expect(200).json
    path = f"{KITH}/groups/{at[a]}/auto_rules/{rule['id']}"
    check.equal(ann.request("POST", path + "/enable").status, 422, "nobody looked at it")
    check.equal(stew.request("POST", path + "/try").status, 403, "a steward sets no rules")
    trial = ann.post(path + "/try")
    check.equal((trial["met"], trial["looked_at"] > trial["met"], "Casino" in trial["examples"][0]["title"]), (1, True, True), "the trial")
    check.true(ann.post(path + "/enable")["enabled"], "switched on")
    held = cid.status(f"@{handle} the casino again")
    kept = eventually(lambda: _waiting().get(held["uri"]), 20, "it waits")
    check.equal(kept["why"], "by rule", "why")
    line = next(x for x in _log() if x["kind"] == "hold_post")
    check.equal((line["role"], line["moderator"]["acct"], line["reason"]), ("rule", "garden", "by rule"), "in the log, as a rule's")
    changed = ann.request("PUT", path, {"kind": "domains", "action": "remove", "terms": ["spam.example"], "reason": "advertising"}).expect(200).json
    check.equal((changed["enabled"], changed["tried_at"]), (False, None), "a change is to be tried anew")
    ann.post(path + "/try")
    ann.post(path + "/enable")
    gone = mem.status("@garden look https://shop.spam.example/x")
    check.equal(otto.request("GET", f"/api/v1/statuses/{gone['id']}").status, 404, "taken out")
    check.equal(_log()[0]["kind"], "remove_post", "with its line")
    out = _thread(mem, "Harmless")
    mem.request("PUT", f"/api/v1/statuses/{a.post_id(out)}", {"status": "@garden https://spam.example/ ha"}).expect(200)
    check.equal(otto.request("GET", f"/api/v1/statuses/{a.post_id(out)}").status, 404, "an edit does not get around it")
    check.equal(ann.request("DELETE", path).status, 200, "the rule goes")
    check.equal(_get("care")["rules"], [], "no rules")


def test_a_ban_for_good_takes_two():
    check.equal(_act("time_out", account_id=people["mem"], reason="x").status, 422, "a time-out has an end")
    check.equal(_act("time_out", account_id=people["mem"], reason="x", expires_in=3_000_000).status, 422, "… soon")
    short = _done("time_out", account_id=people["mem"], reason="cool down", expires_in=3600)
    check.true(short["time_out"], "its name")
    _told(mem, "you have a time-out")
    _done("unban", account_id=people["mem"])
    first = _done("ban", account_id=people["cid"], reason="threats")
    check.true(first["time_out"] and first["expires_at"], "the first act is a time-out")
    check.equal([(p["proposer"]["acct"], p["target"]["acct"]) for p in _get("ban_proposals")], [("ann", f"cid@{c.host}")], "and a proposal")
    check.equal(_act("ban", account_id=people["cid"], reason="threats").status, 409, "not twice the same")
    _done("ban", bea, b, account_id=bea.find_account(f"cid@{c.host}")["id"], reason="I agree")
    eventually(lambda: a.count("group_ban", "actor_id = ? AND expires_at IS NULL", people["cid"]) == 1, 20, "for good")
    check.equal(_get("ban_proposals"), [], "decided")
    eventually(lambda: c.count("group_ban", "expires_at IS NULL") == 1, 20, "on C, too")
    _done("unban", account_id=people["cid"])
    mem_on_b = bea.find_account(f"mem@{a.host}")["id"]
    _done("ban", bea, b, account_id=mem_on_b, reason="from B")
    eventually(lambda: [p for p in _get("ban_proposals") if p["reason"] == "from B"], 20, "from elsewhere it is a proposal, too")
    eventually(lambda: c.count("group_ban", "expires_at IS NOT NULL") == 1, 20, "and a time-out everywhere")
    _done("unban", account_id=people["mem"])
    check.equal(_get("ban_proposals"), [], "taken back")


if __name__ == "__main__":
    run(globals())
