"""Checklist line 18: what a blocked host says, or has, comes in by no way: its own deliveries, others'
boosts and quotes of it, groups and relays, threads, look-ups, redirects, catching up; and nothing goes
out to it. Each way is tried with a host that is not blocked first."""

from framework import ap, check
from framework.case import run
from framework.evil import Scene, marker
from framework.peer import Peer
from framework.reply import Reply


def setup():
    global scene, group, relay, hub
    scene = Scene()
    alice, node = scene.alice, scene.node
    alice.follow_accepted(scene.carol.id)
    group = scene.good.actor("garden", "Group")
    alice.follow_accepted(group.id)
    hub = Peer()
    relay = hub.actor("relay", "Application")
    node.cli("relay", "add", relay.base + "/inbox")
    follow = check.eventually(lambda: next(iter(hub.activities("Follow")), None), 15, "the relay is asked")
    relay.send(node.inbox, relay.accept(follow["id"]))
    check.eventually(lambda: "accepted" in node.cli("relay", "list"), 15, "it accepts")
    for actor in (scene.carol, scene.eve):
        actor.send(node.inbox, actor.follow(scene.alice_id))
        check.eventually(lambda: alice.relationship(alice.find_account(actor.id)["id"])["followed_by"],
                         15, "alice has the follower")
    global public
    public = alice.status("what everybody may read")
    _block()
    check.eventually(lambda: alice.notifications("severed_relationships"), 15, "the follows with it have ended")


def _holds(get, post):
    """What a command says of hosts holds a moment later: the answers to eve tell."""
    check.eventually(lambda: (scene.eve.get(public["uri"]).status,
                              scene.eve.send(scene.node.inbox, b"{}").status) == (get, post), 10,
                     f"{get} and {post} for eve")


def _block():
    scene.node.cli("domain", "block", scene.evil.host)
    _holds(403, 403)


def _known(uri):
    return scene.node.count("post", "ap_id = ?", uri) == 1


def _comes_only_from_the_open(way):
    """`way(note)` brings a note of a third host that is not blocked, but not one of the blocked one."""
    third = Peer().actor(marker())
    for_group = {"to": [ap.PUBLIC], "cc": [group.id]}
    note = third.note(marker(), **for_group)
    way(note, third)
    check.eventually(lambda: _known(note["id"]), 20, "of a host that is not blocked")
    note, hits = scene.eve.note(marker(), **for_group), scene.evil.hits()
    before = scene.node.count("post")
    way(note, scene.eve)
    again = third.note(marker(), **for_group)   # what comes behind it is judged after it
    way(again, third)
    check.eventually(lambda: _known(again["id"]), 20, "what comes next")
    check.true(not _known(note["id"]), "of the blocked host")
    check.equal(scene.node.count("post"), before + 1, "posts")
    check.equal(scene.evil.hits(), hits, "requests that reached the blocked host")


def test_its_own_deliveries():
    for activity in (scene.mention(scene.eve)[0], scene.eve.follow(scene.alice_id),
                     scene.eve.like(scene.alice.status("x")["uri"])):
        scene.refused(lambda: scene.eve.send(scene.node.inbox, activity), (403,), activity["type"])


def test_boosts_of_what_it_has():
    _comes_only_from_the_open(lambda note, _: scene.carol.send(
        scene.node.inbox, scene.carol.announce(note["id"])))


def test_boosts_of_what_is_known_of_it():
    scene.node.cli("domain", "unblock", scene.evil.host)
    _holds(200, 400)
    status = scene.introduce(scene.eve)[0]
    _block()
    announce = scene.carol.announce(status["uri"])
    scene.carol.send(scene.node.inbox, announce)
    check.eventually(lambda: scene.node.inbox_state(announce) in ("applied", "refused"), 20, "judged")
    shown = [(s["reblog"] or s)["uri"] for s in scene.alice.home()]
    check.true(status["uri"] not in shown, "alice's home shows nothing of it")


