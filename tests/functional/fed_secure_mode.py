"""Authorized fetch (`federation.authorized_fetch`): a node that answers only who signs still speaks with
another such node; a stranger, and a blocked host, read nothing; pages and clients are as before."""

from framework import ap, check
from framework.case import run
from framework.node import Node
from framework.peer import Peer

SECURE = {"federation.authorized_fetch": True}


def setup():
    global a, b, ann, bea, peer, carol
    a, b = Node(config=SECURE).start(), Node(config=SECURE).start()
    ann, bea = a.add_user("ann"), b.add_user("bea")
    peer = Peer()
    carol = peer.actor("carol")


def test_two_secure_nodes_speak_with_each_other():
    bea.follow_accepted("ann@" + a.host)
    status = ann.status("for those who sign")
    there = check.eventually(lambda: next((s for s in bea.home() if s["uri"] == status["uri"]), None), 20,
                             "bea's home has it")
    reply = bea.status("an answer", in_reply_to_id=there["id"])
    check.eventually(lambda: [s["uri"] for s in ann.context(status["id"])["descendants"]] == [reply["uri"]],
                     20, "ann sees the answer")
    found = bea.find_status(ann.status("looked up")["uri"])
    check.contains(found["content"], "looked up", "a post that is looked up")


def test_who_does_not_sign_reads_nothing():
    status = ann.status("not for strangers")
    for url in (status["uri"], status["uri"] + "/replies", status["uri"] + "/context",
                a.person_id("ann") + "/outbox?page=true", a.person_id("ann") + "/featured"):
        code, _, response = ap.get(url)
        check.equal(code, 401, f"unsigned GET of {url}")
        check.true(response.header("Accept-Signature"), "it says what is to be signed")
    check.equal(carol.get(status["uri"]).status, 200, "carol's signed GET")
    check.equal(carol.get(status["uri"], key=peer.actor("other").key).status, 401, "signed wrongly")


def test_a_profile_is_a_stub_for_who_does_not_sign():
    ann.patch("/api/v1/accounts/update_credentials", {"display_name": "Ann of the pond"})
    code, stub, response = ap.get(a.person_id("ann"))
    check.equal(code, 200, "unsigned GET of a profile")
    check.equal(set(stub) - {"@context", "endpoints", "manuallyApprovesFollowers", "discoverable",
                             "indexable", "generator"},
                {"id", "type", "preferredUsername", "inbox", "publicKey", "assertionMethod"}, "members")
    check.true("pond" not in response.body.decode(), "nothing of the profile")
    whole = carol.get(a.person_id("ann"))
    check.contains(whole.body.decode(), "Ann of the pond", "carol's signed GET")
    check.equal(ap.get(a.base + "/actor")[0], 200, "the instance actor is for everybody")


def test_a_blocked_host_reads_nothing():
    a.cli("domain", "block", peer.host)
    for url in (ann.status("nor for the blocked")["uri"], a.person_id("ann")):
        check.eventually(lambda: carol.get(url).status == 403, 10, f"carol's signed GET of {url}")
    a.cli("domain", "unblock", peer.host)


def test_pages_and_clients_are_as_before():
    status = ann.status("on a page")
    check.equal(ap.get(status["url"], "text/html")[2].status, 200, "the page")
    check.equal(a.client().get(f"/api/v1/statuses/{status['id']}")["id"], status["id"], "the client API")


if __name__ == "__main__":
    run(globals())
