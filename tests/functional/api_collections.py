"""Collections of accounts: who makes and changes them, who agrees to be in them and who takes it back, who sees
them, what is told, and what other servers read. And what a member's year was."""

import calendar

from framework import ap, api, check
from framework.case import run
from framework.node import Node, VirtualClock
from framework.peer import Peer

COLLECTIONS, REPORTS = "/api/v1/collections", "/api/v1/annual_reports"
PROFILE = "/api/v1/accounts/update_credentials"
YEAR = 2031
DAY_S = 86400


def _at(year, month, day):
    return calendar.timegm((year, month, day, 12, 0, 0)) * 1000


def setup():
    global node, clock, alice, bob, cleo, dave, anybody, ids
    clock = VirtualClock(_at(YEAR, 6, 15))
    node = Node(clock=clock).start()
    alice, bob, cleo, dave = (node.add_user(n) for n in ("alice", "bob", "cleo", "dave"))
    anybody = api.Client(node.url, host=node.host)
    ids = {n: c.me()["id"] for n, c in (("alice", alice), ("bob", bob), ("cleo", cleo), ("dave", dave))}
    for who in (bob, cleo):
        who.patch(PROFILE, {"discoverable": True})
    dave.patch(PROFILE, {"discoverable": False})


def _make(name="tea", *members, owner=None, **more):
    form = {"name": name, "account_ids": [ids[m] for m in members], **more}
    return (owner or alice).post(COLLECTIONS, body=form)["collection"]


def _end(made, owner=None):
    (owner or alice).delete(f"{COLLECTIONS}/{made['id']}")


def _members(made, viewer=None):
    shown = (viewer or anybody).get(f"{COLLECTIONS}/{made['id']}")
    names = {a["id"]: a["username"] for a in shown["accounts"]}
    return [names[item["account_id"]] for item in shown["collection"]["items"]]


def _item(made, member):
    shown = alice.get(f"{COLLECTIONS}/{made['id']}")["collection"]["items"]
    return next(item["id"] for item in shown if item["account_id"] == ids[member])


def _names(client, path, **query):
    return [c["name"] for c in client.get(path, **query)["collections"]]


def test_a_collection_and_whose_it_is():
    made = alice.post(COLLECTIONS, body={"name": " Tea ", "description": "<b> & all", "language": "en", "tag_name": "#Tea",
                                         "sensitive": True, "account_ids": [ids["bob"], ids["cleo"]]})["collection"]
    path = f"{COLLECTIONS}/{made['id']}"
    check.equal([made[k] for k in ("name", "description", "language", "sensitive", "discoverable", "local", "account_id",
                                   "item_count")],
                ["Tea", "&lt;b&gt; &amp; all", "en", True, True, True, ids["alice"], 2], "made")
    check.equal((made["tag"]["name"], made["tag"]["url"]), ("Tea", f"{node.base}/tags/Tea"), "its tag")
    check.equal([(i["account_id"], i["state"]) for i in made["items"]],
                [(ids["bob"], "accepted"), (ids["cleo"], "accepted")], "who is in it")
    for who in (alice, bob, dave, anybody):
        shown = who.get(path)
        check.equal(shown["collection"], made, "everybody sees it")
        check.equal([a["username"] for a in shown["accounts"]], ["alice", "bob", "cleo"], "with its people")
        check.equal(who.get(f"/api/v1/accounts/{ids['alice']}/collections")["collections"], [made], "on alice's profile")
    for verb, route in (("PATCH", path), ("PUT", path), ("DELETE", path), ("POST", path + "/items"),
                        ("DELETE", f"{path}/items/{made['items'][0]['id']}")):
        form = {"name": "taken", "account_id": ids["bob"]}
        check.equal(bob.request(verb, route, form).error(403), "This action is not allowed", f"{verb} by bob")
        anybody.request(verb, route, form).error(401)
        api.Client(node.url, node.token("alice", "read write:lists"), node.host).request(verb, route, form).error(403)
    api.Client(node.url, node.token("alice", "read:search"), node.host).request("GET", path).error(403)
    changed = alice.patch(path, {"name": "Cake", "language": "", "tag_name": "", "discoverable": False})["collection"]
    check.equal([changed[k] for k in ("name", "description", "language", "tag", "sensitive", "discoverable")],
                ["Cake", made["description"], None, None, True, False], "changed, where it was asked for")
    check.equal(alice.put(path, {"sensitive": False})["collection"]["sensitive"], False, "by PUT, too")
    check.equal(alice.get(path)["collection"]["name"], "Cake", "read back")
    check.equal(alice.delete(path), {}, "deleted")
    anybody.request("GET", path).error(404)
    check.equal(_names(alice, f"/api/v1/accounts/{ids['alice']}/collections"), [], "none is left")


