"""A Fedify server and a kith node: polls and votes in both directions (FEP-9967), and their results."""

from fedify_peer import FedifyPeer

from framework import check
from framework.case import run
from framework.node import Node, VirtualClock

PAUSE_S = 181   # between two Updates of a poll's results


def setup():
    global clock, node, alice, fedify, fred
    clock = VirtualClock()
    node = Node(clock=clock).start()
    alice = node.add_user("alice")
    fedify = FedifyPeer()
    fred = fedify.call("actor", name="fred")
    target = node.person_id("alice")
    fedify.call("follow", actor="fred", target=target)
    check.eventually(lambda: fedify.call("relations", actor="fred")["following"].get(target), 30,
                     "alice accepts fred")
    alice.follow_accepted(fred["handle"], 30)


def test_alice_votes_in_fred_s_poll():
    sent = fedify.call("poll", actor="fred", content="tea or coffee?", options=["tea", "coffee"])
    status = check.eventually(
        lambda: next((s for s in alice.home() if s["uri"] == sent["object"]), None), 30,
        "alice sees the poll")
    check.equal([o["title"] for o in status["poll"]["options"]], ["tea", "coffee"], "options")
    alice.post(f"/api/v1/polls/{status['poll']['id']}/votes", {"choices[]": "0"})
    vote = fedify.wait_for("Create", lambda c: "tea" in str(c["json"]))
    note = vote["json"]["object"]
    check.equal((note["type"], note["name"], note["inReplyTo"]), ("Note", "tea", sent["object"]),
                "the vote")
    check.true("content" not in note, "a vote has no content")
    fedify.call("results", poll=sent["object"], counts={"tea": 5, "coffee": 2})
    check.eventually(lambda: [o["votes_count"] for o in alice.get(
        f"/api/v1/polls/{status['poll']['id']}")["options"]] == [5, 2], 30, "the results arrive")


def test_fred_votes_in_alice_s_poll():
    status = alice.post("/api/v1/statuses", {
        "status": "sun or rain?", "poll[options]": ["sun", "rain"], "poll[expires_in]": 3600})
    fedify.wait_for("Create", lambda c: c["object"] == status["uri"])
    fedify.call("vote", actor="fred", poll=status["uri"], name="rain")
    check.eventually(lambda: [o["votes_count"] for o in alice.get(
        f"/api/v1/polls/{status['poll']['id']}")["options"]] == [0, 1], 30, "fred's vote counts")
    check.equal(alice.notifications("mention"), [], "a vote is no mention")
    clock.advance(PAUSE_S)
    update = check.eventually(
        lambda: next((u for u in fedify.received("Update") if u["object"] == status["uri"]), None)
        or clock.advance(0.1), 30, "Fedify gets the results")
    totals = {o["name"]: o["replies"]["totalItems"] for o in update["json"]["object"]["oneOf"]}
    check.equal(totals, {"sun": 0, "rain": 1}, "the results as Fedify read them")


def test_nothing_was_refused():
    fedify.all_well_with(node)


if __name__ == "__main__":
    run(globals())
