"""A Fedify server and a kith node: custom emoji (FEP-9098), and reactions with emoji in both
directions (FEP-c0e0)."""

from urllib.parse import quote

from fedify_peer import FedifyPeer

from framework import check
from framework.case import run
from framework.files import remote_of
from framework.node import Node


def setup():
    global node, alice, fedify
    node = Node().start()
    alice = node.add_user("alice")
    fedify = FedifyPeer()
    fred = fedify.call("actor", name="fred")
    target = node.person_id("alice")
    fedify.call("follow", actor="fred", target=target)
    check.eventually(lambda: fedify.call("relations", actor="fred")["following"].get(target), 30,
                     "alice accepts fred")
    alice.follow_accepted(fred["handle"], 30)


def _reactions(status):
    found = alice.get(f"/api/v1/statuses/{status['id']}").get("reactions", [])
    return sorted((r["name"], r["count"], remote_of(r.get("url"))) for r in found)


def _picture(name):
    return f"{fedify.origin}/emoji/{name}.png"


def test_fred_s_emoji_are_shown():
    sent = fedify.call("postWithEmoji", actor="fred", content="look: :blobcat:",
                       emojis=["blobcat", "unused"])
    status = check.eventually(
        lambda: next((s for s in alice.home() if s["uri"] == sent["object"]), None), 30,
        "alice sees the post")
    check.equal([(e["shortcode"], remote_of(e["url"])) for e in status["emojis"]],
                [("blobcat", _picture("blobcat"))], "its emoji")


def test_fred_reacts_and_takes_it_back():
    status = alice.status("react to me")
    first = fedify.call("reactWithEmoji", actor="fred", object=status["uri"], content="🔥")
    fedify.call("reactWithEmoji", actor="fred", object=status["uri"], custom="blobcat")
    check.eventually(lambda: _reactions(status) == [("blobcat", 1, _picture("blobcat")),
                                                    ("🔥", 1, None)], 30, "both")
    check.equal(alice.get(f"/api/v1/statuses/{status['id']}")["favourites_count"], 0, "favourites")
    fedify.call("undo", activity=first["id"])
    check.eventually(lambda: _reactions(status) == [("blobcat", 1, _picture("blobcat"))], 30,
                     "one is taken back")
    fedify.call("reactWithEmoji", actor="fred", object=status["uri"], content="🎉", like=True)
    check.eventually(lambda: alice.get(f"/api/v1/statuses/{status['id']}")["favourites_count"] == 1,
                     30, "a Like with an emoji is a favourite")
    check.contains(_reactions(status), ("🎉", 1, None), "and a reaction")


def test_alice_reacts_and_takes_it_back():
    sent = fedify.call("post", actor="fred", content="what do you say?")
    status = check.eventually(
        lambda: next((s for s in alice.home() if s["uri"] == sent["object"]), None), 30,
        "alice sees the post")
    path = f"/api/v1/pleroma/statuses/{status['id']}/reactions/{quote('🔥')}"
    alice.put(path)
    got = fedify.wait_for("EmojiReact")
    check.equal((got["actor"], got["object"], got["json"]["content"]),
                (node.person_id("alice"), sent["object"], "🔥"), "the reaction, as Fedify read it")
    alice.delete(path)
    undone = fedify.wait_for("Undo", lambda u: "EmojiReact" in str(u["json"]))
    check.equal(undone["object"], got["id"], "what is undone")


def test_nothing_was_refused():
    fedify.all_well_with(node)


if __name__ == "__main__":
    run(globals())
