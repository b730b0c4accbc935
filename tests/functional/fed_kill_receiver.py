"""The node dies at each named point between taking an activity and having forwarded it: after the next
start the activity has had its effect, once, and the group's other members have it, unmodified, once."""

from framework import check
from framework.ap import PUBLIC, encode, id_of, mention
from framework.case import run
from framework.node import Node
from framework.peer import Peer

POINTS = ("inbox.accepted", "inbox.authorized", "inbox.resolved", "inbox.applying", "inbox.applied",
          "delivery.claimed", "delivery.queued", "delivery.leased", "delivery.sent")
SENT_TWICE = "delivery.sent"  # dies before it is noted that the peer has it


def setup():
    global node, owner, group, away, carol, root
    node = Node().start()
    owner = node.add_user("owner")
    group = node.add_group("garden", "owner")
    home, away = Peer(verify=True), Peer(verify=True)
    carol = home.actor("carol")
    for actor, peer in ((carol, home), (away.actor("dave"), away)):
        actor.send(node.inbox, actor.follow(group))
        check.eventually(lambda p=peer: p.activities("Accept"), 15, f"{actor.name} has joined")
    root = owner.status(f"{node.handle('garden')} What grows here?")["uri"]
    check.eventually(lambda: [a for a in away.activities("Announce") if root in str(a)], 15,
                     "the thread has reached the others")


def _at_rest():
    return (node.count("inbox_activity", "state = 0") == 0
            and node.count("event_todo", "consumer = 0") == 0 and node.count("delivery") == 0)


def _send(activity):
    """The status of the answer; 0 where the node died before it."""
    return carol.send(node.inbox, activity).status


def _die_at(point, activity):
    """Sends it to a node that dies there, starts that again, and sends as a sender would who has not
    been answered, or whose answer was lost."""
    check.eventually(_at_rest, 20, "the node is at rest")
    node.stop()
    node.start(stop_at=point)
    answer = _send(activity)
    check.is_in(answer, (0, 202), f"answer to what dies at {point}")
    node.wait_killed()
    node.start()
    if answer == 0:
        # While it is being worked on, the same id is asked to come later.
        check.eventually(lambda: _send(activity) == 202, 15, f"sent again after {point}")
    check.eventually(lambda: node.inbox_state(activity) == "applied", 20, f"applied after {point}")


def _announces_of(activity):
    return [r for r in list(away.inbox) if r.answered < 300 and r.json["type"] == "Announce"
            and id_of(r.json["object"]) == activity["id"]]


def _check_forwarded(point, activity):
    check.eventually(lambda: _announces_of(activity), 30, f"forwarded after {point}")
    check.eventually(_at_rest, 20, "the node is at rest")
    requests = _announces_of(activity)
    check.equal(len({r.json["id"] for r in requests}), 1, f"Announces by id after {point}")
    check.equal(len(requests), 2 if point == SENT_TWICE else 1, f"arrivals after {point}")
    check.true(all(encode(activity) in r.body for r in requests), "the bytes are those that came")


def _counts(uri):
    return node.sql("SELECT replies_count, likes_count FROM post WHERE ap_id = ?", uri)[0]


def test_a_comment_has_its_effect_once():
    handle = node.handle("garden")
    for number, point in enumerate(POINTS, 1):
        note = carol.note(f"@owner {point}", to=[PUBLIC, group], cc=[node.person_id("owner")],
                          audience=group, parent=root,
                          tag=[mention(group, handle), mention(node.person_id("owner"), "@owner")])
        create = carol.create(note, audience=group)
        _die_at(point, create)
        _check_forwarded(point, create)
        check.equal(node.count("post", "ap_id = ?", note["id"]), 1, f"posts stored after {point}")
        check.equal(_counts(root)["replies_count"], number, f"replies counted after {point}")
        check.equal(len(owner.mentions_with(point)), 1, f"notifications after {point}")


def test_a_like_has_its_effect_once():
    for point in POINTS:
        status = owner.status(f"{node.handle('garden')} To like at {point}")
        check.eventually(_at_rest, 20, "the post has left")
        like = carol.like(status["uri"], audience=group)
        _die_at(point, like)
        _check_forwarded(point, like)
        check.equal(_counts(status["uri"])["likes_count"], 1, f"likes counted after {point}")
        told = [n for n in owner.notifications("favourite", limit=40)
                if n["status"]["id"] == status["id"]]
        check.equal(len(told), 1, f"notifications after {point}")


if __name__ == "__main__":
    run(globals())
