"""Lists: their owner's alone, of accounts that the owner follows, each with a timeline."""

from framework import api, check
from framework.case import run
from framework.node import Node

LISTS = "/api/v1/lists"


def setup():
    global node, alice, bob, cleo, dave, anybody, ids
    node = Node().start()
    alice, bob, cleo, dave = (node.add_user(n) for n in ("alice", "bob", "cleo", "dave"))
    anybody = api.Client(node.url, host=node.host)
    for name in ("bob", "cleo"):
        alice.follow_accepted(name)
    ids = {n: c.me()["id"] for n, c in (("alice", alice), ("bob", bob), ("cleo", cleo), ("dave", dave))}


def _timeline(made, **query):
    return [s["id"] for s in alice.get(f"/api/v1/timelines/list/{made['id']}", **query)]


def _members(made):
    return [a["username"] for a in alice.get(f"{LISTS}/{made['id']}/accounts")]


def test_a_list_and_whose_it_is():
    made = alice.post(LISTS, {"title": "friends"})
    check.equal((made["title"], made["replies_policy"], made["exclusive"]), ("friends", "list", False), "made")
    path = f"{LISTS}/{made['id']}"
    changed = alice.put(path, {"title": "old friends", "replies_policy": "none", "exclusive": "true"})
    check.equal(alice.get(path), changed, "as changed")
    check.equal((changed["title"], changed["replies_policy"], changed["exclusive"]),
                ("old friends", "none", True), "changed")
    check.equal(alice.get(LISTS), [changed], "all of hers")
    check.equal(bob.get(LISTS), [], "none of bob's")
    for verb, route in (("GET", path), ("PUT", path), ("DELETE", path), ("GET", path + "/accounts"),
                        ("GET", f"/api/v1/timelines/list/{made['id']}")):
        form = {"title": "x"} if verb == "PUT" else None
        bob.request(verb, route, form).error(404)
        anybody.request(verb, route, form).error(401)
        api.Client(node.url, node.token("alice", "read:search"), node.host).request(verb, route, form).error(403)
    for verb in ("POST", "DELETE"):
        bob.request(verb, path + "/accounts", {"account_ids": [ids["alice"]]}).error(404)
    for bad in ({}, {"title": ""}, {"title": "x" * 256}, {"title": "x", "replies_policy": "some"}):
        alice.request("POST", LISTS, bad).error(422)
    check.equal(alice.delete(path), {}, "deleted")
    check.equal(alice.get(LISTS), [], "none is left")
    alice.request("GET", path).error(404)


def test_members_are_followed():
    made = alice.post(LISTS, {"title": "m"})
    path = f"{LISTS}/{made['id']}/accounts"
    alice.post(path, {"account_ids": [ids["bob"], ids["cleo"]]})
    check.equal(sorted(_members(made)), ["bob", "cleo"], "members")
    check.equal([x["id"] for x in alice.get(f"/api/v1/accounts/{ids['bob']}/lists")], [made["id"]], "lists with bob")
    alice.request("POST", path, {"account_ids": [ids["bob"]]}).error(422)
    alice.request("POST", path, {"account_ids": [ids["dave"]]}).error(404)
    alice.request("POST", path, {"account_ids": ["x"]}).error(404)
    alice.request("POST", path).error(422)
    check.equal(sorted(_members(made)), ["bob", "cleo"], "unchanged")
    alice.request("DELETE", path, body={"account_ids": [ids["cleo"]]}).expect(200)
    check.equal(_members(made), ["bob"], "removed by JSON")
    alice.unfollow(ids["bob"])
    check.equal(_members(made), [], "who is not followed any more leaves")
    alice.follow_accepted("bob")
    alice.delete(f"{LISTS}/{made['id']}")


def test_its_timeline():
    made = alice.post(LISTS, {"title": "t"})
    alice.post(f"{LISTS}/{made['id']}/accounts", {"account_ids": [ids["bob"]]})
    posts = [bob.status(f"by bob {n}")["id"] for n in range(3)]
    cleos = cleo.status("by cleo")
    direct = bob.status("@alice between us", visibility="direct")
    private = bob.status("for followers", visibility="private")["id"]
    boost = bob.act(cleos["id"], "reblog")["id"]
    to_cleo = bob.status("@cleo yes", in_reply_to_id=cleos["id"])["id"]
    to_dave = bob.status("@dave no", in_reply_to_id=dave.status("by dave")["id"])["id"]
    to_self = bob.status("and", in_reply_to_id=posts[0])["id"]
    plain = [boost, private, *reversed(posts)]
    check.equal(_timeline(made), sorted([*plain, to_self], reverse=True), "replies to members")
    alice.put(f"{LISTS}/{made['id']}", {"replies_policy": "followed"})
    check.equal(_timeline(made), sorted([*plain, to_self, to_cleo], reverse=True), "replies to whom she follows")
    alice.put(f"{LISTS}/{made['id']}", {"replies_policy": "list"})
    alice.post(f"{LISTS}/{made['id']}/accounts", {"account_ids": [ids["cleo"]]})
    check.true(to_cleo in _timeline(made) and to_dave not in _timeline(made), "cleo is a member now")
    pages = [s["id"] for page in alice.pages(f"/api/v1/timelines/list/{made['id']}", limit=2) for s in page]
    check.equal(pages, _timeline(made, limit=40), "page by page")
    alice.post(f"/api/v1/accounts/{ids['bob']}/mute")
    check.true(not set(posts) & set(_timeline(made)), "a mute holds here too")
    alice.post(f"/api/v1/accounts/{ids['bob']}/unmute")
    check.true(direct["id"] not in _timeline(made), "direct posts are in no list")


def test_an_exclusive_list_leaves_home():
    made = alice.post(LISTS, {"title": "e"})
    alice.post(f"{LISTS}/{made['id']}/accounts", {"account_ids": [ids["cleo"]]})
    post = cleo.status("where is it")["id"]
    home = lambda: [s["id"] for s in alice.home()]
    check.true(post in home(), "in home")
    alice.put(f"{LISTS}/{made['id']}", {"exclusive": "true"})
    check.true(post not in home() and post in _timeline(made), "only in the list")
    alice.delete(f"{LISTS}/{made['id']}")
    check.true(post in home(), "back")


if __name__ == "__main__":
    run(globals())
