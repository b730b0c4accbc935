"""What moderators see of accounts and do about them."""

from framework import ap, api, check
from framework.case import run
from framework.node import Node
from framework.peer import Peer
from framework.pictures import png

PATH = "/api/v1/admin/accounts"


def setup():
    global node, boss, mod, bob, anybody, peer, far, ids
    node = Node().start()
    scopes = "read write follow admin:read admin:write"
    node.add_user("boss", role="admin")
    node.add_user("mod", role="moderator")
    boss, mod = (api.Client(node.url, node.token(n, scopes), node.host) for n in ("boss", "mod"))
    bob = node.add_user("bob")
    anybody = api.Client(node.url, host=node.host)
    peer = Peer()
    far = peer.actor("far")
    far.send(node.inbox, far.follow(node.person_id("bob")))
    check.eventually(lambda: bob.get(f"/api/v1/accounts/{bob.me()['id']}/followers"), 15, "far follows bob")
    ids = {a["username"]: a["id"] for a in boss.get(PATH)}


def _names(client=None, version=2, **query):
    path = PATH if version == 1 else "/api/v2/admin/accounts"
    return sorted(a["username"] for a in (client or mod).get(path, **query))


def test_who_is_here():
    check.equal(_names(), ["bob", "boss", "far", "mod"], "all")
    check.equal((_names(origin="local"), _names(origin="remote")), (["bob", "boss", "mod"], ["far"]), "from where")
    check.equal((_names(version=1, local="true"), _names(version=1, remote="true")), (["bob", "boss", "mod"], ["far"]), "the same")
    check.equal(_names(permissions="staff"), ["boss", "mod"], "who helps")
    check.equal((_names(username="bo"), _names(username="b%")), (["bob", "boss"], []), "by the beginning of a name")
    check.equal(_names(by_domain=peer.host), ["far"], "by host")
    check.equal(_names(email="bob@"), ["bob"], "by address")
    check.equal(_names(ip="192."), [], "by where they signed up from")
    row = mod.get(f"{PATH}/{ids['bob']}")
    check.equal((row["username"], row["domain"], row["confirmed"], row["approved"], row["suspended"], row["disabled"]),
                ("bob", None, True, True, False, False), "one")
    check.equal(mod.get(f"{PATH}/{ids['far']}")["domain"], peer.host, "one from elsewhere")
    check.equal(row["account"]["id"], ids["bob"], "with what all see")
    pages = list(mod.pages("/api/v2/admin/accounts", limit=2))
    check.equal([len(p) for p in pages if p], [2, 2], "in pages")
    for verb, path in (("GET", PATH), ("GET", "/api/v2/admin/accounts"), ("GET", f"{PATH}/{ids['far']}"),
                       *(("POST", f"{PATH}/{ids['far']}/{what}") for what in
                         ("approve", "reject", "action", "enable", "unsilence", "unsensitive", "unsuspend")),
                       ("DELETE", f"{PATH}/{ids['far']}")):
        anybody.request(verb, path).error(401)
        bob.request(verb, path).error(403)
        api.Client(node.url, node.token("bob", "admin:read admin:write"), node.host).request(verb, path).error(403)
    mod.request("GET", f"{PATH}/1").error(404)


def test_disabled_and_enabled():
    token = node.token("bob")
    check.equal(mod.post(f"{PATH}/{ids['bob']}/action", {"type": "disable"}), {}, "done")
    api.Client(node.url, token, node.host).request("GET", "/api/v1/timelines/home").error(401)
    check.equal(mod.get(f"{PATH}/{ids['bob']}")["disabled"], True, "told")
    check.equal(_names(status="disabled"), ["bob"], "found")
    check.equal(anybody.get(f"/api/v1/accounts/{ids['bob']}")["username"], "bob", "still seen")
    check.equal(mod.post(f"{PATH}/{ids['bob']}/enable")["disabled"], False, "enabled")
    check.equal(api.Client(node.url, node.token("bob"), node.host).me()["username"], "bob", "may come in again")
    mod.request("POST", f"{PATH}/{ids['far']}/action", {"type": "disable"}).error(422)


