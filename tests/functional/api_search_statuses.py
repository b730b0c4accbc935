"""Posts by their words and by what they are: who finds what (FEP-5feb), and by which operators."""

from framework import api, check, pictures
from framework.case import run
from framework.node import Node, VirtualClock
from framework.peer import Peer

DAY = 24 * 3600


def setup():
    global node, clock, alice, bob, eve, anybody
    clock = VirtualClock(1_800_000_000_000)   # 2027-01-15T08:00:00Z
    node = Node(clock=clock).start()
    alice, bob, eve = (node.add_user(n) for n in ("alice", "bob", "eve"))
    anybody = api.Client(node.url, host=node.host)
    bob.patch("/api/v1/accounts/update_credentials", {"indexable": "true"})


def _find(client, query, **more):
    return [s["id"] for s in client.get("/api/v2/search", q=query, type="statuses", **more)["statuses"]]


def test_who_finds_what():
    open_, quiet = bob.status("the quick walrus"), bob.status("a quiet walrus", visibility="unlisted")
    closed = eve.status("the shy walrus")                    # eve does not let her posts be searched
    private = bob.status("walrus for followers", visibility="private")
    named = eve.status("@alice a walrus for you", visibility="direct")
    check.equal(_find(alice, "walrus"), [named["id"], open_["id"]], "what is open to search, and what is for her")
    check.equal(_find(bob, "walrus"), [private["id"], quiet["id"], open_["id"]], "his own, all of them")
    check.equal(_find(eve, "walrus"), [named["id"], closed["id"], open_["id"]], "her own and bob's")
    check.equal(_find(anybody, "walrus"), [], "nobody asks")
    for post, verb in ((closed, "favourite"), (quiet, "bookmark")):
        alice.act(post["id"], verb)
    check.equal(_find(alice, "walrus"), [named["id"], closed["id"], quiet["id"], open_["id"]], "what she keeps, too")
    check.equal(_find(alice, "walrus in:library"), [named["id"], closed["id"], quiet["id"]], "only that")
    check.equal(_find(alice, "walrus in:public"), [open_["id"]], "only what is open")
    alice.post(f"/api/v1/accounts/{bob.me()['id']}/mute")
    check.equal(_find(alice, "walrus"), [named["id"], closed["id"]], "not whom she mutes")
    alice.post(f"/api/v1/accounts/{bob.me()['id']}/unmute")
    bob.patch("/api/v1/accounts/update_credentials", {"indexable": "false"})
    check.equal(_find(eve, "quick"), [], "bob does not let them be searched any more")
    bob.patch("/api/v1/accounts/update_credentials", {"indexable": "true"})
    check.equal(_find(eve, "quick"), [open_["id"]], "and again")


def test_words():
    tea, straight = bob.status("Grüner Tee, Straße 7"), bob.status("eine STRASSE ohne alles")
    check.equal(_find(eve, "strasse"), [straight["id"], tea["id"]], "folded")
    check.equal(_find(eve, "gruner tee"), [tea["id"]], "all words, without accents")
    check.equal(_find(eve, "Tee Haus"), [], "not all are there")
    cjk = bob.status("今日は寿司を食べた")
    check.equal(_find(eve, "寿司"), [cjk["id"]], "of a script without spaces")
    for odd in ("***", '"', "'", "a' OR 'b", "NOT", "tee AND (", "*", "-", ":", "from:", "has:nothing"):
        _find(eve, odd)
    warned = bob.post("/api/v1/statuses", {"status": "inside", "spoiler_text": "cornflower"})
    poll = bob.post("/api/v1/statuses", body={"status": "?", "poll": {"options": ["periwinkle", "b"], "expires_in": 3600}})
    picture = bob.upload("POST", "/api/v2/media", {"file": pictures.png(8, 8)}, {"description": "a snapdragon"}).json
    shown = bob.post("/api/v1/statuses", {"status": "look", "media_ids[]": picture["id"]})
    for word, post in (("cornflower", warned), ("periwinkle", poll), ("snapdragon", shown)):
        check.equal(_find(eve, word), [post["id"]], f"{word}: a part of the post")
    bob.put(f"/api/v1/statuses/{tea['id']}", {"status": "nur Kaffee"})
    check.equal((_find(eve, "gruner"), _find(eve, "kaffee")), ([], [tea["id"]]), "edited")
    bob.delete(f"/api/v1/statuses/{tea['id']}")
    check.equal(_find(eve, "kaffee"), [], "deleted")


