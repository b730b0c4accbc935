"""Debian's python3-mastodon: registers, signs in by code, posts, reads, and pages through 200 posts."""
import sys
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "functional"))

from mastodon import Mastodon, MastodonNotFoundError  # noqa: E402

from framework import case, check  # noqa: E402
from framework.browser import Browser  # noqa: E402
from framework.node import PASSWORD, Node  # noqa: E402

POSTS = 200


def _signed_in(name):
    client_id, secret = Mastodon.create_app("test", api_base_url=node.url, scopes=["read", "write", "follow"])
    client = Mastodon(client_id=client_id, client_secret=secret, api_base_url=node.url)
    url = urlsplit(client.auth_request_url(scopes=["read", "write", "follow"]))
    code = Browser(node).code_on_page(f"{url.path}?{url.query}", name, PASSWORD)
    client.log_in(code=code, scopes=["read", "write", "follow"])
    return client


def setup():
    global node, alice, bob, ids
    node = Node().start()
    bob = node.add_user("bob")
    node.add_user("alice")
    alice = _signed_in("alice")
    alice.account_follow(alice.account_lookup("bob")["id"])
    ids = [int(bob.status(f"post {n}")["id"]) for n in range(POSTS)][::-1]


def test_it_pages_down_through_all():
    for first in (alice.timeline_home(limit=7), alice.timeline_public(limit=40),
                  alice.account_statuses(alice.account_lookup("bob"), limit=30)):
        check.equal([int(s["id"]) for s in alice.fetch_remaining(first)], ids, "all posts, newest first")


def test_it_pages_up_through_all():
    for read in (alice.timeline_home, alice.timeline_public):
        page = read(min_id=ids[-1] - 1, limit=7)
        met = []
        while page:
            met = [int(s["id"]) for s in page] + met
            page = alice.fetch_previous(page)
        check.equal(met, ids, "all posts, newest first")


def test_it_posts_replies_and_deletes():
    status = alice.status_post("hello", visibility="unlisted", idempotency_key="k")
    check.equal(alice.status_post("hello", visibility="unlisted", idempotency_key="k")["id"],
                status["id"], "the same key")
    reply = alice.status_reply(status, "and more")
    check.equal([s["id"] for s in alice.status_context(status)["descendants"]], [reply["id"]], "context")
    check.equal(alice.status_source(status)["text"], "hello", "source")
    check.true(alice.status_favourite(status)["favourited"], "favourite")
    check.equal(alice.status_reblog(status)["reblog"]["id"], status["id"], "reblog")
    check.contains(alice.status_update(status, "hello again")["content"], "hello again", "edit")
    alice.status_delete(reply)
    try:
        alice.status(reply)
    except MastodonNotFoundError:
        return
    check.fail("a deleted status is still there")


def test_it_reads_the_rest_of_what_it_needs():
    check.equal(alice.me()["acct"], "alice", "me")
    check.true(alice.instance()["version"], "instance")
    check.equal(alice.search("bob")["accounts"][0]["acct"], "bob", "search")
    bob.status("@alice hi")
    check.equal(alice.notifications(types=["mention"])[0]["account"]["acct"], "bob", "notifications")
    check.true(alice.account_relationships(alice.account_lookup("bob"))[0]["following"], "relationships")
    check.equal(alice.preferences()["posting:default:visibility"], "public", "preferences")


case.run(globals())
