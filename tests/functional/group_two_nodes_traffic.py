"""A group on A with a member on B: what people on B get of it in feeds and letters, what strangers send to both nodes and
what comes of it, and that no kill of either node loses anything or lets it be overtaken."""

import json
import threading
import time
import xml.etree.ElementTree as etree
from collections import defaultdict

from framework import ap, api, check
from framework.ap import PUBLIC, id_of, mention
from framework.case import run
from framework.check import eventually
from framework.evil import DOOR_STATUSES
from framework.mail import Mailbox, text_of
from framework.node import Node, VirtualClock
from framework.peer import Peer
from framework.reply import Reply

KITH = "/api/kith/v1"
ATOM = "{http://www.w3.org/2005/Atom}"
WAIT_S = 20
DAY = 24 * 3600
DOOR_SECONDS_MAX = 9      # from a request to its answer, whatever a signer's host does
RECIPIENTS_MAX = 512
POSTS, KILL_EVERY = 24, 4
RETRIED_S = 80            # what has to be confirmed by a host that does not answer is tried again after a minute


def setup():
    global a, b, ann, bea, group, handle, at, home, carol
    a, b = Node().start(), Node().start()
    ann, bea = a.add_user("ann"), b.add_user("bea")
    group, handle = a.add_group("garden", "ann", "The garden"), f"garden@{a.host}"
    at = {a: ann.find_account("garden")["id"], b: bea.follow_accepted(handle)["id"]}
    home = Peer(verify=True)
    carol = home.actor("carol")
    carol.send(a.inbox, carol.follow(group))
    eventually(lambda: home.activities("Accept"), WAIT_S, "carol is in")


def _here(node, uri):
    """The id of a post on a node, once it is there."""
    return str(node.post_id(uri, WAIT_S))


def _thread(actor, word, cc=(), **more):
    """The Create of a thread in the group."""
    note = actor.note(word, to=[PUBLIC, group], cc=[actor.followers, *cc], audience=group, tag=[mention(group, "@" + handle)], **more)
    return actor.create(note, audience=group)


def _refused(node, actor, activity, what):
    check.equal(actor.send(node.inbox, activity).status, 202, what)
    check.equal(node.judged(activity), "refused", what)


def _feed(node, path):
    status, _, response = ap.get(node.base + path, "application/atom+xml")
    check.equal(status, 200, f"{path} on {node.host}")
    return [entry.findtext(ATOM + "id") for entry in etree.fromstring(response.body).findall(ATOM + "entry")]


def test_feeds_of_a_group_elsewhere():
    root = ann.status("Which soil? @garden")
    own = bea.status(f"@{handle} Which seeds?")
    answer = bea.status("Clay", in_reply_to_id=_here(b, root["uri"]))
    hidden = ann.status(f"for @bea@{b.host} alone", in_reply_to_id=root["id"], visibility="direct")
    for post in (own, answer):
        _here(a, post["uri"])
    _here(b, hidden["uri"])
    eventually(lambda: _feed(a, "/c/garden/feed.atom") == [own["uri"], root["uri"]], WAIT_S, "the group's feed on A")
    for node in (a, b):
        check.equal(_feed(node, f"/post/{_here(node, root['uri'])}/feed.atom"), [answer["uri"], root["uri"]], f"the thread's feed on {node.host}")
        check.equal(ap.get(f"{node.base}/post/{_here(node, hidden['uri'])}/feed.atom")[0], 404, "what is not open to all")
    check.equal(ap.get(f"{b.base}/c/garden/feed.atom")[0], 404, "a group's own feed is its host's")
    # A group shows threads by themselves, comments never: so it is on the second node, too.
    shown = lambda: [(s["reblog"] or s)["uri"] for s in bea.get(f"/api/v1/accounts/{at[b]}/statuses", limit=40)]
    eventually(lambda: {root["uri"], own["uri"]} <= set(shown()), WAIT_S, "its threads on B")
    check.true(answer["uri"] not in shown(), "no comment among them")
    ann.delete(f"/api/v1/statuses/{root['id']}")
    eventually(lambda: b.sql("SELECT 1 AS x FROM post WHERE ap_id = ? AND deleted_at IS NOT NULL", root["uri"]), WAIT_S, "deleted on B")
    check.true(root["uri"] not in _feed(a, "/c/garden/feed.atom"), "not in the feed any more")


