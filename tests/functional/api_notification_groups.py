"""Grouped notifications: what is alike is told as one."""

from framework import api, check
from framework.case import run
from framework.node import Node, VirtualClock

PATH = "/api/v2/notifications"
HALF_DAY_MS = 12 * 3600 * 1000


def setup():
    global node, clock, owner, people, anybody, narrow
    # At the beginning of a half day, so that what a case does falls into one.
    clock = VirtualClock(40_000 * HALF_DAY_MS)
    node = Node(clock=clock).start()
    owner = node.add_user("owner")
    people = [node.add_user(f"p{n}") for n in range(5)]
    anybody = api.Client(node.url, host=node.host)
    narrow = api.Client(node.url, node.token("owner", "read:search"), node.host)


def _groups(**query):
    return owner.get(PATH, **query)["notification_groups"]


def _kinds(groups):
    return [(g["type"], g["notifications_count"]) for g in groups]


def test_likes_of_one_post_are_one_group():
    owner.post("/api/v1/notifications/clear")
    post, other = owner.status("liked"), owner.status("also liked")
    for person in people:
        person.act(post["id"], "favourite")
    people[0].act(post["id"], "reblog")
    people[0].act(other["id"], "favourite")
    people[1].status("@owner hello")
    answer = owner.get(PATH)
    groups = answer["notification_groups"]
    check.equal(_kinds(groups), [("mention", 1), ("favourite", 1), ("reblog", 1), ("favourite", 5)], "newest first")
    likes = groups[3]
    check.equal(likes["status_id"], post["id"], "of the post")
    check.equal(likes["sample_account_ids"], [p.me()["id"] for p in reversed(people)], "by whom, newest first")
    singles = owner.get("/api/v1/notifications", **{"types[]": "favourite"})
    check.equal(likes["most_recent_notification_id"], int(singles[1]["id"]), "the newest of them, as a number")
    check.equal((likes["page_max_id"], likes["page_min_id"]), (singles[1]["id"], singles[5]["id"]), "its part of the page")
    check.equal(likes["latest_page_notification_at"], singles[1]["created_at"], "when")
    check.true(all(s["group_key"] == likes["group_key"] for s in singles[1:6]), "the same key one by one")
    check.equal(groups[0]["group_key"], f"ungrouped-{groups[0]['most_recent_notification_id']}", "in no group")
    check.equal(len(answer["accounts"]), 5, "each account once")
    check.equal(sorted(s["id"] for s in answer["statuses"]), sorted({g["status_id"] for g in groups}), "each status once")

    path = f"{PATH}/{likes['group_key']}"
    alone = owner.get(path)
    check.equal(_kinds(alone["notification_groups"]), [("favourite", 5)], "one group")
    check.equal([a["username"] for a in owner.get(path + "/accounts")], ["p4", "p3", "p2", "p1", "p0"], "its accounts")
    for verb, target in (("GET", PATH), ("GET", path), ("GET", path + "/accounts"), ("POST", path + "/dismiss"),
                         ("GET", PATH + "/unread_count")):
        anybody.request(verb, target).error(401)
        narrow.request(verb, target).error(403)
    for verb, target in (("GET", path), ("GET", path + "/accounts"), ("POST", path + "/dismiss")):
        people[0].request(verb, target).error(404)
    single = f"{PATH}/{groups[0]['group_key']}"
    people[0].request("POST", single + "/dismiss").error(404)
    check.equal(owner.post(path + "/dismiss"), {}, "dismissed")
    check.equal(owner.post(single + "/dismiss"), {}, "one alone too")
    check.equal(_kinds(_groups()), [("favourite", 1), ("reblog", 1)], "the others stay")
    owner.request("GET", path).error(404)
    for bad in ("favourite", "favourite-x-1", "favourite-1-99999999999999999", "mention-1-2", "ungrouped-", "x"):
        owner.request("GET", f"{PATH}/{bad}").error(404)


def test_what_the_client_can_show():
    owner.post("/api/v1/notifications/clear")
    post = owner.status("again")
    for person in people[:3]:
        person.act(post["id"], "favourite")
        person.act(post["id"], "reblog")
    check.equal(_kinds(_groups()), [("reblog", 3), ("favourite", 3)], "two groups")
    check.equal(_kinds(_groups(**{"grouped_types[]": "reblog"})),
                [("reblog", 3), ("favourite", 1), ("favourite", 1), ("favourite", 1)], "only boosts are grouped")
    check.equal(_kinds(_groups(**{"types[]": "favourite"})), [("favourite", 3)], "of a type")
    check.equal(_kinds(_groups(**{"exclude_types[]": "favourite"})), [("reblog", 3)], "without a type")
    check.equal(_groups(**{"types[]": "admin.sign_up"}), [], "of a type that does not occur")
    answer = owner.get(PATH, expand_accounts="partial_avatars")
    check.equal([a["username"] for a in answer["accounts"]], ["p2"], "the newest whole")
    check.equal(sorted(a["acct"] for a in answer["partial_accounts"]), ["p0", "p1"], "the others in part")
    check.equal(owner.get(PATH + "/unread_count"), {"count": 2}, "groups are counted")
    check.equal(owner.get(PATH + "/unread_count", limit=1), {"count": 1}, "capped")


def test_pages_of_groups():
    owner.post("/api/v1/notifications/clear")
    posts = [owner.status(f"post {n}") for n in range(5)]
    for post in posts:
        for person in people[:2]:
            person.act(post["id"], "favourite")
    pages = list(owner.pages(PATH, limit=2))
    told = [[g["status_id"] for g in page["notification_groups"]] for page in pages if page["notification_groups"]]
    newest_first = [p["id"] for p in reversed(posts)]
    check.equal(told, [newest_first[0:2], newest_first[2:4], newest_first[4:]], "each once")
    oldest = owner.get(PATH, limit=2, min_id="1")["notification_groups"]
    check.equal([g["status_id"] for g in oldest], [posts[1]["id"], posts[0]["id"]], "upwards from the oldest")


def test_another_half_day_is_another_group():
    owner.post("/api/v1/notifications/clear")
    post = owner.status("long liked")
    people[0].act(post["id"], "favourite")
    clock.advance(HALF_DAY_MS / 1000)
    people[1].act(post["id"], "favourite")
    check.equal(_kinds(_groups()), [("favourite", 1), ("favourite", 1)], "two groups")


if __name__ == "__main__":
    run(globals())
