"""Activities a second that come in: 20,000 Create(Note), signed beforehand, from 200 actors on 20
hosts whose keys the node knows, each mentioning one of 20 members.

Measured from the first byte sent to the moment when the last one can be read in notifications, with
SQLite on disk (synchronous=FULL) and the sender on the same cores. The sender is one thread with 64
kept-alive connections, each of which waits for an answer before it sends its next request.
"""

import itertools
import select
import socket
import time

import common
from framework import ap, check
from framework.node import Node
from framework.peer import Peer

HOSTS = 20
ACTORS_PER_HOST = 10
MEMBERS = 20
ACTIVITIES = 20_000
CONNECTIONS = 64
PER_SECOND_MIN = 2_000


class Line:
    """One connection of the sender."""

    def __init__(self, address):
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""

    def answered(self):
        """The status once an answer is whole (it has no body), else None."""
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the node closed the connection")
        self.received += data
        if not self.received.endswith(b"\r\n\r\n"):
            return None
        status, self.received = int(self.received[9:12]), b""
        return status


def send_all(address, requests):
    """Sends every request once, and returns how often each status came."""
    waiting = iter(requests)
    lines = {}
    poll = select.epoll()
    statuses = {}
    for request in itertools.islice(waiting, CONNECTIONS):
        line = Line(address)
        lines[line.socket.fileno()] = line
        poll.register(line.socket, select.EPOLLIN)
        line.socket.sendall(request)
    while lines:
        for number, _ in poll.poll():
            line = lines[number]
            status = line.answered()
            if status is None:
                continue
            statuses[status] = statuses.get(status, 0) + 1
            request = next(waiting, None)
            if request is not None:
                line.socket.sendall(request)
                continue
            poll.unregister(line.socket)
            line.socket.close()
            del lines[number]
    return statuses


def _mention(actor, node, member, word):
    return actor.create(actor.note(word, mentions=[(node.person_id(member), node.handle(member))]))


def _signed(node, actors, members):
    """The bytes of every request."""
    pairs = zip(range(ACTIVITIES), itertools.cycle(actors), strict=False)
    return [actor.post_bytes(node.inbox, ap.encode(
        _mention(actor, node, members[number % MEMBERS], f"note number {number}")))
        for number, actor in pairs]


def _warm(node, actors, member):
    for actor in actors:
        answer = actor.send(node.inbox, _mention(actor, node, member, "hello"))
        check.equal(answer.status, 202, "answer to a first mention")
    check.eventually(lambda: node.count("notification") >= len(actors), 60, "all are known")


def test_activities_a_second():
    node = Node(config={"log.level": "info"}, engine="sqlite").start()
    members = [f"member{n}" for n in range(MEMBERS)]
    clients = {name: node.add_user(name) for name in members}
    hosts = [Peer() for _ in range(HOSTS)]
    actors = [host.actor(f"writer{n}") for n in range(ACTORS_PER_HOST) for host in hosts]
    _warm(node, actors, members[0])
    known = node.count("notification")
    requests = _signed(node, actors, members)
    cpu_before = common.cpu_seconds(node.process.pid)

    start = time.monotonic()
    statuses = send_all(("127.0.0.1", node.port), requests)
    answered = time.monotonic() - start
    check.eventually(lambda: node.count("notification") >= known + ACTIVITIES, 300,
                     "every mention is in notifications", every=0.05)
    last = members[(ACTIVITIES - 1) % MEMBERS]
    check.true(clients[last].mentions_with(f"note number {ACTIVITIES - 1}"),
               "the last one is read by the API")
    seconds = time.monotonic() - start
    cpu = common.cpu_seconds(node.process.pid) - cpu_before

    rate = ACTIVITIES / seconds
    common.figure("inbound", f"{rate:.0f}", "activities/s",
                  f"{ACTIVITIES} Creates in {seconds:.1f} s, all answered after {answered:.1f} s; "
                  f"{cpu / ACTIVITIES * 1e6:.0f} µs of CPU each in the node; answers: {statuses}",
                  f"at least {PER_SECOND_MIN}")
    check.equal(statuses, {202: ACTIVITIES}, "answers")
    check.true(rate >= PER_SECOND_MIN, f"activities a second are at least {PER_SECOND_MIN}")


if __name__ == "__main__":
    common.run(globals())
