"""Checklist line 21: only global unicast addresses are spoken to. Every special range, and every
way to spell a loopback address, is refused without a connection."""

from framework import check
from framework.case import run
from framework.evil import SocketWatch, Tripwire, guarded_node, open_node

RANGES = ["0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.254",
          "169.254.1.1", "172.16.0.1", "172.31.255.254", "192.0.0.8", "192.0.2.1", "192.31.196.1",
          "192.52.193.1", "192.88.99.1", "192.168.1.1", "192.175.48.1", "198.18.0.1",
          "198.19.255.254", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
          "255.255.255.255"]
SIX = ["[::]", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
       "[64:ff9b::7f00:1]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]",
       "[2001::1]", "[2001:db8::1]", "[2002:7f00:1::]", "[2620:4f:8000::1]", "[100::1]",
       "[3fff::1]"]
SPELLINGS = ["localhost", "localhost.", "LOCALHOST", "127.1", "127.0.1", "0x7f.1", "0x7f000001",
             "2130706433", "017700000001", "0177.0.0.1", "127.0.0.1.", "0", "0.0.0.0",
             "%31%32%37.0.0.1",
             "127。0。0。1", "①②⑦.0.0.1"]


def setup():
    global wire, guarded, client
    wire = Tripwire("127.0.0.1")
    guarded = guarded_node().start()
    client = guarded.add_user("alice")


def _touch(who, host):
    """Makes a node look up a document on a host, on the default port and on the tripwire's."""
    for url in {f"https://{host}/note/1", f"https://{host}:{wire.port}/note/1"}:
        answer = who.request("GET", "/api/v2/search", q=url, type="statuses", resolve=True)
        answer.expect(200, 422)
        if answer.status == 200:
            check.equal(answer.json["statuses"], [], f"search for {url}")


def test_an_open_node_reaches_the_tripwire():
    alice = open_node().add_user("alice")
    _touch(alice, "127.0.0.1")
    check.true(wire.count > 0, "the tripwire was touched")


def test_special_ranges():
    before = wire.count
    with SocketWatch() as watch:
        for host in RANGES + SIX:
            _touch(client, host)
    check.equal(wire.count, before, "connections to the tripwire")
    tried = watch.seen & (set(RANGES) - {"127.0.0.1"})
    check.equal(tried, set(), "addresses that were tried")


def test_spellings_of_loopback():
    before = wire.count
    for host in SPELLINGS:
        _touch(client, host)
    check.equal(wire.count, before, "connections to the tripwire")


if __name__ == "__main__":
    run(globals())
