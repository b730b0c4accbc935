"""Checklist line 14: only its owner undoes or deletes a thing; a Delete that comes before its
Create keeps that from coming; and a Delete that a group announces needs more than the group's
word."""

from framework import check
from framework.case import run
from framework.evil import Scene, marker


def setup():
    global scene, mallory
    scene = Scene()
    mallory = scene.good.actor("mallory")
    scene.introduce(mallory)


def _favourites(status):
    return scene.alice.get(f"/api/v1/statuses/{status['id']}")["favourites_count"]


def _send(actor, activity):
    check.equal(actor.send(scene.node.inbox, activity).status, 202, f"status of {activity['type']}")


def _exists(note):
    return scene.node.count("post", "ap_id = ?", note["id"]) == 1


def test_undo_of_somebody_elses_like():
    status = scene.alice.status("likable")
    like = scene.carol.like(status["uri"])
    _send(scene.carol, like)
    check.eventually(lambda: _favourites(status) == 1, what="carol's Like")
    for forger in (scene.eve, mallory):
        scene.refused_anyhow(forger, forger.undo(like), f"Undo of it by {forger.name}")
        scene.refused_later(forger, forger.undo(like["id"]), f"Undo by {forger.name} by id")
    check.equal(_favourites(status), 1, "favourites")
    _send(scene.carol, scene.carol.undo(like))
    check.eventually(lambda: _favourites(status) == 0, what="carol's own Undo")


def test_undo_of_somebody_elses_follow():
    follow = scene.carol.follow(scene.alice_id)
    _send(scene.carol, follow)
    check.eventually(lambda: scene.node.count("follow", "ap_id = ?", follow["id"]), what="Follow")
    scene.refused_anyhow(mallory, mallory.undo(follow), "Undo by mallory")
    _send(scene.carol, scene.carol.undo(follow))
    check.eventually(lambda: not scene.node.count("follow", "ap_id = ?", follow["id"]),
                     what="carol's own Undo")


def test_delete_of_somebody_elses_post():
    activity, word = scene.mention(scene.carol)
    scene.applied(scene.carol, activity, word)
    note = activity["object"]
    scene.refused_later(mallory, mallory.delete(note), "Delete by mallory of the same host")
    scene.refused_anyhow(scene.eve, scene.eve.delete(note), "Delete by eve")
    mine = scene.alice.status("alice's own")
    scene.refused_anyhow(scene.eve, scene.eve.delete(mine["uri"]), "Delete of a local post")
    scene.refused_anyhow(scene.eve, scene.eve.delete(scene.carol.id), "Delete of carol herself")
    check.true(_exists(note), "carol's note is here")
    _send(scene.carol, scene.carol.delete(note))
    check.eventually(lambda: not scene.sees(word), what="carol's own Delete")


def test_a_create_after_its_delete():
    activity, word = scene.mention(scene.carol)
    delete = scene.carol.delete(activity["object"])
    scene.good.remove(activity["object"]["id"], 410)
    _send(scene.carol, delete)
    check.eventually(lambda: scene.node.inbox_state(delete) in ("applied", "refused"),
                     what="the Delete is handled")
    scene.refused_later(scene.carol, activity, "a Create after its Delete")
    check.equal(scene.sees(word), None, "the deleted post")
    scene.applied(scene.carol, *scene.mention(scene.carol))


def test_a_group_announces_the_delete_of_a_living_post():
    group = scene.evil.actor("club", "Group")
    scene.alice.follow_accepted(group.id)
    word = marker()
    note = scene.note(scene.carol, word)
    _send(group, group.announce(note["id"]))
    status = check.eventually(lambda: scene.alice.search(note["id"], "statuses"),
                              what="the group's post")[0]
    announced = group.announce(scene.carol.delete(note))
    _send(group, announced)
    check.eventually(lambda: scene.node.inbox_state(announced) in ("applied", "refused"), 20,
                     "the announced Delete is handled")
    check.equal(scene.node.inbox_state(announced), "refused", "its state")
    check.contains(scene.alice.get(f"/api/v1/statuses/{status['id']}")["content"], word, "the post")
    scene.good.remove(note["id"], 410)
    _send(group, group.announce(scene.carol.delete(note)))
    check.eventually(lambda: not scene.alice.search(note["id"], "statuses"), 20,
                     "a Delete that its origin confirms")


if __name__ == "__main__":
    run(globals())
