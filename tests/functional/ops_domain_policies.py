"""What is said about a host short of suspending it (no media, no reports), by lists of others that the node
follows, and by whom it speaks with at all; the same through Mastodon's admin API."""

from framework import api, check
from framework.case import run
from framework.evil import Scene, marker
from framework.files import remote_of
from framework.node import Node
from framework.peer import Peer
from framework.reply import Reply

ADMIN = "/api/v1/admin/domain_blocks"
ALLOWS = "/api/v1/admin/domain_allows"


def setup():
    global scene, admin
    scene = Scene()
    scene.node.add_user("root", role="admin")
    admin = api.Client(scene.node.url, scene.node.token("root", "read write admin:read admin:write"),
                       scene.node.host)


def _pictured(actor, word):
    return scene.note(actor, word, attachment=[{
        "type": "Document", "mediaType": "image/png", "url": f"{scene.evil.base}/cat.png", "name": "a cat"}])


def _seen(word):
    status = next((s for s in scene.alice.mentions_with(word)), None)
    return status and len(status["media_attachments"])


def test_no_media_of_a_host():
    before, after = marker(), marker()
    face = {"icon": {"type": "Image", "url": f"{scene.evil.base}/face.png"}}
    for actor in (scene.eve, scene.carol):
        actor.send(scene.node.inbox, actor.update({**actor.document(), **face}))
    scene.applied(scene.eve, scene.eve.create(_pictured(scene.eve, before)), before)
    avatar = lambda actor: remote_of(scene.alice.find_account(actor.handle)["avatar"]) or ""
    for actor in (scene.eve, scene.carol):
        check.eventually(lambda: avatar(actor).endswith("face.png"), 10, "the avatar before")
    check.equal(_seen(before), 1, "pictures before")
    scene.node.cli("domain", "block", scene.evil.host, "--severity", "noop", "--reject-media")
    scene.applied(scene.eve, scene.eve.create(_pictured(scene.eve, after)), after)
    check.equal((_seen(before), _seen(after)), (0, 0), "pictures of a host whose media are not taken")
    check.true(not avatar(scene.eve).endswith("face.png"), "eve's avatar is the default one")
    check.true(avatar(scene.carol).endswith("face.png"), "carol's stays")
    late = scene.evil.actor("late", icon=face["icon"])
    word = marker()
    scene.applied(late, late.create(_pictured(late, word)), word)
    check.equal(_seen(word), 0, "pictures of somebody who became known later")
    check.true(not avatar(late).endswith("face.png"), "nor the avatar")
    scene.node.cli("domain", "unblock", scene.evil.host)
    check.equal((_seen(before), _seen(after)), (1, 1), "pictures after the block's end")


def test_no_reports_of_a_host():
    scene.node.cli("domain", "block", scene.evil.host, "--severity", "noop", "--reject-reports")
    scene.refused_later(scene.eve, scene.eve.activity("Flag", [scene.alice_id], content="rude"),
                        "a report of such a host")
    scene.applied(scene.eve, *scene.mention(scene.eve))
    scene.node.cli("domain", "unblock", scene.evil.host)
    flag = scene.eve.activity("Flag", [scene.alice_id], content="rude")
    scene.eve.send(scene.node.inbox, flag)
    check.eventually(lambda: scene.node.inbox_state(flag) == "applied", 10, "a report is taken again")


def test_somebody_new_of_a_silenced_host_is_silenced_too():
    scene.node.cli("domain", "block", scene.evil.host, "--severity", "silence")
    fresh = scene.evil.actor("fresh")
    fresh.send(scene.node.inbox, fresh.follow(scene.alice_id))
    asked = lambda: [a["acct"] for a in scene.alice.get("/api/v1/follow_requests")]
    check.eventually(lambda: fresh.handle[1:] in asked(), 10, "who is silenced asks before following")
    scene.node.cli("domain", "unblock", scene.evil.host)


def _blocks():
    return {b["domain"]: b for b in admin.get(ADMIN, limit=200)}


