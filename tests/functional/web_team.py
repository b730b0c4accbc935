"""The page of a group's team, /c/NAME/team: who sees what of it, what its forms do, and that there is no such page for
anybody else."""

from framework import check
from framework.browser import Browser
from framework.case import run
from framework.node import PASSWORD, Node

KITH = "/api/kith/v1"
PAGE = "/c/garden/team"
HOSTILE = "<script>alert(1)</script>"
SECTIONS = {"Reports": "steward", "Posts that wait": "steward", "Who asks to join": "greeter", "Appeals": "moderator"}
ROLES = ["greeter", "host", "steward", "moderator"]


def setup():
    global node, clients, browsers, group, ids
    node = Node().start()
    names = [*ROLES, "ann", "mem", "bad", "otto", "asker", "asker2"]
    clients = {n: node.add_user(n) for n in names}
    node.add_group("garden", "ann")
    group = clients["ann"].find_account("garden")["id"]
    ids = {n: node.sql("SELECT id FROM actor WHERE username = ?", n)[0]["id"] for n in names}
    for name in (*ROLES, "mem", "bad"):
        clients[name].post(f"/api/v1/accounts/{group}/follow")
    for role in ROLES[:3]:
        _act("give_role", account_id=ids[role], role=role)
    _act("add_moderator", account_id=ids["moderator"])
    _act("ban", account_id=ids["bad"], reason="noise", expires_in=3600)
    browsers = {n: _signed_in(n) for n in (*ROLES, "mem", "bad", "otto")}


def _act(kind, **more):
    return clients["ann"].request("POST", f"{KITH}/groups/{group}/moderation", {"kind": kind, **more}).expect(200).json


def _signed_in(name):
    browser = Browser(node)
    sign_in = "/auth/sign_in?next=" + PAGE
    answer = browser.submit(browser.open("GET", sign_in).expect(200), "/auth/sign_in", username=name, password=PASSWORD)
    check.equal((answer.status, answer.header("Location")), (303, PAGE), f"{name} signs in, to the page")
    return browser


def _page(name):
    return browsers[name].open("GET", PAGE)


def _text(name):
    return _page(name).expect(200).body.decode()


def _done(name, form, **fields):
    answer = browsers[name].submit(_page(name).expect(200), f"{PAGE}/{form}", **fields)
    check.equal((answer.status, answer.header("Location")), (303, PAGE + "?done=yes"), f"{name}: {form} {fields}")
    check.is_in("Done.", browsers[name].open("GET", PAGE + "?done=yes").body.decode(), "it says so")


def _log():
    return clients["ann"].get(f"{KITH}/groups/{group}/moderation_log", limit=50)


def test_who_sees_what():
    for name in ROLES:
        text = _text(name)
        for section, least in SECTIONS.items():
            check.equal(f"<h2>{section}</h2>" in text, ROLES.index(name) >= ROLES.index(least), f"{section}, of a {name}")
    stranger = Browser(node)
    for browser in (*(browsers[n] for n in ("mem", "bad", "otto")), stranger):
        check.equal(browser.open("GET", PAGE).status, 404, "nobody else")
        for form in ("report", "post", "request", "appeal"):
            check.equal(browser.open("POST", f"{PAGE}/{form}", {"id": "1"}).status, 404, f"nor {form}")
    check.equal(browsers["moderator"].open("GET", "/c/nothing/team").status, 404, "no such group")
    away = stranger.submit(stranger.open("GET", "/auth/sign_in?next=/c/x/../..//evil.example/team"), "/auth/sign_in",
                           username="mem", password=PASSWORD)
    check.equal(away.header("Location"), "/", "signing in leads to no other page")


