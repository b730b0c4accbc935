"""Checklist line 23: every fetch goes through the one guarded client: whatever URL a peer or a
member hands in, by whichever door, a private address is not connected to."""

import re

from framework import ap, check, raw
from framework.case import run
from framework.evil import Scene, Tripwire, guarded_node, marker
from framework.node import ROOT
from framework.reply import Reply

PLACES = ("base", "config", "storage", "federation", "node")


def setup():
    global scene, wire, guarded, client
    scene = Scene()
    wire = Tripwire("127.0.1.69")
    guarded = guarded_node({"evil.test": "127.0.1.69"}).start()
    client = guarded.add_user("alice")


def _url(path):
    port = "" if wire.port == 443 else f":{wire.port}"
    return f"https://evil.test{port}{path}"


def _post_to_guarded(key_id, activity):
    """A POST to the node behind its absent proxy, under a key that lives on the private address."""
    body = ap.encode(activity)
    headers = scene.eve.headers("POST", guarded.inbox, body, key_id=key_id)
    return raw.exchange(guarded.url, raw.head_of("POST", guarded.inbox, headers) + body)


def test_keys():
    for path in ("/u/eve#main-key", "/u/eve", "/keys/1"):
        activity = {**scene.eve.like(guarded.base + "/post/1"), "id": _url("/a/1"),
                    "actor": _url("/u/eve")}
        answer = _post_to_guarded(_url(path), activity)
        check.is_in(answer.status, (401, 503), f"status for the key {path}")
    check.equal(wire.count, 0, "connections to the tripwire")


def test_searches_and_handles():
    for query in (_url("/note/1"), _url("/u/eve"), "@eve@evil.test", f"@eve@evil.test:{wire.port}",
                  "acct:eve@evil.test", _url("/.well-known/webfinger?resource=acct:eve@evil.test")):
        for kind in ("statuses", "accounts"):
            check.equal(client.search(query, kind), [], f"search for {query}")
    client.request("GET", "/api/v1/accounts/lookup", acct="eve@evil.test").expect(404)
    check.equal(wire.count, 0, "connections to the tripwire")


def test_posts_that_name_private_places():
    client.status(f"@eve@evil.test {_url('/page')} https://127.0.1.69/")
    client.status("a second, so that the first has been handled")
    check.equal(wire.count, 0, "connections to the tripwire")


def test_a_peer_that_points_elsewhere_is_read_within_its_limits():
    """On a node that may speak with anyone: the same urls do lead somewhere, so that the silence
    above is the guard's doing."""
    keyed = {**scene.eve.like(scene.node.base + "/post/1"), "actor": scene.evil.base + "/u/none"}
    hits = scene.evil.hits("/u/none")
    scene.eve.send(scene.node.inbox, keyed, key_id=scene.evil.base + "/u/none#main-key")
    check.true(scene.evil.hits("/u/none") > hits, "the key is asked for")
    word = marker()
    scene.evil.serve("/note/parent", Reply(404))
    child = scene.note(scene.eve, word, parent=scene.evil.base + "/note/parent")
    scene.applied(scene.eve, scene.eve.create(child), word)
    check.eventually(lambda: scene.evil.hits("/note/parent"), what="the parent is asked for")


def test_nothing_else_in_the_source_speaks_http():
    calls = re.compile(r"#include <curl/|\bcurl_(easy|multi|global)_\w+\("
                       r"|\bconnect\(\s*\w+, *\(?.*sockaddr")
    found = [str(path.relative_to(ROOT)) for place in PLACES
             for path in sorted((ROOT / place).rglob("*.[ch]pp"))
             if calls.search(path.read_text(errors="replace"))]
    elsewhere = [f for f in found if not f.startswith("federation/client/")]
    # The commands beside a running node speak to its control socket, which is no network. Mail is SMTP, to the
    # server that the operator named, and its handle speaks nothing else.
    mailer = "node/mail/mailer.cpp"
    check.equal([f for f in elsewhere if not f.startswith("node/main/") and f != mailer], [], "other HTTP clients")
    check.contains((ROOT / mailer).read_text(), 'CURLOPT_PROTOCOLS_STR, "smtp,smtps")', "only mail")
    check.true(found, "the guarded client is where it is looked for")


if __name__ == "__main__":
    run(globals())
