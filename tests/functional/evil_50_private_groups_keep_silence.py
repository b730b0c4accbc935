"""What is done in a private group is its members' business: strangers find neither the ban nor whom it met, in the log, at the
ids of activities, or in what is sent to the host of whom the group banned for good."""

import time
from urllib.parse import quote

from framework import ap, api, check, raw
from framework.ap import PUBLIC, mention
from framework.case import run
from framework.evil import Scene, marker
from framework.peer import Peer
from framework.reply import Reply

KITH, V3, V4 = "/api/kith/v1", "/api/v3", "/api/v4"
WAIT_S = 20


def setup():
    global scene, node, alice, group, club, carol, eve, nobody
    scene = Scene()
    node, alice, carol, eve = scene.node, scene.alice, scene.carol, scene.eve
    group = node.add_group("club", "alice")
    club = alice.find_account("club")["id"]
    alice.request("PATCH", f"{KITH}/groups/{club}", body={"visibility": "private"}).expect(200)
    for actor in (carol, eve):
        _join(actor)
    scene.bob.me()
    nobody = api.Client(node.url, host=node.host)


def _join(actor):
    check.equal(actor.send(node.inbox, actor.follow(group)).status, 202, "a Follow")
    asking = check.eventually(lambda: alice.get(f"{KITH}/groups/{club}/requests"), WAIT_S, "who asks")[0]["account"]
    alice.post(f"{KITH}/groups/{club}/requests/{asking['id']}/accept")


def _account(actor):
    return alice.find_account(actor.handle)["id"]


def _act(kind, **more):
    return alice.request("POST", f"{KITH}/groups/{club}/moderation", {"kind": kind, **more}).expect(200).json


def _told(peer):
    """The announced activities that came to a peer, the last of each type."""
    return {a["object"]["type"]: a for a in peer.activities("Announce") if isinstance(a["object"], dict)}


def test_acts_are_for_members():
    word = marker()
    dora = scene.good.actor("dora")
    scene.introduce(dora)
    _join(dora)
    post = alice.status(f"@club {marker()}")
    ban = _act("ban", account_id=_account(dora), reason=word, expires_in=86400)
    lock = _act("lock_post", status_id=post["id"], reason=word)
    check.eventually(lambda: {"Block", "Lock"} <= set(_told(scene.good)), WAIT_S, "carol's host is told")
    for announce in scene.good.activities("Announce"):
        for each in (announce, announce["object"] if isinstance(announce["object"], dict) else {}):
            check.true(PUBLIC not in ap.as_list(each.get("to")) + ap.as_list(each.get("cc")), f"addressed to nobody else: {each.get('type')}")
    for act in (ban, lock):
        for path in ("", "/announce"):
            url = f"{node.base}/activity/{act['id']}{path}"
            check.equal((ap.get(url)[0], scene.evil.actor("stranger" + act["id"] + path[1:]).get(url).status), (404, 404), f"{act['kind']} at {url}")
    own = [f"{KITH}/groups/{club}/moderation_log", f"{KITH}/moderation_log", f"{V4}/modlog", f"{V4}/modlog?community_id={club}",
           f"{V3}/modlog", f"{V3}/modlog?community_id={club}"]
    for path in own:
        for who, client in (("nobody", nobody), ("bob", scene.bob)):
            body = client.request("GET", path).expect(200).body.decode()
            check.true(word not in body and "dora" not in body and post["uri"] not in body, f"{path} tells {who} nothing")
        check.contains(alice.request("GET", path).expect(200).body.decode(), word, f"{path} tells a member")
    check.true(word not in ap.get(f"{node.base}/c/club/moderation", "text/html")[2].body.decode(), "nor the page")


def test_who_its_members_are():
    scene.bob.follow_accepted(carol.handle)
    member = node.add_user("mia")
    scene.bob.follow_accepted("mia")
    member.follow("club")
    asking = check.eventually(lambda: alice.get(f"{KITH}/groups/{club}/requests"), WAIT_S, "who asks")[0]["account"]
    alice.post(f"{KITH}/groups/{club}/requests/{asking['id']}/accept")
    mia, own = member.me()["id"], f"/api/v1/accounts/{club}/followers"
    for client in (alice, member):
        check.contains({a["acct"] for a in client.get(own)}, "mia", "members see who the members are")
    check.contains([a["acct"] for a in member.get(f"/api/v1/accounts/{mia}/following")], "club", "mia sees her groups")
    for who, client in (("nobody", nobody), ("bob", scene.bob)):
        check.equal(client.get(own), [], f"members, asked by {who}")
        for person in (mia, _account(carol)):
            check.true("club" not in [a["acct"] for a in client.get(f"/api/v1/accounts/{person}/following")], f"groups of others, asked by {who}")
    check.equal(scene.bob.get("/api/v1/accounts/familiar_followers", id=[club])[0]["accounts"], [], "whom bob knows there")


