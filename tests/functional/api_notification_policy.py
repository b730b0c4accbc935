"""Rules about notifications from whom their owner does not know, and what waits for a decision."""

from framework import api, check
from framework.case import run
from framework.node import Node

POLICY, REQUESTS = "/api/v2/notifications/policy", "/api/v1/notifications/requests"
RULES = ("for_not_following", "for_not_followers", "for_new_accounts", "for_private_mentions", "for_limited_accounts")
AT_FIRST = dict.fromkeys(RULES, "accept") | {"for_limited_accounts": "filter"}


def setup():
    global node, anybody
    node = Node().start()
    anybody = api.Client(node.url, host=node.host)


def _people(prefix):
    return [node.add_user(f"{prefix}_{name}") for name in ("owner", "caller")]


def _told(client, **query):
    return [(n["type"], n["account"]["username"]) for n in client.get("/api/v1/notifications", **query)]


def test_the_rules():
    owner, caller = _people("rules")
    policy = owner.get(POLICY)
    check.equal(policy, AT_FIRST | {"summary": {"pending_requests_count": 0, "pending_notifications_count": 0}}, "at first")
    for rule in RULES:
        for value in ("drop", "filter", "accept"):
            check.equal(owner.patch(POLICY, {rule: value})[rule], value, rule)
            check.equal(owner.get(POLICY)[rule], value, f"{rule} read back")
    check.equal(owner.put(POLICY, {"for_new_accounts": "drop"})["for_new_accounts"], "drop", "by PUT")
    check.equal(caller.get(POLICY)["for_new_accounts"], "accept", "nobody else's")
    owner.request("PATCH", POLICY, {"for_new_accounts": "maybe"}).error(422)
    check.equal(owner.get(POLICY)["for_new_accounts"], "drop", "unchanged")
    narrow = api.Client(node.url, node.token("rules_owner", "read:search"), node.host)
    for verb, path in (("GET", POLICY), ("PATCH", POLICY), ("GET", REQUESTS), ("GET", REQUESTS + "/1"),
                       ("GET", REQUESTS + "/merged"), ("POST", REQUESTS + "/1/accept"),
                       ("POST", REQUESTS + "/1/dismiss"), ("POST", REQUESTS + "/accept"),
                       ("POST", REQUESTS + "/dismiss"), ("GET", "/api/v1/notifications/unread_count")):
        anybody.request(verb, path).error(401)
        narrow.request(verb, path).error(403)


def test_what_is_held_back_is_asked_about():
    owner, caller = _people("held")
    owner.patch(POLICY, {"for_not_following": "filter"})
    first = caller.status("@held_owner hello?")
    last = caller.status("@held_owner are you there?")
    check.equal(_told(owner), [], "not told")
    check.equal(len(_told(owner, include_filtered="true")), 2, "unless asked for")
    waiting = owner.get("/api/v1/notifications", include_filtered="true")
    check.true(all(n["filtered"] for n in waiting), "as filtered")
    check.equal(owner.get(POLICY)["summary"], {"pending_requests_count": 1, "pending_notifications_count": 2}, "counted")
    requests = owner.get(REQUESTS)
    check.equal([(r["account"]["username"], r["notifications_count"], r["last_status"]["id"]) for r in requests],
                [("held_caller", "2", last["id"])], "one request of one person")
    one = f"{REQUESTS}/{requests[0]['id']}"
    check.equal(owner.get(one), requests[0], "by id")
    for verb, path in (("GET", one), ("POST", one + "/accept"), ("POST", one + "/dismiss")):
        caller.request(verb, path).error(404)
    check.equal(owner.post(one + "/accept"), {}, "accepted")
    check.equal(owner.get(REQUESTS + "/merged"), {"merged": True}, "at once")
    check.equal(_told(owner), [("mention", "held_caller")] * 2, "told now")
    check.equal(owner.get(REQUESTS), [], "nothing waits")
    caller.act(owner.status("a post")["id"], "favourite")
    check.equal(_told(owner)[0], ("favourite", "held_caller"), "heard from now on")
    check.equal(first["id"], owner.get("/api/v1/notifications")[2]["status"]["id"], "the first is there too")


