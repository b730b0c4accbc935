"""Reports: a Flag in the shapes that peers send becomes a report to the moderators, of its host
and nobody there; a member's report goes to the host of whom it is about, as a Flag of the instance
actor; moderators, and nobody else, handle them."""

import json

from framework import api, check
from framework.case import run
from framework.evil import Scene, marker

ADMIN = "/api/v1/admin/reports"


def setup():
    global scene, mod
    scene = Scene()
    scene.node.add_user("mona", role="moderator")
    mod = api.Client(scene.node.url, scene.node.token("mona", "read write admin:read admin:write"),
                     scene.node.host)


def _reports(**query):
    return mod.get(ADMIN, limit=200, **query)


def _flag(actor, objects, word, **more):
    """Sends a Flag and returns the open reports that came of it."""
    flag = actor.activity("Flag", objects, content=word, **more)
    check.equal(actor.send(scene.node.inbox, flag).status, 202, "status of a Flag")
    check.eventually(lambda: scene.node.inbox_state(flag) in ("applied", "refused"),
                     what="the Flag is handled")
    check.equal(scene.node.inbox_state(flag), "applied", "state of the Flag")
    return [r for r in _reports() if word in r["comment"]]


def test_a_flag_as_mastodon_sends_it():
    word = marker()
    post = scene.alice.status("what is reported")
    instance = scene.good.actor("instance", "Application")
    found = _flag(instance, [scene.alice_id, post["uri"], scene.carol.id,
                             scene.good.base + "/note/none"], f"rude & {word}")
    check.equal(len(found), 1, "reports")
    report = found[0]
    check.equal(report["comment"], f"rude & {word}", "comment")
    check.equal(report["target_account"]["username"], "alice", "target")
    check.equal(report["account"]["domain"], scene.good.host, "who stands for the reporter")
    check.equal([s["uri"] for s in report["statuses"]], [post["uri"]], "posts")
    told = check.eventually(lambda: [n for n in mod.notifications("admin.report")
                                     if n["report"]["id"] == report["id"]],
                            what="the moderator is told")
    check.equal(told[0]["report"]["status_ids"], [post["id"]], "posts in the notification")
    check.equal(scene.alice.notifications("admin.report"), [], "notifications of alice")


def test_a_flag_as_lemmy_sends_it():
    word = marker()
    post = scene.alice.status("reported by a person")
    flag = scene.carol.activity("Flag", post["uri"], summary=f"<p>spam {word}</p>", to=[scene.alice_id])
    scene.carol.send(scene.node.inbox, flag)
    found = check.eventually(lambda: [r for r in _reports() if word in r["comment"]],
                             what="the report is there")[0]
    check.equal(found["comment"], f"spam {word}", "comment without markup")
    check.true("carol" not in json.dumps(found), "the reporter's name is nowhere in the report")
    check.equal(scene.node.sql("SELECT origin_host FROM report WHERE id = ?", int(found["id"])),
                [{"origin_host": scene.good.host}], "its host is kept")


def test_each_account_gets_a_report_of_its_own_and_a_replay_none():
    word = marker()
    instance = scene.good.actors["instance"]
    bob_id = scene.node.person_id("bob")
    check.equal({r["target_account"]["username"]
                 for r in _flag(instance, [scene.alice_id, bob_id, bob_id], word)},
                {"alice", "bob"}, "accounts reported")
    again = instance.activity("Flag", [scene.alice_id], content=marker())
    for _ in range(2):
        instance.send(scene.node.inbox, again)
    check.eventually(lambda: [r for r in _reports() if again["content"] in r["comment"]],
                     what="the report is there")
    later = marker()
    _flag(instance, [scene.alice_id], later)
    check.equal(len([r for r in _reports() if again["content"] in r["comment"]]), 1, "reports")


def test_a_flag_about_nothing_here_is_refused():
    instance = scene.good.actors["instance"]
    for objects in ([scene.carol.id], [scene.node.base + "/u/nobody"], scene.node.base + "/post/1",
                    [scene.node.base + "/actor"]):
        scene.refused_later(instance, instance.activity("Flag", objects, content="x"),
                            f"a Flag about {objects}")


