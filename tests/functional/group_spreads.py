"""A group spreads what it is sent (FEP-1b12): the activity as it came to the hosts of its followers
but the one it came from, and a new thread also as a bare Announce to all of them."""

from framework import check
from framework.ap import PUBLIC, id_of, mention
from framework.case import run
from framework.node import Node
from framework.peer import Peer


def setup():
    global node, group, home, away, carol
    node = Node().start()
    node.add_user("owner")
    group = node.add_group("garden", "owner")
    home, away = Peer(verify=True), Peer(verify=True)
    carol = home.actor("carol")
    for actor, peer in ((carol, home), (away.actor("dave"), away)):
        actor.send(node.inbox, actor.follow(group))
        check.eventually(lambda p=peer: p.activities("Accept"), 15, f"{actor.name} has joined")


def _post(word, **more):
    """The Create of a Note of carol's in the group, sent and taken."""
    note = carol.note(word, to=[PUBLIC, group], cc=[carol.followers], audience=group,
                      tag=[mention(group, node.handle("garden"))], **more)
    create = carol.create(note, audience=group)
    check.equal(carol.send(node.inbox, create).status, 202, "answer to the Create")
    return create, note


def _announced(peer, object_id):
    """The Announces of the group about one object or activity."""
    return [a for a in peer.activities("Announce")
            if a["actor"] == group and id_of(a["object"]) == object_id]


def test_what_a_remote_member_posts_reaches_the_other_members():
    create, note = _post("first rose")
    announce = check.eventually(lambda: _announced(away, create["id"]), 15,
                                "the activity is announced")[0]
    check.equal(announce["object"], create, "the announced activity")
    check.eventually(lambda: _announced(away, note["id"]), 15, "the bare Announce, away")
    check.eventually(lambda: _announced(home, note["id"]), 15, "the bare Announce, at its origin")
    check.equal(_announced(home, create["id"]), [], "the activity back at the host it came from")


def test_a_comment_is_announced_as_activity_only():
    _, note = _post("which soil")
    create, comment = _post("loam", parent=note["id"])
    check.eventually(lambda: _announced(away, create["id"]), 15, "the comment is announced")
    like = carol.like(comment["id"], audience=group)
    carol.send(node.inbox, like)
    check.eventually(lambda: _announced(away, like["id"]), 15, "a later vote is announced")
    check.equal(_announced(away, comment["id"]), [], "bare Announces of the comment")


if __name__ == "__main__":
    run(globals())
