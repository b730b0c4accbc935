"""What members keep for themselves: bookmarks, favourites, muted conversations, notes, endorsements, hosts they
do not want to see, markers. Each change is read back through another endpoint, and is nobody else's."""

from framework import api, check
from framework.case import run
from framework.evil import Scene, marker


def setup():
    global scene, alice, bob, anybody, narrow
    scene = Scene()
    alice, bob = scene.alice, scene.bob
    anybody = api.Client(scene.node.url, host=scene.node.host)
    narrow = api.Client(scene.node.url, scene.node.token("alice", "read:search"), scene.node.host)


def _closed(verb, path, **form):
    """Nobody without a token, and nobody whose token is for something else."""
    anybody.request(verb, path, form or None).error(401)
    narrow.request(verb, path, form or None).error(403)


def _ids(client, path, **query):
    return [s["id"] for s in client.get(path, **query)]


def test_bookmarks():
    posts = [bob.status(f"worth keeping {n}") for n in range(3)]
    secret = bob.status("not for alice", visibility="private")
    for post in posts:
        check.equal(alice.act(post["id"], "bookmark")["bookmarked"], True, "answer to a bookmark")
    alice.act(posts[0]["id"], "bookmark")
    check.equal(_ids(alice, "/api/v1/bookmarks"), [p["id"] for p in reversed(posts)], "newest bookmark first")
    paged = [s["id"] for page in alice.pages("/api/v1/bookmarks", limit=2) for s in page]
    check.equal(paged, [p["id"] for p in reversed(posts)], "page by page")
    check.equal(bob.get("/api/v1/bookmarks"), [], "bob's own")
    check.equal(bob.get(f"/api/v1/statuses/{posts[0]['id']}")["bookmarked"], False, "bob does not see it")
    check.equal(alice.get(f"/api/v1/statuses/{posts[0]['id']}")["bookmarked"], True, "alice does")
    alice.request("POST", f"/api/v1/statuses/{secret['id']}/bookmark").error(404)
    check.equal(alice.act(posts[1]["id"], "unbookmark")["bookmarked"], False, "answer to its end")
    bob.delete(f"/api/v1/statuses/{posts[2]['id']}")
    check.equal(_ids(alice, "/api/v1/bookmarks"), [posts[0]["id"]], "what is left")
    _closed("GET", "/api/v1/bookmarks")
    for verb in ("bookmark", "unbookmark"):
        _closed("POST", f"/api/v1/statuses/{posts[0]['id']}/{verb}")


def test_favourites():
    posts = [bob.status(f"liked {n}") for n in range(3)]
    for post in posts:
        alice.act(post["id"], "favourite")
    check.equal(_ids(alice, "/api/v1/favourites"), [p["id"] for p in reversed(posts)], "what alice likes")
    alice.act(posts[2]["id"], "unfavourite")
    check.equal(_ids(alice, "/api/v1/favourites", limit=1), [posts[1]["id"]], "one of them")
    _closed("GET", "/api/v1/favourites")


def test_a_muted_conversation_is_quiet():
    post = alice.status("noisy")
    check.equal(alice.act(post["id"], "mute")["muted"], True, "answer to mute")
    reply = bob.status(f"@alice {marker()}", in_reply_to_id=post["id"])
    bob.act(post["id"], "favourite")
    check.equal([n for n in alice.notifications() if n.get("status", {}).get("id") in (post["id"], reply["id"])],
                [], "no notification of it")
    check.equal(alice.get(f"/api/v1/statuses/{reply['id']}")["muted"], True, "the reply is in it")
    check.equal(alice.act(reply["id"], "unmute")["muted"], False, "answer to unmute")
    loud = bob.status("@alice heard again", in_reply_to_id=post["id"])
    check.eventually(lambda: loud["id"] in [n["status"]["id"] for n in alice.notifications("mention")], 5,
                     "alice is told again")
    for verb in ("mute", "unmute"):
        _closed("POST", f"/api/v1/statuses/{post['id']}/{verb}")


def test_notes():
    other = bob.me()["id"]
    path = f"/api/v1/accounts/{other}/note"
    check.equal(alice.post(path, {"comment": "met at the pond"})["note"], "met at the pond", "answer")
    check.equal(alice.relationship(other)["note"], "met at the pond", "read back")
    check.equal(bob.relationship(alice.me()["id"])["note"], "", "bob's own")
    alice.request("POST", path, {"comment": "x" * 2001}).error(422)
    check.equal(alice.post(path)["note"], "", "removed")
    alice.request("POST", "/api/v1/accounts/1/note", {"comment": "nobody"}).error(404)
    _closed("POST", path, comment="x")


