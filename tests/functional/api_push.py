"""Web Push: what a sleeping client is sent, that only it can read it, and what becomes of services that fail."""

from framework import api, check
from framework.case import run
from framework.node import Node, VirtualClock
from framework.peer import Peer
from framework.push import Subscriber, unb64
from framework.reply import Reply

PATH = "/api/v1/push/subscription"
TYPES = ("mention", "status", "reblog", "follow", "follow_request", "favourite", "poll", "update", "quote",
         "quoted_update", "admin.report", "admin.sign_up", "added_to_collection", "collection_update")


def setup():
    global node, clock, peer, bob, anybody
    clock = VirtualClock()
    node = Node(clock=clock).start()
    peer = Peer()
    bob = node.add_user("bob")
    anybody = api.Client(node.url, host=node.host)


_made = iter(range(1, 100))


def _member():
    """A new member with a client that may subscribe."""
    number = next(_made)
    name = f"m{number}"
    node.add_user(name)
    client = api.Client(node.url, node.token(name, "read write follow push"), node.host)
    return name, client, Subscriber(peer, f"/push/{number}")


def _come(subscriber, count):
    def enough():
        clock.advance(0.1)
        return len(subscriber.requests) >= count
    check.eventually(enough, 15, f"{count} requests to the push service")
    return subscriber.letters()


