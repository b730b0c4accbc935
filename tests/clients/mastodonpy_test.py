"""Debian's python3-mastodon: registers, signs in, posts, reads, pages through 200 posts, and asks what the node is.
What it does with posts, people, streams and as a moderator stands in the files beside; that no method is left out is
looked after here."""
import inspect
import re
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from mastodon import (Mastodon, MastodonAPIError, MastodonIllegalArgumentError, MastodonNotFoundError,
                      MastodonUnauthorizedError)
from mastodonpy_client import SCOPES, nobody, refused, signed_in

from framework import check, pictures
from framework.browser import Browser
from framework.case import run
from framework.node import PASSWORD, Node

POSTS = 200
BACK = "https://client.example/back"

# Methods that work with no Mastodon of today, or that ask no server, and why.
NOT_USED = (
    ("decode_blurhash", "asks no server, and needs a module that the tests do not install (python3-blurhash)"),
    ("follows", "POST /api/v1/follows went with Mastodon 3.0"),
    ("reports", "GET /api/v1/reports went with Mastodon 2.5, and the library refuses to ask for it"),
    ("search_v1", "GET /api/v1/search went with Mastodon 3.0"),
)


def setup():
    global node, alice, bob, ids
    node = Node(config={"oauth.allow_password_grant": True}).start()
    bob = node.add_user("bob")
    node.add_user("alice")
    alice = signed_in(node, "alice")
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
    refused(MastodonNotFoundError, alice.status, reply)


def test_it_reads_the_rest_of_what_it_needs():
    check.equal(alice.me()["acct"], "alice", "me")
    check.equal(alice.search("bob")["accounts"][0]["acct"], "bob", "search")
    bob.status("@alice hi")
    check.equal(alice.notifications(types=["mention"])[0]["account"]["acct"], "bob", "notifications")
    check.true(alice.account_relationships(alice.account_lookup("bob"))[0]["following"], "relationships")
    check.equal(alice.preferences()["posting:default:visibility"], "public", "preferences")


def test_an_application_and_its_users():
    with tempfile.TemporaryDirectory() as folder:
        secrets, token = f"{folder}/client", f"{folder}/token"
        Mastodon.create_app("Garden", scopes=SCOPES, redirect_uris=[BACK, "urn:ietf:wg:oauth:2.0:oob"],
                            website="https://client.example", api_base_url=node.url, to_file=secrets)
        client = Mastodon(client_id=secrets)
        url = urlsplit(client.auth_request_url(redirect_uris=BACK, scopes=["read"], state="s p/ce", force_login=True))
        answer = Browser(node).decide(f"{url.path}?{url.query}", "alice", PASSWORD).expect(303)
        back = parse_qs(urlsplit(answer.header("Location")).query)
        check.equal(back["state"], ["s p/ce"], "state")
        client.log_in(code=back["code"][0], redirect_uri=BACK, scopes=["read"], to_file=token)
        again = Mastodon(access_token=token)
        check.equal((again.me()["acct"], again.access_token), ("alice", client.access_token),
                    "signed in, and kept in a file")
        told = again.app_verify_credentials()
        check.equal((told.name, told.website), ("Garden", "https://client.example"), "what it is")
        refused(MastodonAPIError, again.status_post, "not with this scope")
        refused(MastodonIllegalArgumentError, client.log_in, code=back["code"][0], redirect_uri=BACK, scopes=["read"])
        other = Mastodon(client_id=secrets)
        other.log_in("alice@mail.example", PASSWORD, scopes=SCOPES)
        again = Mastodon(access_token=other.access_token, api_base_url=node.url)
        check.equal(again.me()["acct"], "alice", "by name and password")
        other.revoke_access_token()
        refused(MastodonUnauthorizedError, again.me)
    refused(MastodonIllegalArgumentError, nobody(node).log_in, "alice@mail.example", "wrong")


def test_what_the_node_is():
    client = Mastodon(api_base_url=node.url)
    told = client.instance()
    check.equal((told.uri, told.registrations, told.stats.user_count), (node.host, False, 2), "instance")
    check.true(told.configuration.statuses.max_characters >= 500 and told.urls.streaming_api.startswith("ws://"),
               "instance")
    version = client.retrieve_mastodon_version()
    check.true(told.version.startswith(version), f"version: {version}")
    check.equal((client.verify_minimum_version("4.3.0"), client.verify_minimum_version("99.0.0", cached=True)),
                (True, False), "which it compares")
    check.true(client.verify_minimum_version(Mastodon.get_supported_version()), "new enough for all the library has")
    check.equal(client.instance_health(), True, "health")
    check.equal(client.instance_nodeinfo()["software"]["name"], "kith", "NodeInfo 2.0, which the library looks for")
    check.equal(client.instance_nodeinfo("http://nodeinfo.diaspora.software/ns/schema/2.1")["version"], "2.1",
                "NodeInfo")
    check.true(abs(client.get_approx_server_time().timestamp() - time.time()) < 10, "the time")
    week = client.instance_activity()[0]
    check.true(week.statuses >= POSTS and week.registrations == 2 and week.logins >= 1, f"this week: {week}")
    rule = node.cli("rule", "add", "Be kind").split()[0]
    check.equal([(str(r.id), r.text) for r in client.instance_rules()], [(rule, "Be kind")], "rules")
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        file.write(pictures.png(40, 40))
        file.flush()
        node.cli("emoji", "add", "blob", file.name, "--category", "Blobs")
    check.equal([(e.shortcode, e.category) for e in client.custom_emojis()], [("blob", "Blobs")], "emoji")


def test_whom_the_node_knows():
    other = Node().start()
    other.add_user("carol")
    alice.search(other.handle("carol"))
    check.equal(alice.instance_peers(), [other.host], "peers")


def test_announcements():
    id = node.cli("announcement", "add", "Tea at five").split()[0]
    told = alice.announcements()
    check.equal([(str(a.id), a.content, a.read) for a in told], [(id, "<p>Tea at five</p>", False)], "announced")
    alice.announcement_reaction_create(told[0], "🍵")
    check.equal([(r.name, r.count, r.me) for r in alice.announcements()[0]["reactions"]], [("🍵", 1, True)],
                "a reaction")
    alice.announcement_reaction_delete(id, "🍵")
    check.equal(alice.announcements()[0]["reactions"], [], "taken back")
    refused(MastodonAPIError, alice.announcement_reaction_create, id, "word")
    alice.announcement_dismiss(id)
    check.equal(alice.announcements(), [], "read")


def test_every_method_is_used_or_says_why_not():
    text = "".join(file.read_text() for file in Path(__file__).parent.glob("mastodonpy*.py"))
    used = set(re.findall(r"\b(?:alice|bob|carol|mod|boss|client|again|other|Mastodon)\.(\w+)", text))
    methods = {name for name, _ in inspect.getmembers(Mastodon, callable) if not name.startswith("_")}
    left_out = {name for name, _ in NOT_USED}
    check.equal(sorted(methods - used - left_out), [], "methods of which nothing is said")
    check.equal(sorted(left_out - methods), [], "no methods of the library")
    check.equal(sorted(left_out & used), [], "methods that are used after all")


if __name__ == "__main__":
    run(globals())