def test_a_poll_written_on_one_node_is_a_thread_on_both():
    asked = bea.request("POST", "/api/v1/statuses", body={"status": f"@{handle} Dig or mulch?", "poll": {
        "options": ["dig", "mulch"], "expires_in": DAY}}).expect(200).json
    check.equal(ap.get(asked["uri"])[1]["type"], "Question", "as B has it")
    on_a = _here(a, asked["uri"])
    ann.post(f"/api/v1/polls/{ann.get(f'/api/v1/statuses/{on_a}')['poll']['id']}/votes", {"choices": [1]})
    for node, client in ((a, ann), (b, bea)):
        votes = lambda: [(o["title"], o["votes_count"]) for o in client.get(f"/api/v1/statuses/{_here(node, asked['uri'])}")["poll"]["options"]]
        eventually(lambda: votes() == [("dig", 0), ("mulch", 1)], WAIT_S, f"the vote on {node.host}")
    eventually(lambda: [x for x in home.activities("Announce") if id_of(x["object"]) == asked["uri"]], WAIT_S, "its group shows it to others")


def test_a_digest_of_a_group_elsewhere():
    clock, mail = VirtualClock(), Mailbox()
    there, here = Node(clock=clock).start(), Node(clock=clock, config=mail.config()).start()
    cid, dora = there.add_user("cid"), here.add_user("dora")
    there.add_group("kitchen", "cid", "The kitchen")
    moves = lambda found: lambda: found() or clock.advance(0.2)
    kitchen = dora.follow(f"kitchen@{there.host}")
    eventually(moves(lambda: dora.relationship(kitchen["id"])["following"]), WAIT_S, "dora is in")
    dora.put(f"{KITH}/mail", {"digest": "daily"})
    quiet, liked = cid.status("Onions\n@kitchen"), cid.status("Tomatoes\n@kitchen")
    secret = cid.status(f"Whispers @dora@{here.host}", visibility="direct")
    cid.act(liked["id"], "favourite")
    for post in (quiet, liked, secret):
        eventually(moves(lambda: here.count("post", "ap_id = ?", post["uri"])), WAIT_S, "it is here")
    eventually(moves(lambda: here.sql("SELECT likes_count AS n FROM post WHERE ap_id = ?", liked["uri"])[0]["n"]), WAIT_S, "and its vote")
    clock.advance(DAY + 60)
    text = text_of(eventually(moves(lambda: mail.letters("dora@mail.example")), WAIT_S, "a letter")[0])
    check.true(0 < text.find("Tomatoes") < text.find("Onions"), f"what met with most agreement first: {text}")
    check.true("Whispers" not in text, "nothing but the group's")


def test_a_flag_comes_to_the_group_s_host_and_the_author_s():
    post = bea.status(f"@{handle} What is reported")
    on_a = _here(a, post["uri"])
    flag = carol.activity("Flag", post["uri"], summary="<p>loud &amp; rude</p>", to=[group], audience=group)
    for _ in range(2):
        check.equal(carol.send(a.inbox, flag).status, 202, "a Flag as Lemmy sends it")
    report = eventually(lambda: ann.get(f"{KITH}/groups/{at[a]}/reports"), WAIT_S, "the group's moderator has it")
    check.equal([(r["comment"], r["target"]["acct"], [s["id"] for s in r["statuses"]]) for r in report],
                [("loud & rude", f"bea@{b.host}", [on_a])], "once, about whom and what")
    eventually(lambda: b.count("report", "comment = 'loud & rude'") == 1, WAIT_S, "the author's host has it")
    check.equal(b.sql("SELECT origin_host FROM report"), [{"origin_host": a.host}], "from whom")
    b.add_user("mona", role="moderator")
    seen = api.Client(b.url, b.token("mona", "admin:read"), b.host).get("/api/v1/admin/reports")
    check.equal([r["comment"] for r in seen], ["loud & rude"], "its moderators read it")
    check.true("carol" not in json.dumps(seen), "and not who reported")
    for node, actor in ((a, bea), (b, bea)):
        check.is_in(actor.request("GET", f"{KITH}/groups/{at[node]}/reports").status, (401, 403, 404), "not for whom it is about")
    eve = Peer().actor("eve")
    _refused(b, eve, eve.activity("Resolve", flag, to=[group]), "its end, by a stranger")
    ann.post(f"{KITH}/groups/{at[a]}/reports/{report[0]['id']}/resolve")
    eventually(lambda: b.count("report", "resolved_at IS NOT NULL") == 1, WAIT_S, "its end comes to the author's host")


