"""How groups are found: the directory and its page, topics, similar groups, groups that look for moderators and who offers to
help. Nothing of it tells an outsider of a group that is not public."""

from urllib.parse import quote

from framework import api, check
from framework.ap import get
from framework.case import run
from framework.check import eventually
from framework.node import Node, VirtualClock

KITH = "/api/kith/v1"
DAY_S = 24 * 3600
COMMON_MIN = 5      # members in both that make two groups similar


def setup():
    global node, other, clock, ann, bob, nobody, ids, members
    clock = VirtualClock()
    node, other = Node(clock=clock).start(), Node().start()
    ann, bob = node.add_user("ann"), node.add_user("bob")
    nobody = api.Client(node.url, host=node.host)
    ids = {}
    for name, visibility in (("garden", "public"), ("pond", "public"), ("attic", "private"), ("cellar", "unlisted"), ("office", "local_only")):
        node.add_group(name, "ann", f"The {name}")
        ids[name] = ann.find_account(name)["id"]
        ann.request("PATCH", f"{KITH}/groups/{ids[name]}", body={"visibility": visibility, "summary": f"About the {name}"}).expect(200)
    members = [node.add_user(f"m{n}") for n in range(COMMON_MIN)]
    for member in members:
        for name, group in ids.items():
            member.follow(name)
            if name == "attic":
                asking = ann.get(f"{KITH}/groups/{group}/requests")[0]["account"]
                ann.post(f"{KITH}/groups/{group}/requests/{asking['id']}/accept")
    for writer in members[:2]:
        writer.status("look #Frogs #water @garden")
        writer.status("and here #frogs #water @pond")
        writer.status("hidden #frogs #water @cellar")
    _compared()


def _compared():
    """The job that compares groups has run once more."""
    clock.advance(DAY_S + 3700)
    before = clock.now_ms - 3600 * 1000
    eventually(lambda: node.count("group_compared", "at > ?", before) >= 2, 20, "all public groups are compared")


def _found(client=None, **query):
    return [x["acct"] for x in (client or nobody).get(f"{KITH}/groups", **query)]


def _similar(name, client=None):
    return [x["acct"] for x in (client or nobody).get(f"{KITH}/groups/{ids[name]}/similar")]


def _page(path):
    status, _, response = get(node.base + path, "text/html")
    check.equal(status, 200, path)
    return response.body.decode()


def test_the_directory_has_what_anybody_may_find():
    check.equal(sorted(_found()), ["attic", "garden", "pond"], "neither unlisted nor local ones")
    check.equal(_found(q="POND"), ["pond"], "by name")
    check.equal(_found(sort="name"), ["attic", "garden", "pond"], "in the order of names")
    check.equal(_found(sort="name", limit=1, offset=2), ["pond"], "a page")
    check.equal(sorted(_found(topic="frogs")), ["garden", "pond"], "by topic")
    check.equal([(x["name"].lower(), x["groups_count"]) for x in nobody.get(f"{KITH}/group_topics")], [("frogs", 2), ("water", 2)], "topics")
    garden = next(x for x in nobody.get(f"{KITH}/groups") if x["acct"] == "garden")
    check.equal((garden["summary"], sorted(t.lower() for t in garden["topics"]), garden["members_count"]), ("About the garden", ["frogs", "water"], 6), "its line")
    check.equal(nobody.request("GET", f"{KITH}/groups?sort=odd").status, 422, "an order that is none")
    shown = _page("/communities")
    for word in ("The garden", "About the pond", "#water", "The attic"):
        check.contains(shown, word, "on the page")
    check.true("cellar" not in shown and "office" not in shown, "what is not for all")
    check.contains(_page("/communities?q=" + quote('"><script>')), "&quot;&gt;&lt;script&gt;", "what was asked for is text")
    check.true("The garden" not in _page("/communities?topic=frogs&q=pond"), "search and topic")
    check.contains(_page("/"), '"/communities"', "a link to it")