def test_the_admin_api():
    made = admin.post(ADMIN, {"domain": "Loud.Example.", "reject_media": True, "public_comment": "loud",
                              "private_comment": "seen twice"})
    check.equal((made["domain"], made["severity"], made["reject_media"], made["reject_reports"],
                 made["public_comment"], made["private_comment"], made["obfuscate"], len(made["digest"])),
                ("loud.example", "silence", True, False, "loud", "seen twice", False, 64), "what was made")
    again = admin.request("POST", ADMIN, {"domain": "loud.example", "severity": "suspend"})
    check.equal((again.status, again.json["existing_domain_block"]["id"]), (422, made["id"]), "again")
    path = f"{ADMIN}/{made['id']}"
    check.equal(admin.put(path, {"severity": "suspend", "obfuscate": True})["severity"], "suspend", "changed")
    shown = admin.get(path)
    check.equal((shown["severity"], shown["reject_media"], shown["obfuscate"], shown["public_comment"]),
                ("suspend", True, True, "loud"), "what is kept")
    check.contains(scene.node.cli("domain", "list"), "loud.example  suspend  no media", "the same by command")
    for bad in ({}, {"domain": ""}, {"domain": "no host"}, {"domain": "a.example", "severity": "maybe"},
                {"domain": "a.example", "private_comment": "x" * 2001}):
        check.true(admin.request("POST", ADMIN, bad).error(422), f"refused: {str(bad)[:60]}")
    for name in ("b.example", "c.example"):
        admin.post(ADMIN, {"domain": name})
    paged = admin.pages(ADMIN, limit=1)
    check.equal([b["domain"] for page in paged for b in page],
                ["c.example", "b.example", "loud.example"], "page by page, newest first")
    for block in _blocks().values():
        check.equal(admin.delete(f"{ADMIN}/{block['id']}"), {}, "taken back")
    check.equal(_blocks(), {}, "nothing is left")
    admin.request("GET", path).error(404)
    admin.request("DELETE", path).error(404)


def test_only_admins_may():
    narrow = api.Client(scene.node.url, scene.node.token("root", "read write admin:read:reports"),
                        scene.node.host)
    for route in (ADMIN, ALLOWS):
        for verb in ("GET", "POST"):
            scene.alice.request(verb, route, {"domain": "x.example"} if verb == "POST" else None).error(403)
            api.Client(scene.node.url, host=scene.node.host).request(verb, route).error(401)
            narrow.request(verb, route).error(403)
    member = api.Client(scene.node.url, scene.node.token("alice", "read write admin:read admin:write"),
                        scene.node.host)
    member.request("GET", ADMIN).error(403)
    member.request("POST", ADMIN, {"domain": "x.example"}).error(403)
    member.request("GET", f"{ADMIN}/1").error(403)
    check.equal((_blocks(), admin.get(ALLOWS)), ({}, []), "nothing came of it")


def _line(host, severity):
    return f"{host},{severity},FALSE,FALSE,shared,FALSE\r\n"


def _serve(peer, path, *lines):
    head = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\r\n"
    peer.serve(path, Reply(200, (head + "".join(lines)).encode(), "text/csv"))
    return peer.base + path


def _severities():
    return {host: b["severity"] for host, b in _blocks().items()}


def test_a_list_that_others_keep():
    keeper = Peer()
    word = marker()
    scene.applied(scene.eve, *scene.mention(scene.eve, word))
    scene.alice.follow_accepted(scene.eve.handle)
    scene.node.cli("domain", "block", "mine.example", "--severity", "silence")
    one = _serve(keeper, "/one.csv", _line(scene.evil.host, "suspend"), _line("mine.example", "suspend"),
                 _line("both.example", "silence"))
    two = _serve(keeper, "/two.csv", _line("both.example", "suspend"), _line("soft.example", "suspend"))
    out = scene.node.cli("domain", "subscribe", one, "--preview")
    follows = scene.node.count("follow")
    for part in (f"{scene.evil.host}  suspend  ends {follows} follows", "both.example  silence", "nothing was changed"):
        check.contains(out, part, "the preview")
    check.true("mine.example" not in out, "what is set by hand is not touched")
    check.equal(_severities(), {"mine.example": "silence"}, "blocks after the preview")
    check.true(scene.sees(word), "nobody is hidden by a preview")
    scene.node.cli("domain", "subscribe", one)
    scene.node.cli("domain", "subscribe", two)
    both = {"mine.example": "silence", scene.evil.host: "suspend", "both.example": "suspend",
            "soft.example": "suspend"}
    check.equal(_severities(), both, "what both lists say, the strictest word each")
    check.eventually(lambda: not scene.sees(word), 10, "eve is hidden")
    told = check.eventually(lambda: scene.alice.notifications("severed_relationships"), 20, "alice is told")
    check.equal(told[0]["event"]["target_name"], one, "by what")
    scene.node.cli("domain", "subscribe", one, code=1)
    check.contains(scene.node.cli("domain", "subscriptions"), one, "the lists that are followed")

    out = scene.node.cli("domain", "unsubscribe", two, "--preview")
    check.contains(out, "soft.example  unblocked", "what leaving would do")
    check.equal(_severities(), both, "blocks after that preview")
    scene.node.cli("domain", "unsubscribe", two)
    check.equal(_severities(), {"mine.example": "silence", scene.evil.host: "suspend",
                                "both.example": "silence"}, "what the other list says")
    scene.node.cli("domain", "unblock", scene.evil.host)
    check.eventually(lambda: scene.sees(word), 10, "a listed host that an admin unblocks is back")
    check.equal(_severities()[scene.evil.host], "noop", "and stays so whatever the list says")
    scene.node.cli("domain", "unsubscribe", one)
    check.equal(_severities(), {"mine.example": "silence", scene.evil.host: "noop"}, "what is set by hand stays")
    scene.node.cli("domain", "unsubscribe", one, code=1)
    for host in ("mine.example", scene.evil.host):
        scene.node.cli("domain", "unblock", host)


