"""What the tests of the security checklist (evil_NN_*.py) share: a scene with a member to harm,
an honest and an evil host, and what "refused" means.

Refused at the door: the status is a refusal and no table changed but the refusal log. Refused
later: 202, then the inbox row says refused and no table of the domain changed.
"""

import itertools
import os
import socket
import threading
import time

from . import ap, case, check, database
from .node import Node
from .peer import Peer

DOOR_STATUSES = (400, 401, 403, 404, 413, 415, 421, 422)
MALFORMED = (400, 422)
_serial = itertools.count(1)


def marker():
    """A word that occurs nowhere else."""
    return f"word{next(_serial)}x{os.getpid()}"


class Scene:
    """A node with the members alice and bob, an honest host with carol, an evil one with eve.
    Both strangers are known to the node when a test begins, so that what it then stores is news."""

    def __init__(self, config=None, introduce=True):
        self.node = Node(config=config).start()
        self.alice = self.node.add_user("alice")
        self.bob = self.node.add_user("bob")
        self.alice_id = self.node.person_id("alice")
        self.good = Peer()
        self.evil = Peer()
        self.carol = self.good.actor("carol")
        self.eve = self.evil.actor("eve")
        if introduce:
            self.introduce(self.carol, self.eve)

    # -- good activities ---------------------------------------------------------------------

    def note(self, actor, word, **more):
        """A public Note by `actor` that mentions alice and holds `word`."""
        return actor.note(word, mentions=[(self.alice_id, self.node.handle("alice"))], **more)

    def mention(self, actor, word=None, **more):
        """(Create, word): an activity whose effect shows in alice's notifications."""
        word = word or marker()
        return actor.create(self.note(actor, word, **more)), word

    def sees(self, word):
        """The status with this word that alice was notified of; None where there is none."""
        found = self.alice.mentions_with(word)
        return found[0] if found else None

    def introduce(self, *actors):
        """Each sends a good mention, and alice sees it."""
        return [self.applied(actor, *self.mention(actor)) for actor in actors]

    def applied(self, actor, activity, word, url=None, **options):
        """Sends a good activity and returns the status that alice sees by it."""
        answer = actor.send(url or self.node.inbox, activity, **options)
        check.equal(answer.status, 202, f"status of a good {activity['type']}: {answer}")
        return check.eventually(lambda: self.sees(word), 15, f"alice sees {word}")

    def judged(self, actor, activity, what="the activity", timeout=20):
        """Sends an activity that the door lets in, and returns what became of it: 'applied' or 'refused'."""
        check.equal(actor.send(self.node.inbox, activity).status, 202, what)
        return self.node.judged(activity, timeout)

    # -- refusals ----------------------------------------------------------------------------

    def refused(self, send, statuses=(401,), what="the evil request"):
        """Calls `send` (gives a raw.Response) and expects one of the statuses, a line in the
        refusal log (for 401 and 403) and no other change."""
        before = self.node.snapshot()
        lines = self.node.count("refusal")
        answer = send()
        check.is_in(answer.status, statuses, f"{what}: status of {answer}")
        self.unchanged(before, what)
        if answer.status in (401, 403):  # the front refuses unframed requests before the inbox
            check.eventually(lambda: self.node.count("refusal") > lines, 5,
                             f"{what}: a line in the refusal log")
        return answer

    def refused_later(self, actor, activity, what="the evil activity"):
        """Expects 202, then `refused` in the inbox, and every domain table as before."""
        before = self.node.snapshot(database.JOURNAL_TABLES)
        answer = actor.send(self.node.inbox, activity)
        check.equal(answer.status, 202, f"{what}: status of {answer}")
        self.is_refused(activity, what)
        self.unchanged(before, what, database.JOURNAL_TABLES)

    def refused_anyhow(self, actor, activity, what="the evil activity"):
        """Either of the two: for what both the door and the domain have reason to refuse."""
        before = self.node.snapshot(database.JOURNAL_TABLES)
        answer = actor.send(self.node.inbox, activity)
        check.is_in(answer.status, (202, *DOOR_STATUSES), f"{what}: status of {answer}")
        if answer.status == 202:
            self.is_refused(activity, what)
        self.unchanged(before, what, database.JOURNAL_TABLES)

    def is_refused(self, activity, what):
        check.eventually(lambda: self.node.inbox_state(activity) in ("refused", "applied"), 20,
                         f"{what}: the inbox row is closed")
        check.equal(self.node.inbox_state(activity), "refused", f"{what}: state in the inbox")

    def unchanged(self, before, what, exclude=()):
        """No table differs from the snapshot."""
        changes = database.difference(before, self.node.snapshot(exclude))
        if changes:
            check.fail(f"{what} changed the database:\n  " + "\n  ".join(changes))

    def not_resolved(self, url, what):
        """A search that may fetch finds nothing, and nothing is stored."""
        before = self.node.snapshot()
        check.equal(self.alice.search(url, "statuses"), [], f"{what}: search for {url}")
        check.equal(self.alice.search(url, "accounts"), [], f"{what}: search for {url}")
        self.unchanged(before, what)


class Tripwire:
    """Listens on an address and counts connections: to https' and http's own ports where this
    process may, and to one free port. `port` is the best of them for an https URL."""

    def __init__(self, ip="127.0.0.1"):
        self.count = 0
        self.sockets = []
        for port in (443, 80, 0):
            try:
                self.sockets.append(socket.create_server((ip, port), backlog=64))
            except PermissionError:
                pass
        self.port = self.sockets[0].getsockname()[1]
        for each in self.sockets:
            threading.Thread(target=self._accept, args=(each,), daemon=True).start()
        case.at_end(self)

    def _accept(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.count += 1
            connection.close()

    def close(self, _failed=False):
        for each in self.sockets:
            each.shutdown(socket.SHUT_RDWR)
            each.close()


class SocketWatch:
    """Notes every address that a socket of this machine is connected or connecting to, by reading
    /proc/net/tcp all the time: a refused address must not even see a SYN."""

    def __init__(self):
        self.seen = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def _watch(self):
        while not self._stop.is_set():
            with open("/proc/net/tcp") as table:
                for line in table.readlines()[1:]:
                    packed = bytes.fromhex(line.split()[2].split(":")[0])[::-1]
                    self.seen.add(socket.inet_ntoa(packed))
            time.sleep(0.002)


def guarded_node(resolve=None):
    """A node as on the open Internet: private addresses are off. It stands behind a proxy that is
    not there, so only the API on its own port is of use."""
    return Node(resolve=resolve, config={
        "server.host": "guarded.test", "server.scheme": "https",
        "federation.allow_private_addresses": False})


def open_node(resolve=None):
    """Its twin that may speak with private addresses: shows that a tripwire works."""
    return Node(resolve=resolve).start()


def note_document(actor, word, **more):
    """A Note as it is served at its id."""
    return {"@context": ap.CONTEXT[0], **actor.note(word, **more)}
