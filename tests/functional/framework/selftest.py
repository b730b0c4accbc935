"""The framework tests itself: what it says about a node must not be its own mistake."""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from framework import ap, api, check, database, keys, raw, sign, toml
from framework.case import run
from framework.peer import Peer
from framework.reply import Reply


def _checked(peer, method, headers, body, key):
    return sign.problem_with(method, "/inbox", headers, body, lambda _: key.public_pem,
                             host=peer.host)


def test_signing_and_verifying_agree():
    peer = Peer()
    key = keys.take()
    body = b'{"a":1}'
    headers = sign.signed_headers("POST", peer.base + "/inbox", key, "k", body)
    check.equal(_checked(peer, "POST", headers, body, key), None, "a good signature")
    check.contains(_checked(peer, "POST", headers, body + b" ", key), "digest", "other body")
    check.contains(_checked(peer, "POST", headers, body, keys.take()), "verify", "other key")


def test_each_wrong_variant_is_noticed():
    peer = Peer()
    key = keys.take()
    url, body = peer.base + "/inbox", b"{}"
    wrong = {
        "date only": dict(names=("date",)),
        "no digest": dict(digest=None),
        "digest unsigned": dict(names=("(request-target)", "host", "date")),
        "host unsigned": dict(names=("(request-target)", "date", "digest")),
        "old": dict(date=time.time() - 7200),
        "future": dict(date=time.time() + 7200),
        "other host": dict(host="other.example"),
        "other digest": dict(digest=sign.digest_of(b"x")),
    }
    for name, options in wrong.items():
        headers = sign.signed_headers("POST", url, key, "k", body, **options)
        check.true(_checked(peer, "POST", headers, body, key), f"{name} is refused")
    headers = sign.signed_headers("POST", url, key, "k", body)
    twice = headers + [("Signature", dict(headers)["Signature"])]
    check.contains(_checked(peer, "POST", twice, body, key), "2 Signature", "duplicate")


def test_peers_verify_one_another_over_http():
    a, b = Peer(), Peer(verify=True, accept_follows=False)
    alice, bob = a.actor("alice"), b.actor("bob")
    note = alice.note("hello", mentions=[(bob.id, bob.handle)])
    good = alice.create(note)
    check.equal(alice.send(bob.inbox, good).status, 202, "a good Create")
    forged = {**good, "id": a.base + "/activity/forged"}
    check.equal(alice.send(bob.inbox, forged, key=keys.take()).status, 401, "wrong key")
    check.equal([x["id"] for x in b.activities()], [good["id"]], "what bob's host holds")
    status, document, _ = ap.get(note["id"])
    check.equal((status, document["content"]), (200, "<p>hello</p>"), "the note at its id")
    check.equal(a.hits(alice.id), 1, "fetches of alice's document")


def test_follow_is_accepted():
    a, b = Peer(verify=True), Peer()
    alice, bob = a.actor("alice"), b.actor("bob")
    alice.send(bob.inbox, alice.follow(bob.id))
    check.eventually(lambda: a.activities("Accept"), what="an Accept arrives")


def test_failures_as_planned():
    peer = Peer()
    eve = Peer().actor("eve")
    peer.fail_inbox(2, Reply(503, headers=(("Retry-After", "1"),)))
    statuses = [eve.send(peer.base + "/inbox", eve.like("x")).status for _ in range(3)]
    check.equal(statuses, [503, 503, 202], "answers")
    check.equal(len(peer.activities("Like")), 1, "accepted")
    port = peer.port
    peer.stop()
    peer.start()
    check.equal(peer.port, port, "the port after a restart")
    peer.inbox_reply = Reply(drop=True)
    check.equal(eve.send(peer.base + "/inbox", eve.like("x")).status, 0, "a dropped connection")


def test_thousands_of_deliveries_over_kept_connections():
    peer = Peer()
    eve = Peer().actor("eve")
    url, body = peer.base + "/inbox", ap.encode(eve.like("x"))
    request = eve.post_bytes(url, body)
    connection = raw.Connection(url)
    start = time.monotonic()
    for _ in range(20):
        connection.send(request * 100)
        for _ in range(100):
            check.equal(connection.read_response().status, 202, "answer")
    seconds = time.monotonic() - start
    connection.close()
    check.equal((peer.connections, len(peer.inbox)), (1, 2000), "connections and requests")
    check.at_most(seconds, 10, "seconds for 2,000 deliveries")


def test_bad_answers_of_a_peer():
    peer = Peer()
    peer.serve("/drip", Reply(200, b'"abc"', drip_s=0.02))
    peer.serve("/moved", Reply.redirect("/drip"))
    check.equal(ap.get(peer.base + "/drip")[1], "abc", "dripped body")
    check.equal(ap.get(peer.base + "/moved")[2].header("Location"), "/drip", "redirect")
    peer.serve("/endless", Reply(200, b"x" * 1000, endless=True))
    connection = raw.Connection(peer.base)
    connection.send(raw.head_of("GET", peer.base + "/endless", [("Host", peer.host)]))
    check.equal(len(connection.socket.recv(100_000)) > 0, True, "endless body begins")
    connection.close()


def test_paging_follows_links():
    peer = Peer()

    def page(request):
        last = int(request.query("max_id") or 7)
        ids = [{"id": str(n)} for n in range(last - 1, max(last - 4, 0), -1)]
        low = ids[-1]["id"] if ids else "0"
        url = f"{peer.base}/list"
        link = f'<{url}?max_id={low}>; rel="next", <{url}?min_id=9>; rel="prev"'
        return Reply(200, json.dumps(ids).encode(), "application/json",
                     headers=(("Link", link),) if ids else ())
    peer.serve("/list", page)
    client = api.Client(peer.base)
    check.equal([e["id"] for e in client.all("/list")], ["6", "5", "4", "3", "2", "1"], "entries")
    check.equal([len(p) for p in client.pages("/list")], [3, 3], "pages")


def test_difference_of_snapshots():
    before = {"post": ["a", "b"], "like": []}
    after = {"post": ["a"], "like": ["x"]}
    check.equal(database.difference(before, after), ["like: + x", "post: - b"], "difference")
    check.equal(database.difference(before, before), [], "no difference")


def test_configuration_is_toml():
    import tomllib
    settings = {"server.host": "a:1", "limits.rate": "off", "federation.resolve": {"x.y": "::1"},
                "federation.retry_delays": ["0s"], "federation.allow_private_addresses": True}
    read = tomllib.loads(toml.dumps(settings))
    check.equal(read["federation"]["resolve"], {"x.y": "::1"}, "resolve")
    check.equal(read["federation"]["allow_private_addresses"], True, "a boolean")


def test_checks_fail_when_they_should():
    for wrong in (lambda: check.equal(1, 2), lambda: check.eventually(lambda: False, 0.1),
                  lambda: check.never(lambda: True, 0.1), lambda: check.contains("abc", "x")):
        try:
            wrong()
        except check.CheckFailed:
            continue
        raise RuntimeError("a wrong expectation passed")


if __name__ == "__main__":
    run(globals())