def test_reports():
    post = clients["mem"].status(f"@garden Look {HOSTILE}")
    clients["otto"].post("/api/v1/reports", {"account_id": ids["mem"], "status_ids": [post["id"]], "comment": f"rude {HOSTILE}"})
    text = _text("steward")
    check.equal(("rude &lt;script&gt;" in text, "<script" in text), (True, False), "what others wrote is text")
    id = node.sql("SELECT id FROM report")[0]["id"]
    csrf = text.split('name="csrf" value="')[1].split('"')[0]
    for form in ({"id": str(id)}, {"id": str(id), "csrf": "x" * len(csrf)}):
        check.equal(browsers["steward"].open("POST", PAGE + "/report", form).status, 403, "a form of no page of ours")
    own = _text("greeter").split('name="csrf" value="')
    check.equal(len(own), 1, "a greeter has no form yet")
    _done("steward", "report")
    check.equal(node.count("report", "resolved_at IS NOT NULL AND resolved_by_id = ?", ids["steward"]), 1, "resolved, by whom")
    check.is_in("None is open.", _text("steward"), "the queue is empty")


def test_posts_that_wait():
    clients["ann"].request("PUT", f"{KITH}/groups/{group}/care", {"first_posts_held": 5}).expect(200)
    one = clients["mem"].status(f"@garden First {HOSTILE}")
    check.is_in("First &lt;script&gt;", _text("steward"), "it is shown, as text")
    refuse = browsers["steward"].submit(_page("steward"), PAGE + "/post", do="refuse", reason=" ")
    check.equal((refuse.status, b"Reason can&#39;t be blank" in refuse.body or b"be blank" in refuse.body), (422, True), "why is to be said")
    _done("steward", "post", do="approve")
    check.equal(clients["otto"].request("GET", f"/api/v1/statuses/{one['id']}").status, 200, "let out")
    two = clients["mem"].status("@garden Second")
    _done("steward", "post", do="refuse", reason="not here")
    check.equal(clients["otto"].request("GET", f"/api/v1/statuses/{two['id']}").status, 404, "refused")
    line = _log()[0]
    check.equal((line["kind"], line["reason"], line["moderator"]["acct"], line["role"]), ("remove_post", "not here", "steward", "steward"), "its line")
    clients["ann"].request("PUT", f"{KITH}/groups/{group}/care", {"first_posts_held": 0}).expect(200)


def test_who_asks_to_join():
    clients["ann"].request("PATCH", f"{KITH}/groups/{group}", body={"questions": ["Why?"], "approval": True}).expect(200)
    for name in ("asker", "asker2"):
        clients[name].request("POST", f"{KITH}/groups/{group}/join", body={"answers": [f"{name} {HOSTILE}"]}).expect(200)
    text = _text("greeter")
    check.equal(("Why?" in text, "asker &lt;script&gt;" in text, "<script" in text), (True, True, False), "with what they answered")
    csrf = text.split('name="csrf" value="')[1].split('"')[0]
    forbidden = browsers["greeter"].open("POST", PAGE + "/report", {"id": "1", "csrf": csrf})
    check.equal(forbidden.status in (403, 404), True, "a greeter resolves nothing")
    browsers["greeter"].open("POST", PAGE + "/request", {"id": str(ids["asker"]), "do": "accept", "csrf": csrf}).expect(303)
    browsers["greeter"].open("POST", PAGE + "/request", {"id": str(ids["asker2"]), "do": "reject", "csrf": csrf}).expect(303)
    states = [clients[n].get("/api/v1/accounts/relationships", **{"id[]": group})[0]["following"] for n in ("asker", "asker2")]
    check.equal(states, [True, False], "one is in")
    check.is_in("Nobody does.", _text("greeter"), "nobody waits")


def test_appeals():
    for reason, answer in (("loud", {"do": "accept"}), ("louder", {"do": "refuse", "reason": "it was <loud>"})):
        act = _act("warn", account_id=ids["mem"], reason=reason, open=True)
        clients["mem"].post(f"{KITH}/group_acts/{act['id']}/appeal", {"text": f"no {HOSTILE}"})
        check.is_in("no &lt;script&gt;", _text("moderator"), "as text")
        if answer["do"] == "refuse":
            blank = browsers["moderator"].submit(_page("moderator"), PAGE + "/appeal", do="refuse", reason="")
            check.equal(blank.status, 422, "an answer is needed")
        _done("moderator", "appeal", **answer)
        line = next(x for x in _log() if x["id"] == act["id"])
        check.equal(line["appeal"], "approved" if answer["do"] == "accept" else "rejected", "in the log")
    check.is_in("None waits.", _text("moderator"), "decided")


if __name__ == "__main__":
    run(globals())
