"""A node was away; a Fedify actor and a group of another kith node each posted 50 times meanwhile, in
threads too, and nobody sends it again. After its start it has all of it, within two minutes, with a
bounded number of requests, as the peers count them; a second start asks for nothing that is known."""

import sqlite3
import time

from fedify_peer import FedifyPeer

from framework import check
from framework.case import run
from framework.node import Node, VirtualClock

POSTS = 50
REQUESTS_MAX = 60      # limits::catch_up_requests_per_host_max
AWAY_S = 300


def eventually(found, what, timeout=30):
    return check.eventually(lambda: found() or clock.advance(0.05), timeout, what)


def setup():
    global clock, here, there, alice, ada, ben, fedify, fred
    # Behind Fedify's own time, which goes on while the virtual one stands.
    clock = VirtualClock(int(time.time() * 1000) - 900_000)
    here, there = Node(clock=clock).start(), Node(clock=clock).start()
    alice, ada, ben = here.add_user("alice"), there.add_user("ada"), there.add_user("ben")
    there.add_group("garden", "ada")
    fedify = FedifyPeer()
    fred = fedify.call("actor", name="fred")
    alice.follow_accepted("garden@" + there.host, 30)
    alice.follow_accepted(fred["handle"], 30)
    clock.advance(61)
    eventually(lambda: here.count("alive") == 1, "the node notes that it is there")


def _forget_deliveries():
    """The other kith node gives up at once what waits there."""
    there.stop()
    with sqlite3.connect(there.directory / "kith.db") as database:
        database.execute("DELETE FROM delivery")
        database.execute("DELETE FROM peer")
    there.start()


def _gets():
    return [a["url"] for a in fedify.call("answers") if a["method"] == "GET"]


def _post_meanwhile():
    """Everything that is to be found again: (uri, uri of what it answers or None)."""
    told = []
    for n in range(POSTS):
        parent = told[-1][0] if n % 5 == 4 else None
        post = fedify.call("post", actor="fred", content=f"fred {n}", inReplyTo=parent, quiet=True)
        told.append((post["object"], parent))
    handle, first = "@garden@" + there.host, None
    for n in range(POSTS):
        if n % 5 == 4:
            told.append((ada.status(f"garden {n}", in_reply_to_id=first["id"])["uri"], first["uri"]))
        else:
            first = ben.status(f"{handle} garden {n}")
            told.append((first["uri"], None))
    return told


def _known():
    return {r["ap_id"] for r in here.sql("SELECT ap_id FROM post")}


def _caught_up():
    rows = here.sql("SELECT finished_at FROM catch_up_host")
    return rows and all(r["finished_at"] for r in rows)


def test_all_of_it_is_there_after_the_start():
    here.stop()
    told = _post_meanwhile()
    clock.advance(AWAY_S)
    _forget_deliveries()
    gets, started = len(_gets()), time.monotonic()
    here.start()
    eventually(lambda: {uri for uri, _ in told} <= _known(), f"all {2 * POSTS} posts are here", 120)
    check.true(time.monotonic() - started < 120, "within two minutes")
    eventually(_caught_up, "it is done")

    home = {(s["reblog"] or s)["uri"] for s in alice.all("/api/v1/timelines/home", limit=40)}
    for uri, parent in told:
        if parent is None:
            check.contains(home, uri, "alice's home")
        else:
            status = alice.search(parent, "statuses", resolve=False)[0]
            eventually(lambda: uri in [s["uri"] for s in alice.context(status["id"])["descendants"]],
                       f"{uri} in the thread of {parent}")

    check.true(len(_gets()) - gets <= REQUESTS_MAX, f"requests that Fedify counted: {_gets()[gets:]}")
    asked = here.sql("SELECT requests FROM catch_up_host WHERE host = ?", there.host)[0]["requests"]
    check.true(asked <= REQUESTS_MAX, f"requests of the group's host: {asked}")
    check.equal(fedify.errors(), [], "errors that Fedify logged")


def test_a_second_start_asks_for_nothing_that_is_known():
    before, gets = _known(), len(_gets())
    here.stop()
    here.start()
    check.equal(here.count("catch_up"), 0, "nothing is queued after a moment")
    clock.advance(61)
    eventually(lambda: here.sql("SELECT at FROM alive")[0]["at"] >= clock.now_ms - 5000, "noted")
    here.stop()
    clock.advance(AWAY_S)
    here.start()
    eventually(_caught_up, "it is done")
    # The outbox is looked at, and none of what it names.
    asked = [url for url in _gets()[gets:] if "/notes/" in url or "/create/" in url]
    check.equal(asked, [], "known things that were asked for")
    check.equal(_known(), before, "posts")


if __name__ == "__main__":
    run(globals())