def test_silenced_and_not():
    bob_now = api.Client(node.url, node.token("bob"), node.host)
    def seen():
        return [s["content"] for s in anybody.get("/api/v1/timelines/public")]
    mod.post(f"{PATH}/{ids['bob']}/action", {"type": "silence"})
    bob_now.status("from silence")
    check.equal((seen(), _names(status="silenced")), ([], ["bob"]), "not in public")
    node.cli("domain", "block", "other.example", "--severity", "silence")   # marks are made anew
    check.equal(_names(version=1, silenced="true"), ["bob"], "it stays")
    check.equal(mod.post(f"{PATH}/{ids['bob']}/unsilence")["silenced"], False, "taken back")
    check.equal(seen(), ["<p>from silence</p>"], "seen again")
    mod.post(f"{PATH}/{ids['far']}/action", {"type": "silence"})
    check.equal(_names(status="silenced"), ["far"], "from elsewhere")
    node.cli("domain", "block", peer.host, "--severity", "silence")
    check.equal(mod.post(f"{PATH}/{ids['far']}/unsilence")["silenced"], True, "its host is silenced still")
    node.cli("domain", "unblock", peer.host)
    check.equal(mod.get(f"{PATH}/{ids['far']}")["silenced"], False, "and then not")


def _sensitive(post):
    """Whether a post is sensitive, as an API client and as a peer get it."""
    code, note, _ = ap.get(post["uri"])
    check.equal((code, note["id"]), (200, post["uri"]), "a Note at its id")
    return anybody.get(f"/api/v1/statuses/{post['id']}")["sensitive"], note.get("sensitive", False)


def _pictured(client, text, **more):
    media = client.upload("POST", "/api/v2/media", {"file": png(30, 20)}).expect(200).json
    return client.status(text, media_ids=[media["id"]], **more)


def test_sensitive_and_not():
    pia = node.add_user("pia")
    pias = pia.me()["id"]
    path = f"{PATH}/{pias}"
    picture, words = _pictured(pia, "a picture"), pia.status("only words")
    warned = _pictured(pia, "a warned one", sensitive=True)
    check.equal(mod.get(path)["sensitized"], False, "at first")
    check.equal([_sensitive(p) for p in (picture, warned)], [(False, False), (True, True)], "as pia says")
    check.equal(mod.post(path + "/action", {"type": "sensitive"}), {}, "done")
    check.equal([a["sensitized"] for a in (mod.get(path), boss.get(path))], [True, True], "told")
    check.equal([a["username"] for a in mod.get(PATH) if a["sensitized"]], ["pia"], "nobody else")
    check.equal([mod.get(path)[k] for k in ("silenced", "suspended", "disabled")], [False] * 3, "nothing else")
    later = _pictured(pia, "another picture", sensitive=False)
    boosted = mod.act(picture["id"], "reblog")["reblog"]
    check.equal((later["sensitive"], boosted["sensitive"]), (True, True), "in the answers to what is done")
    check.equal([_sensitive(p) for p in (picture, later, warned)], [(True, True)] * 3, "for all, and for peers")
    check.equal(anybody.get(f"/api/v1/statuses/{words['id']}")["sensitive"], False, "words are not")
    shown = {s["id"]: s["sensitive"] for s in anybody.get(f"/api/v1/accounts/{pias}/statuses")}
    check.equal(shown, {picture["id"]: True, words["id"]: False, warned["id"]: True, later["id"]: True}, "on the profile")
    shown = {s["content"]: s["sensitive"] for s in anybody.get("/api/v1/timelines/public")}
    check.equal((shown["<p>another picture</p>"], shown["<p>only words</p>"]), (True, False), "on timelines")
    check.equal(mod.post(path + "/unsensitive")["sensitized"], False, "taken back")
    check.equal(mod.get(path)["sensitized"], False, "and read so")
    check.equal([_sensitive(p) for p in (picture, later, words, warned)], [(False, False)] * 3 + [(True, True)], "as before")
    check.equal(mod.post(path + "/unsensitive")["sensitized"], False, "again")
    mod.request("POST", f"{PATH}/{ids['boss']}/unsensitive").error(403)
    mod.request("POST", f"{PATH}/{ids['mod']}/action", {"type": "sensitive"}).error(403)
    mod.request("POST", f"{PATH}/1/unsensitive").error(404)


