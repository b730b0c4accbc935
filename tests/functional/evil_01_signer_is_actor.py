"""Checklist line 1: who signed is found out before anything else happens, and it must be the
activity's actor. A stranger's valid signature under somebody else's activity changes nothing."""

from framework import check
from framework.case import run
from framework.evil import Scene


def setup():
    global scene, status
    scene = Scene()
    status = scene.introduce(scene.carol)[0]


def test_an_activity_signed_by_another_host():
    activity, word = scene.mention(scene.carol)
    scene.refused(lambda: scene.eve.send(scene.node.inbox, activity), what="eve signs for carol")
    scene.applied(scene.carol, activity, word)


def test_an_activity_signed_by_another_actor_of_the_host():
    mallory = scene.good.actor("mallory")
    scene.introduce(mallory)
    activity, word = scene.mention(scene.carol)
    scene.refused(lambda: mallory.send(scene.node.inbox, activity), what="mallory signs for carol")
    scene.applied(scene.carol, activity, word)


def test_the_victims_key_id_over_another_key():
    activity, word = scene.mention(scene.carol)
    scene.refused(lambda: scene.carol.send(scene.node.inbox, activity, key=scene.eve.key),
                  what="eve's key under carol's key id")
    scene.applied(scene.carol, activity, word)


def test_every_kind_of_activity():
    carol, eve = scene.carol, scene.eve
    mine = scene.alice.status("a status of alice")
    note = status["uri"]
    victims = [
        carol.follow(scene.alice_id), carol.like(mine["uri"]), carol.announce(mine["uri"]),
        carol.block(scene.alice_id), carol.delete(note), carol.delete(carol.id),
        carol.update(carol.note("changed", id=note)), carol.undo(carol.follow(scene.alice_id)),
        carol.accept(carol.follow(carol.id)),
    ]
    for activity in victims:
        scene.refused(lambda: eve.send(scene.node.inbox, activity), what=activity["type"])
    like = carol.like(mine["uri"])
    check.equal(carol.send(scene.node.inbox, like).status, 202, "carol's own Like")
    check.eventually(lambda: scene.alice.notifications("favourite"), what="alice sees the Like")


if __name__ == "__main__":
    run(globals())