def test_what_is_no_collection():
    for bad in ({}, {"name": "  "}, {"name": "x" * 41}, {"name": "x", "description": "x" * 101},
                {"name": "x", "language": "no language"}, {"name": "x", "tag_name": "two words"},
                {"name": "x", "account_ids": ["x"]}, {"name": "x", "account_ids": [str(n) for n in range(1, 27)]}):
        alice.request("POST", COLLECTIONS, body=bad).error(422)
    check.equal(_names(alice, f"/api/v1/accounts/{ids['alice']}/collections"), [], "nothing was made")
    many = [_make(f"{n}", owner=dave) for n in range(10)]
    dave.request("POST", COLLECTIONS, {"name": "one more"}).error(422)
    path = f"/api/v1/accounts/{ids['dave']}/collections"
    check.equal(_names(anybody, path), [str(n) for n in range(9, -1, -1)], "the newest first")
    answer = anybody.request("GET", path, limit=4, offset=4).expect(200)
    check.equal([c["name"] for c in answer.json["collections"]], ["5", "4", "3", "2"], "a page of them")
    offsets = {rel: url.rpartition("offset=")[2] for rel, url in answer.links().items()}
    check.equal(offsets, {"next": "8", "prev": "0"}, "links")
    check.equal(set(anybody.request("GET", path, limit=4, offset=8).links()), {"prev"}, "the last page")
    for made in many:
        _end(made, dave)


def test_only_who_agrees_is_in():
    made = _make("agreed", "bob")
    items = f"{COLLECTIONS}/{made['id']}/items"
    approval = {n: anybody.get(f"/api/v1/accounts/{ids[n]}")["feature_approval"] for n in ("bob", "dave")}
    check.equal(approval["bob"], {"automatic": ["public"], "manual": [], "current_user": "automatic"}, "bob agrees")
    check.equal(approval["dave"], {"automatic": [], "manual": [], "current_user": "denied"}, "dave does not")
    peer = Peer()
    far = alice.find_account(peer.actor("far").handle)
    check.equal(far["feature_approval"]["current_user"], "missing", "of others nothing is known")
    for bad in ({}, {"account_id": ids["dave"]}, {"account_id": far["id"]}, {"account_id": "1"}, {"account_id": "x"},
                {"account_id": ids["bob"]}):
        alice.request("POST", items, bad).error(422)
    alice.request("POST", COLLECTIONS, body={"name": "half", "account_ids": [ids["bob"], ids["dave"]]}).error(422)
    check.equal(_names(alice, f"/api/v1/accounts/{ids['alice']}/collections"), ["agreed"], "all or nothing")
    alice.request("POST", f"{COLLECTIONS}/1/items", {"account_id": ids["bob"]}).error(404)
    dave.patch(PROFILE, {"discoverable": True})
    added = alice.post(items, {"account_id": ids["dave"]})["collection_item"]
    check.equal((added["account_id"], added["state"]), (ids["dave"], "accepted"), "dave agrees now")
    check.equal(_members(made), ["bob", "dave"], "and is in it")
    dave.patch(PROFILE, {"discoverable": False})
    check.equal(_members(made), ["bob", "dave"], "what was agreed to stays")
    _end(made)


