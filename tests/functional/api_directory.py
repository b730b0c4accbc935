"""Who wants to be found, whom to follow, who holds a token, and posts as other sites embed them."""

from framework import api, check
from framework.case import run
from framework.node import Node


def setup():
    global node, people, anybody
    node = Node().start()
    people = {name: node.add_user(name) for name in ("alice", "bob", "cleo", "dave", "eve")}
    anybody = api.Client(node.url, host=node.host)
    for name, client in people.items():
        findable = "true" if name in ("bob", "cleo", "dave") else "false"
        client.patch("/api/v1/accounts/update_credentials", {"discoverable": findable})
    node.add_user("fay").patch("/api/v1/accounts/update_credentials", {"discoverable": "true"})
    node.cli("user", "suspend", "fay")
    people["cleo"].status("first")
    people["bob"].status("second")


def _ids(*names):
    return [people[n].me()["id"] for n in names]


def _directory(asking, **query):
    return [a["username"] for a in asking.get("/api/v1/directory", **query)]


def test_the_directory():
    check.equal(_directory(anybody), ["bob", "cleo"], "those who write, the last first")
    check.equal(_directory(anybody, order="new"), ["dave", "cleo", "bob"], "the newest first; not who is suspended")
    check.equal(_directory(anybody, order="new", limit=1, offset=1), ["cleo"], "a part")
    check.equal(_directory(anybody, order="new", local="true"), ["dave", "cleo", "bob"], "all are local")
    people["alice"].post(f"/api/v1/accounts/{_ids('cleo')[0]}/mute")
    check.equal(_directory(people["alice"]), ["bob"], "not whom one mutes")
    people["alice"].post(f"/api/v1/accounts/{_ids('cleo')[0]}/unmute")
    people["bob"].post(f"/api/v1/accounts/{_ids('alice')[0]}/block")
    check.equal(_directory(people["alice"]), ["cleo"], "nor who blocks one")
    people["bob"].post(f"/api/v1/accounts/{_ids('alice')[0]}/unblock")


def _suggested(name):
    return [(s["source"], s["sources"], s["account"]["username"]) for s in people[name].get("/api/v2/suggestions")]


def test_suggestions():
    alice, cleo = people["alice"], people["cleo"]
    check.equal(sorted(u for _, _, u in _suggested("alice")), ["bob", "cleo", "dave"], "who wants to be found")
    alice.follow_accepted("bob")
    for name in ("cleo", "dave", "eve"):
        people["bob"].follow_accepted(name)
    people["dave"].follow_accepted("cleo")
    alice.follow_accepted("dave")
    check.equal(_suggested("alice"), [("past_interactions", ["friends_of_friends"], "cleo")],
                "whom those follow that alice follows; not eve, who does not want to be found")
    check.equal([a["username"] for a in alice.get("/api/v1/suggestions")], ["cleo"], "in the first version")
    cleo_id = _ids("cleo")[0]
    check.equal(alice.delete(f"/api/v1/suggestions/{cleo_id}"), {}, "not again")
    check.equal(_suggested("alice"), [], "none is left")
    check.true(("global", ["most_followed"], "alice") not in _suggested("cleo"), "alice did not say that she wants to")
    alice.request("DELETE", "/api/v1/suggestions/1").error(404)
    narrow = api.Client(node.url, node.token("alice", "read:search"), node.host)
    for verb, path in (("GET", "/api/v2/suggestions"), ("GET", "/api/v1/suggestions"),
                       ("DELETE", f"/api/v1/suggestions/{cleo_id}")):
        anybody.request(verb, path).error(401)
        narrow.request(verb, path).error(403)


def test_who_holds_a_token():
    people["alice"].patch("/api/v1/accounts/update_credentials", {"display_name": "Alice A."})
    signed_in = api.Client(node.url, node.token("alice", "profile"), node.host)
    told = signed_in.get("/oauth/userinfo")
    check.equal((told["iss"], told["name"], told["preferred_username"], told["sub"]),
                (node.base + "/", "Alice A.", "alice", node.person_id("alice")), "claims")
    check.true(told["picture"].startswith(node.base), "a picture")
    check.equal(signed_in.post("/oauth/userinfo"), told, "by POST")
    anybody.request("GET", "/oauth/userinfo").expect(401)
    api.Client(node.url, node.token("alice", "read"), node.host).request("GET", "/oauth/userinfo").expect(403)
    metadata = anybody.get("/.well-known/oauth-authorization-server")
    check.equal(metadata["userinfo_endpoint"], node.base + "/oauth/userinfo", "where it is")


def test_posts_elsewhere():
    post = people["alice"].status("embed <me>")
    told = anybody.get("/api/oembed", url=post["url"])
    check.equal((told["type"], told["version"], told["author_url"], told["width"], told["height"]),
                ("rich", "1.0", people["alice"].me()["url"], 400, None), "oEmbed")
    check.true("embed &lt;me&gt;" in told["html"] and "<script" not in told["html"], "its text, no script")
    check.equal(anybody.get("/api/oembed", url=post["uri"], maxwidth=200)["width"], 200, "by its id; narrower")
    for visibility in ("private", "direct"):
        hidden = people["alice"].status("hidden", visibility=visibility)
        people["alice"].request("GET", "/api/oembed", url=hidden["url"]).error(404)
    for url in ("", "https://elsewhere.example/@alice/1", node.base + "/@alice", node.base + "/@alice/1", "x"):
        anybody.request("GET", "/api/oembed", url=url).error(404)


if __name__ == "__main__":
    run(globals())
