"""Somebody goes for good. What they wrote and kept is erased, at home and where peers had it; the name is not given away
again; the address is free, but for who was suspended."""

from framework import api, check
from framework.case import run
from framework.node import Node

WORD, NOTE = "marmalade", "pumpernickel"


def setup():
    global home, away, bob, boss
    home, away = Node().start(), Node().start()
    bob = away.add_user("bob")
    home.add_user("boss", role="admin")
    boss = api.Client(home.url, home.token("boss", "read write admin:read admin:write"), home.host)


def _settled(name):
    """A member who wrote, kept and planned, with bob away following."""
    client = home.add_user(name)
    bob.follow_accepted(home.handle(name))
    for n in range(60):   # more than are scrubbed at once
        client.status(f"{WORD} {name} {n}")
    direct = client.status(f"{WORD} {name} to {away.handle('bob')}", visibility="direct")
    client.act(direct["id"], "bookmark")
    far = client.find_account(away.handle("bob"))["id"]
    client.post(f"/api/v1/accounts/{far}/note", {"comment": NOTE})
    client.post("/api/v1/lists", {"title": NOTE})
    client.post("/api/v2/filters", {"title": NOTE, "context[]": "home", "keywords_attributes[][keyword]": NOTE})
    client.post("/api/v1/statuses", {"status": NOTE, "scheduled_at": "2099-01-01T00:00:00Z"})
    check.eventually(lambda: len(_posts(away, name)) == 61, 30, "all of it is away")
    return client


def _posts(node, name):
    """What a node has of the text of somebody at home."""
    return [r["content"] for r in node.sql(
        "SELECT p.content FROM post p JOIN actor a ON a.id = p.actor_id WHERE a.ap_id = ? AND p.deleted_at IS NULL", home.person_id(name))]


def _kept(name):
    actor = home.sql("SELECT id FROM actor WHERE ap_id = ?", home.person_id(name))[0]["id"]
    return {table: home.count(table, f"{column} = ?", actor) for table, column in (
        ("bookmark", "actor_id"), ("account_note", "actor_id"), ("list", "owner_id"), ("post_filter", "owner_id"),
        ("scheduled_post", "actor_id"), ("conversation", "owner_id"), ("home_entry", "owner_id"), ("notification", "owner_id"))}


def _holds(node, word):
    """The tables in which a word stands. What was sent stays in the outbox until its time: the Delete goes after it."""
    return sorted(table for table, rows in node.snapshot(exclude=("activity",)).items() if word in repr(rows))


def _erased(name):
    for node in (home, away):
        check.eventually(lambda: _posts(node, name) == [], 30, f"nothing of {name} is left on {node.host}")
    check.eventually(lambda: set(_kept(name).values()) == {0}, 20, "nothing they kept")


def test_who_leaves_is_forgotten():
    ann = _settled("ann")
    check.equal({t for t, n in _kept("ann").items() if n == 0} - {"notification"}, set(), "there is much to forget")
    home.add_group("garden", "boss")
    thread = boss.status("@garden what grows?")["id"]
    garden = ann.find_account("garden")["id"]
    ann.post(f"/api/v1/accounts/{garden}/follow")
    for client in (ann, ann, boss):
        client.status(f"{WORD} grows", in_reply_to_id=thread)
    comments = lambda: home.sql("SELECT comments FROM thread WHERE post_id = ?", int(thread))[0]["comments"]
    check.equal(comments(), 3, "comments in a thread")
    home.cli("user", "delete", "ann")
    ann.request("GET", "/api/v1/accounts/verify_credentials").error(401)
    _erased("ann")
    check.equal(comments(), 1, "those of others")
    for node in (home, away):
        check.equal(_holds(node, NOTE), [], f"what was kept, on {node.host}")
        check.equal(_holds(node, f"{WORD} ann"), [], f"what was written, on {node.host}")
    check.equal(_holds(home, "ann@mail.example"), [], "the address")
    home.cli("user", "add", "ann", "--email", "other@mail.example", "--password", "long enough", code=1)
    home.cli("user", "add", "ann2", "--email", "ann@mail.example", "--password", "long enough")


def test_the_address_of_who_was_suspended_is_not_let_in_again():
    _settled("eve")
    account = boss.get("/api/v1/admin/accounts", username="eve")[0]["id"]
    boss.post(f"/api/v1/admin/accounts/{account}/action", {"type": "suspend"})
    check.equal(len(_posts(home, "eve")), 61, "suspended is not gone")
    boss.delete(f"/api/v1/admin/accounts/{account}")
    _erased("eve")
    check.equal(_holds(home, "eve@mail.example"), [], "the address")
    found = boss.post("/api/v1/admin/canonical_email_blocks/test", {"email": "eve@mail.example"})
    check.equal(len(found), 1, "a hash of it is blocked")


if __name__ == "__main__":
    run(globals())