def test_who_asks_for_too_many_is_refused_on_both():
    crowd = Peer()
    names = [f"{crowd.base}/u/m{n}" for n in range(2 * RECIPIENTS_MAX)]
    too_many, few = _thread(carol, "to everybody", cc=names), _thread(carol, "to many", cc=names[:RECIPIENTS_MAX // 2])
    for node in (a, b):
        answer = carol.send(node.inbox, too_many)
        check.is_in(answer.status, (202, *DOOR_STATUSES), f"to everybody, on {node.host}")
        if answer.status == 202:
            check.equal(node.judged(too_many), "refused", f"to everybody, on {node.host}")
    check.equal(carol.send(a.inbox, few).status, 202, "to many")
    for node in (a, b):
        post = _here(node, few["object"]["id"])
        check.at_most(node.count("post_audience", "post_id = ?", int(post)), RECIPIENTS_MAX, f"audience rows on {node.host}")
        check.equal(node.count("post", "ap_id = ?", too_many["object"]["id"]), 0, f"to everybody, on {node.host}")
    check.at_most(crowd.hits(), 2 * 100, "who was looked up by both")


def test_nobody_waits_longer_than_nine_seconds():
    slow = Peer()
    eve = slow.actor("eve")
    parent = carol.note("comes late")
    home.serve(parent["id"].removeprefix(home.base), Reply.json({"@context": ap.CONTEXT[0], **parent}, delay_s=1.5))
    slow.serve(eve.id.removeprefix(slow.base), Reply(hang=True))
    took = {}

    def timed(what, node, actor, activity):
        start = time.monotonic()
        answer = actor.send(node.inbox, activity)
        took[what, node.host] = (answer.status, time.monotonic() - start)

    waiting = [threading.Thread(target=timed, args=("key", node, eve, _thread(eve, "who am I?"))) for node in (a, b)]
    for thread in waiting:
        thread.start()
    eventually(lambda: slow.hits(eve.id) >= 2, WAIT_S, "both ask for the key")
    late = _thread(carol, "below what comes late", parent=parent["id"])
    for node in (a, b):
        timed("meanwhile", node, carol, late)
    for thread in waiting:
        thread.join(30)
    for node in (a, b):
        status, seconds = took["meanwhile", node.host]
        check.equal(status, 202, f"with a parent that comes late, on {node.host}")
        check.at_most(seconds, 1, "seconds for who is known, while others wait and though much follows")
        status, seconds = took["key", node.host]
        check.is_in(status, (401, 503), f"a key that never comes, on {node.host}")
        check.at_most(seconds, DOOR_SECONDS_MAX, f"seconds until {node.host} says so")
        _here(node, late["object"]["id"])


def test_who_owns_a_group_is_not_said_by_others():
    loft = b.add_group("loft", "bea")
    thief = home.actor("thief", kind="Group", alsoKnownAs=[group])
    b.cli("group", "take-over", "loft", "--from", group)
    for target in (thief.new_id("nothing"), carol.id):
        a.cli("group", "move", "garden", "--to", target, code=1)
    inner = {"type": "Move", "id": thief.new_id("move"), "actor": group, "object": group, "target": loft}
    _refused(b, thief, thief.activity("Offer", inner, target=loft, to=[loft]), "an Offer of A's group by another")
    _refused(b, thief, thief.activity("Move", group, target=thief.id, to=[PUBLIC]), "a Move of A's group by another")
    offer = {"type": "Offer", "id": a.base + "/activity/1", "actor": group, "object": {**inner, "target": thief.id}, "target": thief.id}
    _refused(a, thief, thief.activity("Accept", offer, to=[group]), "an Accept of what was not offered")
    check.equal({thief.get(f"{group}/moving/{part}").status for part in ("members", "posts", "bans")}, {404}, "what is in it")
    check.equal(ap.get(group)[1].get("movedTo"), None, "it has not moved")
    check.equal((a.count("group_move"), b.count("group_move")), (0, 0), "nothing moves on either")
    check.true(bea.relationship(at[b])["following"], "bea is still in A's")


def test_who_is_let_in_is_said_by_the_group_alone():
    club = a.add_group("club", "ann")
    on_a = ann.find_account("club")["id"]
    ann.request("PATCH", f"{KITH}/groups/{on_a}", body={"visibility": "private"}).expect(200)
    on_b = bea.follow(f"club@{a.host}")["id"]
    waiting = eventually(lambda: ann.get(f"{KITH}/groups/{on_a}/requests"), WAIT_S, "bea asks")
    ask = b.sql("SELECT ap_id FROM follow WHERE state = 0")[0]["ap_id"]
    follow = {"type": "Follow", "id": ask, "actor": b.person_id("bea"), "object": club}
    thief = home.actor("clubber", kind="Group")
    for answer in (thief.accept(follow), thief.accept(ask)):
        _refused(b, thief, answer, "an Accept by another group")
    check.is_in(thief.send(b.inbox, {**thief.accept(follow), "actor": club}).status, DOOR_STATUSES, "an Accept in the group's name")
    check.equal(bea.relationship(on_b)["following"], False, "after forged Accepts")
    ann.post(f"{KITH}/groups/{on_a}/requests/{waiting[0]['account']['id']}/accept")
    eventually(lambda: bea.relationship(on_b)["following"], WAIT_S, "the group's own Accept")
    _refused(b, thief, thief.reject(follow), "a Reject by another group")
    check.true(bea.relationship(on_b)["following"], "after a forged Reject")


def _announced():
    """{object: the activities about it that carol's host was told, each once, in order}."""
    told, seen = defaultdict(list), set()
    for announce in home.activities("Announce"):
        inner = announce["object"]
        if isinstance(inner, dict) and inner["id"] not in seen:
            seen.add(inner["id"])
            told[id_of(inner["object"])].append(inner)
    return told


def _is_whole(node, last):
    """Each post is there once in its last wording, or is gone."""
    rows = {r["ap_id"]: r["content"] for r in node.sql("SELECT ap_id, content FROM post WHERE deleted_at IS NULL AND content LIKE '%item %'")}
    check.equal([uri for uri, text in last.items() if text and text not in rows.get(uri, "")], [], f"lost or overtaken on {node.host}")
    check.equal(sorted(rows), sorted(uri for uri, text in last.items() if text), f"posts on {node.host}")
    return True


def _was_told_in_order(last):
    told = _announced()
    for uri, text in last.items():
        kinds = [x["type"] for x in told[uri]]
        check.equal(kinds, sorted(kinds, key=["Create", "Update", "Delete"].index), f"order of what was told of {uri}")
        if text:  # what was edited before it had left needs no Update, what was deleted no Create
            check.equal((kinds[:1], kinds.count("Create")), (["Create"], 1), f"what was told of {uri}")
            check.contains(told[uri][-1]["object"]["content"], text, f"the last wording told of {uri}")
        elif kinds or a.sql("SELECT 1 FROM post WHERE ap_id = ?", uri):  # else it was gone before it left its own host
            check.equal((kinds[-1:], kinds.count("Delete")), (["Delete"], 1), f"what was told of {uri}")
    return True


def test_no_kill_of_either_loses_anything_or_lets_it_be_overtaken():
    """Both write, edit and delete, and each is killed while the other's things are on their way. What was answered for is on
    both in the end, in its last wording, and a third host was told of each post in order."""
    last = {}
    for n in range(POSTS):
        writer, to = ((ann, "garden"), (bea, handle))[n % 2]
        post = writer.status(f"@{to} item {n:02} first")
        path = f"/api/v1/statuses/{post['id']}"
        writer.put(path, {"status": f"@{to} item {n:02} second"})
        last[post["uri"]] = f"item {n:02} second"
        if n % 6 >= 4:
            writer.delete(path)
            last[post["uri"]] = None
        if n % KILL_EVERY == KILL_EVERY - 1:
            node = (a, b)[n // KILL_EVERY % 2]
            node.kill9()
            node.start()
    for node in (a, b):
        eventually(lambda: _is_whole(node, last), RETRIED_S, f"all is on {node.host}")
    eventually(lambda: _was_told_in_order(last), WAIT_S, "a third host was told")


if __name__ == "__main__":
    run(globals())
