"""Two servers find out that they do not agree on who follows whom, and repair it (FEP-8fcf)."""

import hashlib
import json

from framework import ap, check, sign
from framework.case import run
from framework.node import Node
from framework.peer import Peer
from framework.reply import Reply

HEADER = "Collection-Synchronization"
SIGNED = sign.POST_HEADERS + (HEADER.lower(),)


def setup():
    global node, alice, bob, dora
    node = Node().start()
    alice, bob, dora = (node.add_user(name) for name in ("alice", "bob", "dora"))


def digest_of(ids):
    total = 0
    for each in ids:
        total ^= int.from_bytes(hashlib.sha256(each.encode()).digest(), "big")
    return f"{total:064x}"


def state_of(actor, ids, url=None, collection=None):
    return (f'collectionId="{collection or actor.followers}", '
            f'url="{url or actor.id + "/followers_synchronization"}", digest="{digest_of(ids)}"')


def say(actor, state, names=SIGNED):
    """A post for followers that comes with the header."""
    note = actor.note("for my followers", to=[actor.followers])
    response = actor.send(node.inbox, actor.create(note), names=names, extra=[(HEADER, state)])
    check.equal(response.status, 202, "the post is taken")


def author(name, followers=()):
    """Somebody on a host of their own whom these people here follow."""
    peer = Peer()
    actor = peer.actor(name)
    for each in followers:
        each.follow_accepted(actor.handle.lstrip("@"))
    return peer, actor


def publish_list(peer, actor, ids):
    url = actor.id + "/followers_synchronization"
    peer.publish(ap.collection(url, ids))
    return url


def follows(actor):
    """Whose follow of the actor stands here."""
    return {row["username"] for row in node.sql(
        "SELECT a.username FROM follow f JOIN actor a ON a.id = f.follower_id "
        "JOIN actor b ON b.id = f.followed_id WHERE b.ap_id = ? AND f.state = 1", actor.id)}


# -- what we send ----------------------------------------------------------------------------


def test_posts_for_followers_say_who_follows_at_the_host():
    peer = Peer(verify=True)
    here = [peer.actor(name) for name in ("carol", "carla")]
    elsewhere = Peer()
    for actor in (*here, elsewhere.actor("chris")):
        actor.send(node.inbox, actor.follow(node.person_id("alice")))
    check.eventually(lambda: len(peer.activities("Accept")) == 2 and elsewhere.activities("Accept"),
                     20, "the follows are accepted")

    def header_of(word):
        alice.status(word)
        found = check.eventually(
            lambda: [r for r in list(peer.inbox) if r.answered < 300 and word in str(r.body)], 20,
            "the post arrives")
        check.is_in(HEADER.lower(), sign.parse_signature(found[0].header("signature"))["headers"],
                    "what is signed")
        return found[0].header(HEADER)

    url = node.person_id("alice") + "/followers_synchronization"
    def expected(ids):
        return (f'collectionId="{node.person_id("alice")}/followers", url="{url}", '
                f'digest="{digest_of(ids)}"')

    check.equal(header_of("both"), expected([a.id for a in here]), "the header")
    gone = here.pop()
    gone.send(node.inbox, gone.undo(gone.follow(node.person_id("alice"))))
    check.eventually(lambda: node.count("follow") == 2, 15, "the follow ends")
    check.equal(header_of("one of them"), expected([here[0].id]), "the header after a change")

    response = here[0].get(url)
    check.equal(response.status, 200, "the list for an actor of the host")
    listed = json.loads(response.body)["orderedItems"]
    check.equal(listed, [here[0].id], "the host's followers only")
    check.equal(ap.get(url)[0], 401, "the list for nobody")
    other = json.loads(Peer().actor("zoe").get(url).body)["orderedItems"]
    check.equal(other, [], "the list for another host")


def test_edits_and_mentions_carry_no_list():
    peer = Peer(verify=True)
    actor = peer.actor("celia")
    actor.send(node.inbox, actor.follow(node.person_id("bob")))
    check.eventually(lambda: peer.activities("Accept"), 20, "the follow is accepted")
    bob.status(f"{actor.handle} only for you", visibility="direct")
    request = check.eventually(
        lambda: [r for r in list(peer.inbox) if "only for you" in str(r.body)], 20, "it arrives")
    check.equal(request[0].header(HEADER), None, "the header of a direct post")


# -- what we hear ----------------------------------------------------------------------------


def test_the_follow_that_is_not_known_there_ends_here_and_the_other_way_round():
    peer, actor = author("erin", (alice, bob))
    check.equal(follows(actor), {"alice", "bob"}, "who follows before")
    ids = [node.person_id("alice"), node.person_id("dora")]
    url = publish_list(peer, actor, ids)
    say(actor, state_of(actor, ids))
    check.eventually(lambda: follows(actor) == {"alice"}, 30, "bob's follow ends")
    undo = check.eventually(lambda: peer.activities("Undo"), 30, "dora's Undo")
    check.equal([u["actor"] for u in undo], [node.person_id("dora")], "who says Undo")
    check.equal((undo[0]["object"]["type"], undo[0]["object"]["object"]), ("Follow", actor.id),
                "what is undone")
    say(actor, state_of(actor, ids))
    check.never(lambda: peer.hits(url) > 1, 6, "the list being read again at once")


def test_equal_lists_are_not_fetched():
    peer, actor = author("eve", (alice, bob))
    ids = [node.person_id("bob"), node.person_id("alice")]
    url = publish_list(peer, actor, ids)
    say(actor, state_of(actor, ids))
    check.never(lambda: peer.hits(url), 6, "the list being read")
    check.equal(follows(actor), {"alice", "bob"}, "who follows")


def test_only_a_signed_header_about_the_actors_own_collection_counts():
    peer, actor = author("emil", (alice,))
    victim, target = author("vera", (alice,))
    url = publish_list(peer, actor, [])
    foreign = publish_list(victim, target, [])
    say(actor, state_of(actor, [], url=foreign))
    say(actor, state_of(actor, [], collection=target.followers))
    say(actor, state_of(actor, []), names=sign.POST_HEADERS)
    say(actor, "digest=nonsense")
    check.never(lambda: victim.hits(foreign) or peer.hits(url), 6, "a list being read")
    check.equal(follows(actor) | follows(target), {"alice"}, "who follows")
    say(actor, state_of(actor, []))
    check.eventually(lambda: follows(actor) == set(), 30, "the good header is gone by")


def test_another_list_than_the_announced_one_changes_nothing():
    for name, reply in (("fay", None), ("fred", Reply(500)), ("finn", Reply(404))):
        peer, actor = author(name, (alice, bob))
        url = publish_list(peer, actor, [])
        if reply:
            peer.serve(url.removeprefix(peer.base), reply)
        say(actor, state_of(actor, [node.person_id("alice")]))
        check.eventually(lambda: peer.hits(url), 30, "the list is read")
        check.never(lambda: follows(actor) != {"alice", "bob"}, 1.5, "a follow ending")


def test_a_list_that_does_not_end_is_left():
    peer, actor = author("gus", (alice, bob))
    url = actor.id + "/followers_synchronization"
    ids = [node.person_id("alice")]
    peer.publish({**ap.collection(url, ids), "next": url})
    say(actor, state_of(actor, ids))
    check.eventually(lambda: peer.hits(url) == 10, 30, "it is read ten times")
    check.never(lambda: peer.hits(url) > 10 or follows(actor) != {"alice", "bob"}, 2,
                "an eleventh time, or a follow ending")


if __name__ == "__main__":
    run(globals())
