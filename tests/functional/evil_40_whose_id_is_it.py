"""Checklist line 40: whose a thing is, is asked on every id of the API: bob tries whatever takes an id with
alice's ids, and nothing of hers changes or shows."""

from framework import check
from framework.api import Client
from framework.case import run
from framework.node import Node

DENIED = (401, 403, 404, 422)


def setup():
    global node, alice, bob, private, public, notification, me
    node = Node().start()
    alice, bob = node.add_user("alice"), node.add_user("bob")
    node.add_user("carla").status("@alice hello")
    me = alice.me()["id"]
    private = alice.status("mine alone", visibility="private")["id"]
    public = alice.status("for all")["id"]
    notification = check.eventually(lambda: alice.get("/api/v1/notifications"), 10, "a mention")[0]["id"]


def _denied(client, method, path, form=None):
    before = node.snapshot()
    answer = client.request(method, path, form)
    check.is_in(answer.status, DENIED, f"{method} {path}")
    check.true(isinstance(answer.json["error"], str), f"{method} {path} says why")
    check.true(b"mine alone" not in answer.body, f"{method} {path} shows nothing")
    check.equal(node.snapshot(), before, f"all tables after {method} {path}")


def test_a_post_that_bob_does_not_see():
    for method, below in (("GET", ""), ("GET", "/context"), ("GET", "/source"), ("GET", "/history"),
                          ("GET", "/favourited_by"), ("GET", "/reblogged_by"), ("POST", "/favourite"),
                          ("POST", "/unfavourite"), ("POST", "/reblog"), ("POST", "/unreblog"),
                          ("POST", "/pin"), ("POST", "/unpin"), ("DELETE", ""), ("PUT", "")):
        form = {"status": "bob was here"} if method == "PUT" else None
        for client in (bob, node.client()):
            _denied(client, method, f"/api/v1/statuses/{private}{below}", form)


def test_a_post_that_bob_sees_is_still_alice_s():
    for method, below in (("DELETE", ""), ("PUT", ""), ("POST", "/pin")):
        form = {"status": "bob was here"} if method == "PUT" else None
        for client in (bob, node.client()):
            _denied(client, method, f"/api/v1/statuses/{public}{below}", form)
    check.contains(alice.get(f"/api/v1/statuses/{public}")["content"], "for all", "alice's post")


def test_notifications_and_requests():
    for client in (bob, node.client()):
        _denied(client, "GET", f"/api/v1/notifications/{notification}")
        _denied(client, "POST", f"/api/v1/notifications/{notification}/dismiss")
    alice.patch("/api/v1/accounts/update_credentials", {"locked": "true"})
    carla = node.client("carla")
    carla.post(f"/api/v1/accounts/{me}/follow")
    asking = check.eventually(lambda: alice.get("/api/v1/follow_requests"), 10, "a request")[0]["id"]
    for verb in ("authorize", "reject"):
        _denied(bob, "POST", f"/api/v1/follow_requests/{asking}/{verb}")
    check.equal(len(alice.get("/api/v1/follow_requests")), 1, "alice's requests")


def test_a_token_has_only_its_scopes():
    reader = Client(node.url, node.token("alice", "read:accounts"), host=node.host)
    for method, path, form in (("POST", "/api/v1/statuses", {"status": "x"}),
                               ("DELETE", f"/api/v1/statuses/{public}", None),
                               ("GET", "/api/v1/timelines/home", None),
                               ("GET", "/api/v1/notifications", None),
                               ("PATCH", "/api/v1/accounts/update_credentials", {"note": "x"}),
                               ("POST", f"/api/v1/accounts/{me}/block", None)):
        before = node.snapshot()
        reader.request(method, path, form).error(403)
        check.equal(node.snapshot(), before, f"all tables after {method} {path}")


if __name__ == "__main__":
    run(globals())
