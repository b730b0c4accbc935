"""What moderators see of accounts and do about them."""

from framework import api, check
from framework.case import run
from framework.node import Node
from framework.peer import Peer

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
                         ("approve", "reject", "action", "enable", "unsilence", "unsuspend")),
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


def test_suspended_unsuspended_deleted():
    report = bob_report = boss.post("/api/v1/reports", {"account_id": ids["far"], "comment": "spam"})
    mod.post(f"{PATH}/{ids['far']}/action", {"type": "suspend", "report_id": report["id"]})
    check.equal(mod.get(f"/api/v1/admin/reports/{bob_report['id']}")["action_taken"], True, "the report is resolved")
    anybody.request("GET", f"/api/v1/accounts/{ids['far']}").error(404)
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
