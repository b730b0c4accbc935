"""A node that was away asks for what it missed: the outboxes of those who are followed, with their
boosts and threads, a group beyond what its outbox shows at once, conversations that people here take
part in. At most a named number of requests; known things are not asked for; a liar gets nowhere."""

import sqlite3

from framework import ap, check
from framework.case import run
from framework.evil import marker
from framework.node import Node, VirtualClock
from framework.peer import Peer
from framework.reply import Reply

AWAY_S = 300   # all together less than the hour that a signature lives
REQUESTS_MAX = 60   # limits::catch_up_requests_per_host_max


class Times:
    def __init__(self):
        self.clock = VirtualClock()
        self.here, self.there = Node(clock=self.clock).start(), Node(clock=self.clock).start()
        self.alice = self.here.add_user("alice")
        self.ada, self.ben = self.there.add_user("ada"), self.there.add_user("ben")
        self.garden = self.there.add_group("garden", "ada")
        self.peer = Peer()
        self.carol = self.peer.actor("carol")
        for target in ("ada@" + self.there.host, "garden@" + self.there.host, self.carol.id):
            self.alice.follow_accepted(target)

    def away(self):
        self.clock.advance(61)
        now = self.clock.now_ms
        eventually(lambda: self.here.sql("SELECT at FROM alive")[0]["at"] >= now,
                   "the node notes that it is there")
        self.here.stop()

    def back(self, seconds=AWAY_S):
        self.clock.advance(seconds)
        for node in (self.there,):
            forget_deliveries(node)
        self.here.start()

    def settled(self, host=None):
        """Every host that was to be asked was."""
        def done():
            rows = self.here.sql("SELECT host, finished_at FROM catch_up_host")
            return rows and all(r["finished_at"] for r in rows)
        eventually(done, "the node has caught up", 60)

    def asked(self, host):
        return self.here.sql("SELECT requests, found, taken, error FROM catch_up_host WHERE host = ?",
                             host)[0]


def eventually(found, what, timeout=20):
    return check.eventually(lambda: found() or times.clock.advance(0.1), timeout, what)


def forget_deliveries(node):
    """As if its queue had been given up long ago."""
    node.stop()
    connection = sqlite3.connect(node.directory / "kith.db")
    connection.execute("DELETE FROM delivery")
    connection.execute("DELETE FROM peer")
    connection.commit()
    connection.close()
    node.start()


def setup():
    global times
    times = Times()


def note(actor, **more):
    """A note of the virtual time."""
    return actor.note(marker(), published=ap.iso(times.clock.now_ms / 1000), **more)


def _home(member, limit=40):
    """Uris of all that is at home, boosts and group entries by what they show."""
    return [(s["reblog"] or s)["uri"] for s in member.all("/api/v1/timelines/home", limit=limit)]


def test_what_people_and_a_group_posted_meanwhile_is_there():
    alice, ada, ben = times.alice, times.ada, times.ben
    times.away()
    handle = "@garden@" + times.there.host
    posts = [ada.status(f"by ada {n}") for n in range(12)]
    topics = [ben.status(f"{handle} topic {n}") for n in range(55)]
    comments = [ada.status(f"comment {n}", in_reply_to_id=topics[n]["id"]) for n in range(5)]
    threads = [ada.status(f"more {n}", in_reply_to_id=posts[n]["id"]) for n in range(3)]
    boosted = ben.status("worth a boost")
    ada.act(boosted["id"], "reblog")
    gone = ada.status("deleted again")
    ada.delete(f"/api/v1/statuses/{gone['id']}")
    edited = ada.put(f"/api/v1/statuses/{posts[0]['id']}", {"status": "by ada, edited"})
    mention = ada.status(f"hello @alice@{times.here.host}")
    times.back()
    times.settled()

    home = _home(alice)
    for status in posts + topics + [boosted]:
        check.contains(home, status["uri"], f"home has {status['content']}")
    check.true(gone["uri"] not in home, "what was deleted is not there")
    for status, parent in list(zip(comments, topics)) + list(zip(threads, posts)):
        there = alice.search(parent["uri"], "statuses", resolve=False)[0]
        check.contains([s["uri"] for s in alice.context(there["id"])["descendants"]], status["uri"],
                       f"the thread has {status['content']}")
    seen = alice.search(edited["uri"], "statuses", resolve=False)[0]
    check.contains(seen["content"], "edited", "the newest version")
    check.equal(len(alice.mentions_with("hello")), 1, "alice is told of the mention")
    check.true(mention["uri"] in home, "and sees it")
    counts = times.asked(times.there.host)
    check.true(0 < counts["requests"] <= REQUESTS_MAX, f"requests of one host: {counts}")
    check.equal(counts["error"], "", "no error")
    check.equal(len(home), len(set(home)), "nothing is there twice")
    check.contains(times.here.cli("peers", "show", times.there.host), f"{counts['taken']} taken",
                   "kith peers show")


