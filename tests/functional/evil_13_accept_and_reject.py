"""Checklist line 13: an Accept or Reject counts only for a pending Follow of ours, from the one who
was followed; an embedded Follow makes nothing; and before the Accept nobody here sees more."""

from framework import check
from framework.case import run
from framework.evil import Scene, marker
from framework.peer import Peer


def setup():
    global scene, locked_host
    scene = Scene()
    locked_host = Peer(accept_follows=False)


def _locked(name):
    """A locked actor whom alice has asked; returns it, the Follow it got, and its account id."""
    actor = locked_host.actor(name, manuallyApprovesFollowers=True)
    account = scene.alice.follow(actor.id)
    follow = check.eventually(lambda: next(
        (f for f in locked_host.activities("Follow") if f["object"] == actor.id), None),
        what="the Follow arrives")
    return actor, follow, account["id"]


def _following(account_id, client=None):
    return (client or scene.alice).relationship(account_id)["following"]


def test_a_forged_accept():
    dave, follow, account = _locked("dave")
    for forger in (scene.eve, locked_host.actor("mallory")):
        scene.introduce(forger)
        scene.refused_later(forger, forger.accept(follow), f"Accept by {forger.name}")
        scene.refused_later(forger, forger.accept(follow["id"]), f"Accept by {forger.name} by id")
    check.equal(_following(account), False, "alice follows dave")
    dave.send(scene.node.inbox, dave.accept(follow))
    check.eventually(lambda: _following(account), what="dave's own Accept counts")


def test_an_accept_of_a_follow_that_nobody_sent():
    dora, follow, account = _locked("dora")
    invented = {**follow, "id": scene.node.base + "/activity/1",
                "actor": scene.node.person_id("bob")}
    scene.refused_later(dora, dora.accept(invented), "Accept of an invented Follow")
    scene.refused_later(dora, dora.accept(scene.node.base + "/activity/2"),
                        "Accept of an unknown id")
    own = dora.follow(scene.alice_id)
    scene.refused_later(dora, dora.accept(own), "Accept of dora's own Follow")
    check.equal(_following(account, scene.bob), False, "bob follows dora")


def test_a_forged_reject():
    account = scene.alice.follow_accepted(scene.carol.id)["id"]
    follow = next(f for f in scene.good.activities("Follow") if f["object"] == scene.carol.id)
    scene.refused_later(scene.eve, scene.eve.reject(follow), "Reject by eve")
    check.equal(_following(account), True, "alice follows carol")
    scene.carol.send(scene.node.inbox, scene.carol.reject(follow))
    check.eventually(lambda: not _following(account), what="carol's own Reject counts")


def _send_to_followers(actor):
    word = marker()
    note = actor.note(word, to=[actor.followers])
    activity = actor.create(note)
    check.equal(actor.send(scene.node.inbox, activity).status, 202, "a followers-only post")
    check.eventually(lambda: scene.node.inbox_state(activity) in ("applied", "refused"),
                     what="the post is handled")
    return word, note


def _finds(client, word, note):
    """Whether a member sees the post anywhere."""
    home = any(word in s["content"] for s in client.home(limit=40))
    return home or bool(client.search(note["id"], "statuses"))


def test_followers_only_posts_wait_for_the_accept():
    dana, follow, account = _locked("dana")
    scene.introduce(dana)
    word, note = _send_to_followers(dana)
    check.equal(_finds(scene.alice, word, note), False, "alice, not accepted yet, sees it")
    dana.send(scene.node.inbox, dana.accept(follow))
    check.eventually(lambda: _following(account), what="the Accept counts")
    word, note = _send_to_followers(dana)
    check.eventually(lambda: _finds(scene.alice, word, note), what="alice, accepted, sees it")
    check.equal(_finds(scene.bob, word, note), False, "bob, who never followed, sees it")


if __name__ == "__main__":
    run(globals())
