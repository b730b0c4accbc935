"""What the host of a group may say of others: it speaks of its own threads. It takes no post of somebody who never gave it
to the group, undoes nothing that was done elsewhere, deletes nothing that it cannot know to be gone, and its origin is no
place for what others are said to have written."""

from framework import ap, check
from framework.ap import PUBLIC
from framework.case import run
from framework.evil import Scene, marker

KITH = "/api/kith/v1"
WAIT_S = 20


def setup():
    global scene, node, club, carol, eve
    scene = Scene()
    node, carol, eve = scene.node, scene.carol, scene.eve
    club = scene.evil.actor("club", "Group")
    scene.bob.follow_accepted(club.handle)
    scene.alice.follow_accepted(carol.handle)


def _applied(actor, activity, what="a good activity"):
    check.equal(scene.judged(actor, activity, what), "applied", what)


def _shown(client, uri):
    return client.request("GET", f"/api/v1/statuses/{node.post_id(uri)}").status


def test_no_parent_is_somebody_else_s_word():
    word = marker()
    forged = {**carol.note(word), "id": scene.evil.base + "/note/forged", "url": scene.evil.base + "/note/forged"}
    scene.evil.publish({"@context": ap.CONTEXT[0], **forged})
    reply, seen = scene.mention(eve, parent=forged["id"])
    eve.send(node.inbox, reply)
    check.eventually(lambda: scene.sees(seen), WAIT_S, "the answer comes")
    check.equal(node.sql("SELECT ap_id FROM post WHERE ap_id = ?", forged["id"]), [], "what carol never wrote")


def test_undoing_what_others_did():
    follow = carol.follow(scene.alice_id)
    _applied(carol, follow)
    post = scene.alice.status(marker())
    like = carol.like(post["uri"])
    _applied(carol, like)
    boost = carol.announce(post["uri"])
    _applied(carol, boost)
    follows = lambda: node.count("follow", "ap_id = ?", follow["id"])
    forged = lambda inner: club.announce({"id": carol.new_id("activity"), "type": "Undo", "actor": carol.id, "object": inner})
    for inner in ({"type": ["Like", "Follow"], "actor": carol.id, "object": scene.alice_id},
                  {"type": "Like", "id": follow["id"], "actor": carol.id, "object": scene.alice_id},
                  {"type": "Like", "id": boost["id"], "actor": carol.id, "object": post["uri"]},
                  {"type": ["Like", "Announce"], "actor": carol.id, "object": post["uri"]},
                  like, {"type": "Like", "actor": carol.id, "object": post["uri"]}):
        scene.judged(club, forged(inner))
        check.equal((follows(), node.count("reaction", "ap_id = ?", like["id"]), node.count("boost", "ap_id = ?", boost["id"])), (1, 1, 1), f"after {inner}")


def test_a_post_that_was_not_given_to_the_group():
    post = scene.alice.status(marker())
    theirs, word = scene.mention(carol)
    scene.applied(carol, theirs, word)
    for client, uri in ((scene.alice, post["uri"]), (scene.bob, theirs["object"]["id"])):
        for object in (uri, {"id": club.new_id("activity"), "type": "Create", "actor": eve.id, "object": uri}):
            scene.judged(club, club.announce(object))
        remove = {"id": eve.new_id("activity"), "type": "Delete", "actor": eve.id, "object": uri, "summary": "ours now", "to": [PUBLIC]}
        scene.judged(club, club.announce(remove))
        check.equal(_shown(scene.bob, uri), 200, f"{uri} is still there")
        lock = {"id": eve.new_id("activity"), "type": "Lock", "actor": eve.id, "object": uri, "to": [PUBLIC]}
        scene.judged(club, club.announce(lock))
        scene.bob.status("an answer", in_reply_to_id=str(node.post_id(uri)))


def test_what_is_for_followers_is_not_gone_because_it_is_hidden():
    note = carol.note(marker(), to=[carol.followers])
    _applied(carol, carol.create(note))
    check.equal(_shown(scene.alice, note["id"]), 200, "alice follows carol")
    scene.good.remove(note["id"], 404)
    for inner in ({"id": eve.new_id("activity"), "type": "Delete", "actor": eve.id, "object": note["id"]},
                  {"id": carol.new_id("activity"), "type": "Delete", "actor": carol.id, "object": note["id"]}):
        scene.judged(club, club.announce(inner))
        check.equal(_shown(scene.alice, note["id"]), 200, "a group's word")
        container = {"type": "OrderedCollection", "id": eve.id + "/contexts/1", "attributedTo": eve.id}
        scene.judged(eve, eve.activity("Add", inner, target=container))
        check.equal(_shown(scene.alice, note["id"]), 200, "the word of a conversation's owner")


def test_warnings_from_strangers():
    warn = {"id": eve.new_id("activity"), "type": "Warn", "actor": eve.id, "object": scene.alice_id, "audience": club.id, "summary": "buy my coins", "to": [scene.alice_id]}
    before = len(scene.alice.notifications())
    scene.judged(club, club.announce(warn))
    check.equal(len(scene.alice.notifications()), before, "alice never came there")
    den = scene.evil.actor("den", "Group")
    scene.alice.follow_accepted(den.handle)
    warning = lambda: den.announce({**warn, "id": eve.new_id("activity"), "audience": den.id})
    scene.judged(den, warning())
    check.equal(len(scene.alice.notifications()), before + 1, "of a group that she follows she hears")
    scene.alice.post("/api/v1/domain_blocks", {"domain": scene.evil.host})
    told = len(scene.alice.notifications())
    scene.judged(den, warning())
    check.equal(len(scene.alice.notifications()), told, "until she blocks its host")


if __name__ == "__main__":
    run(globals())