def test_operators():
    first = bob.status("zebra one", language="de")
    clock.advance(DAY)
    second = bob.post("/api/v1/statuses", {"status": "zebra two https://zoo.example/", "spoiler_text": "stripes", "language": "en"})
    clock.advance(DAY)
    third = bob.status("zebra three", in_reply_to_id=first["id"], language="de-AT")
    poll = bob.post("/api/v1/statuses", body={"status": "zebra?", "poll": {"options": ["a", "b"], "expires_in": 3600}})
    picture = bob.upload("POST", "/api/v2/media", {"file": pictures.png(8, 8)}).json
    shown = bob.post("/api/v1/statuses", {"status": "zebra here", "media_ids[]": picture["id"]})
    mine = alice.status("zebra of alice")
    names = {p["id"]: n for n, p in (("first", first), ("second", second), ("third", third), ("poll", poll),
                                     ("shown", shown), ("mine", mine))}
    everything = ["mine", "shown", "poll", "third", "second", "first"]
    for query, expected in (("zebra", everything), ("zebra from:bob", everything[1:]), ("zebra from:me", ["mine"]),
                            ("zebra from:@alice", ["mine"]), ("zebra -from:bob", ["mine"]), ("zebra from:nobody", []),
                            ("zebra before:2027-01-16", ["first"]), ("zebra after:2027-01-16", everything[:4]),
                            ("zebra during:2027-01-16", ["second"]), ("zebra has:media", ["shown"]), ("zebra has:poll", ["poll"]),
                            ("zebra has:link", ["second"]), ("zebra -has:media -has:poll", ["mine", "third", "second", "first"]),
                            ("zebra is:reply", ["third"]), ("zebra is:sensitive", ["second"]), ("zebra -is:reply has:poll", ["poll"]),
                            ("zebra language:de", ["third", "first"]), ("zebra language:de-at", []),
                            ("zebra language:en", ["second"]), ("from:me", ["mine"]), ("from:me zebra -zebra", [])):
        check.equal([names.get(id) for id in _find(alice, query) if id in names], expected, query)
    check.equal([names[i] for i in _find(alice, "zebra", limit=2, offset=1)], everything[1:3], "a part")
    check.equal([names[i] for i in _find(alice, "zebra", max_id=third["id"])], ["second", "first"], "older")
    check.equal([names[i] for i in _find(alice, "zebra", min_id=shown["id"])], ["mine"], "newer")
    check.equal([names[i] for i in _find(alice, "zebra", account_id=alice.me()["id"])], ["mine"], "of an account")


def test_posts_from_elsewhere():
    here = Node().start()
    ann, tom = here.add_user("ann"), here.add_user("tom")
    peer = Peer()
    lets, keeps = peer.actor("lets", indexable=True), peer.actor("keeps", indexable=False)
    for actor in (lets, keeps):
        ann.follow_accepted(f"@{actor.name}@{peer.host}")
        actor.send(here.inbox, actor.create(actor.note("an ocelot elsewhere")))
    check.eventually(lambda: len([s for s in ann.home() if "ocelot" in s["content"]]) == 2, 15, "both arrive")
    found = tom.get("/api/v2/search", q="ocelot", type="statuses")["statuses"]
    check.equal([s["account"]["username"] for s in found], ["lets"], "only whose author lets it be searched")
    hers = [s for s in ann.home() if s["account"]["username"] == "keeps"][0]
    ann.act(hers["id"], "favourite")
    check.equal(len(_find(ann, "ocelot")), 2, "and what she keeps")


if __name__ == "__main__":
    run(globals())