def test_dismissed_is_thrown_away_and_may_come_again():
    owner, caller = _people("dis")
    owner.patch(POLICY, {"for_not_followers": "filter"})
    caller.status("@dis_owner one")
    owner.post(REQUESTS + "/dismiss", {"id": [owner.get(REQUESTS)[0]["id"]]})
    check.equal((owner.get(REQUESTS), _told(owner, include_filtered="true")), ([], []), "gone")
    caller.status("@dis_owner two")
    ids = [r["id"] for r in owner.get(REQUESTS)]
    check.equal(len(ids), 1, "asks again")
    owner.request("POST", REQUESTS + "/accept", {"id": ids + ["1"]}).error(404)
    check.equal(len(owner.get(REQUESTS)), 1, "all or none")
    owner.post(REQUESTS + "/accept", {"id": ids})
    check.equal(_told(owner), [("mention", "dis_caller")], "accepted with others")


def test_what_was_taken_back_is_not_asked_about():
    owner, caller = _people("back")
    owner.patch(POLICY, {"for_not_following": "filter"})
    post = owner.status("a post")
    caller.act(post["id"], "favourite")
    one = owner.get(REQUESTS)[0]
    check.equal(one["notifications_count"], "1", "asked about")
    caller.act(post["id"], "unfavourite")
    check.equal(owner.get(REQUESTS), [], "not any more")
    owner.request("GET", f"{REQUESTS}/{one['id']}").error(404)
    check.equal(owner.get(POLICY)["summary"], {"pending_requests_count": 0, "pending_notifications_count": 0}, "nor counted")
    caller.status("@back_owner hello?")
    check.equal([r["notifications_count"] for r in owner.get(REQUESTS)], ["1"], "it may come again")


def test_dropped_is_never_told():
    owner, caller = _people("drop")
    owner.patch(POLICY, {"for_not_following": "drop"})
    post = caller.status("@drop_owner psst")
    check.equal((_told(owner, include_filtered="true"), owner.get(REQUESTS)), ([], []), "nothing")
    check.equal(owner.get(f"/api/v1/statuses/{post['id']}")["id"], post["id"], "the post itself is there")
    owner.follow_accepted("drop_caller")
    caller.status("@drop_owner again")
    check.equal(_told(owner), [("mention", "drop_caller")], "whom one follows is heard")


def test_new_accounts_and_followers_and_private_mentions():
    owner, caller = _people("kind")
    owner.patch(POLICY, {"for_new_accounts": "filter"})
    caller.status("@kind_owner I am new")
    check.equal(len(owner.get(REQUESTS)), 1, "a new account")
    owner.post(f"{REQUESTS}/{owner.get(REQUESTS)[0]['id']}/dismiss")
    owner.patch(POLICY, {"for_new_accounts": "accept", "for_private_mentions": "filter"})
    caller.status("@kind_owner in the open")
    check.equal(_told(owner), [("mention", "kind_caller")], "what is public is heard")
    caller.status("@kind_owner a secret", visibility="direct")
    check.equal(len(owner.get(REQUESTS)), 1, "a private mention waits")
    owner.post(f"{REQUESTS}/{owner.get(REQUESTS)[0]['id']}/dismiss")
    asked = owner.status("@kind_caller what is it?", visibility="direct")
    caller.status("@kind_owner this", visibility="direct", in_reply_to_id=asked["id"])
    check.equal(len(_told(owner)), 2, "an answer is heard")
    owner.patch(POLICY, {"for_private_mentions": "accept", "for_not_followers": "filter"})
    caller.follow_accepted("kind_owner")
    caller.status("@kind_owner I follow since now")
    check.equal(len(owner.get(REQUESTS)), 1, "a new follower waits")


def test_a_moderator_is_always_heard():
    owner = node.add_user("mod_owner")
    owner.patch(POLICY, {"for_not_following": "drop"})
    boss = node.add_user("mod_boss", role="moderator")
    boss.status("@mod_owner please read the rules")
    check.equal(_told(owner), [("mention", "mod_boss")], "heard")


def test_what_is_unread():
    owner, caller = _people("un")
    path = "/api/v1/notifications/unread_count"
    for n in range(3):
        caller.status(f"@un_owner {n}")
    check.equal(owner.get(path), {"count": 3}, "none was read")
    check.equal(owner.get(path, limit=2), {"count": 2}, "capped")
    check.equal(owner.get(path, **{"types[]": "follow"}), {"count": 0}, "of a type")
    second = owner.get("/api/v1/notifications")[1]["id"]
    owner.post("/api/v1/markers", {"notifications[last_read_id]": second})
    check.equal(owner.get(path), {"count": 1}, "since the mark")
    check.equal(owner.get("/api/v2/notifications/unread_count"), {"count": 1}, "as groups")


if __name__ == "__main__":
    run(globals())
