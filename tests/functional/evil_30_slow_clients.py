"""Checklist line 30: slow clients hold nobody up. Half-sent heads and bodies are parked and cut
at a deadline, readers that never read wait for themselves, and a full queue says 503 with Retry-
After."""

import resource
import threading
import time

from framework import ap, check, raw
from framework.case import run
from framework.evil import Scene
from framework.node import Node

CROWD, IDLE = 300, 2_000
# What a further request may take longer because of the crowd: the difference of medians in one run, so
# that the machine's own pace cancels out.
DELAY_SECONDS_MAX = 0.1
REQUESTS = 41
# Beside threads of this process that keep its interpreter busy, a median says little about the node.
FLOOD_SECONDS_MAX = 2.0
BODY_BYTES = 900 * 1024
DEADLINE_SECONDS_MAX = 90
# So little that the answer to a reader who never reads stays in the node.
RECEIVE_BYTES = 4_096


def setup():
    global scene
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    scene = Scene()


def _seconds():
    """The median time of a small API request on a connection of its own."""
    times = []
    for _ in range(REQUESTS):
        start = time.monotonic()
        status, _, response = ap.get(scene.node.url + "/api/v1/instance", "application/json")
        times.append(time.monotonic() - start)
        check.equal(status, 200, f"an API request meanwhile: {response}")
    return sorted(times)[REQUESTS // 2]


def _crowd(size, data, receive_bytes=None):
    """So many connections that have sent `data`, all of it."""
    connections = []
    for _ in range(size):
        connection = raw.Connection(scene.node.url, timeout=30, receive_bytes=receive_bytes)
        connection.send(data)
        connections.append(connection)
    return connections


def _undisturbed(what, make_crowd):
    quiet = _seconds()
    connections = make_crowd()
    busy = _seconds()
    print(f"{what}: a request takes {busy * 1000:.1f} ms, without them {quiet * 1000:.1f} ms", flush=True)
    scene.applied(scene.carol, *scene.mention(scene.carol))
    check.at_most(busy - quiet, DELAY_SECONDS_MAX, f"seconds of delay by {what}")
    return connections


def _close(connections):
    for connection in connections:
        connection.close()


def test_idle_connections():
    request = f"GET /health HTTP/1.1\r\nHost: {scene.node.host}\r\n\r\n".encode()

    def idle():
        connections = []
        while len(connections) < IDLE:   # some at a time: it is not the queue that is tried here
            some = _crowd(100, request)
            for connection in some:
                check.equal(connection.read_response().status, 200, "the answer before it idles")
            connections += some
        return connections
    connections = _undisturbed(f"{IDLE} idle connections", idle)
    for connection in (connections[0], connections[-1]):
        connection.send(request)
        check.equal(connection.read_response().status, 200, "an idle connection's next answer")
    _close(connections)


def test_half_sent_heads():
    head = f"POST /inbox HTTP/1.1\r\nHost: {scene.node.host}\r\nDate: x".encode()
    connections = _undisturbed(f"{CROWD} half-sent heads", lambda: _crowd(CROWD, head))
    check.true(connections[0].closed_by_peer(DEADLINE_SECONDS_MAX), "a half-sent head is cut")
    _close(connections)


def test_half_sent_bodies():
    headers = scene.eve.headers("POST", scene.node.inbox, b"x" * BODY_BYTES)
    data = raw.head_of("POST", scene.node.inbox, headers) + b"x" * (BODY_BYTES // 2)
    connections = _undisturbed(f"{CROWD} half-sent bodies", lambda: _crowd(CROWD, data))
    check.true(connections[0].closed_by_peer(DEADLINE_SECONDS_MAX), "a half-sent body is cut")
    _close(connections)


def test_clients_that_never_read():
    for number in range(40):
        scene.alice.status(f"{number} " + "\N{EURO SIGN}" * 4_900)
    path = "/api/v1/timelines/public?local=true&limit=40"
    page = ap.get(scene.node.url + path, "application/json")[2]
    check.true(len(page.body) > 100 * RECEIVE_BYTES, "the largest page is larger than what is taken")
    # One after the other on each connection, so that no buffer in between holds them all.
    requests = f"GET {path} HTTP/1.1\r\nHost: {scene.node.host}\r\n\r\n".encode() * 8
    connections = _undisturbed(f"{CROWD} clients that never read",
                               lambda: _crowd(CROWD, requests, RECEIVE_BYTES))
    _close(connections)


def test_a_head_that_comes_byte_by_byte_is_cut():
    connection = raw.Connection(scene.node.url, timeout=5)
    start = time.monotonic()
    alive = True
    for byte in b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000:
        try:
            connection.send(bytes([byte]))
        except ConnectionError:
            alive = False
            break
        if time.monotonic() - start > DEADLINE_SECONDS_MAX:
            break
        time.sleep(0.2)
    check.equal(alive, False, "the connection is still open")
    connection.close()


def _flood(node, statuses, seconds):
    end = time.monotonic() + seconds
    body = ap.encode(scene.eve.create(scene.note(scene.eve, "flood")))
    request = scene.eve.post_bytes(node.inbox, body)
    while time.monotonic() < end:
        statuses.append(raw.exchange(node.inbox, request))


def test_an_inbox_flood_does_not_starve_members():
    statuses = []
    threads = [threading.Thread(target=_flood, args=(scene.node, statuses, 3)) for _ in range(32)]
    for thread in threads:
        thread.start()
    usual = _seconds()
    for thread in threads:
        thread.join()
    check.at_most(usual, FLOOD_SECONDS_MAX, "seconds of an API request during the flood")
    check.true({r.status for r in statuses} <= {202, 401, 429, 503}, "answers to the flood")
    for response in statuses:
        if response.status in (429, 503):
            check.true(response.header("Retry-After"), f"Retry-After of a {response.status}")
    scene.introduce(scene.carol)


if __name__ == "__main__":
    run(globals())
