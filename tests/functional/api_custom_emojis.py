"""The node's own emoji: how they come in, who sees them, what becomes of posts that have them (FEP-9098)."""

import tempfile
from pathlib import Path

from framework import ap, api, check, pictures
from framework.case import run
from framework.node import Node
from framework.peer import Peer


def setup():
    global node, alice, anybody, folder
    node = Node().start()
    alice = node.add_user("alice")
    anybody = api.Client(node.url, host=node.host)
    folder = Path(tempfile.mkdtemp(prefix="kith-emoji-"))
    (folder / "blob.png").write_bytes(pictures.png(40, 40))
    (folder / "blob_cat.png").write_bytes(pictures.png(64, 32))
    (folder / "a b.png").write_bytes(pictures.png(8, 8))
    (folder / "text.png").write_text("no picture")


def _listed():
    return [(e["shortcode"], e.get("category")) for e in anybody.get("/api/v1/custom_emojis")]


def test_added_listed_and_removed():
    check.equal(anybody.get("/api/v1/custom_emojis"), [], "none at first")
    node.cli("emoji", "add", "blob", str(folder / "blob.png"), "--category", "Blobs")
    emoji = anybody.get("/api/v1/custom_emojis")[0]
    check.equal((emoji["shortcode"], emoji["category"], emoji["visible_in_picker"]), ("blob", "Blobs", True), "listed")
    picture = anybody.request("GET", "/" + emoji["url"].split("/", 3)[3]).expect(200)
    check.true(picture.body[:4] == b"\x89PNG", "its picture is there")
    told = node.cli("emoji", "import", str(folder), "--category", "More")
    check.true(":blob_cat:" in told and "a b.png: " in told and "text.png: " in told, "what was taken, and what not")
    check.equal(_listed(), [("blob", "More"), ("blob_cat", "More")], "replaced and added")
    check.true(":blob_cat:" in node.cli("emoji", "list"), "the operator's list")
    node.cli("emoji", "remove", "blob_cat")
    check.equal(_listed(), [("blob", "More")], "removed")
    for bad in (("add", "x", str(folder / "blob.png")), ("add", "no way", str(folder / "blob.png")),
                ("add", "fine", str(folder / "text.png")), ("add", "fine", "/no/such/file"),
                ("remove", "blob_cat"), ("import", "/no/such/folder")):
        node.cli("emoji", *bad, code=1)
    check.equal(_listed(), [("blob", "More")], "unchanged")


def test_posts_have_them():
    peer = Peer()
    reader = peer.actor("reader")
    reader.send(node.inbox, reader.follow(node.person_id("alice")))
    check.eventually(lambda: [a for a in peer.activities("Accept")], 15, "followed")
    node.cli("emoji", "add", "blob", str(folder / "blob.png"))
    node.cli("emoji", "add", "other", str(folder / "blob_cat.png"))
    post = alice.status("hello :blob: and :nobody:", spoiler_text=":blob: again")
    shown = anybody.get(f"/api/v1/statuses/{post['id']}")["emojis"]
    check.equal([e["shortcode"] for e in shown], ["blob"], "what it uses")
    document = ap.get(post["uri"])[1]
    tags = [t for t in document["tag"] if t["type"] == "Emoji"]
    check.equal([(t["name"], t["id"], t["icon"]["url"]) for t in tags],
                [(":blob:", node.base + "/emoji/blob", shown[0]["url"])], "its document")
    sent = check.eventually(lambda: [a for a in peer.activities("Create")], 15, "sent")[0]
    check.equal([t["name"] for t in sent["object"]["tag"] if t["type"] == "Emoji"], [":blob:"], "what peers get")
    own = ap.get(node.base + "/emoji/blob")[1]
    check.equal((own["type"], own["name"], own["icon"]["url"]), ("Emoji", ":blob:", shown[0]["url"]), "the emoji itself")
    check.equal(ap.get(node.base + "/emoji/nobody")[0], 404, "none of ours")
    alice.put(f"/api/v1/statuses/{post['id']}", {"status": "now :other:", "spoiler_text": ""})
    check.equal([e["shortcode"] for e in anybody.get(f"/api/v1/statuses/{post['id']}")["emojis"]], ["other"], "edited")
    poll = alice.post("/api/v1/statuses", body={"status": "?", "poll": {"options": [":blob:", "b"], "expires_in": 3600}})
    check.equal([e["shortcode"] for e in poll["emojis"]], ["blob"], "in an option of a poll")
    node.cli("emoji", "remove", "other")
    check.equal([e["shortcode"] for e in anybody.get(f"/api/v1/statuses/{post['id']}")["emojis"]], ["other"], "kept")
    check.equal(alice.status(":other:")["emojis"], [], "not for new posts")


