"""Checklist line 9: unknown keys cost little. Fetches per host are bounded, failures are
remembered, redirects end after three, owners are not chased in a circle, and other traffic flows
meanwhile."""

import time

from framework import ap, check, raw
from framework.case import run
from framework.evil import Scene
from framework.peer import Peer
from framework.reply import Reply

FLOOD = 500
REFUSED = (401, 503, 429)


def setup():
    global scene
    scene = Scene()


def _open_post(actor, key_id):
    """Sends a POST under a key id and leaves the connection open, unanswered."""
    body = ap.encode(actor.create(scene.note(actor, "flood")))
    connection = raw.Connection(scene.node.inbox, timeout=60)
    connection.send(actor.post_bytes(scene.node.inbox, body, key_id=key_id))
    return connection


def test_a_flood_of_keys_on_a_slow_host():
    slow = Peer()
    eve = slow.actor("eve")
    for number in range(FLOOD):
        slow.serve(f"/keys/{number}", Reply(404, delay_s=3))
    before = scene.node.snapshot()
    connections = [_open_post(eve, f"{slow.base}/keys/{n}") for n in range(FLOOD)]
    start = time.monotonic()
    scene.applied(scene.carol, *scene.mention(scene.carol))
    check.at_most(time.monotonic() - start, 3, "seconds until carol's post is applied meanwhile")
    for connection in connections:
        check.is_in(connection.read_response().status, REFUSED, "answer to an unknown key")
        connection.close()
    check.at_most(slow.hits(), 100, "requests to the slow host")
    added = scene.node.count("actor", "host = ?", slow.host)
    check.equal(added, 0, "actors of the slow host")
    check.true(before, "the node had a community before")


def test_readers_under_keys_of_slow_hosts():
    """Whoever asks for a document that depends on who asks waits for their key without holding a worker."""
    scene.node.add_group("garden", "alice")
    for path in ("/c/garden/followers?is_follower=x", "/c/garden/moving/log", "/collections/1", "/c/garden/outbox"):
        url, hosts, waiting = scene.node.base + path, [Peer() for _ in range(8)], []
        for actor in [host.actor("slow") for host in hosts]:
            for number in range(8):
                key_id = f"{actor.base}/keys/{number}"
                hosts[len(waiting) // 8].serve(f"/keys/{number}", Reply(404, delay_s=4))
                connection = raw.Connection(url, timeout=60)
                connection.send(raw.head_of("GET", url, actor.headers("GET", url, key_id=key_id)))
                waiting.append(connection)
        check.eventually(lambda: any(host.hits() for host in hosts), 30, f"keys are asked for ({path})")
        start = time.monotonic()
        check.equal(ap.get(scene.alice_id)[0], 200, "a document for everybody")
        check.at_most(time.monotonic() - start, 3, f"seconds until it comes meanwhile ({path})")
        for connection in waiting:
            connection.close()


def test_a_missing_key_is_asked_for_once():
    key_id = scene.evil.base + "/keys/missing"
    for _ in range(20):
        activity, _ = scene.mention(scene.eve)
        answer = scene.eve.send(scene.node.inbox, activity, key_id=key_id)
        check.is_in(answer.status, REFUSED, "status")
    check.at_most(scene.evil.hits(key_id), 2, "requests for the missing key")
    scene.applied(scene.eve, *scene.mention(scene.eve))


def test_a_wrong_signature_under_a_known_key_refetches_it_once():
    hits = scene.good.hits(scene.carol.id)
    for _ in range(20):
        activity, _ = scene.mention(scene.carol)
        answer = scene.carol.send(scene.node.inbox, activity, key=scene.eve.key)
        check.is_in(answer.status, REFUSED, "status")
    check.at_most(scene.good.hits(scene.carol.id) - hits, 2, "refetches")
    scene.applied(scene.carol, *scene.mention(scene.carol))


def test_a_chain_of_owners_and_a_circle_of_redirects():
    peer = Peer()
    eve = peer.actor("eve")

    def key(request):
        number = int(request.path.rpartition("/")[2])
        return Reply.json({"id": f"{peer.base}/chain/{number}", "type": "Key",
                           "owner": f"{peer.base}/chain/{number + 1}",
                           "publicKeyPem": eve.key.public_pem})
    for number in range(50):
        peer.serve(f"/chain/{number}", key)
        peer.serve(f"/hop/{number}", Reply.redirect(f"{peer.base}/hop/{(number + 1) % 20}"))
    for start, limit in (("/chain/0", 4), ("/hop/0", 8)):
        hits = peer.hits()
        activity, _ = scene.mention(eve)
        scene.refused(lambda: eve.send(scene.node.inbox, activity, key_id=peer.base + start),
                      REFUSED, start)
        check.at_most(peer.hits() - hits, limit, f"requests from {start}")


def test_a_rotated_key_is_found():
    rita = scene.good.actor("rita")
    scene.introduce(rita)
    rita.key = scene.good.actor("spare").key
    scene.good.publish(rita.document())
    scene.applied(rita, *scene.mention(rita))


if __name__ == "__main__":
    run(globals())
