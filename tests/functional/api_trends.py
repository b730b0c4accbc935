"""What is talked about: counted from the public posts of people who want to be found."""

from framework import api, check
from framework.case import run
from framework.node import Node, VirtualClock

TEN_MINUTES = 601
DAY = 24 * 3600


def setup():
    global node, clock, people, anybody
    clock = VirtualClock(1_800_000_000_000)   # 2027-01-15T08:00:00Z
    node = Node(clock=clock).start()
    people = [node.add_user(f"p{n}") for n in range(4)]
    anybody = api.Client(node.url, host=node.host)
    people[3].patch("/api/v1/accounts/update_credentials", {"discoverable": "false"})


def _refreshed(expected, ask, what):
    """What is asked for after the next run of the job that counts."""
    clock.advance(TEN_MINUTES)
    def there():
        clock.advance(0.1)
        return ask() == expected
    try:
        check.eventually(there, 10, what)
    except check.CheckFailed:
        check.equal(ask(), expected, what)


def _tags(**query):
    return [t["name"] for t in anybody.get("/api/v1/trends/tags", **query)]


def test_hashtags_by_how_many_use_them():
    check.equal((_tags(), anybody.get("/api/v1/trends/statuses")), ([], []), "nothing yet")
    for person in people[:3]:
        person.status("#Tea for all")
    for _ in range(5):
        people[0].status("#mine #mine2")
    for person in people[:2]:
        person.status("#cake")
        person.status("quietly #quiet", visibility="unlisted")
        person.status("#secret", visibility="private")
    people[2].status("#found")
    people[3].status("#found, but not by p3")
    _refreshed(["Tea", "cake"], _tags, "at least two people, the most first")
    check.equal(_tags(limit=1, offset=1), ["cake"], "a part")
    check.equal([t["name"] for t in anybody.get("/api/v1/trends")], ["Tea", "cake"], "by its old name")
    tea = anybody.get("/api/v1/trends/tags")[0]
    check.true("following" not in tea, "nobody follows it for nobody")
    people[0].post("/api/v1/tags/tea/follow")
    check.equal([(t["name"], t["following"]) for t in people[0].get("/api/v1/trends/tags")], [("Tea", True), ("cake", False)],
                "whether one follows it")
    days = [(h["day"], h["uses"], h["accounts"]) for h in tea["history"]]
    today = 1_800_000_000 // DAY * DAY
    check.equal(days[0], (str(today), "3", "3"), "today")
    check.equal(days[1:], [(str(today - n * DAY), "0", "0") for n in range(1, 7)], "the days before")
    check.equal(anybody.get("/api/v1/tags/mine")["history"][0]["uses"], "5", "of any hashtag")
    check.equal(anybody.get("/api/v1/tags/mine")["history"][0]["accounts"], "1", "by one")
    clock.advance(DAY)
    people[0].status("#tea again")
    check.equal([(h["uses"], h["accounts"]) for h in anybody.get("/api/v1/tags/tea")["history"][:2]],
                [("1", "1"), ("3", "3")], "the next day")
    clock.advance(2 * DAY)
    _refreshed([], _tags, "talked about no more")


def _statuses(client=None):
    return [s["id"] for s in (client or anybody).get("/api/v1/trends/statuses")]


def test_posts_by_what_people_make_of_them():
    liked, boosted = people[0].status("liked"), people[1].status("boosted")
    hidden = people[0].status("for followers", visibility="private")
    warned = people[0].status("warned", spoiler_text="careful")
    unfound = people[3].status("by who is not to be found")
    for person in people[:3]:
        person.follow_accepted("p0") if person is not people[0] else None
    for post in (liked, boosted, hidden, warned, unfound):
        for person in people[1:3]:
            person.act(post["id"], "favourite")
    people[2].act(boosted["id"], "reblog")
    lonely = people[0].status("one like")
    people[1].act(lonely["id"], "favourite")
    answer = people[1].status("a liked answer", in_reply_to_id=liked["id"])
    for person in people[1:3]:
        person.act(answer["id"], "favourite")
    _refreshed([boosted["id"], liked["id"]], _statuses, "open posts of who wants to be found")
    people[2].post(f"/api/v1/accounts/{people[1].me()['id']}/mute")
    check.equal(_statuses(people[2]), [liked["id"]], "not of whom one mutes")
    people[2].post(f"/api/v1/accounts/{people[1].me()['id']}/unmute")
    check.equal(_statuses(people[2]), [boosted["id"], liked["id"]], "again")
    people[1].delete(f"/api/v1/statuses/{boosted['id']}")
    check.equal(_statuses(), [liked["id"]], "a deleted one is gone at once")
    clock.advance(3 * DAY)
    _refreshed([], _statuses, "old news")


def test_moderators_ask_by_their_own_door():
    boss = node.add_user("boss", role="moderator")
    token = api.Client(node.url, node.token("boss", "admin:read"), node.host)
    for path in ("/api/v1/admin/trends/tags", "/api/v1/admin/trends/statuses"):
        check.equal(token.get(path), [], path)
        anybody.request("GET", path).error(401)
        people[0].request("GET", path).error(403)
        api.Client(node.url, node.token("p0", "admin:read"), node.host).request("GET", path).error(403)
        boss.request("GET", path).error(403)


if __name__ == "__main__":
    run(globals())