def test_who_is_no_member_writes_nothing_there():
    frank = scene.evil.actor("frank")
    scene.introduce(frank)
    post = alice.status(f"@club {marker()}")
    for to in ([PUBLIC, group], [group, group + "/followers"]):
        note = frank.note(marker(), to=to, audience=group, tag=[mention(group, "@club")])
        scene.refused_later(frank, frank.create(note), f"a thread to {to}")
    scene.refused_later(frank, frank.create(frank.note(marker(), parent=post["uri"])), "an answer to what he does not see")
    check.equal(scene.bob.request("POST", "/api/v1/statuses", body={"status": f"@club {marker()}"}).status, 403, "a thread by one of ours")
    note = carol.note(marker(), to=[group, group + "/followers"], audience=group, tag=[mention(group, "@club")])
    check.equal(carol.send(node.inbox, carol.create(note)).status, 202, "a thread by a member")
    node.post_id(note["id"])


def test_quiet_warnings_and_reports_are_nobody_s_to_read():
    word = marker()
    node.add_group("open", "alice")
    open_id = alice.find_account("open")["id"]
    note = carol.note(marker(), to=[PUBLIC, node.group_id("open")], audience=node.group_id("open"), tag=[mention(node.group_id("open"), "@open")])
    carol.send(node.inbox, carol.follow(node.group_id("open")))
    carol.send(node.inbox, carol.create(note))
    node.post_id(note["id"])
    warn = alice.request("POST", f"{KITH}/groups/{open_id}/moderation", {"kind": "warn", "account_id": _account(carol), "reason": word}).expect(200).json
    frank = scene.evil.actor("frank")
    scene.introduce(frank)
    flag = frank.activity("Flag", note["id"], to=[node.group_id("open")], audience=node.group_id("open"), summary=word)
    frank.send(node.inbox, flag)
    check.eventually(lambda: {"Warn", "Flag"} <= set(_told(scene.good)), WAIT_S, "carol's host is told")
    for kind in ("Warn", "Flag"):
        announce = _told(scene.good)[kind]
        check.equal(ap.get(announce["id"])[0], 404, f"{kind} at {announce['id']}")
    check.equal(ap.get(f"{node.base}/activity/{warn['id']}")[0], 404, "the Warn itself")


def test_who_is_banned_for_good_gets_nothing_more():
    other = Peer()
    hugo = other.actor("hugo")
    scene.introduce(hugo)
    _join(hugo)
    first = alice.status(f"@club {marker()}")
    note = carol.note(marker(), to=[group, group + "/followers"], audience=group, tag=[mention(group, "@club")])
    carol.send(node.inbox, carol.create(note))
    for uri in (first["uri"], note["id"]):
        check.eventually(lambda: any(uri in r.body.decode() for r in other.inbox), WAIT_S, "hugo's host has what came before")
    application = other.actor("instance", "Application")
    check.equal(hugo.get(first["uri"]).status, 200, "and hugo reads it")
    _act("ban", account_id=_account(hugo), reason="spam")
    check.eventually(lambda: "Block" in _told(other), WAIT_S, "his host is told of the ban")
    second = alice.status(f"@club {marker()}")
    word = marker()
    carol.send(node.inbox, carol.update({**note, "content": word, "updated": ap.iso()}))
    check.eventually(lambda: node.count("post", "content LIKE ?", f"%{word}%"), WAIT_S, "carol edits hers")
    _act("lock_post", status_id=first["id"], reason=word)
    check.eventually(lambda: node.count("event_todo") == 0 and node.count("delivery") == 0, WAIT_S, "all is sent")
    check.true(all(second["uri"] not in r.body.decode() for r in other.inbox), "hugo's host is not sent the second")
    check.true(all(word not in r.body.decode() for r in other.inbox), "nor edits and acts of what came before")
    check.true(any(second["uri"] in r.body.decode() for r in scene.good.inbox), "carol's is")
    check.equal([who.get(uri).status for who in (hugo, application) for uri in (first["uri"], second["uri"])], [404] * 4, "nobody there reads")
    followers = f"{group}/followers?is_follower={quote(hugo.id, safe='')}"
    check.equal((carol.get(followers).status, hugo.get(followers).status), (404, 404), "he is no member to others")


def test_a_slow_host_of_a_private_group():
    """Who may read what alice wrote there, its host is asked; that it never answers holds up nobody else."""
    other = Peer()
    vault = other.actor("vault", "Group", manuallyApprovesFollowers=True)
    alice.follow_accepted(vault.handle)
    post = alice.status(f"{vault.handle} {marker()}")
    check.equal(post["visibility"], "private", "for its members")
    readers = [other.actor(f"reader{n}") for n in range(40)]
    for reader in readers:
        check.equal(reader.get(scene.alice_id).status, 200, "known")
    other.serve("/u/vault/followers", Reply(404, delay_s=20))
    asked = [raw.Connection(post["uri"], timeout=60) for _ in readers]
    for connection, reader in zip(asked, readers):
        connection.send(raw.head_of("GET", post["uri"], reader.headers("GET", post["uri"])))
    check.eventually(lambda: other.hits("/u/vault/followers"), WAIT_S, "its host is asked")
    start = time.monotonic()
    check.equal(ap.get(scene.alice_id)[0], 200, "a document for everybody")
    check.at_most(time.monotonic() - start, 3, "seconds until it comes meanwhile")
    for connection in asked:
        connection.close()


if __name__ == "__main__":
    run(globals())