def test_similar_groups_are_public_ones():
    check.equal((_similar("garden"), _similar("pond")), (["pond"], ["garden"]), "by members and topics")
    check.equal(_similar("attic", ann), [], "of a private group nothing is told, also to who is in it")
    check.equal(nobody.request("GET", f"{KITH}/groups/{ids['office']}/similar").status, 404, "a group for this node's people")
    check.contains(_page("/c/garden"), "Similar groups", "on its page")
    ann.request("PATCH", f"{KITH}/groups/{ids['pond']}", body={"visibility": "unlisted"}).expect(200)
    check.equal(_similar("garden"), [], "at once when it is listed no more")
    ann.request("PATCH", f"{KITH}/groups/{ids['pond']}", body={"visibility": "public"}).expect(200)


def test_who_opted_out_is_not_counted():
    for writer in members[:2]:
        for post in writer.get(f"/api/v1/accounts/{writer.me()['id']}/statuses"):
            writer.delete(f"/api/v1/statuses/{post['id']}")
    _compared()
    check.equal(_similar("garden"), ["pond"], "by members alone")
    check.equal(nobody.get(f"{KITH}/group_topics"), [], "topics go with their threads")
    for name, left in (("m0", ["pond"]), ("m1", [])):  # ann is in both, too
        node.cli("ops", "opt-out", "--group", "pond", "--actor", name)
        _compared()
        check.equal(_similar("garden"), left, f"without {name}")


def test_groups_that_look_for_moderators():
    ann.status("I am here @garden")
    check.equal(_found(seeks_moderators="true"), [], "all are looked after")
    ann.request("PATCH", f"{KITH}/groups/{ids['pond']}", body={"seeks_moderators": True}).expect(200)
    check.equal(_found(seeks_moderators="true"), ["pond"], "who says so")
    check.contains(_page("/c/pond"), "looks for moderators", "on its page")
    help_at = f"{KITH}/groups/{ids['pond']}/help"
    for text, status in (("", 422), ("x" * 1001, 422), ("I have free evenings", 200)):
        check.equal(bob.request("POST", help_at, body={"text": text}).status, status, f"an offer: {text[:20]}")
    check.equal(ann.request("POST", help_at, body={"text": "me"}).status, 403, "who does it already")
    check.equal(nobody.request("POST", help_at, body={"text": "me"}).status, 401, "nobody")
    check.equal(bob.request("GET", help_at).status, 403, "offers are for the team")
    offers = ann.get(help_at)
    check.equal([(x["account"]["acct"], x["text"]) for x in offers], [("bob", "I have free evenings")], "the team reads it")
    ann.request("DELETE", f"{help_at}/{offers[0]['account']['id']}").expect(200)
    check.equal(bob.request("DELETE", help_at).status, 404, "it is done with")
    bob.request("POST", help_at, body={"text": "still"}).expect(200)
    bob.request("DELETE", help_at).expect(200)
    check.equal(ann.get(help_at), [], "taken back")
    ann.request("PATCH", f"{KITH}/groups/{ids['pond']}", body={"seeks_moderators": False}).expect(200)
    clock.advance(61 * DAY_S)
    eventually(lambda: sorted(_found(seeks_moderators="true")) == ["attic", "garden", "pond"], 20, "those whose moderators were not seen for long")


def test_a_group_is_found_from_another_node_by_its_name_and_its_address():
    near = Node().start()
    keeper, reader = near.add_user("keeper"), other.add_user("reader")
    group = near.add_group("meadow", "keeper", "The meadow")
    keeper.status("The first thread @meadow")
    for what in (f"@meadow@{near.host}", group):
        found = reader.search(what, "accounts")
        check.equal([x["acct"] for x in found], [f"meadow@{near.host}"], f"by {what}")
    number = int(found[0]["id"])
    seen = lambda: reader.get("/api/v4/community", id=number) and reader.get("/api/v4/post/list", community_id=number)["items"]
    eventually(lambda: [x["post"]["name"] for x in seen()] == ["The first thread"], 20, "its threads, though nobody follows it")


if __name__ == "__main__":
    run(globals())
