"""Checklist line 17: a host has one spelling. A block holds in each way to write it, in ids, keys,
handles and commands, and what is no host is refused instead of being read as one."""

from framework import check
from framework.case import run
from framework.evil import Scene, marker
from framework.node import Node
from framework.peer import Peer

NAME = "evil.test"
# Ways to write it that lead to the same host.
SPELLINGS = ("EVIL.test", "evil.test.", "Evil.Test.", "\uff45\uff56\uff49\uff4c.test",
             "evil\u3002test", "e\u00advil.test")
NO_HOSTS = ("evil\n.test", "evil.test\\@good.test", "good.test@evil.test", "evil .test", "evil.test/x",
            "evil..test", ".", "", "evil.test:99999", "0x7f.1", "2130706433", "[::ffff:1.2.3.4")


class Named(Scene):
    """A scene whose evil host has a name."""

    def __init__(self):
        self.evil_ip = "127.0.0.77"
        self.node = Node(resolve={NAME: self.evil_ip}).start()
        self.alice = self.node.add_user("alice")
        self.alice_id = self.node.person_id("alice")
        self.good = Peer()
        self.evil = Peer(ip=self.evil_ip, name=NAME)
        self.carol, self.eve = self.good.actor("carol"), self.evil.actor("eve")
        self.introduce(self.carol, self.eve)


def setup():
    global scene, port, public
    scene = Named()
    port = scene.evil.port
    public = scene.alice.status("what everybody may read")


def _holds(get, post):
    """What a command says of hosts holds a moment later: the answers to eve tell."""
    check.eventually(lambda: (scene.eve.get(public["uri"]).status,
                              scene.eve.send(scene.node.inbox, b"{}").status) == (get, post), 10,
                     f"{get} and {post} for eve")


def _block(host):
    scene.node.cli("domain", "block", host)
    _holds(403, 403)


def _unblock(host):
    scene.node.cli("domain", "unblock", host)
    _holds(200, 400)


def _refused(what):
    scene.refused(lambda: scene.eve.send(scene.node.inbox, scene.mention(scene.eve)[0]), (403,), what)


def test_a_block_is_the_same_however_it_is_typed():
    for spelling in SPELLINGS:
        _block(spelling)
        check.equal(scene.node.cli("domain", "list").split()[0], NAME, f"{spelling!r} in the list")
        _refused(f"eve while {spelling!r} is blocked")
        _unblock(NAME)
        scene.introduce(scene.eve)


def test_a_block_of_a_host_holds_for_its_ports_and_what_is_below():
    for blocked in (f"{NAME}:{port}", NAME, "test"):
        _block(blocked)
        _refused(f"eve while {blocked} is blocked")
        _unblock(blocked)
    scene.node.cli("domain", "block", f"{NAME}:{port + 1}")
    scene.introduce(scene.eve)
    scene.node.cli("domain", "unblock", f"{NAME}:{port + 1}")


def test_what_is_no_host_cannot_be_blocked():
    for text in NO_HOSTS:
        scene.node.cli("domain", "block", text, code=1)
    check.contains(scene.node.cli("domain", "list"), "no domain is blocked", "the list")


def test_no_spelling_of_a_key_or_an_actor_passes_a_block():
    _block(NAME)
    for host in ("EVIL.TEST", "evil.test.", "Evil.test.", f"user@{NAME}", f"user:pw@{NAME}"):
        base = f"http://{host}:{port}"
        key = f"{base}/u/eve#main-key"
        activity, _ = scene.mention(scene.eve)
        spoiled = {**activity, "actor": f"{base}/u/eve"}
        scene.refused(lambda: scene.eve.send(scene.node.inbox, spoiled, key_id=key), (400, 401, 403),
                      f"a key at {host}")
    for host in ("evil.test%00", "evil.test\\", "evil.test\t", "evil\uff0etest"):
        key = f"http://{host}:{port}/u/eve#main-key".encode("utf-8").decode("latin-1")
        activity, _ = scene.mention(scene.eve)
        answer = scene.eve.send(scene.node.inbox, activity, key_id=key)
        check.is_in(answer.status, (400, 401, 403), f"a key at {host!r}: {answer}")
    _unblock(NAME)


def test_no_spelling_of_a_handle_or_a_link_passes_a_block():
    note = scene.eve.note(marker())
    check.true(scene.alice.search(note["id"], "statuses"), "before the block it is found")
    other = scene.eve.note(marker())
    scene.evil.actor("mallory")
    _block(NAME)
    start = scene.evil.hits()
    for host in (NAME, *SPELLINGS):
        scene.not_resolved(other["id"].replace(NAME, host), f"a note at {host!r}")
        for handle in (f"@mallory@{host}:{port}", f"mallory@{host}:{port}"):
            scene.not_resolved(handle, handle)
    check.equal(scene.evil.hits(), start, "requests that reached the blocked host")
    _unblock(NAME)
    check.true(scene.alice.search(other["id"].replace(NAME, "EVIL.test."), "statuses"),
               "after the block it is found, in each spelling")


def test_a_stranger_s_host_is_stored_in_its_one_spelling():
    rows = scene.node.sql("SELECT DISTINCT host FROM actor WHERE host LIKE '%test%'")
    check.equal([r["host"] for r in rows], [f"{NAME}:{port}"], "hosts in the database")


if __name__ == "__main__":
    run(globals())
