"""Checklist line 20: what counts is the address that is really connected to, not the name. A name
that leads to a private address gets no connection, on the first try, on a later one, by any door.
(That a name is resolved once and its second answer never used is a unit test of the client.)"""

from framework import check
from framework.case import run
from framework.evil import SocketWatch, Tripwire, guarded_node, open_node
from framework.peer import Peer

NAMES = {"loop.test": "127.0.1.66", "ten.test": "10.66.0.1", "link.test": "169.254.169.254",
         "six.test": "::1", "mapped.test": "::ffff:127.0.1.66"}


def setup():
    global wire, guarded, client
    wire = Tripwire("127.0.1.66")
    guarded = guarded_node(NAMES).start()
    client = guarded.add_user("alice")


def test_an_open_node_gets_through():
    peer = Peer(ip="127.0.1.67", name="peer.test")
    carol = peer.actor("carol")
    node = open_node({"peer.test": "127.0.1.67", **NAMES})
    alice = node.add_user("alice")
    check.equal(alice.find_account(carol.id)["username"], "carol", "carol by the name of her host")
    before = wire.count
    alice.search(f"https://loop.test:{wire.port}/u/eve", "accounts")
    check.true(wire.count > before, "the tripwire was touched by the open node")


def test_names_of_private_addresses_are_not_connected_to():
    before = wire.count
    with SocketWatch() as watch:
        for name in NAMES:
            for url in (f"https://{name}/note/1", f"https://{name}:{wire.port}/note/1"):
                for _ in range(3):
                    check.equal(client.search(url, "statuses"), [], f"search for {url}")
            check.equal(client.search(f"@eve@{name}", "accounts"), [], f"search for @eve@{name}")
    check.equal(wire.count, before, "connections to the tripwire")
    forbidden = {"127.0.1.66", "10.66.0.1", "169.254.169.254"}
    check.equal(watch.seen & forbidden, set(), "addresses that were tried")


if __name__ == "__main__":
    run(globals())