def test_a_report_is_forwarded_by_the_instance_actor():
    word = marker()
    status, _ = scene.mention(scene.carol)
    scene.carol.send(scene.node.inbox, status)
    uri = status["object"]["id"]
    seen = check.eventually(lambda: scene.bob.search(uri, "statuses"), what="the post")[0]
    form = {"account_id": seen["account"]["id"], "status_ids": [seen["id"]], "comment": word,
            "category": "spam"}
    quiet = scene.bob.post("/api/v1/reports", form)
    check.equal(quiet["forwarded"], False, "forwarded")
    made = scene.bob.post("/api/v1/reports", {**form, "forward": True})
    check.equal((made["forwarded"], made["category"], made["status_ids"]),
                (True, "spam", [seen["id"]]), "the report")
    flag = check.eventually(lambda: scene.good.activities("Flag"), what="the Flag arrives")
    check.equal(len(flag), 1, "Flags")
    flag = flag[0]
    check.equal(flag["actor"], scene.node.base + "/actor", "its actor")
    check.equal(flag["object"], [scene.carol.id, uri], "its objects")
    check.equal(flag["content"], word, "its comment")
    check.true("bob" not in json.dumps(flag), "the reporter's name is nowhere in the Flag")
    check.equal(api.Client(scene.node.url, host=scene.node.host).request(
        "GET", flag["id"].removeprefix(scene.node.base),
        headers={"Accept": "application/activity+json"}).status, 404, "status of the Flag's id")


def test_bad_reports_are_refused():
    post = scene.alice.status("of alice")
    private = scene.alice.status("for nobody", visibility="direct")
    alice, bob = scene.alice.me()["id"], scene.bob.me()["id"]
    for status, form in ((404, {"account_id": "1"}), (404, {}),
                         (404, {"account_id": bob, "status_ids": [post["id"]]}),
                         (404, {"account_id": alice, "status_ids": [private["id"]]}),
                         (422, {"account_id": alice, "category": "dislike"}),
                         (422, {"account_id": alice, "comment": "x" * 1001})):
        scene.bob.request("POST", "/api/v1/reports", form).error(status)


def test_moderators_handle_reports():
    word = marker()
    made = scene.bob.post("/api/v1/reports", {"account_id": scene.alice.me()["id"],
                                              "comment": word})
    path = f"{ADMIN}/{made['id']}"
    check.equal(mod.get(path)["account"]["username"], "bob", "reporter of a local report")
    check.equal(mod.post(path + "/assign_to_self")["assigned_account"]["username"], "mona",
                "assigned")
    check.equal(mod.post(path + "/unassign")["assigned_account"], None, "assigned no more")
    closed = mod.post(path + "/resolve")
    check.equal((closed["action_taken"], closed["action_taken_by_account"]["username"]),
                (True, "mona"), "resolved")
    check.true(made["id"] not in [r["id"] for r in _reports()], "no longer among the open ones")
    check.contains([r["id"] for r in _reports(resolved=True)], made["id"], "resolved ones")
    check.equal(mod.post(path + "/reopen")["action_taken"], False, "open again")
    mod.request("GET", ADMIN + "/1").error(404)
    check.contains(scene.node.cli("report", "list"), made["id"], "kith report list")
    check.contains(scene.node.cli("report", "show", made["id"]), word, "kith report show")
    scene.node.cli("report", "resolve", made["id"])
    check.equal(mod.get(path)["action_taken"], True, "resolved by the command")


def test_nobody_else_sees_reports():
    made = scene.bob.post("/api/v1/reports", {"account_id": scene.alice.me()["id"]})
    asking = "read write admin:read admin:write"
    member = api.Client(scene.node.url, scene.node.token("bob", asking), scene.node.host)
    narrow = api.Client(scene.node.url, scene.node.token("mona", "read write"), scene.node.host)
    for client in (member, narrow):
        for method, path in (("GET", ADMIN), ("GET", f"{ADMIN}/{made['id']}"),
                             ("POST", f"{ADMIN}/{made['id']}/resolve")):
            client.request(method, path).error(403)
    api.Client(scene.node.url, host=scene.node.host).request("GET", ADMIN).error(401)
    check.equal(mod.get(f"{ADMIN}/{made['id']}")["action_taken"], False, "still open")


if __name__ == "__main__":
    run(globals())