def test_what_a_group_announces():
    _comes_only_from_the_open(lambda note, author: group.send(
        scene.node.inbox, group.announce({k: v for k, v in author.create(note).items() if k != "@context"})))
    _comes_only_from_the_open(lambda note, _: group.send(scene.node.inbox, group.announce(note["id"])))


def test_what_a_relay_brings():
    _comes_only_from_the_open(lambda note, author: relay.send(scene.node.inbox, author.create(note)))
    _comes_only_from_the_open(lambda note, _: relay.send(scene.node.inbox, relay.announce(note["id"])))


def test_what_is_answered():
    def ancestors(parent):
        reply = scene.note(scene.carol, marker(), inReplyTo=parent["id"])
        scene.carol.send(scene.node.inbox, scene.carol.create(reply))
        status = check.eventually(lambda: next(iter(
            scene.alice.search(reply["id"], "statuses", resolve=False)), None), 20, "carol's reply")
        return [s["uri"] for s in scene.alice.context(status["id"])["ancestors"]]
    third = Peer().actor(marker()).note(marker())
    check.equal(ancestors(third), [third["id"]], "what is fetched of a host that is not blocked")
    hits = scene.evil.hits()
    check.equal(ancestors(scene.eve.note(marker())), [], "of the blocked host")
    check.equal(scene.evil.hits(), hits, "requests that reached the blocked host")


def test_quotes_of_it():
    quoted = scene.eve.note(marker())
    hits = scene.evil.hits()
    quoting = scene.note(scene.carol, marker(), quote=quoted["id"])
    scene.carol.send(scene.node.inbox, scene.carol.create(quoting))
    status = check.eventually(lambda: next(iter(scene.alice.search(quoting["id"], "statuses", resolve=False)),
                                           None), 20, "carol's post")
    check.true(not (status["quote"] or {}).get("quoted_status"), "the quoted post is not shown")
    check.equal(scene.evil.hits(), hits, "requests that reached the blocked host")


def test_looking_it_up():
    note, hits = scene.eve.note(marker()), scene.evil.hits()
    scene.not_resolved(note["id"], "a note of the blocked host")
    scene.evil.actor("other")
    scene.not_resolved(f"@other@{scene.evil.host}", "a handle of the blocked host")
    check.equal(scene.evil.hits(), hits, "requests that reached the blocked host")


def test_a_redirect_to_it():
    third = Peer()
    note = third.actor(marker()).note(marker())
    scene.good.serve("/moved", Reply.redirect(note["id"]))
    scene.alice.search(scene.good.base + "/moved", "statuses")
    check.true(third.hits("/" + note["id"].split("/", 3)[3]) > 0, "a redirect to another host is followed")
    hits = scene.evil.hits()
    scene.good.serve("/moved2", Reply.redirect(scene.eve.note(marker())["id"]))
    scene.not_resolved(scene.good.base + "/moved2", "a redirect to the blocked host")
    check.equal(scene.evil.hits(), hits, "requests that reached the blocked host")


def test_what_it_asks_for():
    status = scene.alice.status("public, but not for everybody")
    check.equal(scene.carol.get(status["uri"]).status, 200, "carol's signed GET")
    check.is_in(scene.eve.get(status["uri"]).status, (401, 403, 404), "eve's signed GET")


def test_what_goes_out():
    hits = scene.evil.hits(method="POST")
    status = scene.alice.status(f"to followers, and {scene.eve.handle}")
    check.eventually(lambda: any(a["object"]["id"] == status["uri"] for a in scene.good.activities("Create")),
                     20, "carol gets it")
    check.equal(scene.evil.hits(method="POST"), hits, "POSTs that reached the blocked host")


def test_catching_up():
    scene.node.cli("peers", "catch-up", "--since", "1h")
    check.eventually(lambda: scene.good.hits("/u/carol/outbox") > 0, 20, "carol's outbox is asked for")
    check.equal(scene.evil.hits("/u/eve/outbox"), 0, "eve's is not")


if __name__ == "__main__":
    run(globals())
