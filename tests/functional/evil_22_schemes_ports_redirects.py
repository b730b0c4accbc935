"""Checklist line 22: only http(s), on its own port unless configured, without user and password; a
redirect to another origin carries no credentials along, and a POST is never redirected."""

from urllib.parse import urlsplit

from framework import check, sign
from framework.case import run
from framework.evil import Scene, Tripwire, guarded_node, marker, note_document
from framework.peer import Peer
from framework.reply import Reply


def setup():
    global scene, wire
    scene = Scene()
    wire = Tripwire("127.0.1.68")


def _redirect(location, path="/moved"):
    scene.evil.serve(path, Reply.redirect(location))
    return scene.evil.base + path


def test_a_redirect_within_the_origin_is_followed():
    note = note_document(scene.eve, marker())
    found = scene.alice.find_status(_redirect(note["id"]))
    check.equal(found["uri"], note["id"], "what was found")


def test_redirects_to_other_schemes():
    port = wire.sockets[-1].getsockname()[1]
    there = f"127.0.1.68:{port}/x"
    for location in (f"gopher://{there}", f"ftp://{there}", f"dict://{there}", f"ldap://{there}",
                     f"//user:secret@{there}", "file:///etc/passwd", "data:text/plain,x",
                     "javascript:1", "", "http://"):
        scene.not_resolved(_redirect(location), f"a redirect to {location}")
    check.equal(wire.count, 0, "connections to the tripwire")


def test_other_schemes_and_userinfo_in_a_search():
    note = note_document(scene.eve, marker())
    host = scene.evil.host
    path = urlsplit(note["id"]).path
    hits = scene.evil.hits(path)
    for url in (f"ftp://{host}{path}", f"gopher://{host}{path}", f"file://{path}",
                f"http://user:secret@{host}{path}", f"http://user@{host}{path}"):
        scene.not_resolved(url, "a wrong URL")
    check.equal(scene.evil.hits(path), hits, "requests")
    check.equal(scene.alice.find_status(note["id"])["uri"], note["id"], "the right URL")


def test_more_than_three_redirects():
    note = note_document(scene.eve, marker())
    last = urlsplit(note["id"]).path
    for length, name in ((3, "short"), (4, "long")):
        for hop in range(length):
            target = last if hop == length - 1 else f"/{name}/{hop + 1}"
            scene.evil.serve(f"/{name}/{hop}", Reply.redirect(scene.evil.base + target))
    scene.not_resolved(scene.evil.base + "/long/0", "four redirects")
    check.equal(scene.alice.find_status(scene.evil.base + "/short/0")["uri"], note["id"], "three")


def test_a_redirect_to_another_origin_carries_no_credentials():
    other = Peer()
    _redirect(other.base + "/target")
    scene.alice.search(scene.evil.base + "/moved", "statuses")
    first = next(r for r in reversed(scene.evil.requests) if r.path == "/moved")
    check.true(first.header("Signature"), "the first request is signed")
    for request in other.requests:
        check.equal((request.header("Authorization"), request.header("Cookie")), (None, None),
                    "credentials")
        signature = request.header("Signature")
        check.true(signature != first.header("Signature"), "the signature is not handed on")
        if signature:  # made anew, it must be for this host
            names = sign.parse_signature(signature)["headers"].split()
            check.contains(names, "host", "signed parts")
            check.equal(request.header("Host"), other.host, "Host")


def test_a_delivery_is_never_redirected():
    target = Peer()
    for status in (301, 302, 307, 308):
        scene.good.inbox_reply = Reply.redirect(target.base + "/inbox", status)
        before = len(scene.good.inbox)
        scene.alice.status(f"{scene.carol.handle} hello {marker()}", visibility="direct")
        check.eventually(lambda: len(scene.good.inbox) > before, what="the delivery comes")
    scene.good.inbox_reply = Reply(202)
    word = marker()
    scene.alice.status(f"{scene.carol.handle} {word}", visibility="direct")
    check.eventually(lambda: any(word in str(a) for a in scene.good.activities("Create")),
                     what="a delivery without a redirect")
    check.equal(target.requests, [], "requests at the redirect's target")


def test_other_ports_and_http_are_not_spoken_on_the_open_internet():
    guarded = guarded_node({"peer.test": "127.0.1.68"}).start()
    client = guarded.add_user("alice")
    before = wire.count
    for url in ("http://peer.test/note/1", "https://peer.test:8443/note/1",
                "http://peer.test:443/x",
                f"https://peer.test:{wire.sockets[-1].getsockname()[1]}/note/1"):
        check.equal(client.search(url, "statuses"), [], f"search for {url}")
    check.equal(wire.count, before, "connections to the tripwire")


if __name__ == "__main__":
    run(globals())