def test_profiles_have_them():
    peer = Peer()
    reader = peer.actor("reader")
    reader.send(node.inbox, reader.follow(node.person_id("alice")))
    check.eventually(lambda: peer.activities("Accept"), 15, "followed")
    node.cli("emoji", "add", "tea", str(folder / "blob.png"))
    alice.patch("/api/v1/accounts/update_credentials", body={
        "display_name": "Alice :tea:", "note": "I drink :later: and :nothing:",
        "fields_attributes": [{"name": "likes", "value": ":tea: and more"}]})
    shown = alice.me()["emojis"]
    check.equal([e["shortcode"] for e in shown], ["tea"], "what name, bio and fields use")
    check.equal(alice.status("hello")["account"]["emojis"], shown, "with each post")
    def told():
        """The emoji of the newest Update of her that came to the peer."""
        updates = [a for a in peer.activities("Update") if a["object"]["type"] == "Person"]
        return updates and {t["name"]: t["icon"]["url"] for t in updates[-1]["object"].get("tag", []) if t["type"] == "Emoji"}
    check.eventually(lambda: told() == {":tea:": shown[0]["url"]}, 15, "peers are told")
    tag = ap.get(node.person_id("alice"))[1]["tag"][0]
    check.equal((tag["id"], tag["name"], tag["icon"]["url"]), (node.base + "/emoji/tea", ":tea:", shown[0]["url"]), "her document")
    node.cli("emoji", "add", "later", str(folder / "blob_cat.png"))
    check.eventually(lambda: sorted(told()) == [":later:", ":tea:"], 15, "one that is added later, too")
    check.equal([e["shortcode"] for e in alice.me()["emojis"]], ["later", "tea"], "here as well")
    node.cli("emoji", "add", "tea", str(folder / "blob_cat.png"))
    fresh = next(e for e in alice.me()["emojis"] if e["shortcode"] == "tea")
    check.true(fresh["url"] != shown[0]["url"], "a new picture")
    check.eventually(lambda: told().get(":tea:") == fresh["url"], 15, "and peers have it")
    alice.patch("/api/v1/accounts/update_credentials", {"display_name": "Alice", "note": ""})
    check.equal([e["shortcode"] for e in alice.me()["emojis"]], ["tea"], "the field still has it")


def test_announcements_and_their_reactions_have_them():
    node.cli("emoji", "add", "party", str(folder / "blob.png"))
    id = node.cli("announcement", "add", "Come to the :party:").split()[0]
    path = f"/api/v1/announcements/{id}/reactions"
    def seen():
        return next(a for a in alice.get("/api/v1/announcements") if a["id"] == id)
    url = seen()["emojis"][0]["url"]
    check.equal([e["shortcode"] for e in seen()["emojis"]], ["party"], "in its text")
    alice.put(f"{path}/party")
    alice.put(f"{path}/:party:")
    check.equal(seen()["reactions"], [{"name": "party", "count": 1, "me": True, "url": url, "static_url": url}], "a reaction")
    alice.request("PUT", f"{path}/nobody").error(422)
    node.cli("emoji", "remove", "party")
    alice.request("PUT", f"{path}/party").error(422)
    check.equal(seen()["reactions"][0]["url"], url, "what was given stays")
    alice.delete(f"{path}/party")
    check.equal((seen()["reactions"], seen()["emojis"]), ([], []), "taken back")


if __name__ == "__main__":
    run(globals())