def test_endorsements():
    me, other = alice.me()["id"], bob.me()["id"]
    alice.request("POST", f"/api/v1/accounts/{other}/endorse").error(422)
    alice.follow_accepted("bob")
    check.equal(alice.post(f"/api/v1/accounts/{other}/endorse")["endorsed"], True, "answer")
    check.equal(_ids(alice, "/api/v1/endorsements"), [other], "her own")
    check.equal(_ids(anybody, f"/api/v1/accounts/{me}/endorsements"), [other], "for anybody")
    check.equal(alice.post(f"/api/v1/accounts/{other}/unpin")["endorsed"], False, "by the older name")
    check.equal(_ids(alice, "/api/v1/endorsements"), [], "none is left")
    alice.post(f"/api/v1/accounts/{other}/pin")
    alice.unfollow(other)
    check.equal(_ids(alice, "/api/v1/endorsements"), [], "who is not followed is not endorsed")
    _closed("GET", "/api/v1/endorsements")
    for verb in ("endorse", "unendorse", "pin", "unpin"):
        _closed("POST", f"/api/v1/accounts/{other}/{verb}")


def test_familiar_followers():
    cleo = scene.node.add_user("cleo")
    alice.follow_accepted("cleo")
    cleo.follow_accepted("bob")
    other = bob.me()["id"]
    found = alice.get("/api/v1/accounts/familiar_followers", id=[other])
    check.equal([(f["id"], [a["acct"] for a in f["accounts"]]) for f in found], [(other, ["cleo"])], "whom she knows")
    _closed("GET", "/api/v1/accounts/familiar_followers")


def test_a_host_that_a_member_does_not_want():
    word, host = marker(), scene.evil.host
    alice.follow_accepted(scene.eve.handle)
    scene.eve.send(scene.node.inbox, scene.eve.follow(scene.alice_id))
    check.eventually(lambda: alice.relationship(alice.find_account(scene.eve.handle)["id"])["followed_by"], 10,
                     "eve follows alice")
    scene.applied(scene.eve, *scene.mention(scene.eve, word))
    alice.request("POST", "/api/v1/domain_blocks", {"domain": "no host"}).error(422)
    alice.request("POST", "/api/v1/domain_blocks", {"domain": scene.node.host}).error(422)
    alice.request("POST", "/api/v1/domain_blocks").error(422)
    check.equal(alice.post("/api/v1/domain_blocks", {"domain": host}), {}, "answer")
    check.equal((alice.get("/api/v1/domain_blocks"), bob.get("/api/v1/domain_blocks")), ([host], []), "whose it is")
    eve = alice.find_account(scene.eve.handle)["id"]
    standing = alice.relationship(eve)
    check.equal((standing["domain_blocking"], standing["following"], standing["followed_by"]),
                (True, False, False), "how they stand")
    check.true(not scene.sees(word), "eve's mention is not shown")
    late = marker()
    public = scene.eve.note(late)
    scene.eve.send(scene.node.inbox, scene.eve.create(scene.note(scene.eve, late)))
    check.eventually(lambda: scene.node.sql("SELECT 1 FROM post WHERE content LIKE ?", f"%{late}%"), 10, "it came")
    check.true(not any(late in s["content"] for s in alice.get("/api/v1/timelines/public")), "nor in public")
    check.true(any(late in s["content"] for s in bob.get("/api/v1/timelines/public")), "bob sees it")
    check.true(not scene.sees(late), "and alice is not told")
    check.equal(alice.delete("/api/v1/domain_blocks", {"domain": host}), {}, "taken back")
    check.equal(alice.get("/api/v1/domain_blocks"), [], "none is left")
    check.true(scene.sees(word), "what came before is there again")
    _closed("GET", "/api/v1/domain_blocks")
    for verb in ("POST", "DELETE"):
        _closed(verb, "/api/v1/domain_blocks", domain="x.example")


def test_markers():
    path = "/api/v1/markers"
    both = {"home": {"last_read_id": "2184"}, "notifications": {"last_read_id": "77"}}
    made = alice.request("POST", path, body=both).expect(200).json
    check.equal((made["home"]["last_read_id"], made["home"]["version"]), ("2184", 1), "answer")
    again = alice.post(path, {"home[last_read_id]": "2185"})
    check.equal((list(again), again["home"]["version"]), (["home"], 2), "only what was set")
    read = alice.get(path, timeline=["home", "notifications", "other"])
    check.equal({name: m["last_read_id"] for name, m in read.items()}, {"home": "2185", "notifications": "77"}, "read")
    check.equal((alice.get(path), bob.get(path, timeline=["home"])), ({}, {}), "nothing asked, nobody else's")
    alice.request("POST", path, {"home[last_read_id]": "yesterday"}).error(422)
    _closed("GET", path)
    _closed("POST", path)


def test_the_bell():
    alice.follow_accepted("bob")
    other = bob.me()["id"]
    check.equal(alice.post(f"/api/v1/accounts/{other}/follow", {"notify": "true"})["notifying"], True, "asked for")
    post = bob.status("news")
    answer = bob.status("an answer", in_reply_to_id=post["id"])
    told = check.eventually(lambda: alice.notifications("status"), 5, "alice is told")
    check.equal([n["status"]["id"] for n in told], [post["id"]], "of what begins something")
    alice.post(f"/api/v1/accounts/{other}/follow", {"notify": "false"})
    bob.status("more news")
    check.equal(len(alice.notifications("status")), 1, "and no more")


if __name__ == "__main__":
    run(globals())
