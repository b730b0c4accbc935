"""Checklist line 32: what local people store is bounded too, and what is refused leaves nothing behind."""

from framework import check
from framework.case import run
from framework.node import Node


def setup():
    global node, alice
    node = Node().start()
    alice = node.add_user("alice")


def _refused(method, path, form, what):
    before = node.snapshot()
    answer = alice.request(method, path, form)
    check.equal(answer.status, 422, f"{what}: {answer.body[:200]!r}")
    check.true(isinstance(answer.json["error"], str), f"{what}: says what was wrong")
    check.equal(node.snapshot(), before, f"all tables after {what}")


def test_posts():
    alice.status("x" * 5_000)
    _refused("POST", "/api/v1/statuses", {"status": "x" * 5_001}, "a post of 5,001 characters")
    _refused("POST", "/api/v1/statuses", {"status": ""}, "an empty post")
    _refused("POST", "/api/v1/statuses", {"status": "x", "spoiler_text": "y" * 5_001},
             "a warning that is longer than a post")


def test_a_profile():
    path = "/api/v1/accounts/update_credentials"
    alice.patch(path, {"note": "x" * 5_000, "display_name": "y" * 100})
    _refused("PATCH", path, {"note": "x" * 5_001}, "a note of 5,001 characters")
    _refused("PATCH", path, {"display_name": "y" * 101}, "a name of 101 characters")
    _refused("PATCH", path, {f"fields_attributes[{n}][{part}]": "z" for n in range(9)
                             for part in ("name", "value")}, "nine fields")
    _refused("PATCH", path, {"fields_attributes[0][name]": "n", "fields_attributes[0][value]":
                             "v" * 256}, "a field of 256 characters")


def test_pins():
    statuses = [alice.status(f"number {n}")["id"] for n in range(21)]
    for status in statuses[:20]:
        alice.act(status, "pin")
    _refused("POST", f"/api/v1/statuses/{statuses[20]}/pin", {}, "the 21st pin")
    alice.act(statuses[0], "unpin")
    alice.act(statuses[20], "pin")


def test_pages_are_cut():
    for n in range(25):
        alice.status(f"page {n}")
    account = alice.me()["id"]
    path = f"/api/v1/accounts/{account}/statuses"
    check.equal(len(alice.get(path)), 20, "entries by default")
    check.equal(len(alice.get(path, limit=1_000_000)), 40, "entries at the most")
    for limit in ("0", "-5", "99999999999999999999", "many"):
        check.true(len(alice.get(path, limit=limit)) <= 40, f"entries with limit={limit}")


if __name__ == "__main__":
    run(globals())
