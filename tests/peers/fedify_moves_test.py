"""A Fedify server and a kith node: accounts that move, in both directions (FEP-7628)."""

from fedify_peer import FedifyPeer

from framework import check
from framework.case import run
from framework.node import Node


def setup():
    global node, alice, fedify
    node = Node().start()
    alice = node.add_user("alice")
    fedify = FedifyPeer()


def _relations(name):
    return fedify.call("relations", actor=name)


def test_whom_alice_follows_moves():
    old, new = (fedify.call("actor", name=name) for name in ("fred", "frederick"))
    before = alice.follow_accepted(old["handle"], 30)
    fedify.call("alias", actor="frederick", other=old["id"])
    fedify.call("move", actor="fred", target=new["id"])
    after = alice.find_account(new["id"])
    check.eventually(lambda: alice.relationship(after["id"])["following"], 30,
                     "alice follows the new account")
    check.contains(_relations("frederick")["followers"], node.person_id("alice"), "its followers")
    check.eventually(lambda: node.person_id("alice") not in _relations("fred")["followers"], 30,
                     "and the old one no more")
    check.equal(alice.get(f"/api/v1/accounts/{before['id']}")["moved"]["id"], after["id"], "moved")


def test_alice_moves_to_a_fedify_server():
    fan, new = (fedify.call("actor", name=name) for name in ("fan", "alicia"))
    alice_id = node.person_id("alice")
    fedify.call("follow", actor="fan", target=alice_id)
    check.eventually(lambda: _relations("fan")["following"].get(alice_id), 30, "alice accepts fan")
    node.cli("user", "move", "alice", new["id"], code=1)
    fedify.call("alias", actor="alicia", other=alice_id)
    node.cli("user", "move", "alice", new["id"])
    move = fedify.wait_for("Move")
    check.equal((move["actor"], move["object"]), (alice_id, alice_id), "the Move")
    check.equal(move["json"]["target"], new["id"], "its target")
    person = fedify.call("lookup", actor="fan", url=alice_id)
    check.equal(person.get("movedTo"), new["id"], "movedTo, as Fedify reads it")


def test_nothing_was_refused():
    fedify.all_well_with(node)


if __name__ == "__main__":
    run(globals())
