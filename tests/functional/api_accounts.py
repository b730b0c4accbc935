"""Accounts by the client API: credentials, profile, lookup, search, relations and their errors."""
from framework import check
from framework.case import run
from framework.node import Node


def setup():
    global node, alice, bob, nobody
    node = Node().start()
    alice = node.add_user("alice")
    bob = node.add_user("bob")
    nobody = node.client()


def _id(name):
    return nobody.get("/api/v1/accounts/lookup", acct=name)["id"]


def test_credentials_have_what_strict_clients_decode():
    me = alice.me()
    for key in ("id", "username", "acct", "display_name", "note", "url", "avatar", "header",
                "created_at", "fields", "emojis", "locked", "bot", "group", "source", "role"):
        check.true(me.get(key) is not None, f"{key} of verify_credentials")
    check.true(me["id"].isdigit() and len(me["id"]) == 16, f"an id of 16 digits: {me['id']}")
    check.equal((me["acct"], me["source"]["privacy"]), ("alice", "public"), "acct and privacy")
    check.true(me["created_at"].endswith("Z") and "." in me["created_at"], "milliseconds")


def test_a_signed_out_or_foreign_request_is_refused_in_json():
    check.equal(nobody.request("GET", "/api/v1/accounts/verify_credentials").error(401),
                "The access token is invalid", "error")
    check.equal(nobody.request("GET", "/api/v1/accounts/1").error(404), "Record not found", "error")
    check.equal(nobody.request("GET", "/api/v1/no_such_thing").error(404), "Record not found", "error")
    read_only = node.token("alice", "read")
    answer = nobody.request("POST", "/api/v1/statuses", {"status": "no"},
                            headers={"Authorization": f"Bearer {read_only}"})
    check.equal(answer.error(403), "This action is outside the authorized scopes", "error")


def test_profile_changes_in_every_parameter_form():
    alice.patch("/api/v1/accounts/update_credentials",
                {"display_name": "Alice A.", "note": "hello <b>you</b>", "locked": "true",
                 "fields_attributes[0][name]": "site", "fields_attributes[0][value]": "a & b",
                 "source[privacy]": "unlisted"})
    me = alice.me()
    check.equal((me["display_name"], me["locked"]), ("Alice A.", True), "profile")
    check.equal(me["note"], "<p>hello &lt;b&gt;you&lt;/b&gt;</p>", "note")
    check.equal(me["source"]["note"], "hello <b>you</b>", "source of the note")
    check.equal((me["source"]["fields"][0]["value"], me["source"]["privacy"]), ("a & b", "unlisted"),
                "source")
    check.equal(alice.status("by default")["visibility"], "unlisted", "the default visibility")
    me = alice.request("PUT", "/api/v1/accounts/update_credentials",
                       body={"locked": False, "source": {"privacy": "public"}}).expect(200).json
    check.equal((me["locked"], me["source"]["privacy"], me["display_name"]),
                (False, "public", "Alice A."), "after JSON")
    alice.request("PATCH", "/api/v1/accounts/update_credentials",
                  {"source[privacy]": "everybody"}).error(422)


def test_lookup_search_and_lists_of_ids():
    check.equal(nobody.get("/api/v1/accounts/lookup", acct=node.handle("bob"))["acct"], "bob", "acct")
    nobody.request("GET", "/api/v1/accounts/lookup", acct="nobody_here").error(404)
    found = alice.get("/api/v1/accounts/search", q="bo")
    check.equal([a["acct"] for a in found], ["bob"], "search")
    both = nobody.get("/api/v1/accounts", id=[_id("alice"), _id("bob"), "9"])
    check.equal([a["acct"] for a in both], ["alice", "bob"], "accounts by ids")
    nobody.request("GET", "/api/v2/search", q="bob", resolve=True).error(401)
    check.equal(nobody.get("/api/v2/search", q="@bob")["accounts"][0]["acct"], "bob", "search v2")


def test_follow_block_and_mute_change_the_relationship():
    there = _id("bob")
    alice.post(f"/api/v1/accounts/{there}/follow", {"reblogs": False})
    how = alice.relationship(there)
    check.equal((how["following"], how["showing_reblogs"]), (True, False), "after follow")
    check.true(bob.relationship(_id("alice"))["followed_by"], "followed_by")
    check.equal([a["acct"] for a in nobody.get(f"/api/v1/accounts/{there}/followers")], ["alice"],
                "followers")
    how = alice.post(f"/api/v1/accounts/{there}/mute", {"notifications": False})
    check.equal((how["muting"], how["muting_notifications"]), (True, False), "after mute")
    check.equal([a["acct"] for a in alice.get("/api/v1/mutes")], ["bob"], "mutes")
    check.equal(alice.post(f"/api/v1/accounts/{there}/unmute")["muting"], False, "after unmute")
    how = alice.post(f"/api/v1/accounts/{there}/block")
    check.equal((how["blocking"], how["following"]), (True, False), "after block")
    bob.request("POST", f"/api/v1/accounts/{_id('alice')}/follow").error(403)
    check.equal(alice.post(f"/api/v1/accounts/{there}/unblock")["blocking"], False, "after unblock")
    alice.request("POST", f"/api/v1/accounts/{_id('alice')}/follow").error(422)


def test_who_looks_after_the_node_is_shown_as_that():
    for name, role, shown in (("rhea", "admin", ["Admin"]), ("mod", "moderator", ["Moderator"]), ("carl", "member", [])):
        node.add_user(name, role)
        account = nobody.get(f"/api/v1/accounts/{_id(name)}")
        check.equal([r["name"] for r in account["roles"]], shown, f"roles of {name}")


def test_identity_proofs_are_none():
    path = f"/api/v1/accounts/{_id('bob')}/identity_proofs"
    nobody.request("GET", path).error(401)
    check.equal(alice.get(path), [], "as in Mastodon since 3.5")
    alice.request("GET", "/api/v1/accounts/1/identity_proofs").error(404)


def test_a_locked_account_decides_who_follows():
    bob.patch("/api/v1/accounts/update_credentials", {"locked": True})
    carol = node.add_user("carol")
    check.true(carol.post(f"/api/v1/accounts/{_id('bob')}/follow")["requested"], "requested")
    check.equal([a["acct"] for a in bob.get("/api/v1/follow_requests")], ["carol"], "requests")
    check.equal(bob.me()["source"]["follow_requests_count"], 1, "count")
    check.true(bob.post(f"/api/v1/follow_requests/{_id('carol')}/authorize")["followed_by"], "accepted")
    check.true(carol.relationship(_id("bob"))["following"], "following")
    bob.post(f"/api/v1/accounts/{_id('carol')}/remove_from_followers")
    check.equal(carol.relationship(_id("bob"))["following"], False, "removed")


def test_instance_says_what_is_there():
    one, two = nobody.get("/api/v1/instance/"), nobody.get("/api/v2/instance/")
    check.equal((one["uri"], two["domain"]), (node.host, node.host), "domain")
    check.true(two["version"].startswith("4.6.0 "), "version")
    check.equal(two["configuration"]["statuses"]["max_characters"], 5000, "max_characters")
    check.equal(two["configuration"]["urls"]["streaming"], node.base.replace("http", "ws", 1), "where streams are")
    answer = nobody.request("OPTIONS", "/api/v1/statuses")
    check.equal(answer.header("Access-Control-Allow-Origin"), "*", "CORS")
    check.contains(answer.header("Access-Control-Allow-Headers"), "Idempotency-Key", "CORS headers")


run(globals())
