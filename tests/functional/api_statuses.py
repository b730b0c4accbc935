"""Posts by the client API: writing, editing, deleting, threads, favourites, boosts, pins."""
from framework import ap, check
from framework.case import run
from framework.node import Node
from framework.peer import Peer


def setup():
    global node, alice, bob, nobody
    node = Node().start()
    alice = node.add_user("alice")
    bob = node.add_user("bob")
    nobody = node.client()


def test_plain_text_becomes_one_paragraph_and_has_its_parts():
    s = alice.status("hi @bob, see #Kith", spoiler_text="cw", language="en")
    check.equal((s["spoiler_text"], s["sensitive"], s["language"]), ("cw", True, "en"), "parts")
    check.equal([m["acct"] for m in s["mentions"]], ["bob"], "mentions")
    check.equal(s["tags"][0]["url"], f"{node.base}/tags/{s['tags'][0]['name']}", "tag")
    check.equal(s["url"], f"{node.base}/@alice/{s['id']}", "url")
    check.equal(alice.status("just text")["content"], "<p>just text</p>", "content")
    for key in ("media_attachments", "emojis", "filtered"):
        check.equal(s[key], [], key)
    check.equal((s["favourited"], s["reblogged"], s["bookmarked"], s["pinned"]), (False,) * 4, "mine")
    check.true("favourited" not in nobody.get(f"/api/v1/statuses/{s['id']}"), "nobody has favourites")
    check.equal(len(bob.mentions_with("see")), 1, "bob is told")


GERMAN = "Gestern haben wir hinter dem Haus Tomaten gepflanzt, und die Nachbarn haben dabei geholfen."


def test_the_language_is_what_is_said_else_the_members_else_a_guess():
    check.equal(bob.status(GERMAN)["language"], "de", "a guess")
    post = bob.status("ok")
    check.equal(post["language"], None, "nothing to go by")
    edited = bob.put(f"/api/v1/statuses/{post['id']}", {"status": GERMAN})
    check.equal(edited["language"], "de", "an edit brings something")
    check.equal(bob.status(GERMAN, language="nl")["language"], "nl", "what the client says")
    topic = bob.status(f"https://example.org/the/house #TheQuickBrownFox @alice {GERMAN}")
    check.equal(topic["language"], "de", "links, tags and names are no words")
    bob.patch("/api/v1/accounts/update_credentials", body={"source": {"language": "fr"}})
    check.equal(bob.status(GERMAN)["language"], "fr", "what the member writes in")
    bob.patch("/api/v1/accounts/update_credentials", body={"source": {"language": ""}})
    check.equal(bob.status(GERMAN)["language"], "de", "a guess again")
    peer = Peer()
    carl = peer.actor("carl")
    for text, more, language in ((GERMAN, {}, "de"), ("ok", {}, None), (GERMAN, {"contentMap": {"nl": f"<p>{GERMAN}</p>"}}, "nl")):
        note = carl.note(f"<p>{text}</p>", to=[ap.PUBLIC, node.person_id("bob")], mentions=[(node.person_id("bob"), "@bob")], **more)
        carl.send(node.inbox, carl.create(note))
        got = check.eventually(lambda: next((n["status"] for n in bob.notifications("mention") if n["status"]["uri"] == note["id"]), None),
                               15, "a post from elsewhere")
        check.equal(got["language"], language, f"of {text[:10]} with {more}")


def test_what_cannot_be_posted_is_refused():
    for form in ({"status": ""}, {"status": "x", "visibility": "everybody"},
                 {"status": "x", "media_ids": ["1"]}, {"status": "x", "poll[options][]": "a"},
                 {"status": "x" * 5001}):
        alice.request("POST", "/api/v1/statuses", form).error(422)
    alice.request("POST", "/api/v1/statuses", {"status": "x", "in_reply_to_id": "9"}).error(404)


def test_an_idempotency_key_gives_the_same_post():
    keys = {"Idempotency-Key": "one"}
    first = alice.post("/api/v1/statuses", {"status": "once"}, headers=keys)
    again = alice.post("/api/v1/statuses", {"status": "once"}, headers=keys)
    other = alice.post("/api/v1/statuses", {"status": "once"}, headers={"Idempotency-Key": "two"})
    check.equal(again["id"], first["id"], "the same key")
    check.true(other["id"] != first["id"], "another key")


def test_a_thread_is_read_from_both_ends():
    root = alice.status("root")
    first = bob.status("@alice first", in_reply_to_id=root["id"])
    second = alice.status("second", in_reply_to_id=first["id"])
    check.equal(first["in_reply_to_account_id"], root["account"]["id"], "in_reply_to_account_id")
    got = nobody.context(second["id"])
    check.equal([s["id"] for s in got["ancestors"]], [root["id"], first["id"]], "ancestors")
    got = nobody.context(root["id"])
    check.equal([s["id"] for s in got["descendants"]], [first["id"], second["id"]], "descendants")
    check.equal(nobody.get(f"/api/v1/statuses/{root['id']}")["replies_count"], 1, "replies_count")


def test_an_edit_keeps_its_history():
    s = alice.status("old words")
    edited = alice.put(f"/api/v1/statuses/{s['id']}", {"status": "new words"})
    check.equal(edited["content"], "<p>new words</p>", "content")
    check.true(edited["edited_at"], "edited_at")
    check.equal(alice.get(f"/api/v1/statuses/{s['id']}/source")["text"], "new words", "source")
    versions = nobody.get(f"/api/v1/statuses/{s['id']}/history")
    check.equal([v["content"] for v in versions], ["<p>old words</p>", "<p>new words</p>"], "history")
    bob.request("PUT", f"/api/v1/statuses/{s['id']}", {"status": "mine"}).error(404)