def test_who_is_in_may_leave():
    made = _make("left", "bob", "cleo")
    path = f"{COLLECTIONS}/{made['id']}/items"
    mine, hers = _item(made, "bob"), _item(made, "cleo")
    bob.request("POST", f"{path}/{hers}/revoke").error(403)
    alice.request("POST", f"{path}/{hers}/revoke").error(403)
    anybody.request("POST", f"{path}/{mine}/revoke").error(401)
    check.equal(bob.post(f"{path}/{mine}/revoke"), {}, "bob leaves")
    check.equal((_members(made), _members(made, alice)), (["cleo"], ["cleo"]), "and is not in it any more")
    bob.request("POST", f"{path}/{mine}/revoke").error(404)
    alice.request("DELETE", f"{path}/{mine}").error(404)
    alice.request("POST", path, {"account_id": ids["bob"]}).error(422)
    check.equal(alice.delete(f"{path}/{hers}"), {}, "alice takes cleo out")
    alice.request("DELETE", f"{path}/{hers}").error(404)
    alice.post(path, {"account_id": ids["cleo"]})
    check.equal(_members(made), ["cleo"], "who did not leave may be added again")
    _end(made)


def test_in_what_somebody_is():
    open_one, unlisted = _make("open", "bob"), _make("unlisted", "bob", discoverable=False)
    path = f"/api/v1/accounts/{ids['bob']}/in_collections"
    check.equal(_names(bob, path), ["unlisted", "open"], "bob is told of all")
    check.equal(_names(cleo, path), ["open"], "others of what may be found")
    anybody.request("GET", path).error(401)
    check.equal(_names(cleo, f"/api/v1/accounts/{ids['alice']}/collections"), ["unlisted", "open"], "its owner shows it")
    faces = cleo.get(path)["partial_accounts"]
    check.equal([a["acct"] for a in faces], ["alice", "bob"], "faces")
    bob.post(f"{COLLECTIONS}/{open_one['id']}/items/{_item(open_one, 'bob')}/revoke")
    check.equal(_names(bob, path), ["unlisted"], "not where bob has left")
    for made in (open_one, unlisted):
        _end(made)


def test_blocks():
    made = _make("blocked", "bob", "cleo")
    hers = _make("hers", owner=cleo)
    alice.post(f"/api/v1/accounts/{ids['cleo']}/block")
    cleo.request("GET", f"{COLLECTIONS}/{made['id']}").error(404)
    check.equal(_names(cleo, f"/api/v1/accounts/{ids['alice']}/collections"), [], "whom alice blocks sees none")
    check.equal(_members(made, alice), ["bob"], "cleo is not in it any more")
    bob.post(f"/api/v1/accounts/{ids['alice']}/block")
    check.equal(_members(made, alice), [], "nor is bob, who blocks alice")
    for member in ("bob", "cleo"):
        alice.request("POST", f"{COLLECTIONS}/{made['id']}/items", {"account_id": ids[member]}).error(422)
    alice.post(f"/api/v1/accounts/{ids['cleo']}/unblock")
    bob.post(f"/api/v1/accounts/{ids['alice']}/unblock")
    alice.request("POST", f"{COLLECTIONS}/{made['id']}/items", {"account_id": ids["bob"]}).error(422)
    alice.post(f"{COLLECTIONS}/{made['id']}/items", {"account_id": ids["cleo"]})
    _end(made)
    _end(hers, cleo)


def _told(kind, **query):
    return [n for n in bob.get("/api/v1/notifications", **query) if n["type"] == kind]


def test_who_is_added_is_told():
    bob.post("/api/v1/notifications/clear")
    made = _make("told <1>", "bob")
    told = _told("added_to_collection")
    check.equal([(n["account"]["username"], n["collection"]["id"]) for n in told], [("alice", made["id"])], "told")
    check.true("fallback" not in told[0], "no words where they are not asked for")
    fallback = _told("added_to_collection", supported_types=["mention", "follow"])[0]["fallback"]
    check.equal((fallback["title"], fallback["summary"]), ("alice added you to a collection", "told &lt;1&gt;"), "in words")
    check.is_in(made["url"], fallback["details"], "the details")
    check.true("fallback" not in _told("added_to_collection", supported_types=["added_to_collection"])[0], "who knows it")
    one = bob.get(f"/api/v1/notifications/{told[0]['id']}", supported_types=["mention"])
    check.equal(one["fallback"], fallback, "of one")
    group = bob.get("/api/v2/notifications", supported_types=["mention"])["notification_groups"][0]
    check.equal((group["type"], group["collection"]["id"], group["fallback"]),
                ("added_to_collection", made["id"], fallback), "grouped")
    for name in ("told <2>", "told <3>"):
        alice.patch(f"{COLLECTIONS}/{made['id']}", {"name": name})
    alice.patch(f"{COLLECTIONS}/{made['id']}", {"language": "de"})
    check.equal([n["collection"]["name"] for n in _told("collection_update")], ["told <3>"], "of changes once")
    check.equal([n["type"] for n in cleo.get("/api/v1/notifications") if n.get("collection", {}).get("id") == made["id"]], [],
                "nobody else")
    alice.delete(f"{COLLECTIONS}/{made['id']}/items/{_item(made, 'bob')}")
    check.equal(_told("added_to_collection") + _told("collection_update"), [], "taken back with it")
    _end(made)