def test_what_is_no_list_changes_nothing():
    keeper = Peer()
    keeper.serve("/page", Reply(200, b"<!doctype html>\n<p>sorry</p>\n", "text/html"))
    keeper.serve("/gone", Reply(404))
    keeper.serve("/long", Reply(200, b"a.example\n" * (1 << 20), "text/csv"))
    for url in (keeper.base + "/page", keeper.base + "/gone", keeper.base + "/long", "ftp://a.example/l", "x"):
        scene.node.cli("domain", "subscribe", url, code=1)
    check.equal(_severities(), {}, "blocks")
    check.contains(scene.node.cli("domain", "subscriptions"), "no list", "lists")


def test_only_allowed_hosts():
    friend, other = Peer(), Peer()
    node = Node(config={"federation.allow_list": True}).start()
    node.add_user("ann")
    node.add_user("root", role="admin")
    boss = api.Client(node.url, node.token("root", "read write admin:read admin:write"), node.host)
    allow = boss.post(ALLOWS, {"domain": friend.host})
    check.equal((allow["domain"], boss.post(ALLOWS, {"domain": friend.host})["id"], boss.get(ALLOWS),
                 boss.get(f"{ALLOWS}/{allow['id']}")), (friend.host, allow["id"], [allow], allow), "allowed")
    boss.request("POST", ALLOWS, {"domain": "no host"}).error(422)
    ann = node.client("ann")
    fay, otto = friend.actor("fay"), other.actor("otto")
    mention = lambda actor, word: actor.create(actor.note(word, mentions=[(node.person_id("ann"),
                                                                          node.handle("ann"))]))
    word = marker()
    check.equal(otto.send(node.inbox, mention(otto, word)).status, 403, "who is not allowed")
    check.equal(fay.send(node.inbox, mention(fay, word)).status, 202, "who is")
    check.eventually(lambda: ann.mentions_with(word), 10, "it arrives")
    check.equal(otto.get(node.person_id("ann")).status, 403, "a signed GET of the other")
    check.equal(ann.search(otto.handle, "accounts"), [], "the other is not looked up")
    check.equal(other.hits(), 0, "and never asked for anything")
    ann.follow_accepted(fay.handle)
    check.equal(ann.get("/api/v2/instance")["configuration"]["limited_federation"], True, "it says so")
    check.equal(boss.delete(f"{ALLOWS}/{allow['id']}"), {}, "not allowed any more")
    check.eventually(lambda: not ann.mentions_with(word), 10, "the friend's posts are hidden")
    check.eventually(lambda: fay.send(node.inbox, mention(fay, marker())).status == 403, 10, "and refused")
    boss.request("GET", f"{ALLOWS}/{allow['id']}").error(404)
    node.cli("domain", "allow", friend.host)
    check.eventually(lambda: ann.mentions_with(word), 10, "allowed again")


def test_who_may_read_the_blocks():
    path = "/api/v1/instance/domain_blocks"
    scene.alice.request("GET", path).error(404)
    for shown, statuses in (("members", (401, 200)), ("everyone", (200, 200))):
        node = Node(config={"federation.blocks_shown": shown}).start()
        ann = node.add_user("ann")
        node.cli("domain", "block", "hidden.example", "--obfuscate", "--reason", "spam", "--note", "secret")
        node.cli("domain", "block", "quiet.example", "--severity", "silence")
        node.cli("domain", "block", "remark.example", "--severity", "noop", "--reject-media")
        answers = (api.Client(node.url, host=node.host).request("GET", path), ann.request("GET", path))
        check.equal(tuple(a.status for a in answers), statuses, f"blocks shown to {shown}")
        told = answers[1].json
        check.equal([(b["domain"], b["severity"], b["comment"]) for b in told],
                    [("hid***.****ple", "suspend", "spam"), ("quiet.example", "silence", "")], "what is told")


if __name__ == "__main__":
    run(globals())
