"""5,000 WebSocket clients: what each costs while nothing happens, and how long one post takes to reach them all."""

import select
import time

import common
from framework import check
from framework.node import Node
from framework.stream import WebSocket

CLIENTS = 5_000
ACCOUNTS = 125   # of one account at most 50 listen
KIB_MAX = 12
BROADCAST_MS_MAX = 250
ROUNDS = 5


def _heard_by_all(sockets, act):
    """Milliseconds from the beginning of `act` until every socket has got the post. As little as can be is done for
    each of them, because it takes its time from the node."""
    buffer = bytearray(64 * 1024)
    waiting = select.epoll()
    by_descriptor = {each.socket.fileno(): each.socket for each in sockets}
    for descriptor, socket in by_descriptor.items():
        socket.setblocking(False)
        waiting.register(descriptor, select.EPOLLIN | select.EPOLLET)
    began = time.monotonic()
    act()
    while by_descriptor:
        check.true(time.monotonic() - began < 60, f"{len(by_descriptor)} clients heard nothing")
        for descriptor, _ in waiting.poll(1, CLIENTS):
            socket = by_descriptor.get(descriptor)
            if socket and buffer.find(b'"update"', 0, socket.recv_into(buffer)) >= 0:  # not a ping
                del by_descriptor[descriptor]
    took = (time.monotonic() - began) * 1000
    waiting.close()
    return took


def test_idle_clients_and_a_broadcast():
    node = Node(config={"log.level": "info"}).start()
    author = node.add_user("author")
    tokens = []
    for n in range(ACCOUNTS):
        node.add_user(f"u{n}")
        tokens.append(node.token(f"u{n}", "read"))
    author.status("warm")
    before = common.resident_mib(node.process.pid)
    sockets = [WebSocket(node, tokens[n % ACCOUNTS], stream="public") for n in range(CLIENTS)]
    time.sleep(2)  # what is measured is the node left alone
    each = (common.resident_mib(node.process.pid) - before) * 1024 / CLIENTS
    common.figure("streams: an idle client", f"{each:.1f}", "KiB", f"VmRSS with {CLIENTS} WebSockets less that without, by their number",
                  f"{KIB_MAX}")
    times = sorted(_heard_by_all(sockets, lambda: author.status("to all")) for _ in range(ROUNDS))
    common.figure("streams: a broadcast", f"{times[len(times) // 2]:.0f}", "ms",
                  f"median of {ROUNDS}: from POST /api/v1/statuses until {CLIENTS} clients on `public` have it", f"{BROADCAST_MS_MAX}")
    check.at_most(each, KIB_MAX, "KiB for an idle client")
    check.at_most(times[len(times) // 2], BROADCAST_MS_MAX, "ms for a broadcast")


if __name__ == "__main__":
    common.run(globals())
