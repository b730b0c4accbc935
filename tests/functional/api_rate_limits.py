"""How often a client may ask, as Mastodon documents it, and how it is told."""

from framework import api, check
from framework.case import run
from framework.node import Node, VirtualClock


def setup():
    global node, clock, alice, bob, anybody
    clock = VirtualClock(1_800_000_000_000)   # 2027-01-15T08:00:00Z
    node = Node(clock=clock, config={"limits.rate": "on"}).start()
    alice, bob = node.add_user("alice"), node.add_user("bob")
    anybody = api.Client(node.url, host=node.host)


def _told(answer):
    return tuple(answer.header(f"X-RateLimit-{name}") for name in ("Limit", "Remaining", "Reset"))


def test_a_token_has_300_in_five_minutes():
    first = alice.request("GET", "/api/v1/preferences").expect(200)
    check.equal(_told(first), ("300", "299", "2027-01-15T08:05:00.000Z"), "told")
    for _ in range(298):
        alice.request("GET", "/api/v1/preferences")
    check.equal(_told(alice.request("GET", "/api/v1/preferences").expect(200))[1], "0", "the last one")
    refused = alice.request("GET", "/api/v1/preferences")
    check.equal((refused.status, refused.json), (429, {"error": "Too many requests"}), "refused")
    check.equal((refused.header("Retry-After"), _told(refused)[1]), ("300", "0"), "until when")
    check.equal(refused.header("Access-Control-Allow-Origin"), "*", "also told to browsers")
    bob.request("GET", "/api/v1/preferences").expect(200)
    check.equal(anybody.request("GET", "/health").header("X-RateLimit-Limit"), None, "not of the API")
    clock.advance(300)
    check.equal(_told(alice.request("GET", "/api/v1/preferences").expect(200))[1], "299", "a new window")


def test_uploads_and_deletions_are_counted_by_themselves():
    clock.advance(3600)
    for n in range(30):
        check.equal(_told(bob.request("DELETE", "/api/v1/statuses/1"))[:2], ("30", str(29 - n)), "a deletion")
    bob.request("POST", "/api/v1/statuses/1/unreblog").error(429)
    bob.request("GET", "/api/v1/statuses/1").error(404)
    check.equal(_told(bob.request("POST", "/api/v2/media"))[:2], ("30", "29"), "uploads have their own")
    clock.advance(1800)
    bob.request("DELETE", "/api/v1/statuses/1").error(404)


def test_made_up_tokens_do_not_help():
    clock.advance(3600)
    statuses = set()
    for n in range(1501):
        liar = api.Client(node.url, f"made-up-{n}", node.host)
        liar._connection = anybody._connection
        statuses.add(liar.request("GET", "/api/v1/preferences").status)
        anybody._connection = liar._connection
    check.equal(statuses, {401, 429}, "at the end the address is refused")
    anybody.request("GET", "/api/v2/instance").error(429)


if __name__ == "__main__":
    run(globals())
