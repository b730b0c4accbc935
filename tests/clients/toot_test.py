"""Debian's toot: every one of its commands but those that need a terminal, each with what it did read back."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "functional"))

from toot.console import COMMANDS  # noqa: E402

from framework import case, check, pictures  # noqa: E402
from framework.browser import Browser  # noqa: E402
from framework.node import PASSWORD, Node  # noqa: E402

# Commands that no script can run, and why.
NOT_RUN = (
    ("tui", "a full-screen program (urwid): it wants a terminal and keys, and uses the API as the others do"),
)


class Toot:
    """The command with a home of its own; `used` are the commands that did what they should."""

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="kith-toot-")
        self.env = {**os.environ, "HOME": self.home, "XDG_CONFIG_HOME": self.home,
                    "BROWSER": "/bin/true"}
        self.used = set()
        case.at_end(self)

    def close(self, _failed=False):
        shutil.rmtree(self.home, ignore_errors=True)

    def __call__(self, *arguments, code=0, typed=""):
        done = subprocess.run(["toot", *arguments, "--no-color"], env=self.env, timeout=60,
                              capture_output=True, text=True, input=typed)
        check.equal(done.returncode, code, f"toot {' '.join(arguments)}: {done.stdout}{done.stderr}")
        if code == 0:
            self.used.add(arguments[0])
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
        self.used.add("login")


def setup():
    global node, toot, alice, bob
    node = Node(config={"server.title": "The garden", "oauth.allow_password_grant": True}).start()
    node.cli("rule", "add", "Be kind")
    alice, bob = node.add_user("alice"), node.add_user("bob")
    toot = Toot()
    toot.login(node, "alice")


def _last():
    return alice.home()[0]


def _now(status):
    """A status as alice sees it now."""
    return alice.get(f"/api/v1/statuses/{status['id']}")


def _picture():
    path = Path(toot.home) / "square.png"
    path.write_bytes(pictures.png(32, 32))
    return str(path)


def _own_posts(**query):
    return [s["id"] for s in alice.get(f"/api/v1/accounts/{alice.me()['id']}/statuses", **query)]


def test_it_tells_who_one_is_and_where():
    alice.patch("/api/v1/accounts/update_credentials", {
        "display_name": "Alice A.", "note": "grows tea", "fields_attributes[0][name]": "garden",
        "fields_attributes[0][value]": "behind the house"})
    me = alice.me()
    out = toot("whoami")
    for text in ("@alice Alice A.", "grows tea", f"ID: {me['id']}", "Garden:", "behind the house", me["url"]):
        check.contains(out, text, "whoami")
    check.contains(toot("whois", f"@bob@{node.host}"), f"ID: {bob.me()['id']}", "whois")
    out = toot("instance", "--disable-https")
    for text in ("The garden", node.host, "running Mastodon 4.", "1. Be kind"):
        check.contains(out, text, "instance")
    check.contains(toot("env"), "toot 0.34.1", "env")


def test_it_has_several_accounts():
    mine, his = f"alice@{node.host}", f"bob@{node.host}"
    out = toot("login_cli", "-i", node.host, "-e", "bob@mail.example", "--disable-https", typed=PASSWORD)
    check.contains(out, "Successfully logged in", "login_cli")
    out = toot("auth")
    check.true(f"* {his} ACTIVE" in out and f"* {mine} \n" in out, f"auth: {out}")
    toot("activate", mine)
    check.contains(toot("whoami", "--using", his), "@bob", "who one is if one says so")
    toot("logout", his)
    out = toot("auth")
    check.true(f"* {mine} ACTIVE" in out and his not in out, f"after activate and logout: {out}")


def test_it_posts_and_reads_home():
    out = toot("post", "hello from toot", "--visibility", "unlisted", "--language", "eo")
    status = _last()
    check.contains(out, status["url"], "the URL it prints")
    check.equal((status["content"], status["visibility"], status["language"]),
                ("<p>hello from toot</p>", "unlisted", "eo"), "post")
    toot("post", "--content-type", "text/markdown", typed="in **bold**\n")
    check.contains(_last()["content"], "<strong>bold</strong>", "post in Markdown, of what is piped in")
    alice.status("the last")
    out = toot("timeline", "--once", "--reverse", "--count", "2")
    check.true(0 < out.find("in bold") < out.find("the last") and "hello from toot" not in out, f"timeline: {out}")


def test_it_uploads_pictures_with_texts():
    toot("post", "look", "--media", _picture(), "--description", "a square", "--sensitive", "--spoiler-text", "art")
    status = _last()
    check.equal([(m["type"], m["description"]) for m in status["media_attachments"]], [("image", "a square")],
                "picture")
    check.equal((status["sensitive"], status["spoiler_text"]), (True, "art"), "warning")
    out = toot("upload", _picture(), "--description", "another square")
    media = alice.get(f"/api/v1/media/{re.search(r'media ID ([0-9]+)', out).group(1)}")
    check.equal((media["type"], media["description"]), ("image", "another square"), "upload")
    check.contains(out, media["url"], "where it is")


def test_it_schedules():
    def waiting():
        return [s["params"]["text"] for s in alice.get("/api/v1/scheduled_statuses")]
    check.contains(toot("post", "in a while", "--scheduled-in", "2h"), "Toot scheduled for", "scheduled")
    at = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=1)
    out = toot("post", "tomorrow", "--scheduled-at", at.isoformat())
    check.contains(out, at.strftime("%Y-%m-%d %H:%M:%S"), "when")
    check.equal(sorted(waiting()), ["in a while", "tomorrow"], "what waits")


def test_it_replies_and_shows_the_thread():
    root = bob.post("/api/v1/statuses",
                    body={"status": "which?", "poll": {"options": ["this", "that"], "expires_in": 3600}})
    alice.post(f"/api/v1/polls/{root['poll']['id']}/votes", body={"choices": [1]})
    toot("post", "an answer", "--reply-to", root["id"])
    check.equal([s["content"] for s in alice.context(root["id"])["descendants"]], ["<p>an answer</p>"], "reply")
    out = toot("thread", root["id"])
    check.true(0 < out.find("which?") < out.find("an answer"), f"thread: {out}")
    for text in ("this - 0%", "that - 100%  ✓", "Poll · 1 votes", f"In reply to {root['id']}"):
        check.contains(out, text, "thread")


def test_it_favourites_boosts_and_deletes():
    status = bob.status("to be liked")
    toot("favourite", status["id"])
    toot("reblog", status["id"])
    check.contains(toot("reblogged_by", status["id"]), "@alice", "reblogged_by")
    now = _now(status)
    check.equal((now["favourited"], now["favourites_count"], now["reblogged"], now["reblogs_count"]),
                (True, 1, True, 1), "favourite and reblog")
    check.equal(_last()["reblog"]["id"], status["id"], "the boost")
    toot("unfavourite", status["id"])
    toot("unreblog", status["id"])
    now = _now(status)
    check.equal((now["favourited"], now["favourites_count"], now["reblogged"], now["reblogs_count"]),
                (False, 0, False, 0), "unfavourite and unreblog")
    toot("post", "away with it")
    mine = _last()["id"]
    toot("delete", mine)
    bob.request("GET", f"/api/v1/statuses/{mine}").error(404)


def test_it_boosts_for_some():
    status = bob.status("not so loud")
    toot("reblog", status["id"], "--visibility", "unlisted")
    boost = _last()
    check.equal((boost["reblog"]["id"], boost["visibility"]), (status["id"], "unlisted"), "the boost")


def test_it_pins_and_bookmarks():
    mine, his = alice.status("worth a pin"), bob.status("worth keeping")
    toot("pin", mine["id"])
    check.equal(_own_posts(pinned="true"), [mine["id"]], "pin")
    toot("unpin", mine["id"])
    check.equal(_own_posts(pinned="true"), [], "unpin")
    toot("bookmark", his["id"])
    check.equal(_now(his)["bookmarked"], True, "bookmark")
    check.contains(toot("bookmarks", "--once"), "worth keeping", "bookmarks")
    toot("unbookmark", his["id"])
    check.equal(_now(his)["bookmarked"], False, "unbookmark")


def test_it_follows_blocks_and_mutes():
    bob_id = bob.me()["id"]
    for verb, seen in (("follow", "following"), ("mute", "muting"), ("block", "blocking")):
        toot(verb, "bob")
        check.true(alice.relationship(bob_id)[seen], f"after {verb}")
        if verb == "follow":
            check.contains(toot("following", "alice"), "* @bob", "following")
            check.contains(toot("followers", "bob"), "* @alice", "followers")
        toot(f"un{verb}", "bob")
        check.equal(alice.relationship(bob_id)[seen], False, f"after un{verb}")


def test_it_follows_hashtags():
    bob.status("a cup of #tea")
    toot("tags_follow", "#tea")
    check.equal(alice.get("/api/v1/tags/tea")["following"], True, "tags_follow")
    check.contains(toot("tags_followed"), "* #tea\t", "tags_followed")
    check.contains(toot("search", "tea"), "Hashtags:\n#tea", "search")
    toot("tags_unfollow", "tea")
    check.equal(alice.get("/api/v1/tags/tea")["following"], False, "tags_unfollow")


def test_it_reads_other_timelines():
    bob.status("to all, with a #picnic")
    bob.status("to all")
    alice.follow("bob")
    made = alice.post("/api/v1/lists", {"title": "friends"})
    alice.post(f"/api/v1/lists/{made['id']}/accounts", {"account_ids": [bob.me()["id"]]})
    alice.status("not in the list")
    for which in (("--public", "--local"), ("--list", made["id"]), ("--tag", "picnic")):
        out = toot("timeline", "--once", *which)
        check.contains(out, "with a #picnic", f"timeline {which}")
        check.equal("not in the list" in out, "--public" in which, f"alice's post in timeline {which}")
        check.equal("to all\n" in out, "--tag" not in which, f"bob's other post in timeline {which}")
    alice.unfollow(bob.me()["id"])


def test_it_reads_notifications():
    alice.post("/api/v1/notifications/clear")
    post = alice.status("look at this")
    bob.act(post["id"], "favourite")
    bob.act(post["id"], "reblog")
    bob.follow("alice")
    bob.status("@alice well done")
    out = toot("notifications")
    told = [out.find(text) for text in ("@bob mentioned you", "@bob now follows you", "@bob reblogged your status",
                                        "@bob favourited your status")]
    check.true(-1 not in told and told == sorted(told), f"newest first: {out}")
    check.contains(out, "well done", "the mention")
    bob.status("@alice once more")
    out = toot("notifications", "--mentions", "--reverse")
    check.true(0 < out.find("well done") < out.find("once more"), f"oldest first: {out}")
    check.true("your status" not in out and "follows" not in out, f"mentions only: {out}")
    toot("notifications", "--clear")
    check.equal(alice.notifications(), [], "cleared")


def test_it_follows_an_account_of_another_node_found_by_search():
    other = Node().start()
    carol = other.add_user("carol")
    handle = other.handle("carol")
    check.contains(toot("search", handle, "--resolve"), f"carol@{other.host}", "search")
    toot("follow", handle[1:])
    check.eventually(lambda: carol.me()["followers_count"] == 1, 20, "the follow arrives")
    followed = alice.find_account(handle[1:])["id"]
    check.eventually(lambda: alice.relationship(followed)["following"], 20, "the follow is accepted")
    carol.status("hello across")
    check.eventually(lambda: "hello across" in _last()["content"], 30, "the post arrives")
    check.contains(toot("timeline", "--once"), f"@carol@{other.host}", "timeline")


def test_it_tells_what_went_wrong():
    check.contains(toot("post", "x" * 5001, code=1), "Validation failed", "the error")
    check.contains(toot("thread", "1", code=1), "not found", "the error")


def test_every_command_was_used_or_says_why_not():
    if sys.argv[1:]:
        return   # only some of the tests ran
    check.equal(sorted(toot.used | {name for name, _ in NOT_RUN}), sorted(c.name for c in COMMANDS), "commands")
    check.equal(toot.used & {name for name, _ in NOT_RUN}, set(), "commands that are run after all")


case.run(globals())