def test_shared_and_reported():
    made = _make("shared", "bob")
    post = cleo.status(f"look: {made['url']} and {node.base}/collections/12")
    check.equal([c["id"] for c in anybody.get(f"/api/v1/statuses/{post['id']}")["tagged_collections"]], [made["id"]], "linked")
    check.equal(cleo.status("nothing")["tagged_collections"], [], "none")
    report = cleo.post("/api/v1/reports", {"account_id": ids["alice"], "collection_ids": [made["id"]]})
    check.equal(report["collection_ids"], [made["id"]], "reported")
    cleo.request("POST", "/api/v1/reports", {"account_id": ids["bob"], "collection_ids": [made["id"]]}).error(404)
    node.add_user("mod", "moderator")
    mod = api.Client(node.url, node.token("mod", "read admin:read"), node.host)
    seen = mod.get(f"/api/v1/admin/reports/{report['id']}")
    check.equal([c["name"] for c in seen["collections"]], ["shared"], "a moderator sees which")
    _end(made)


def test_what_others_read():
    """FEP-7aa9: the collection, and the stamp of each account in it."""
    made = _make("read <b>", "bob", "cleo", description="of us", tag_name="garden")
    status, document, _ = ap.get(made["uri"])
    check.equal((status, document["type"], document["id"], document["attributedTo"], document["name"]),
                (200, "FeaturedCollection", made["uri"], node.person_id("alice"), "read <b>"), "the document")
    check.equal((document["summary"], document["topic"]["name"], document["totalItems"]), ("of us", "#garden", 2), "what it says")
    first = document["orderedItems"][0]
    check.equal((first["type"], first["featuredObject"], first["featuredObjectType"]),
                ("FeaturedItem", node.person_id("bob"), "Person"), "an item")
    status, stamp, _ = ap.get(first["featureAuthorization"])
    check.equal((status, stamp["type"], stamp["id"], stamp["interactingObject"], stamp["interactionTarget"]),
                (200, "FeatureAuthorization", first["featureAuthorization"], made["uri"], node.person_id("bob")), "its stamp")
    page = anybody.request("GET", f"/collections/{made['id']}", headers={"Accept": "text/html"}).expect(200).body.decode()
    for text in ("read &lt;b&gt;", "of us", "@bob", "@cleo"):
        check.is_in(text, page, "the page")
    bob.post(f"{COLLECTIONS}/{made['id']}/items/{_item(made, 'bob')}/revoke")
    check.equal(ap.get(first["featureAuthorization"])[0], 404, "a stamp that was taken back")
    check.equal([i["featuredObject"] for i in ap.get(made["uri"])[1]["orderedItems"]], [node.person_id("cleo")], "who is left")
    _end(made)
    check.equal(ap.get(made["uri"])[0], 404, "deleted")


def _state(client, year):
    return client.get(f"{REPORTS}/{year}/state")["state"]