def test_a_subscription_belongs_to_its_token():
    name, client, subscriber = _member()
    client.request("GET", PATH).error(404)
    made = client.post(PATH, subscriber.form(mention=True, favourite=False))
    check.equal((made["endpoint"], made["standard"], made["policy"]), (subscriber.endpoint, True, "all"), "made")
    check.equal(made["alerts"], {t: t == "mention" for t in TYPES}, "alerts")
    point = unb64(made["server_key"])
    check.equal((len(point), point[:1]), (65, b"\x04"), "the node's public key")
    check.equal(anybody.get("/api/v2/instance")["configuration"]["vapid"]["public_key"], made["server_key"], "told to all")
    app = anybody.post("/api/v1/apps", {"client_name": "x", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"})
    check.equal(app["vapid_key"], made["server_key"], "and to applications")
    check.equal(client.get(PATH), made, "read back")
    changed = client.put(PATH, {"data[alerts][follow]": "true", "data[policy]": "followed"})
    check.equal((changed["alerts"]["follow"], changed["alerts"]["mention"], changed["policy"]), (True, False, "followed"),
                "changed as a whole")
    check.equal(client.get(PATH), changed, "read back")
    other = api.Client(node.url, node.token(name, "read push"), node.host)
    other.request("GET", PATH).error(404)
    again = client.post(PATH, subscriber.form(poll=True))
    check.true(again["id"] != made["id"] and not again["alerts"]["follow"], "a new one in the place of the old")
    check.equal(client.delete(PATH), {}, "ended")
    check.equal(client.delete(PATH), {}, "twice")
    client.request("GET", PATH).error(404)
    client.request("PUT", PATH, {"data[alerts][follow]": "true"}).error(404)
    narrow = api.Client(node.url, node.token(name, "read write"), node.host)
    for verb in ("GET", "POST", "PUT", "DELETE"):
        anybody.request(verb, PATH).error(401)
        narrow.request(verb, PATH).error(403)


def test_what_is_no_subscription_is_refused():
    _, client, subscriber = _member()
    good = subscriber.form(mention=True)
    for bad in ({"subscription[endpoint]": ""}, {"subscription[endpoint]": "ftp://x/"},
                {"subscription[endpoint]": "https://x/" + "y" * 2100}, {"subscription[keys][auth]": "abc"},
                {"subscription[keys][p256dh]": "BCVx"}, {"subscription[keys][p256dh]": "BA" + "A" * 85},
                {"data[policy]": "friends"}):
        client.request("POST", PATH, good | bad).error(422)
    client.request("GET", PATH).error(404)
    padded = dict(good)
    padded["subscription[keys][auth]"] = padded["subscription[keys][auth]"] + "=="
    client.post(PATH, padded)
    client.delete(PATH)


def test_a_letter_in_both_forms():
    for standard in (True, False):
        name, client, subscriber = _member()
        made = client.post(PATH, subscriber.form(standard=standard, mention=True))
        bob.status(f"@{name} hello <there> & more")
        letter = _come(subscriber, 1)[0]
        told = client.get("/api/v1/notifications")[0]
        check.equal((letter["notification_id"], letter["notification_type"]), (told["id"], "mention"), "which")
        check.equal((letter["title"], letter["body"]), ("bob mentioned you", f"@{name} hello <there> & more"), "what")
        check.equal((letter["icon"], letter["preferred_locale"]), (told["account"]["avatar"], "en"), "how it looks")
        request = subscriber.requests[0]
        check.true(int(request.header("ttl")) > 0, "how long it is kept")
        claims, key = subscriber.sender(request)
        check.equal(key.rstrip("="), made["server_key"].rstrip("="), "the node's key")
        check.equal(claims["aud"], peer.base, "for this push service")
        check.true(clock.now_ms / 1000 < claims["exp"] <= clock.now_ms / 1000 + 24 * 3600, "for a day at most")
        check.true(b"hello" not in request.body, "the service reads nothing")
        client.delete(PATH)


def _considered(client, is_it):
    """Who is followed, and what is wanted, is asked when a letter is written: waits until that was done for a notification."""
    check.eventually(lambda: any(is_it(x) for x in client.get("/api/v1/notifications")) and node.count("push_todo") == 0
                     or clock.advance(0.1), 15, "considered")


def test_only_what_is_wanted_is_sent():
    name, client, subscriber = _member()
    client.post(PATH, subscriber.form(favourite=True, policy="followed"))
    post = client.status("like me")
    bob.act(post["id"], "favourite")           # not followed
    _considered(client, lambda x: x["type"] == "favourite")
    client.follow_accepted("bob")
    bob.act(post["id"], "reblog")              # not wanted
    second = client.status("like me too")
    bob.status(f"@{name} hello")               # not wanted
    bob.act(second["id"], "favourite")
    letters = _come(subscriber, 1)
    check.equal([x["title"] for x in letters], ["bob liked your post"], "one")
    check.eventually(lambda: node.count("push_todo") == 0, 15, "nothing else waits")
    client.put(PATH, {"data[alerts][mention]": "true", "data[policy]": "none"})
    bob.status(f"@{name} again")
    _considered(client, lambda x: x["type"] == "mention" and "again" in x["status"]["content"])
    client.put(PATH, {"data[alerts][mention]": "true", "data[policy]": "all"})
    warned = bob.status(f"@{name} " + "long " * 100, spoiler_text="about food")
    letters = _come(subscriber, 2)
    check.true(letters[1]["body"] == "about food", "behind a warning stays behind it")
    client.delete(PATH)
    del warned


def test_a_service_that_fails_and_one_that_says_it_is_over():
    name, client, subscriber = _member()
    client.post(PATH, subscriber.form(mention=True))
    subscriber.reply = Reply(503)
    bob.status(f"@{name} try again")
    _come(subscriber, 1)
    subscriber.reply = Reply(201)
    check.eventually(lambda: node.count("push_todo", "attempts = 1 AND not_before > ?", clock.now_ms + 30_000) == 1
                     or clock.advance(0.01), 15, "it waits")
    clock.advance(61)
    letters = _come(subscriber, 2)
    check.equal(letters[0]["notification_id"], letters[1]["notification_id"], "the same again")
    subscriber.reply = Reply(410)
    bob.status(f"@{name} gone")
    _come(subscriber, 3)
    check.eventually(lambda: client.request("GET", PATH).status == 404 or clock.advance(0.1), 15, "it is forgotten")


def test_who_signs_out_hears_nothing_more():
    name, client, subscriber = _member()
    client.post(PATH, subscriber.form(mention=True))
    node.cli("user", "password", name, "--password", "a new password")   # which ends every token
    again = api.Client(node.url, node.token(name, "read push"), node.host)
    witness = Subscriber(peer, "/push/witness")
    again.post(PATH, witness.form(mention=True))
    bob.status(f"@{name} anybody there?")
    _come(witness, 1)
    check.equal(len(subscriber.requests), 0, "nothing to the other")


if __name__ == "__main__":
    run(globals())
