"""Hashtags that members follow and feature, conversations of direct posts, posts that wait for their time."""

import time

from framework import api, check
from framework.case import run
from framework.node import Node, VirtualClock


def setup():
    global node, clock, alice, bob, cleo, anybody
    clock = VirtualClock()
    node = Node(clock=clock).start()
    alice, bob, cleo = (node.add_user(n) for n in ("alice", "bob", "cleo"))
    anybody = api.Client(node.url, host=node.host)


def _soon(done, what):
    def step():
        clock.advance(0.1)
        return done()
    return check.eventually(step, 10, what)


def _closed(verb, path, form=None):
    anybody.request(verb, path, form).error(401)
    api.Client(node.url, node.token("alice", "read:search"), node.host).request(verb, path, form).error(403)


def test_followed_tags_come_home():
    before = bob.status("#Moss early")
    tag = alice.post("/api/v1/tags/Moss/follow")
    check.equal((tag["name"].lower(), tag["following"]), ("moss", True), "answer")
    post, private = bob.status("on #moss"), bob.status("#moss for some", visibility="private")
    both = bob.status("#moss and #ferns")
    alice.post("/api/v1/tags/ferns/follow")
    home = [s["id"] for s in alice.home()]
    check.equal([i for i in home if i in (before["id"], post["id"], private["id"], both["id"])],
                [both["id"], post["id"], before["id"]], "each once, open ones only")
    pages = [s["id"] for page in alice.pages("/api/v1/timelines/home", limit=1) for s in page]
    check.equal(pages, home, "page by page")
    check.equal(sorted(t["name"].lower() for t in alice.get("/api/v1/followed_tags")), ["ferns", "moss"], "her tags")
    check.equal(alice.get("/api/v1/tags/moss")["following"], True, "she follows it")
    check.equal((bob.get("/api/v1/tags/moss")["following"], "following" in anybody.get("/api/v1/tags/moss")),
                (False, False), "bob does not, nobody cannot")
    found = alice.get("/api/v2/search", q="moss", type="hashtags")["hashtags"]
    check.equal([t["following"] for t in found], [True], "in search")
    check.equal(alice.post("/api/v1/tags/MOSS/unfollow")["following"], False, "no more")
    alice.post("/api/v1/tags/ferns/unfollow")
    check.true(post["id"] not in [s["id"] for s in alice.home()], "and gone from home")
    for bad in ("two%20words", "12", "%23"):
        check.true(alice.request("POST", f"/api/v1/tags/{bad}/follow").status in (404, 422), f"no tag: {bad}")
    for verb in ("follow", "unfollow", "feature", "unfeature"):
        _closed("POST", f"/api/v1/tags/moss/{verb}")
    _closed("GET", "/api/v1/followed_tags")


def test_features_by_the_tag():
    check.equal(alice.post("/api/v1/tags/pond/feature")["featuring"], True, "answer")
    check.equal([t["name"] for t in alice.get("/api/v1/featured_tags")], ["pond"], "read back")
    check.equal(alice.post("/api/v1/tags/pond/feature")["featuring"], True, "again")
    check.equal(alice.post("/api/v1/tags/pond/unfeature")["featuring"], False, "taken back")
    check.equal(alice.get("/api/v1/featured_tags"), [], "none")


def _conversations(client):
    return client.get("/api/v1/conversations")


def test_conversations():
    first = alice.status("@bob hello", visibility="direct")
    mine, his = _conversations(alice)[0], _conversations(bob)[0]
    check.equal((mine["unread"], his["unread"]), (False, True), "unread for whom it came to")
    check.equal(([a["acct"] for a in mine["accounts"]], [a["acct"] for a in his["accounts"]]),
                (["bob"], ["alice"]), "with whom")
    check.equal(_conversations(cleo), [], "nobody else's")
    answer = bob.status("@alice hi", visibility="direct", in_reply_to_id=first["id"])
    check.equal([(c["id"], c["last_status"]["id"], c["unread"]) for c in _conversations(alice)],
                [(mine["id"], answer["id"], True)], "one conversation, its last post")
    check.equal(alice.post(f"/api/v1/conversations/{mine['id']}/read")["unread"], False, "read")
    check.equal(_conversations(alice)[0]["unread"], False, "and stays so")
    other = cleo.status("@alice @bob and me", visibility="direct")
    check.equal([c["last_status"]["id"] for c in _conversations(alice)], [other["id"], answer["id"]], "newest first")
    check.equal(sorted(a["acct"] for a in _conversations(alice)[0]["accounts"]), ["bob", "cleo"], "all in it")
    pages = [c["id"] for page in alice.pages("/api/v1/conversations", limit=1) for c in page]
    check.equal(len(pages), 2, "page by page")
    bob.delete(f"/api/v1/statuses/{answer['id']}")
    check.equal([c["last_status"]["id"] for c in _conversations(alice)], [other["id"], first["id"]],
                "its last post is deleted")
    bob.request("DELETE", f"/api/v1/conversations/{mine['id']}").error(404)
    check.equal(alice.delete(f"/api/v1/conversations/{mine['id']}"), {}, "removed")
    check.equal([c["last_status"]["id"] for c in _conversations(alice)], [other["id"]], "hers")
    check.true(first["id"] in [c["last_status"]["id"] for c in _conversations(bob)], "bob keeps his")
    alice.status("not one", visibility="private")
    check.equal(len(_conversations(alice)), 1, "of direct posts only")
    _closed("GET", "/api/v1/conversations")
    _closed("POST", f"/api/v1/conversations/{mine['id']}/read")
    _closed("DELETE", f"/api/v1/conversations/{mine['id']}")


