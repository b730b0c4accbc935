"""Timelines by the client API: paging without gap or repeat, cursors, filters, blocks and mutes."""
from framework import check
from framework.case import run
from framework.node import Node

POSTS = 200


def setup():
    global node, alice, bob, nobody, ids
    node = Node().start()
    alice = node.add_user("alice")
    bob = node.add_user("bob")
    nobody = node.client()
    alice.follow("bob")
    ids = [bob.status(f"post {n} #count")["id"] for n in range(POSTS)][::-1]   # newest first


def _ids(statuses):
    return [s["id"] for s in statuses]


def _timelines():
    bob_id = nobody.get("/api/v1/accounts/lookup", acct="bob")["id"]
    return [(alice, "/api/v1/timelines/home"), (nobody, "/api/v1/timelines/public"),
            (nobody, "/api/v1/timelines/tag/count"), (nobody, f"/api/v1/accounts/{bob_id}/statuses")]


def test_paging_down_meets_every_post_once():
    for client, path in _timelines():
        for limit in (7, 40):
            check.equal(_ids(client.all(path, limit=limit)), ids, f"{path} by {limit}")


def test_paging_up_meets_every_post_once():
    for client, path in _timelines():
        pages = list(client.pages(path, direction="prev", limit=7, min_id=1))
        met = [i for page in reversed(pages) for i in _ids(page)]
        check.equal(met, ids, f"{path} upwards")


def test_cursors_mean_what_they_say():
    for client, path in _timelines():
        get = lambda **query: _ids(client.get(path, limit=5, **query))
        check.equal(get(max_id=ids[10]), ids[11:16], f"{path} max_id")
        check.equal(get(since_id=ids[20]), ids[0:5], f"{path} since_id is newest first")
        check.equal(get(min_id=ids[20]), ids[15:20], f"{path} min_id is the page just above")
        check.equal(get(max_id=ids[10], min_id=ids[12]), ids[11:12], f"{path} both")
        check.equal(get(since_id=ids[2]), ids[0:2], f"{path} since_id near the top")


def test_links_are_absolute_and_keep_other_parameters():
    answer = nobody.request("GET", "/api/v1/timelines/tag/count", limit=5, any=["a,b"], local=True)
    links = answer.links()
    check.equal(answer.header("Link").count(","), 1, "commas")
    check.true(links["next"].startswith(f"{node.base}/api/v1/timelines/tag/count?"), "absolute")
    for part in ("limit=5", "any%5B%5D=a%2Cb", "local=true", f"max_id={ids[4]}"):
        check.contains(links["next"], part, "next")
    check.contains(links["prev"], f"min_id={ids[0]}", "prev")
    empty = nobody.request("GET", "/api/v1/timelines/tag/unknown")
    check.equal((empty.json, empty.header("Link")), ([], None), "an empty page")


def test_limits_are_bounded():
    check.equal(len(nobody.get("/api/v1/timelines/public")), 20, "by default")
    check.equal(len(nobody.get("/api/v1/timelines/public", limit=1000)), 40, "at most")
    check.equal(len(nobody.get("/api/v1/timelines/public", limit="x")), 20, "nonsense")


def test_filters_of_public_and_tag():
    check.equal(nobody.get("/api/v1/timelines/public", remote=True), [], "remote")
    check.equal(nobody.get("/api/v1/timelines/public", only_media=True), [], "only_media")
    both = bob.status("two #count #other")["id"]
    check.equal(_ids(nobody.get("/api/v1/timelines/tag/count", all=["other"], limit=1)), [both], "all")
    check.true(both not in _ids(nobody.get("/api/v1/timelines/tag/count", none=["other"])), "none")
    bob.delete(f"/api/v1/statuses/{both}")


def test_mutes_and_blocks_leave_no_short_pages():
    carol = node.add_user("carol")
    carol.follow("bob")
    account = carol.follow("alice")
    mine = []
    for n in range(6):
        alice.status(f"from alice {n}")
        mine.append(bob.status(f"between {n}")["id"])
    for verb in ("mute", "block"):
        carol.post(f"/api/v1/accounts/{account['id']}/{verb}")
        for path in ("/api/v1/timelines/home", "/api/v1/timelines/public"):
            check.equal(_ids(carol.get(path, limit=6)), mine[::-1], f"{path} after {verb}")
        carol.post(f"/api/v1/accounts/{account['id']}/un{verb}")


run(globals())
