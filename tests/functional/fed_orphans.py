"""Activities that come in the wrong order, or more than once, end as if they had come in the right
one (federation.md 1.3)."""

from framework import check
from framework.case import run
from framework.evil import Scene, marker


def setup():
    global scene
    scene = Scene()


def _send(actor, activity, inbox=None):
    check.equal(actor.send(inbox or scene.node.inbox, activity).status, 202,
                f"status of {activity['type']}")


def _closed(activity):
    """How an activity ended."""
    return check.eventually(
        lambda: (state := scene.node.inbox_state(activity)) in ("applied", "refused") and state,
        20, f"the end of {activity['type']}")


def _handled(actor, activity):
    _send(actor, activity)
    return _closed(activity)


def _status(status):
    return scene.alice.get(f"/api/v1/statuses/{status['id']}")


def test_an_undo_before_its_like():
    status = scene.alice.status("likable")
    like = scene.carol.like(status["uri"])
    _handled(scene.carol, scene.carol.undo(like))
    check.equal(_handled(scene.carol, like), "refused", "the Like after its Undo")
    check.equal(_status(status)["favourites_count"], 0, "favourites")
    check.equal(_handled(scene.carol, scene.carol.like(status["uri"])), "applied", "a new Like")
    check.equal(_status(status)["favourites_count"], 1, "favourites")


def test_an_undo_before_its_follow():
    follow = scene.carol.follow(scene.alice_id)
    _handled(scene.carol, scene.carol.undo(follow["id"]))
    check.equal(_handled(scene.carol, follow), "refused", "the Follow after its Undo")
    check.equal(scene.node.count("follow"), 0, "follows")
    check.equal(_handled(scene.carol, scene.carol.follow(scene.alice_id)), "applied", "a new one")
    check.equal(scene.node.count("follow"), 1, "follows")


def test_an_undo_before_its_announce():
    status = scene.alice.status("worth a boost")
    boost = scene.carol.announce(status["uri"])
    _handled(scene.carol, scene.carol.undo(boost))
    check.equal(_handled(scene.carol, boost), "refused", "the Announce after its Undo")
    check.equal(_status(status)["reblogs_count"], 0, "boosts")
    check.equal(_handled(scene.carol, scene.carol.announce(status["uri"])), "applied", "a new one")
    check.equal(_status(status)["reblogs_count"], 1, "boosts")


def test_nobody_undoes_beforehand_what_another_will_do():
    status = scene.alice.status("for carol")
    like = scene.carol.like(status["uri"])
    _handled(scene.eve, scene.eve.undo(like["id"]))
    neighbour = scene.good.actor("nora")
    scene.introduce(neighbour)
    _handled(neighbour, neighbour.undo(like["id"]))
    check.equal(_handled(scene.carol, like), "applied", "carol's Like")
    check.equal(_status(status)["favourites_count"], 1, "favourites")


def test_an_update_before_its_create():
    create, word = scene.mention(scene.carol)
    later = {**create["object"], "content": create["object"]["content"] + "<p>edited</p>"}
    _send(scene.carol, scene.carol.update(later))
    check.eventually(lambda: scene.sees(word), 15, "the post by its Update")
    _handled(scene.carol, create)
    check.contains(scene.sees(word)["content"], "edited", "the text after the late Create")
    check.equal(scene.node.count("post", "ap_id = ?", later["id"]), 1, "posts")
    concerning_nobody = scene.carol.note(marker())
    check.equal(_handled(scene.carol, scene.carol.update(concerning_nobody)), "refused",
                "an Update that concerns nobody")


def test_an_update_after_a_delete():
    create, word = scene.mention(scene.carol)
    scene.good.remove(create["object"]["id"], 410)
    _handled(scene.carol, scene.carol.delete(create["object"]))
    check.equal(_handled(scene.carol, scene.carol.update(create["object"])), "refused",
                "the Update of what is gone")
    check.equal(scene.sees(word), None, "the post")


def test_one_activity_to_three_inboxes_counts_once():
    create, word = scene.mention(scene.carol)
    inboxes = (scene.node.inbox, scene.alice_id + "/inbox", scene.node.person_id("bob") + "/inbox")
    for inbox in inboxes:
        _send(scene.carol, create, inbox)
    check.eventually(lambda: scene.sees(word), 15, "the post")
    status = scene.alice.status("liked thrice")
    like = scene.carol.like(status["uri"])
    for inbox in inboxes:
        _send(scene.carol, like, inbox)
    _closed(like)
    check.equal(len(scene.alice.mentions_with(word)), 1, "notifications")
    check.equal(scene.node.count("post", "ap_id = ?", create["object"]["id"]), 1, "posts")
    check.equal(_status(status)["favourites_count"], 1, "favourites")


if __name__ == "__main__":
    run(globals())