def test_words_are_not_sensitive_for_peers():
    pol = node.add_user("pol")
    path = f"{PATH}/{pol.me()['id']}"
    words = pol.status("only words")
    mod.post(path + "/action", {"type": "sensitive"})
    check.equal(_sensitive(words), (False, False), "a post without media, as clients and as peers get it")


def test_sensitive_from_elsewhere():
    image = {"type": "Document", "mediaType": "image/png", "url": peer.base + "/cat.png"}
    notes = [far.note(text, mentions=[(node.person_id("mod"), node.handle("mod"))], **more)
             for text, more in (("from far", {}), ("a cat from far", {"attachment": [image]}))]
    for note in notes:
        check.equal(far.send(node.inbox, far.create(note)).status, 202, "sent from elsewhere")
    words, cat = [check.eventually(lambda: mod.search(note["id"], "statuses", resolve=False), 15, "it is there")[0]
                  for note in notes]
    report = boss.post("/api/v1/reports", {"account_id": ids["far"], "comment": "cats"})
    mod.post(f"{PATH}/{ids['far']}/action", {"type": "sensitive", "report_id": report["id"]})
    def seen():
        return [anybody.get(f"/api/v1/statuses/{s['id']}")["sensitive"] for s in (words, cat)]
    check.equal((mod.get(f"{PATH}/{ids['far']}")["sensitized"], seen()), (True, [False, True]), "its media are")
    check.equal(mod.get(f"/api/v1/admin/reports/{report['id']}")["action_taken"], True, "the report is resolved")
    check.equal((mod.post(f"{PATH}/{ids['far']}/unsensitive")["sensitized"], seen()), (False, [False, False]), "taken back")


def test_suspended_unsuspended_deleted():
    report = bob_report = boss.post("/api/v1/reports", {"account_id": ids["far"], "comment": "spam"})
    mod.post(f"{PATH}/{ids['far']}/action", {"type": "suspend", "report_id": report["id"]})
    check.equal(mod.get(f"/api/v1/admin/reports/{bob_report['id']}")["action_taken"], True, "the report is resolved")
    check.equal(anybody.get(f"/api/v1/accounts/{ids['far']}")["suspended"], True, "what is shown of it")
    check.equal((_names(status="suspended"), "far" in _names(status="active")), (["far"], False), "found")
    check.equal(mod.post(f"{PATH}/{ids['far']}/unsuspend")["suspended"], False, "taken back")
    check.equal(anybody.get(f"/api/v1/accounts/{ids['far']}")["username"], "far", "seen again")
    mod.request("DELETE", f"{PATH}/{ids['far']}").error(422)
    node.add_user("gone")
    row = [a for a in mod.get(PATH) if a["username"] == "gone"][0]
    token = node.token("gone")
    mod.post(f"{PATH}/{row['id']}/action", {"type": "suspend"})
    api.Client(node.url, token, node.host).request("GET", "/api/v1/timelines/home").error(401)
    check.equal(mod.delete(f"{PATH}/{row['id']}")["username"], "gone", "deleted")
    mod.request("GET", f"{PATH}/{row['id']}").error(404)
    mod.request("POST", f"{PATH}/{row['id']}/unsuspend").error(404)


