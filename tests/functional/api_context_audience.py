"""A thread shows each viewer the posts that are for them, and no others."""

from framework import check
from framework.case import run
from framework.node import Node


def setup():
    global node, alice, bob, carol, root
    node = Node().start()
    alice, bob, carol = (node.add_user(name) for name in ("alice", "bob", "carol"))
    bob.follow_accepted(node.handle("alice"))
    root = alice.status("the root")


def _reply(text, visibility):
    return alice.status(text, in_reply_to_id=root["id"], visibility=visibility)["id"]


def _viewers():
    return {"alice": alice, "bob": bob, "carol": carol, "nobody": node.client()}


def _who_sees(status_id):
    """The viewers to whom the root's context shows a status. Asking for the status itself must
    give the same answer."""
    seen = set()
    for name, client in _viewers().items():
        below = client.context(root["id"])["descendants"]
        if any(status["id"] == status_id for status in below):
            seen.add(name)
        direct = client.request("GET", f"/api/v1/statuses/{status_id}").expect(200, 404).status
        check.equal(direct == 200, name in seen, f"{name} sees in context what it sees alone")
    return seen


def test_a_public_reply_is_for_all():
    check.equal(_who_sees(_reply("for all", "public")), {"alice", "bob", "carol", "nobody"},
                "who sees it")


def test_a_followers_only_reply_is_for_followers():
    check.equal(_who_sees(_reply("for followers", "private")), {"alice", "bob"}, "who sees it")


def test_a_direct_reply_is_for_those_it_names():
    check.equal(_who_sees(_reply("@carol for you", "direct")), {"alice", "carol"}, "who sees it")


if __name__ == "__main__":
    run(globals())
