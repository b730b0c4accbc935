"""5,000 WebSocket clients: what each costs while nothing happens, and how long one post takes to reach them all."""

import selectors
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
    """Milliseconds from the beginning of `act` until every socket has got something."""
    with selectors.DefaultSelector() as waiting:
        for each in sockets:
            each.socket.setblocking(False)
            waiting.register(each.socket, selectors.EVENT_READ)
        began = time.monotonic()
        act()
        left = len(sockets)
        while left:
            check.true(time.monotonic() - began < 60, f"{left} clients heard nothing")
            for key, _ in waiting.select(1):
                key.fileobj.recv(1 << 20)
                waiting.unregister(key.fileobj)
                left -= 1
        return (time.monotonic() - began) * 1000


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
