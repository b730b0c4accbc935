"""A Fedify server and a kith node: boosts, quotes with their authors' consent, undoings, blocks and
reports, each in both directions."""

from fedify_peer import FedifyPeer

from framework import api, check
from framework.case import run
from framework.node import Node


def setup():
    global node, alice, mona, fedify, fred, alice_id
    node = Node().start()
    alice = node.add_user("alice")
    node.add_user("mona", role="moderator")
    mona = api.Client(node.url, node.token("mona", "read write admin:read admin:write"), node.host)
    alice_id = node.person_id("alice")
    fedify = FedifyPeer()
    fred = fedify.call("actor", name="fred")
    fedify.call("follow", actor="fred", target=alice_id)
    check.eventually(lambda: fedify.call("relations", actor="fred")["following"].get(alice_id), 30,
                     "alice accepts fred")
    alice.follow_accepted(fred["handle"], 30)


def _here(url):
    return check.eventually(lambda: next(iter(alice.search(url, "statuses", resolve=False)), None),
                            30, f"{url} arrives")


def _now(status):
    return alice.get(f"/api/v1/statuses/{status['id']}")


def test_a_boost_and_its_undoing_both_ways():
    post = fedify.call("post", actor="fred", content="worth a boost")
    status = _here(post["object"])
    alice.act(status["id"], "reblog")
    boost = fedify.wait_for("Announce", lambda a: a["object"] == post["object"])
    check.equal(boost["actor"], alice_id, "who boosts")
    alice.act(status["id"], "unreblog")
    fedify.wait_for("Undo", lambda u: u["actor"] == alice_id)

    mine = alice.status("worth one too")
    sent = fedify.call("boost", actor="fred", object=mine["uri"])
    check.eventually(lambda: _now(mine)["reblogs_count"] == 1, 30, "fred's boost counts")
    fedify.call("undo", activity=sent["id"])
    check.eventually(lambda: _now(mine)["reblogs_count"] == 0, 30, "and its undoing")

    liked = fedify.call("like", actor="fred", object=mine["uri"])
    check.eventually(lambda: _now(mine)["favourites_count"] == 1, 30, "fred's Like counts")
    fedify.call("undo", activity=liked["id"])
    check.eventually(lambda: _now(mine)["favourites_count"] == 0, 30, "and its undoing")


def test_fred_quotes_alice_with_her_consent():
    """FEP-044f as Fedify speaks it: QuoteRequest, Accept with the stamp, the stamp at its id."""
    mine = alice.status("a sentence to quote", quote_approval_policy="public")
    sent = fedify.call("quote", actor="fred", content="as she says", object=mine["uri"])
    accept = fedify.wait_for("Accept", lambda a: a["actor"] == alice_id and sent["request"] in
                             str(a["json"]))
    stamp = accept["json"]["result"]
    found = fedify.call("lookup", actor="fred", url=stamp if isinstance(stamp, str) else stamp["id"])
    check.equal(found.get("type"), "QuoteAuthorization", "what the stamp is")
    check.equal(found.get("interactingObject"), sent["object"], "the quoting post in the stamp")
    check.equal(found.get("interactionTarget"), mine["uri"], "the quoted post in the stamp")


def test_alice_quotes_fred_with_his_consent():
    post = fedify.call("post", actor="fred", content="fred's sentence", quotable=True)
    status = _here(post["object"])
    quoting = alice.status("well said", quoted_status_id=status["id"])
    request = fedify.wait_for("QuoteRequest", lambda q: q["object"] == post["object"])
    check.equal(_now(quoting)["quote"]["state"], "pending", "before fred answers")
    fedify.call("approve", actor="fred", request=request["id"])
    check.eventually(lambda: _now(quoting)["quote"]["state"] == "accepted", 30, "fred's consent")
    check.equal(_now(quoting)["quote"]["quoted_status"]["uri"], post["object"], "what is quoted")


def test_reports_both_ways():
    mine = alice.status("what fred reports")
    fedify.call("report", actor="fred", account=alice_id, posts=[mine["uri"]], comment="not kind")
    report = check.eventually(
        lambda: next((r for r in mona.get("/api/v1/admin/reports") if r["comment"] == "not kind"),
                     None), 30, "fred's report reaches the moderators")
    check.equal([s["uri"] for s in report["statuses"]], [mine["uri"]], "posts reported")

    post = fedify.call("post", actor="fred", content="what alice reports")
    status = _here(post["object"])
    alice.post("/api/v1/reports", {"account_id": status["account"]["id"],
                                   "status_ids[]": status["id"], "comment": "nor this",
                                   "forward": "true"})
    flag = fedify.wait_for("Flag")
    check.contains(str(flag["json"]), post["object"], "the Flag names the post")
    check.contains(str(flag["json"]), "nor this", "and what alice says")
    check.true(alice_id not in str(flag["json"]), "but not who reports")


def test_blocks_both_ways():
    account = alice.find_account(fred["handle"])
    alice.post(f"/api/v1/accounts/{account['id']}/block")
    got = fedify.wait_for("Block", lambda b: b["actor"] == alice_id)
    check.equal(got["object"], fred["id"], "who is blocked")
    alice.post(f"/api/v1/accounts/{account['id']}/unblock")
    fedify.wait_for("Undo", lambda u: "Block" in str(u["json"]))

    alice.follow_accepted(fred["handle"], 30)
    sent = fedify.call("block", actor="fred", target=alice_id)
    check.eventually(lambda: not alice.relationship(account["id"])["following"], 30,
                     "fred's Block ends alice's follow")
    check.true(alice.relationship(account["id"])["blocked_by"], "alice sees that she is blocked")
    fedify.call("undo", activity=sent["id"])
    check.eventually(lambda: not alice.relationship(account["id"])["blocked_by"], 30,
                     "and its undoing")


def test_nothing_of_fedify_s_was_refused_and_it_took_all_of_ours():
    fedify.all_well_with(node)


if __name__ == "__main__":
    run(globals())