def test_an_edit_says_the_whole_post():
    # Clients leave out of an edit what the post is to have no longer.
    s = alice.status("with a warning", spoiler_text="cw", sensitive=True, language="de")
    edited = alice.request("PUT", f"/api/v1/statuses/{s['id']}", body={"status": "with none"}).expect(200).json
    check.equal((edited["spoiler_text"], edited["sensitive"]), ("", False), "the warning is gone")
    check.equal(edited["language"], "de", "the language stays")
    alice.request("PUT", f"/api/v1/statuses/{s['id']}", body={"language": "en"}).error(422)


def test_a_text_is_as_long_as_clients_count_it():
    reserved = nobody.get("/api/v2/instance")["configuration"]["statuses"]["characters_reserved_per_url"]
    link, host = "https://example.org/" + "y" * 300, "@" + "h" * 60 + ".example"
    for text, more in (("x" * (4999 - reserved) + " " + link, "x"), ("x" * 4993 + " @bobby" + host, "x")):
        s = alice.status(text)
        check.equal(alice.put(f"/api/v1/statuses/{s['id']}", {"status": text})["id"], s["id"], "an edit as long")
        alice.request("POST", "/api/v1/statuses", {"status": more + text}).error(422)
        alice.request("PUT", f"/api/v1/statuses/{s['id']}", {"status": more + text}).error(422)
    alice.request("POST", "/api/v1/statuses", {"status": " ".join([link] * 70)}).error(422)  # beyond all measure


def test_a_deleted_post_is_given_back_once():
    s = alice.status("draft again")
    bob.request("DELETE", f"/api/v1/statuses/{s['id']}").error(403)
    check.equal(alice.delete(f"/api/v1/statuses/{s['id']}")["text"], "draft again", "text")
    nobody.request("GET", f"/api/v1/statuses/{s['id']}").error(404)
    alice.request("DELETE", f"/api/v1/statuses/{s['id']}").error(404)


def test_what_is_gone_or_hidden_keeps_a_thread_together():
    top = alice.status("of what shall we talk")
    gone = bob.status("of this", in_reply_to_id=top["id"])
    kept = alice.status("of what?", in_reply_to_id=gone["id"])
    hidden = bob.status("of that", in_reply_to_id=kept["id"], visibility="private")
    last = bob.status("not of that, though", in_reply_to_id=hidden["id"])
    bob.delete(f"/api/v1/statuses/{gone['id']}")
    for reader in (alice, nobody):
        around = reader.get(f"/api/v1/statuses/{kept['id']}/context")
        check.equal([s["id"] for s in around["ancestors"]], [top["id"]], "above what is gone")
        check.equal([s["id"] for s in around["descendants"] if s["id"] != hidden["id"]], [last["id"]], "below what is hidden")
        below = [s["id"] for s in reader.get(f"/api/v1/statuses/{top['id']}/context")["descendants"]]
        check.equal([i for i in below if i != hidden["id"]], [kept["id"], last["id"]], "below both")
    check.true(hidden["id"] not in below, "which nobody sees")


def test_favourites_and_boosts_are_counted_once():
    s = alice.status("like me")
    for _ in range(2):
        check.true(bob.act(s["id"], "favourite")["favourited"], "favourited")
        boost = bob.act(s["id"], "reblog")
    check.true(boost["id"] != s["id"], "a boost is a status of its own")
    check.equal(boost["reblog"]["id"], s["id"], "reblog")
    check.equal((boost["reblog"]["reblogs_count"], boost["reblog"]["favourites_count"]), (1, 1), "counts")
    for list_ in ("favourited_by", "reblogged_by"):
        found = nobody.get(f"/api/v1/statuses/{s['id']}/{list_}")
        check.equal([a["acct"] for a in found], ["bob"], list_)
    check.is_in("reblog", [n["type"] for n in alice.notifications()], "notifications")
    check.equal(bob.act(s["id"], "unfavourite")["favourites_count"], 0, "unfavourite")
    check.equal(bob.act(s["id"], "unreblog")["reblogs_count"], 0, "unreblog")
    nobody.request("GET", f"/api/v1/statuses/{boost['id']}").error(404)


def test_pins_are_shown_with_the_account():
    s = alice.status("important")
    check.true(alice.act(s["id"], "pin")["pinned"], "pinned")
    path = f"/api/v1/accounts/{s['account']['id']}/statuses"
    check.equal([p["id"] for p in nobody.get(path, pinned=True)], [s["id"]], "pinned")
    bob.request("POST", f"/api/v1/statuses/{s['id']}/pin").error(404)
    check.equal(alice.act(s["id"], "unpin")["pinned"], False, "unpinned")


def test_notifications_are_filtered_and_dismissed():
    bob.status("@alice for filters")
    kinds = {n["type"] for n in alice.get("/api/v1/notifications", types=["mention"])}
    check.equal(kinds, {"mention"}, "types")
    check.equal(alice.get("/api/v1/notifications", types=["admin.report"]), [], "no such type")
    check.true(all(n["type"] != "mention"
                   for n in alice.get("/api/v1/notifications", exclude_types=["mention"])), "excluded")
    one = alice.notifications("mention")[0]
    check.equal(alice.get(f"/api/v1/notifications/{one['id']}")["id"], one["id"], "one")
    check.equal(alice.post(f"/api/v1/notifications/{one['id']}/dismiss"), {}, "dismiss")
    alice.request("GET", f"/api/v1/notifications/{one['id']}").error(404)
    check.equal(alice.post("/api/v1/notifications/clear"), {}, "clear")
    check.equal(alice.notifications(), [], "none left")


run(globals())