def _at(seconds):
    now = clock.now_ms / 1000 + seconds
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + ".000Z"


def test_posts_that_wait():
    path = "/api/v1/scheduled_statuses"
    parent = bob.status("a question")
    made = alice.post("/api/v1/statuses", {"status": "later #moss", "scheduled_at": _at(600), "visibility": "unlisted",
                                           "spoiler_text": "cw", "in_reply_to_id": parent["id"], "language": "de"})
    check.equal((made["scheduled_at"], made["params"]["text"], made["params"]["visibility"],
                 made["params"]["spoiler_text"], made["params"]["in_reply_to_id"]),
                (_at(600), "later #moss", "unlisted", "cw", int(parent["id"])), "what waits")
    check.equal((alice.get(path), alice.get(f"{path}/{made['id']}")), ([made], made), "read back")
    check.equal(bob.get(path), [], "nobody else's")
    for verb in ("GET", "PUT", "DELETE"):
        bob.request(verb, f"{path}/{made['id']}", {"scheduled_at": _at(900)} if verb == "PUT" else None).error(404)
        _closed(verb, f"{path}/{made['id']}")
    check.equal(alice.get(f"/api/v1/statuses/{parent['id']}/context")["descendants"], [], "not posted yet")
    moved = alice.put(f"{path}/{made['id']}", {"scheduled_at": _at(1200)})
    check.equal(moved["scheduled_at"], _at(1200), "put off")
    clock.advance(700)
    gone = alice.post("/api/v1/statuses", {"status": "never", "scheduled_at": _at(600)})
    poll = alice.request("POST", "/api/v1/statuses", body={
        "status": "which", "scheduled_at": _at(1500), "poll": {"options": ["a", "b"], "expires_in": 600}}).expect(200).json
    check.equal(poll["params"]["poll"]["options"], ["a", "b"], "a poll waits too")
    check.equal(alice.delete(f"{path}/{gone['id']}"), {}, "taken back")
    clock.advance(520)
    posted = _soon(lambda: bob.get(f"/api/v1/statuses/{parent['id']}/context")["descendants"], "it is posted")
    check.equal([(s["spoiler_text"], s["visibility"], s["language"]) for s in posted], [("cw", "unlisted", "de")],
                "as it was asked for")
    _soon(lambda: [s["id"] for s in alice.get(path)] == [poll["id"]], "and waits no more")
    clock.advance(1600)
    me = alice.me()["id"]
    newest = _soon(lambda: [s for s in bob.get(f"/api/v1/accounts/{me}/statuses") if s["poll"]], "the poll")
    check.equal([o["title"] for o in newest[0]["poll"]["options"]], ["a", "b"], "its options")
    check.true(not any("never" in s["content"] for s in bob.get(f"/api/v1/accounts/{me}/statuses")), "not the other")
    key = {"Idempotency-Key": "once"}
    twice = [alice.post("/api/v1/statuses", {"status": "sent twice", "scheduled_at": _at(900)}, headers=key) for _ in range(2)]
    check.equal(twice[0], twice[1], "the same key gives the same one")
    check.equal([s["id"] for s in alice.get(path)], [twice[0]["id"]], "and only one waits")
    alice.delete(f"{path}/{twice[0]['id']}")
    for bad in ({"status": "x", "scheduled_at": "soon"}, {"status": "x", "scheduled_at": _at(60)},
                {"status": "", "scheduled_at": _at(600)}, {"status": "x" * 6000, "scheduled_at": _at(600)}):
        alice.request("POST", "/api/v1/statuses", bad).error(422)
    now = alice.post("/api/v1/statuses", {"status": "at once", "scheduled_at": _at(-60)})
    check.contains(now["content"], "at once", "a time that has passed")
    check.equal(alice.get(path), [], "nothing waits")
    _closed("GET", path)


if __name__ == "__main__":
    run(globals())