def test_a_year():
    eve = node.add_user("eve")
    check.equal((_state(eve, YEAR), _state(eve, YEAR - 1)), ("ineligible", "ineligible"), "nothing was posted")
    top = eve.status("first #plums #pears")
    for text in ("more #plums", "#plums at last"):
        eve.status(text)
    for visibility in ("unlisted", "private"):
        eve.status("quiet", visibility=visibility)
    eve.act(cleo.status("hers")["id"], "reblog")
    bob.act(top["id"], "reblog")
    bob.post(f"/api/v1/accounts/{eve.me()['id']}/follow")
    check.equal(_state(eve, YEAR), "ineligible", "the year is not over")
    eve.post(f"{REPORTS}/{YEAR}/generate")
    eve.request("GET", f"{REPORTS}/{YEAR}").error(404)
    eve.request("POST", f"{REPORTS}/{YEAR}/read").error(404)
    clock.set(_at(YEAR, 12, 9))
    check.equal(_state(eve, YEAR), "ineligible", "nor nearly")
    clock.set(_at(YEAR, 12, 10))
    check.equal((_state(eve, YEAR), _state(eve, YEAR - 1), _state(eve, YEAR + 1)), ("eligible", "ineligible", "ineligible"),
                "in December")
    check.equal(eve.post(f"{REPORTS}/{YEAR}/generate"), {}, "made")
    check.equal((_state(eve, YEAR), _state(bob, YEAR)), ("available", "eligible"), "hers is there")
    found = eve.get(f"{REPORTS}/{YEAR}")
    check.equal(found, eve.get(REPORTS), "all of them is this one")
    check.equal([a["username"] for a in found["accounts"]] + [s["id"] for s in found["statuses"]], ["eve", top["id"]], "in it")
    report, = found["annual_reports"]
    data = report["data"]
    check.equal((report["year"], report["schema_version"], report["account_id"], report["share_url"]),
                (YEAR, 2, eve.me()["id"], None), "the report")
    check.equal([(m["month"], m["statuses"], m["followers"]) for m in data["time_series"]],
                [(m, 6, 1) if m == 6 else (m, 0, 0) for m in range(1, 13)], "by month")
    check.equal((data["archetype"], data["top_hashtags"], data["top_statuses"]),
                ("lurker", [{"name": "plums", "count": 3}], {"by_reblogs": top["id"], "by_replies": None,
                                                          "by_favourites": None}), "what it counted")
    check.equal(eve.post(f"{REPORTS}/{YEAR}/read"), {}, "read")
    check.equal(bob.get(REPORTS)["annual_reports"], [], "nobody else's")
    bob.request("GET", f"{REPORTS}/{YEAR}").error(404)
    for verb, path in (("GET", ""), ("GET", f"/{YEAR}"), ("GET", f"/{YEAR}/state"), ("POST", f"/{YEAR}/read"),
                       ("POST", f"/{YEAR}/generate")):
        anybody.request(verb, REPORTS + path).error(401)
        api.Client(node.url, node.token("eve", "read:search"), node.host).request(verb, REPORTS + path).error(403)
    for odd in ("x", "20", "20310", "-203", "203x"):
        for verb, part in (("GET", ""), ("GET", "/state"), ("POST", "/read"), ("POST", "/generate")):
            eve.request(verb, f"{REPORTS}/{odd}{part}").error(404)
    eve.delete(f"/api/v1/statuses/{top['id']}")
    gone = eve.get(f"{REPORTS}/{YEAR}")
    check.equal((gone["statuses"], gone["annual_reports"][0]["data"]["top_statuses"]["by_reblogs"]), ([], None),
                "a post that is gone is not named")


def test_what_somebody_is_called():
    """By what they did most: boosting, asking, answering, or having something to say."""
    clock.set(_at(YEAR + 1, 3, 1))
    posts = [cleo.status(f"{n}")["id"] for n in range(2)]
    people = {name: node.add_user(name) for name in ("asker", "answerer", "speaker")}
    for n in range(52):
        clock.advance(1)
        poll = {"poll": {"options": ["a", "b"], "expires_in": 300}} if n % 4 == 0 else {}
        people["asker"].post("/api/v1/statuses", body={"status": f"{n}?", **poll})
        people["answerer"].status(f"{n}", in_reply_to_id=posts[0])
        people["speaker"].status(f"{n}")
    clock.set(_at(YEAR + 2, 1, 1))
    for name, archetype in (("asker", "pollster"), ("answerer", "replier"), ("speaker", "oracle")):
        people[name].post(f"{REPORTS}/{YEAR + 1}/generate")
        report, = people[name].get(f"{REPORTS}/{YEAR + 1}")["annual_reports"]
        check.equal(report["data"]["archetype"], archetype, name)


if __name__ == "__main__":
    run(globals())