def test_a_second_start_asks_for_nothing_that_is_known():
    before = times.there.count("post")
    times.away()
    times.back(30)
    check.equal(times.here.count("catch_up"), 0, "nothing is queued after a short while")
    times.away()
    times.back()
    times.settled()
    counts = times.asked(times.there.host)
    check.equal((counts["found"], counts["taken"]), (0, 0), "found and taken")
    check.true(counts["requests"] <= 10, f"collections only, not what is in them: {counts}")
    check.equal(times.there.count("post"), before, "posts there")


def test_a_conversation_that_somebody_here_takes_part_in():
    alice, carol, peer = times.alice, times.carol, times.peer
    root = note(carol, context=peer.base + "/context/1")
    carol.send(times.here.inbox, carol.create(root))
    status = eventually(lambda: next(iter(alice.search(root["id"], "statuses", resolve=False)), None),
                        "carol's post is here")
    alice.status("my word", in_reply_to_id=status["id"])
    dan, eve = peer.actor("dan"), Peer().actor("eve")
    first = note(dan, parent=root["id"])
    second = note(eve, parent=first["id"])
    forged = {**note(carol, parent=root["id"]), "attributedTo": eve.id}
    peer.publish({"@context": ap.CONTEXT, **forged})
    peer.publish(ap.collection(root["context"], [root["id"], first["id"], second["id"], forged["id"],
                                                 times.here.base + "/post/1"]))
    times.away()
    times.back()
    times.settled()
    thread = [s["uri"] for s in alice.context(status["id"])["descendants"]]
    for reply in (first, second):
        check.contains(thread, reply["id"], "a reply by somebody whom nobody here follows")
    check.true(forged["id"] not in thread, "one that is attributed to another origin")


def test_what_an_outbox_says_of_others_counts_for_nothing():
    carol, peer = times.carol, times.peer
    victim = peer.actor("victim")
    stolen = {**note(victim), "attributedTo": carol.id}
    foreign = carol.create({**note(carol), "id": "https://elsewhere.example/1"})
    good = carol.create(note(carol))
    bare = note(carol)
    by_id = carol.create(note(carol))
    peer.publish(by_id)
    times.away()
    before = {r["ap_id"] for r in times.here.sql("SELECT ap_id FROM post")}
    peer.publish(ap.collection(carol.id + "/outbox", [
        good, bare, by_id["id"], victim.create(note(victim)), {**good, "id": victim.id + "/x",
        "actor": victim.id}, carol.create(stolen) | {"actor": victim.id}, foreign, "not a url", 5, None,
        carol.like(good["object"]["id"]), {"type": "Create"}, peer.base + "/nothing/here"]))
    times.back()
    times.settled()
    after = {r["ap_id"] for r in times.here.sql("SELECT ap_id FROM post")} - before
    check.equal(after, {good["object"]["id"], bare["id"], by_id["object"]["id"]}, "new posts")


def test_an_endless_outbox_ends():
    carol, peer = times.carol, times.peer

    def page(request):
        number = int(request.query("page") or 0)
        return Reply.json({
            "@context": ap.CONTEXT[0], "id": f"{carol.id}/outbox?page={number}", "type":
            "OrderedCollectionPage", "next": f"{carol.id}/outbox?page={number + 1}",
            "orderedItems": [f"{peer.base}/endless/{number}-{n}" for n in range(20)]})
    times.away()
    peer.serve("/u/carol/outbox", page)
    start = peer.hits(method="GET")
    times.back()
    times.settled()
    check.true(peer.hits(method="GET") - start <= REQUESTS_MAX + 10,
               f"requests that the peer counted: {peer.hits(method='GET') - start}")
    check.true(times.asked(peer.host)["requests"] <= REQUESTS_MAX, "requests that the node counted")


def test_a_peer_that_is_away_too_is_asked_later():
    carol, peer = times.carol, times.peer
    times.away()
    create = carol.create(note(carol))
    peer.publish(ap.collection(carol.id + "/outbox", [create]))
    peer.stop()
    times.back()
    eventually(lambda: times.asked(peer.host)["error"] != "", "the peer does not answer")
    peer.start()
    times.clock.advance(601)   # limits::catch_up_retry_ms
    times.settled()
    check.equal(times.here.count("post", "ap_id = ?", create["object"]["id"]), 1, "its post came later")


def test_it_can_be_asked_for():
    carol, peer = times.carol, times.peer
    create = carol.create(note(carol))
    peer.publish(ap.collection(carol.id + "/outbox", [create]))
    times.here.cli("peers", "catch-up", "--host", peer.host, "--since", "1h")
    eventually(lambda: times.here.count("post", "ap_id = ?", create["object"]["id"]) == 1, "it is taken")
    times.here.cli("peers", "catch-up", "--since", "soon", code=1)


if __name__ == "__main__":
    run(globals())
