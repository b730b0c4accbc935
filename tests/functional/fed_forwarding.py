"""Inbox forwarding (ActivityPub 7.1.2): what somebody elsewhere answers to a post of ours reaches the
servers of its author's followers, byte for byte, so that its proof (FEP-8b32) makes it believed there."""

from framework import check
from framework.case import run
from framework.evil import marker
from framework.node import Node
from framework.peer import Peer


def setup():
    global a, b, c, ann, bea, cleo, peer, fan
    a, b, c = (Node().start() for _ in range(3))
    ann, bea, cleo = a.add_user("ann"), b.add_user("bea"), c.add_user("cleo")
    peer = Peer(verify=True)
    fan = peer.actor("fan")
    for client in (bea, cleo):
        client.follow_accepted("ann@" + a.host)
    fan.send(a.inbox, fan.follow(a.person_id("ann")))
    check.eventually(lambda: peer.activities("Accept"), 20, "ann accepts fan")


def _seen(client, uri):
    return check.eventually(lambda: next((s for s in client.home() if s["uri"] == uri), None), 20,
                            f"{uri} at home")


def test_an_answer_reaches_the_other_followers_servers():
    root = ann.status(marker())
    at_c, at_b = _seen(cleo, root["uri"]), _seen(bea, root["uri"])
    answer = cleo.status(f"cleo's answer {marker()}", in_reply_to_id=at_c["id"])
    found = check.eventually(lambda: next(iter(bea.context(at_b["id"])["descendants"]), None), 30,
                             "bea's node has cleo's answer, though nobody there follows her")
    check.equal(found["uri"], answer["uri"], "the answer")
    got = check.eventually(lambda: next((r for r in peer.inbox if r.answered < 300 and
                                         r.json.get("object", {}).get("id") == answer["uri"]), None), 20,
                           "fan's server has it too")
    check.equal(got.json["actor"], c.person_id("cleo"), "whose activity it is")
    check.contains(got.header("Signature") or "", a.person_id("ann"), "who brings it")
    check.true(got.json["proof"], "with its proof")

    cleo.put(f"/api/v1/statuses/{answer['id']}", {"status": "cleo's second thoughts"})
    check.eventually(lambda: "second thoughts" in bea.get(f"/api/v1/statuses/{found['id']}")["content"], 30,
                     "an edit goes the same way")
    cleo.delete(f"/api/v1/statuses/{answer['id']}")
    check.eventually(lambda: bea.request("GET", f"/api/v1/statuses/{found['id']}").status == 404, 30,
                     "and so does its end")


def test_what_is_not_for_all_stays():
    root = ann.status(marker())
    at_c, at_b = _seen(cleo, root["uri"]), _seen(bea, root["uri"])
    for visibility in ("private", "direct"):
        cleo.status(f"@ann@{a.host} for few {marker()}", in_reply_to_id=at_c["id"], visibility=visibility)
    open_one = cleo.status("for all", in_reply_to_id=at_c["id"])
    check.eventually(lambda: [s["uri"] for s in bea.context(at_b["id"])["descendants"]] == [open_one["uri"]],
                     30, "bea's node has what is for all")
    quiet = [r for r in peer.inbox if "for few" in r.body.decode()]
    check.equal(quiet, [], "what reached fan's server")


def test_what_carries_no_proof_is_not_forwarded():
    root = ann.status(marker())
    at_b = _seen(bea, root["uri"])
    stranger = Peer().actor("stranger")
    note = stranger.note(marker(), mentions=[(a.person_id("ann"), a.handle("ann"))], parent=root["uri"])
    stranger.send(a.inbox, stranger.create(note))
    check.eventually(lambda: ann.context(root["id"])["descendants"], 20, "ann has it")
    check.equal(bea.request("GET", f"/api/v1/statuses/{at_b['id']}/context").json["descendants"], [],
                "bea's node")
    check.true(not any(note["id"] in r.body.decode() for r in peer.inbox), "fan's server")


if __name__ == "__main__":
    run(globals())
