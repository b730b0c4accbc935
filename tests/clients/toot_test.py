"""Debian's toot: signs in by code, posts, reads home, replies, boosts, follows."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "functional"))

from framework import case, check  # noqa: E402
from framework.browser import Browser  # noqa: E402
from framework.node import PASSWORD, Node  # noqa: E402


class Toot:
    """The command with a home of its own."""

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="kith-toot-")
        self.env = {**os.environ, "HOME": self.home, "XDG_CONFIG_HOME": self.home,
                    "BROWSER": "/bin/true"}
        case.at_end(self)

    def close(self, _failed=False):
        shutil.rmtree(self.home, ignore_errors=True)

    def __call__(self, *arguments, code=0):
        done = subprocess.run(["toot", *arguments, "--no-color"], env=self.env, timeout=60,
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        check.equal(done.returncode, code, f"toot {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def login(self, node, name):
        """What `toot login` does, with the browser's part done by the test."""
        process = subprocess.Popen(
            ["toot", "login", "-i", node.host, "--disable-https", "--no-color"], env=self.env,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        seen = ""
        while "/oauth/authorize/" not in seen:
            line = process.stdout.readline()
            check.true(line, f"toot shows the login URL; so far: {seen}")
            seen += line
        url = urlsplit(re.search(r"\S+/oauth/authorize/\S+", seen).group(0))
        code = Browser(node).code_on_page(f"{url.path}?{url.query}", name, PASSWORD)
        rest, _ = process.communicate(f"n\n{code}\n", timeout=60)
        check.equal(process.returncode, 0, f"exit of toot login: {rest}")
        check.contains(self("whoami"), name, "whoami")


def setup():
    global node, toot, bob
    node = Node().start()
    node.add_user("alice")
    bob = node.add_user("bob")
    toot = Toot()
    toot.login(node, "alice")


def _last(client=None):
    return (client or node.client("alice")).home()[0]


def test_it_posts_and_reads_home():
    out = toot("post", "hello from toot", "--visibility", "unlisted", "--language", "en")
    status = _last()
    check.contains(out, status["id"], "the URL it prints")
    check.equal((status["content"], status["visibility"]), ("<p>hello from toot</p>", "unlisted"), "post")
    check.contains(toot("timeline", "--once"), "hello from toot", "timeline")


def test_it_replies_and_shows_the_thread():
    root = bob.status("@alice a question")
    toot("post", "an answer", "--reply-to", root["id"])
    out = toot("thread", root["id"])
    check.contains(out, "a question", "thread")
    check.contains(out, "an answer", "thread")
    check.contains(toot("notifications"), "a question", "notifications")


def test_it_favourites_boosts_and_deletes():
    status = bob.status("to be liked")
    toot("favourite", status["id"])
    toot("reblog", status["id"])
    check.contains(toot("reblogged_by", status["id"]), "alice", "reblogged_by")
    now = bob.get(f"/api/v1/statuses/{status['id']}")
    check.equal((now["favourites_count"], now["reblogs_count"]), (1, 1), "counts")
    toot("unfavourite", status["id"])
    toot("unreblog", status["id"])
    toot("post", "away with it")
    mine = _last()["id"]
    toot("delete", mine)
    bob.request("GET", f"/api/v1/statuses/{mine}").error(404)


def test_it_follows_blocks_and_mutes():
    alice = node.client("alice")
    bob_id = bob.me()["id"]
    for verb, seen in (("follow", "following"), ("mute", "muting"), ("block", "blocking")):
        toot(verb, "bob")
        check.true(alice.relationship(bob_id)[seen], f"after {verb}")
        toot(f"un{verb}", "bob")
        check.equal(alice.relationship(bob_id)[seen], False, f"after un{verb}")
    check.contains(toot("whois", "bob"), "bob", "whois")


def test_it_follows_an_account_of_another_node_found_by_search():
    other = Node().start()
    carol = other.add_user("carol")
    handle = other.handle("carol")
    check.contains(toot("search", handle, "--resolve"), f"carol@{other.host}", "search")
    toot("follow", handle[1:])
    check.eventually(lambda: carol.me()["followers_count"] == 1, 20, "the follow arrives")
    alice, there = node.client("alice"), handle[1:]
    followed = alice.find_account(there)["id"]
    check.eventually(lambda: alice.relationship(followed)["following"], 20, "the follow is accepted")
    carol.status("hello across")
    check.eventually(lambda: "hello across" in toot("timeline", "--once"), 30, "the post arrives",
                     every=0.5)


def test_it_tells_what_went_wrong():
    check.contains(toot("post", "x" * 5001, code=1), "Validation failed", "the error")
    check.contains(toot("thread", "1", code=1), "not found", "the error")


case.run(globals())
