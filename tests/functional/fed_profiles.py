"""What a profile shows first: whoever opens one of another host sees its featured posts and hashtags, which
are asked for then and not again at once; and ours are there for others to read."""

from framework import api, ap, check
from framework.case import run
from framework.evil import Scene, marker
from framework.reply import Reply


def setup():
    global scene
    scene = Scene()


def _collection(peer, path, items):
    url = peer.base + path
    peer.publish(ap.collection(url, items))
    return url


def _pinned(account):
    return [s["uri"] for s in scene.alice.get(f"/api/v1/accounts/{account}/statuses", pinned=True)]


def _tags(account):
    return sorted(t["name"] for t in scene.alice.get(f"/api/v1/accounts/{account}/featured_tags"))


def test_the_profile_of_somebody_elsewhere():
    host = scene.good
    dora, eve = host.actor("dora", featuredTags=host.base + "/dora/tags"), scene.eve
    scene.introduce(dora)
    notes = [dora.note(marker()) for _ in range(3)]
    foreign = eve.note(marker())
    for note in notes:
        host.publish({"@context": ap.CONTEXT, **note})
    _collection(host, "/u/dora/featured" if "/u/" in dora.id else dora.id[len(host.base):] + "/featured",
                [notes[0], notes[1]["id"], foreign["id"], {"type": "Note"}])
    _collection(host, "/dora/tags", [{"type": "Hashtag", "name": "#Garden", "href": host.base + "/t/garden"},
                                     {"type": "Hashtag", "name": "two words"},
                                     {"type": "Hashtag", "name": "#soil"}])
    account = scene.alice.find_account(dora.handle)["id"]
    api.Client(scene.node.url, host=scene.node.host).get(f"/api/v1/accounts/{account}/statuses", pinned=True)
    asked = host.hits(method="GET")
    wanted = [notes[0]["id"], notes[1]["id"]]
    check.eventually(lambda: _pinned(account) == wanted, 20, "featured posts, in their order")
    check.eventually(lambda: _tags(account) == ["Garden", "soil"], 20, "featured hashtags")
    check.true(host.hits(method="GET") > asked, "they were asked for because a member looked")
    asked = host.hits(method="GET")
    check.equal((_pinned(account), _tags(account)), (wanted, ["Garden", "soil"]), "again")
    check.equal(host.hits(method="GET"), asked, "without asking again at once")
    check.true(not scene.evil.hits(path=foreign["id"][len(scene.evil.base):]), "no other host is asked")


def test_ours_are_there_for_others():
    alice, node = scene.alice, scene.node
    me = alice.me()["id"]
    for text in ("on #Moss and #Ferns", "more #moss", "and #Ferns, #moss"):
        alice.status(text)
    alice.status("#secretly", visibility="private")
    check.equal([t["name"].lower() for t in alice.get("/api/v1/featured_tags/suggestions")],
                ["moss", "ferns"], "what she uses most, in the open")
    made = alice.post("/api/v1/featured_tags", {"name": "#Moss"})
    check.equal((made["name"], made["statuses_count"], len(made["last_status_at"])), ("Moss", "3", 10), "made")
    for bad in ({}, {"name": "two words"}, {"name": "moss"}, {"name": "12"}):
        check.true(alice.request("POST", "/api/v1/featured_tags", bad).error(422), f"refused: {bad}")
    alice.post("/api/v1/featured_tags", {"name": "ferns"})
    listed = [t["name"] for t in alice.get("/api/v1/featured_tags")]
    check.equal(listed, ["Moss", "ferns"], "her own list")
    stranger = api.Client(node.url, host=node.host)
    check.equal([t["name"] for t in stranger.get(f"/api/v1/accounts/{me}/featured_tags")], listed, "for anybody")
    code, person, _ = ap.get(scene.alice_id)
    code, tags, _ = ap.get(person["featuredTags"])
    items = tags.get("orderedItems") or tags["items"]
    check.equal([(t["type"], t["name"]) for t in items], [("Hashtag", "#Moss"), ("Hashtag", "#ferns")],
                "for peers")
    scene.bob.request("DELETE", f"/api/v1/featured_tags/{made['id']}").error(404)
    check.equal(alice.delete(f"/api/v1/featured_tags/{made['id']}"), {}, "taken away")
    check.equal([t["name"] for t in alice.get("/api/v1/featured_tags")], ["ferns"], "what is left")
    for verb, path in (("GET", "featured_tags"), ("POST", "featured_tags"), ("DELETE", "featured_tags/1"),
                       ("GET", "featured_tags/suggestions")):
        stranger.request(verb, "/api/v1/" + path).error(401)
    for _ in range(9):
        alice.post("/api/v1/featured_tags", {"name": marker()})
    alice.request("POST", "/api/v1/featured_tags", {"name": marker()}).error(422)


if __name__ == "__main__":
    run(globals())