def test_what_is_shown_of_who_was_suspended():
    lost, eva = node.add_user("lost"), node.add_user("eva")
    lost.upload("PATCH", "/api/v1/accounts/update_credentials", {"avatar": png(8, 8), "header": png(8, 8)}, {
        "display_name": "Lost One", "note": "I was here", "fields_attributes[0][name]": "born", "fields_attributes[0][value]": "1970",
        "locked": "true", "bot": "true", "discoverable": "true", "avatar_description": "a face"}).expect(200)
    post = lost.status("hello")
    eva.follow("lost")
    before = anybody.get(f"/api/v1/accounts/{lost.me()['id']}")
    path = f"/api/v1/accounts/{before['id']}"
    check.true("suspended" not in before, "no word of it before")
    mod.post(f"{PATH}/{before['id']}/action", {"type": "suspend"})
    emptied = {"display_name": "", "note": "", "fields": [], "emojis": [], "roles": [], "locked": False, "bot": False,
               "discoverable": False, "indexable": False, "avatar_description": "", "header_description": "", "suspended": True}
    for client in (anybody, eva):
        shown = client.get(path)
        check.equal({k: shown[k] for k in emptied}, emptied, "emptied")
        check.equal([shown[k] == before[k] for k in ("id", "username", "acct", "url", "uri", "created_at")], [True] * 6, "who it is")
        check.equal([shown[k] == shown[k + "_static"] != before[k] for k in ("avatar", "header")], [True] * 2, "pictures")
        check.true("Lost" not in str(shown) and "here" not in str(shown["note"]), "nothing of what was said")
        check.equal([client.get(f"{path}/statuses", **more) for more in ({}, {"pinned": "true"})], [[], []], "no posts")
        client.request("GET", f"/api/v1/statuses/{post['id']}").error(404)
        for rest in ("followers", "following", "featured_tags", "collections"):
            client.request("GET", f"{path}/{rest}").error(404)
        client.request("GET", "/api/v1/accounts/lookup?acct=lost").error(404)
        check.equal(client.get("/api/v1/accounts", **{"id[]": before["id"]}), [], "among several")
    query = {"id[]": before["id"]}
    check.equal(eva.get("/api/v1/accounts/relationships", **query), [], "left out where nobody asks for it")
    check.equal(eva.relationship(before["id"], with_suspended="true")["id"], before["id"], "and given where one does")
    mod.post(f"{PATH}/{before['id']}/unsuspend")
    check.equal({k: v for k, v in anybody.get(path).items() if k != "roles"}, {k: v for k, v in before.items() if k != "roles"}, "as before")
    check.equal([s["id"] for s in anybody.get(f"{path}/statuses")], [post["id"]], "posts too")


def test_what_one_had_with_who_was_suspended_can_be_ended():
    left, eve = node.add_user("left"), node.add_user("eve")
    him = left.me()["id"]
    eve.follow("left")
    left.follow("eve")
    pest = node.add_user("pest")
    it = pest.me()["id"]
    for verb in ("block", "mute"):
        eve.post(f"/api/v1/accounts/{it}/{verb}")
    for each in (him, it):
        mod.post(f"{PATH}/{each}/action", {"type": "suspend"})
    check.equal([a["id"] for path in ("blocks", "mutes") for a in eve.get(f"/api/v1/{path}")], [it, it], "they stand in the lists")
    for verb in ("unblock", "unmute"):
        eve.post(f"/api/v1/accounts/{it}/{verb}")
    check.equal([eve.get(f"/api/v1/{path}") for path in ("blocks", "mutes")], [[], []], "and no more")
    check.equal(eve.relationship(him, with_suspended="true")["following"], True, "followed")
    check.equal(eve.post(f"/api/v1/accounts/{him}/unfollow")["following"], False, "not followed")
    check.equal(eve.post(f"/api/v1/accounts/{him}/remove_from_followers")["followed_by"], False, "nor following")
    for verb in ("follow", "block", "mute"):
        eve.request("POST", f"/api/v1/accounts/{him}/{verb}").error(404)
    eve.request("POST", "/api/v1/accounts/1/unblock").error(404)


def test_who_may_do_it_to_whom():
    mod.request("POST", f"{PATH}/{ids['mod']}/action", {"type": "suspend"}).error(403)
    mod.request("POST", f"{PATH}/{ids['boss']}/action", {"type": "suspend"}).error(403)
    boss.request("POST", f"{PATH}/{ids['boss']}/action", {"type": "suspend"}).error(403)
    mod.request("POST", f"{PATH}/{ids['far']}/action", {"type": "shout"}).error(422)
    mod.request("POST", f"{PATH}/1/action", {"type": "none"}).error(404)
    check.equal(boss.post(f"{PATH}/{ids['mod']}/action", {"type": "silence"}), {}, "an admin may")
    check.equal(boss.post(f"{PATH}/{ids['mod']}/unsilence")["silenced"], False, "and take it back")


if __name__ == "__main__":
    run(globals())
